// What the services of a reading worker work on: the same as the host's, over a store of their own that is only read.
import { AppError } from '../../../shared/errors.ts'
import type { EventName, EventValue, Handlers } from '../../../shared/contract/contract.ts'
import { applicationVersion } from '../../../shared/version.ts'
import type { Executor } from '../../executor/executor.ts'
import { traceAttempt } from '../../executor/traceAttempt.ts'
import type { ServiceContext } from '../../services/context.ts'
import { markChanged } from '../../services/runIndex.ts'
import { createFileStore } from '../../store/fileStore.ts'
import type { FileSystem } from '../../store/fileSystem.ts'
import { createMachine, type Machine } from '../../store/machine.ts'
import type { Store } from '../../store/store.ts'
import { now, randomId } from '../hostFacts.ts'
import { locateWorkspace } from '../locateWorkspace.ts'
import { createSettingsInForce } from '../settingsInForce.ts'
import { workspaceFacts, type WorkspaceOptions } from '../workspaceFacts.ts'

export type ReadingContext = {
  /** Those that the thread answers. */
  readonly handlers: Partial<Handlers>
  /** The host says that something changed. */
  readonly notify: <N extends EventName>(name: N, value: EventValue<N>) => void
  /** What the host opened with a passphrase; left out where single runs are not read. */
  readonly archives?: Archives
  readonly close: () => Promise<void>
}

type Archives = NonNullable<ServiceContext['archivesElsewhere']>

type ReadingOptions = WorkspaceOptions & {
  readonly path: string
  readonly fileSystem: FileSystem
  readonly emit: ServiceContext['emit']
}

/** Nothing is carried here: whoever carries a run is in the host's own thread, in the same process. */
export async function openReadingContext(options: ReadingOptions): Promise<ServiceContext> {
  const { configFolder, fileSystem, emit } = options
  const { root, document } = await locateWorkspace(options.path)
  const machine = await createMachine({ configFolder, randomId })
  const application = { version: applicationVersion }
  const store = await createFileStore({ root, now, randomId, machine, application, fileSystem })
  const inForce = await createSettingsInForce(store, { environment: process.env, now })
  return {
    ...workspaceFacts(options, { root, document }),
    store,
    executor: tracingOnly(store, machine),
    settings: inForce.current,
    reloadSettings: async () => void (await inForce.reload()),
    controlSocket: null,
    openScratch: () => refuse('A scratch workspace'),
    emit,
  }
}

export function notifierOf({
  index,
  reloadSettings,
}: Pick<ServiceContext, 'index' | 'reloadSettings'>): ReadingContext['notify'] {
  return (name, value) => {
    // The host looked at the same file, and has told what is wrong with it.
    if (name === 'workspace.changed') void Promise.allSettled([reloadSettings?.()])
    if ('runs' in value) markChanged(index, value.runs)
    if ('run' in value) markChanged(index, [value.run])
  }
}

export function archivesOf({ store, states }: Pick<ServiceContext, 'store' | 'states'>): Archives {
  return {
    take: (unlocked) => store.takeUnlocked(unlocked),
    lock: (runs) => {
      for (const run of runs) store.lockArchive(run)
      states.forget()
    },
  }
}

function tracingOnly(store: Store, machine: Machine): Executor {
  return {
    live: () => [],
    find: () => null,
    problem: () => null,
    trace: (run, step) => traceAttempt({ store, machine }, run, step),
    carry: ({ id }) => {
      throw refusal(`Carrying run ${id}`)
    },
    send: () => refuse('A command to another process'),
    close: async () => undefined,
  }
}

export async function refuse(what: string): Promise<never> {
  throw refusal(what)
}

function refusal(what: string): AppError {
  return new AppError('bug', `${what} was asked of a reading worker, which only reads.`)
}
