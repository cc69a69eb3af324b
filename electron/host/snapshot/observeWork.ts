// Sees what a host does where it does it: in its store and its executor. Nothing is asked for a second time.
import type { HeldRunLock } from '../../../shared/schema/hostState.ts'
import type { Run, RunStatus } from '../../../shared/schema/run.ts'
import type { Executor, LiveRun } from '../../executor/executor.ts'
import type { RunWriter, Store } from '../../store/store.ts'
import type { WorkspaceRecord } from './createWorkspaceRecord.ts'

export type ObservedBy = Pick<
  WorkspaceRecord,
  | 'lockTaken'
  | 'lockFreed'
  | 'isHeld'
  | 'runBegan'
  | 'runEnded'
  | 'recorded'
  | 'operationBegan'
  | 'operationEnded'
>

/** The same store; its locks, gates and operations are noted. */
export function observeStore(store: Store, record: ObservedBy, now: () => string): Store {
  const taken = (writer: RunWriter, purpose: string): RunWriter => {
    const { run, epoch } = writer
    record.lockTaken({ run, epoch, purpose, since: now() } satisfies HeldRunLock)
    return observeWriter(writer, record)
  }
  return {
    ...store,
    get access() {
      return store.access
    },
    create: async (run, options) => taken(await store.create(run, options), options.purpose),
    open: async (run, options) => taken(await store.open(run, options), options.purpose),
    logOperation: async (operation) => {
      const { id, call, item, by, phase } = operation
      await store.logOperation(operation)
      if (id === undefined) return
      if (phase === 'requested') record.operationBegan({ id, call, item, by, since: now() })
      else record.operationEnded(id)
    },
  }
}

function observeWriter(writer: RunWriter, record: ObservedBy): RunWriter {
  const { run } = writer
  return {
    ...writer,
    append: async (bodies, options) => {
      const records = await writer.append(bodies, options)
      record.recorded(run, bodies)
      return records
    },
    trash: async (options) => {
      const entry = await writer.trash(options)
      record.lockFreed(run)
      return entry
    },
    release: async () => {
      await writer.release()
      record.lockFreed(run)
    },
  }
}

/** The same executor; the runs that it carries are noted, unless nothing of them is kept. */
export function observeExecutor<Kind extends Executor>(executor: Kind, record: ObservedBy): Kind {
  return {
    ...executor,
    carry: (run: Run, writer: RunWriter, options: Parameters<Executor['carry']>[2]) => {
      const isKept = record.isHeld(run.id)
      const live = executor.carry(run, writer, options)
      if (isKept) void follow(live, run, record)
      return live
    },
  }
}

async function follow(live: LiveRun, run: Run, record: ObservedBy): Promise<void> {
  record.runBegan(run)
  const status = await live.done
  // What was left goes on in its wrappers, and is in progress still.
  if (atRest.has(status) || live.problem() !== null) record.runEnded(run.id)
}

const atRest: ReadonlySet<RunStatus> = new Set(['completed', 'failed', 'cancelled', 'paused'])
