// One run as the Run screen shows it: kept up to date, paused, cancelled, its repair undone.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { AnnotationChange } from '../../shared/schema/annotationChange.ts'
import type { Ref } from '../../shared/contract/call.ts'
import type { Client } from '../../shared/contract/contract.ts'
import type { RunDetail, RunRow, StepView } from '../../shared/contract/runs.ts'
import { AppError, needsPassphrase, toAppError } from '../../shared/errors.ts'
import { RunId } from '../../shared/schema/ids.ts'
import { itemParent } from '../../shared/schema/itemStep.ts'
import type { LockHolder } from '../../shared/schema/lock.ts'
import type { Checkpoint } from '../../shared/schema/run.ts'
import { createReader } from './createReader.ts'
import {
  decideAtGate,
  annotateRun,
  nameCheckpoint,
  retryStep,
  type GateDecision,
} from './runCommands.ts'
import { never, type Every } from './every.ts'
import { isNative } from './makeRef.ts'
import { paced } from './paced.ts'
import { readFirstRow } from './readFirstRow.ts'
import { failed, loading, ready, type Remote } from './remote.ts'

type Asked =
  | 'pause'
  | 'cancel'
  | 'undo'
  | 'break the lock'
  | 'archive'
  | 'bring back'
  | 'unlock'
  | 'lock again'
  | 'approve'
  | 'reject'
  | 'retry'
  | 'checkpoint'
  | 'annotate'

/** What was asked for; what came of it is said only after it was read back. */
export type RunWork =
  | { readonly kind: 'idle' }
  | { readonly kind: 'requested'; readonly what: Asked }
  | { readonly kind: 'refused'; readonly what: Asked; readonly error: AppError }
  | {
      readonly kind: 'answered'
      readonly what: Asked
      readonly sentence: string
      readonly isObserved: boolean
    }

export type RunState = {
  readonly ref: Ref
  readonly detail: Remote<RunDetail>
  /** What the list knows of it, to be shown until the detail is there. */
  readonly first: RunRow | null
  /** In dependency order: those of `detail`, and what was read on. */
  readonly steps: readonly StepView[]
  /** Oldest first; all of them once `readAll` has been here. */
  readonly checkpoints: readonly Checkpoint[]
  readonly work: RunWork
  readonly open: () => () => void
  readonly refresh: () => Promise<void>
  /** Reads the steps and checkpoints that the detail left out. */
  readonly stepsProblem: AppError | null
  readonly readAll: () => Promise<void>
  /** Reads the steps that the definition has, and not all of their items. What fails then is told in `stepsProblem`. */
  readonly readDefined: () => Promise<void>
  readonly pause: () => Promise<void>
  readonly cancel: (reason: string | null) => Promise<void>
  /** Says at a gate what a person decided. */
  readonly decide: (decision: GateDecision) => Promise<void>
  /** Makes the attempt that a step waits for now. */
  readonly retryNow: (step: string) => Promise<void>
  /** Pins it, or says something of it. */
  readonly annotate: (change: AnnotationChange) => Promise<void>
  readonly makeCheckpoint: (name: string) => Promise<void>
  readonly undo: (backup: string) => Promise<void>
  /** Breaks the lock of the holder that was looked at, and of no other. */
  readonly breakLock: (holder: LockHolder) => Promise<void>
  /** Moves the files of a run at rest into one compressed file. */
  readonly archive: (passphrase?: string | null) => Promise<void>
  readonly bringBack: (passphrase?: string | null) => Promise<void>
  /** Opens what is encrypted in the archive, in the memory of the host, to be read. */
  readonly unlock: (passphrase: string) => Promise<void>
  readonly lockAgain: () => Promise<void>
  readonly dismiss: () => void
}
export type RunStore = StoreApi<RunState>

/** How often a run is looked at without being told of a change: its words age, and a process that dies tells nobody. */
const lookAgainMs = 5000

export function createRunStore(client: Client, ref: Ref, every: Every = never): RunStore {
  return createStore<RunState>()((set, get) => {
    let forks: RunDetail['forks'] = []
    const readDetail = createReader(async () => {
      try {
        const before = get()
        const read = await client.call('run.get', { ref, leaveOut: ['forks'] })
        const detail = { ...read, forks }
        set({ detail: ready(detail), ...listsOf(get(), detail) })
        if (isBehind(before, detail)) set({ steps: await readStepsAgain(client, get(), detail) })
      } catch (error) {
        // What was read while it was open is not shown any longer.
        if (needsPassphrase(error)) set({ steps: [], checkpoints: [], first: null })
        set({ detail: failed(needsPassphrase(error) ? loading : get().detail, error) })
      }
    })
    // Every run of the workspace is looked at for them: nobody waits for that to read a run.
    const readForks = createReader(async () => {
      try {
        forks = (await client.call('run.forks', { ref })).forks
        const { detail } = get()
        if (detail.kind === 'ready')
          set({ detail: { ...detail, value: { ...detail.value, forks } } })
      } catch (error) {
        const { detail } = get()
        if (detail.kind === 'ready') set({ detail: failed(detail, error) })
      }
    })
    const refresh = async () => {
      await Promise.all([readDetail(), readForks()])
    }
    const lookFirst = async () => {
      const [first] = await Promise.allSettled([readFirstRow(client, ref)])
      // Where the list cannot be read, the run itself says what is wrong.
      if (first.status === 'fulfilled') set({ first: first.value })
    }
    const readOn = async (
      read: (run: NonNullable<RunDetail['run']>) => Promise<Partial<RunState>>,
      told: (error: unknown) => Partial<RunState> = (error) => ({
        detail: failed(get().detail, error),
      }),
    ) => {
      const { detail } = get()
      if (detail.kind !== 'ready' || detail.value.run === null) return
      try {
        set(await read(detail.value.run))
      } catch (error) {
        set(told(error))
      }
    }
    const ask = async (
      what: Asked,
      call: () => Promise<{ readonly sentence: string; readonly isObserved: boolean }>,
    ) => {
      if (get().work.kind === 'requested') return
      set({ work: { kind: 'requested', what } })
      try {
        set({ work: { kind: 'answered', what, ...(await call()) } })
      } catch (error) {
        set({ work: { kind: 'refused', what, error: toAppError(error) } })
      }
      await refresh()
    }
    /** What came of it is the screen itself. */
    const askQuietly = async (what: Asked, call: () => Promise<unknown>) => {
      if (get().work.kind === 'requested') return
      set({ work: { kind: 'requested', what } })
      try {
        await call()
        await refresh()
        set({ work: { kind: 'idle' } })
      } catch (error) {
        set({ work: { kind: 'refused', what, error: toAppError(error) } })
      }
    }
    return {
      ref,
      detail: loading,
      first: null,
      steps: [],
      stepsProblem: null,
      checkpoints: [],
      work: { kind: 'idle' },
      refresh,
      open: () => {
        const again = paced(refresh)
        const stops = [
          client.on('runs.changed', ({ runs }) => {
            if (runs === null || runs.includes(ref.document)) again()
          }),
          client.on('run.progressed', ({ run }) => {
            if (run === ref.document || run === '') again()
          }),
          client.on('workspace.changed', () => void refresh()),
          every(lookAgainMs, () => void refresh()),
        ]
        void refresh()
        void lookFirst()
        return () => stops.forEach((stop) => stop())
      },
      readAll: () => readOn((run) => readRest(client, get(), run)),
      readDefined: () => {
        set({ stepsProblem: null })
        return readOn(
          async (run) => ({
            steps: await readStepsOn(client, get(), run.stepsTotal, isDefined),
          }),
          (error) => ({ stepsProblem: toAppError(error) }),
        )
      },
      pause: () =>
        ask('pause', async () => {
          const { status, observed } = await client.call('run.pause', { ref })
          return { sentence: answer('Pause', status, observed), isObserved: observed }
        }),
      cancel: (reason) =>
        ask('cancel', async () => {
          const { status, observed } = await client.call('run.cancel', { ref, reason })
          return { sentence: answer('Cancel', status, observed), isObserved: observed }
        }),
      decide: (decision) =>
        ask(verbs[decision.decision], () => decideAtGate(client, ref, decision)),
      retryNow: (step) => ask('retry', () => retryStep(client, ref, step)),
      annotate: (change) => ask('annotate', () => annotateRun(client, ref, change)),
      makeCheckpoint: (name) => ask('checkpoint', () => nameCheckpoint(client, ref, name)),
      undo: (backup) =>
        ask('undo', async () => {
          const done = await (isNative(ref)
            ? client.call('repair.undo', { ref, backup })
            : client.call('document.undo', { ref, backup }))
          const sentence = done.observed
            ? `Put back. What it replaced is backup ${done.backup}.`
            : 'Undo was requested. It has not been seen in the files yet.'
          return { sentence, isObserved: done.observed }
        }),
      breakLock: ({ pid, epoch, since }) =>
        ask('break the lock', async () => {
          const holder = { pid, epoch, since }
          const { observed } = await client.call('lock.break', { ref, holder })
          const sentence = observed
            ? 'The lock is broken: nobody holds the run.'
            : 'The lock was broken, and somebody holds the run again.'
          return { sentence, isObserved: observed }
        }),
      archive: (passphrase = null) =>
        ask('archive', () => moveFiles(client, ref, { name: 'run.archive', passphrase })),
      bringBack: (passphrase = null) =>
        ask('bring back', () => moveFiles(client, ref, { name: 'run.unarchive', passphrase })),
      unlock: (passphrase) =>
        askQuietly('unlock', () => client.call('archive.unlock', { ref, passphrase })),
      lockAgain: () => askQuietly('lock again', () => client.call('archive.lock', { ref })),
      dismiss: () => set({ work: { kind: 'idle' } }),
    }
  })
}

const verbs = { approved: 'approve', rejected: 'reject' } as const

/** Into the archive, or out of it. What the host tells of a run was read back. */
async function moveFiles(
  client: Client,
  ref: Ref,
  {
    name,
    passphrase,
  }: { readonly name: 'run.archive' | 'run.unarchive'; readonly passphrase: string | null },
): Promise<{ readonly sentence: string; readonly isObserved: boolean }> {
  const { rows } = await client.call(name, { runs: [RunId.parse(ref.document)], passphrase })
  const [row] = rows
  if (row?.outcome !== 'done') {
    throw new AppError('io', row?.cause ?? 'Nothing was moved. Look at the run again.')
  }
  const moved =
    name === 'run.archive'
      ? 'Archived: the files of the run are one compressed file now.'
      : 'Brought back: all files of the run are in their places again.'
  return { sentence: row.cause ?? moved, isObserved: true }
}

function answer(what: string, status: string, isObserved: boolean): string {
  if (isObserved) return `${what}: the journal now says ${status}.`
  return `${what} was requested. The journal still says ${status}; what is seen next is shown here.`
}

/** What was read on stays, with what is new in the detail on top. */
function listsOf(before: RunState, { run }: RunDetail): Pick<RunState, 'steps' | 'checkpoints'> {
  if (run === null) return { steps: [], checkpoints: [] }
  const firstCheckpoint = run.checkpoints[0]
  const older = before.checkpoints.filter(({ seq }) => seq < (firstCheckpoint?.seq ?? 0))
  return {
    steps: [...run.steps, ...before.steps.slice(run.steps.length, run.stepsTotal)],
    checkpoints: [...older, ...run.checkpoints],
  }
}

/** Steps that were read on tell of how the run was then. */
function isBehind({ detail, steps }: RunState, { run }: RunDetail): boolean {
  const seq = detail.kind === 'ready' ? detail.value.run?.seq : undefined
  return run !== null && seq !== undefined && seq !== run.seq && steps.length > run.steps.length
}

function readStepsAgain(
  client: Client,
  { ref, steps }: RunState,
  { run }: RunDetail,
): Promise<readonly StepView[]> {
  const from = { ref, steps: run?.steps ?? [] }
  return readStepsOn(client, from, Math.min(steps.length, run?.stepsTotal ?? 0))
}

/** Items stand behind all steps of the definition. */
function isDefined({ id }: StepView): boolean {
  return itemParent(id) === null
}

/** Reads on behind the steps that are there, up to so many, and as long as the last that was read is wanted. */
async function readStepsOn(
  client: Client,
  { ref, steps }: Pick<RunState, 'ref' | 'steps'>,
  total: number,
  isWanted: (last: StepView) => boolean = () => true,
): Promise<readonly StepView[]> {
  const all = [...steps]
  for (let last = all.at(-1); all.length < total && (!last || isWanted(last)); last = all.at(-1)) {
    const page = await client.call('run.steps', { ref, offset: all.length, limit: 200 })
    if (page.steps.length === 0) break
    all.push(...page.steps)
  }
  return all
}

async function readRest(
  client: Client,
  { ref, steps, checkpoints }: RunState,
  run: NonNullable<RunDetail['run']>,
): Promise<Pick<RunState, 'steps' | 'checkpoints'>> {
  const allSteps = await readStepsOn(client, { ref, steps }, run.stepsTotal)
  const older: Checkpoint[] = []
  const missing = run.checkpointsTotal - checkpoints.length
  while (older.length < missing) {
    const limit = Math.min(500, missing - older.length)
    const page = await client.call('run.checkpoints', { ref, offset: older.length, limit })
    if (page.checkpoints.length === 0) break
    older.push(...page.checkpoints)
  }
  return { steps: allSteps, checkpoints: [...older, ...checkpoints] }
}
