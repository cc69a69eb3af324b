// Keeps what the hosts of this process hold in memory in one file, and begins with what that file says.
import { hostname } from 'node:os'
import { toAppError, type AppError } from '../../../shared/errors.ts'
import type { StateFileFacts } from '../../../shared/contract/host.ts'
import type { HostState, HostWorkspace } from '../../../shared/schema/hostState.ts'
import type { LockHolder } from '../../../shared/schema/lock.ts'
import { createMachine } from '../../store/machine.ts'
import { asWriteError } from '../../store/storeErrors.ts'
import { createCounters, type Counters } from './createCounters.ts'
import { createSaver } from './createSaver.ts'
import type { FoundState } from './hostStateText.ts'
import { createStateFile, type HeldStateFile, type StateFile } from './stateFile.ts'
import { takeState, type TakenState } from './takeState.ts'

export type StateKeeperOptions = {
  /** The state file; null: nothing is kept. */
  readonly path: string | null
  readonly application: HostState['owner']['application']
  /** Where machines without an id of their own have theirs. */
  readonly configFolder: string
  readonly now: () => string
  readonly randomId: (length: number) => string
  /** Told of a file that could not be used, or not be written. */
  readonly report: (error: AppError) => void
}

/** One open workspace, as the keeper sees it. */
export type KeptWorkspace = {
  readonly root: string
  readonly document: string | null
  readonly compose: () => HostWorkspace
  /** What the file says of this workspace. */
  readonly restore: (said: HostWorkspace) => void
}

export type StateKeeper = {
  readonly counters: Counters
  readonly owner: HostState['owner']
  /** Takes the file and begins with what it says. Never rejects: without it, a host goes on without it. */
  readonly open: () => Promise<void>
  /** Null where there is no file. */
  readonly facts: () => StateFileFacts | null
  /** What the file says, and who has it, without taking it. */
  readonly look: () => Promise<{
    readonly found: FoundState
    readonly holder: { readonly holder: LockHolder; readonly isAlive: boolean } | null
  }>
  /** Whether the file was asked for in this process, and not only looked at. */
  readonly isOpen: () => boolean
  /** Follows a workspace. Returns the function that ends this; it goes on to be known as closed. */
  readonly attach: (workspace: KeptWorkspace) => () => void
  /** Workspaces that are not open here. */
  readonly others: () => readonly HostWorkspace[]
  /** Has the change written soon. False: it could not be, or there is no file. Never rejects. */
  readonly changed: () => Promise<boolean>
  /** The same, at once: for an intent that has to be written before its effect. */
  readonly flush: () => Promise<boolean>
  readonly keepItems: (batch: number, items: readonly string[]) => Promise<void>
  readonly readItems: (batch: number) => Promise<readonly string[] | null>
  readonly dropItems: (batch: number) => Promise<void>
  /** What was wrong with the file that was put aside was seen. */
  readonly forgetProblem: () => void
  readonly close: () => Promise<void>
}

type Standing =
  | { readonly kind: 'unopened' | 'off' }
  | { readonly kind: 'kept'; readonly file: HeldStateFile }
  | { readonly kind: 'shared' | 'failed' }

type Told = {
  -readonly [Name in 'writtenAt' | 'restoredFrom' | 'setAside' | 'problem']: string | null
}

export function createStateKeeper(options: StateKeeperOptions): StateKeeper {
  const { path, application, now, randomId } = options
  const workspaces = new Set<KeptWorkspace>()
  const told: Told = { writtenAt: null, restoredFrom: null, setAside: null, problem: null }
  const owner = { pid: process.pid, hostName: hostname(), application, since: now() }
  let others: readonly HostWorkspace[] = []
  let standing: Standing = { kind: path === null ? 'off' : 'unopened' }
  let opening: Promise<void> | null = null
  let file: Promise<StateFile> | null = null

  const saver = createSaver({ write, everyMs, nowMs: () => performance.now(), after })
  const changed = (): Promise<boolean> =>
    standing.kind === 'kept' ? saver.changed() : Promise.resolve(false)
  const counters = createCounters({
    isKept: () => standing.kind === 'kept',
    save: changed,
    nowMs: Date.now,
  })

  async function stateFile(at: string): Promise<StateFile> {
    const machine = await createMachine({ configFolder: options.configFolder, randomId })
    return createStateFile({ path: at, machine, now, randomId, application })
  }

  function fileAt(at: string): Promise<StateFile> {
    return (file ??= stateFile(at))
  }

  async function open(at: string): Promise<void> {
    try {
      await begin(await takeState(await fileAt(at), at))
    } catch (error) {
      const problem = toAppError(error)
      standing = { kind: problem.code === 'locked' ? 'shared' : 'failed' }
      tell(problem)
    }
  }

  async function begin({ file: taken, state, lost }: TakenState): Promise<void> {
    if (state !== null) {
      others = state.workspaces
      told.restoredFrom = state.writtenAt
      counters.restore(state.counters)
    }
    if (lost !== null) {
      told.setAside = lost.aside
      counters.restore(null)
      tell(lost.problem)
    }
    standing = { kind: 'kept', file: taken }
    for (const workspace of workspaces) restore(workspace)
    // From here on no number of the first block is given again, whatever becomes of this process.
    await saver.changed()
  }

  function restore(workspace: KeptWorkspace): void {
    const isMeant = (one: HostWorkspace): boolean =>
      one.root === workspace.root && one.document === workspace.document
    const said = others.filter(isMeant)
    others = others.filter((one) => !isMeant(one))
    for (const one of said) workspace.restore(one)
  }

  function compose(): HostState {
    return {
      writtenAt: now(),
      owner,
      counters: counters.marks(),
      workspaces: [...[...workspaces].map((one) => one.compose()), ...others.filter(isNeeded)],
    }
  }

  async function write(): Promise<boolean> {
    if (standing.kind !== 'kept') return false
    try {
      const state = compose()
      await standing.file.write(state)
      counters.written(state.counters)
      told.writtenAt = state.writtenAt
      if (told.setAside === null) told.problem = null
      return true
    } catch (error) {
      fail(error)
      return false
    }
  }

  /** The work of a host never waits for this file: what could not be kept is told. */
  function fail(error: unknown): void {
    const problem = asWriteError(error, `The state of this host could not be kept in ${path ?? ''}`)
    if (problem.code === 'locked') standing = { kind: 'shared' }
    if (problem.message !== told.problem) tell(problem)
  }

  function tell(problem: AppError): void {
    told.problem = problem.message
    options.report(problem)
  }

  return {
    counters,
    owner,
    open: () => (opening ??= path === null ? Promise.resolve() : open(path)),
    isOpen: () => standing.kind !== 'unopened',
    facts: () => (path === null ? null : { path, use: uses[standing.kind], ...told }),
    look: async () => {
      if (path === null) return { found: { kind: 'none' }, holder: null }
      const opened = await fileAt(path)
      const [holder] = await Promise.allSettled([opened.holder()])
      const found = await opened.look()
      return { found, holder: holder.status === 'fulfilled' ? holder.value : null }
    },
    attach: (workspace) => {
      workspaces.add(workspace)
      if (standing.kind === 'kept') restore(workspace)
      void changed()
      return () => {
        if (!workspaces.delete(workspace)) return
        others = [{ ...workspace.compose(), closedAt: now() }, ...others]
        void changed()
      }
    },
    others: () => others,
    changed,
    flush: () => (standing.kind === 'kept' ? saver.flush() : Promise.resolve(false)),
    keepItems: async (batch, items) => {
      if (standing.kind !== 'kept') return
      await standing.file.keepItems(batch, items).catch(fail)
    },
    readItems: async (batch) => (path === null ? null : (await fileAt(path)).readItems(batch)),
    dropItems: async (batch) => {
      if (standing.kind === 'kept') await standing.file.dropItems(batch).catch(fail)
    },
    forgetProblem: () => {
      if (standing.kind === 'kept') told.problem = null
    },
    close: async () => {
      await opening
      if (standing.kind !== 'kept') return
      counters.end()
      await saver.flush()
      const { file: taken } = standing
      standing = { kind: 'off' }
      await taken.release().catch(fail)
    },
  }
}

/** Of the workspaces that are not open the latest, and those of which something was not seen yet. */
function isNeeded({ batches }: HostWorkspace, index: number): boolean {
  return index < othersKept || batches.some(({ state }) => state !== 'ended')
}

function after(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms)
  return () => clearTimeout(timer)
}

const uses = {
  unopened: 'read',
  off: 'read',
  kept: 'kept',
  shared: 'shared',
  failed: 'failed',
} as const satisfies Record<Standing['kind'], StateFileFacts['use']>

const everyMs = 100
const othersKept = 50
