// What a host holds in memory of one workspace, told by what goes through its store, its executor and its events.
import type { EventName } from '../../../shared/contract/contract.ts'
import type {
  HeldRunLock,
  HostEvent,
  HostWorkspace,
  OpenOperation,
  RunInProgress,
} from '../../../shared/schema/hostState.ts'
import type { RunId } from '../../../shared/schema/ids.ts'
import type { RecordBody } from '../../../shared/schema/journal.ts'
import type { Run } from '../../../shared/schema/run.ts'
import { createBatchRecords, type BatchRecords } from './createBatchRecords.ts'
import { createGates } from './createGates.ts'
import type { StateKeeper } from './createStateKeeper.ts'

export type WorkspaceRecord = {
  readonly batches: BatchRecords
  readonly compose: () => HostWorkspace
  /** What earlier hosts held, the last one first. */
  readonly said: () => readonly HostWorkspace[]
  readonly restore: (said: HostWorkspace) => void
  /** What was said was seen. */
  readonly forgetSaid: () => void
  readonly noteTrust: (isTrusted: boolean) => void
  /** `runs`: those that it names; null: any. */
  readonly noteEvent: (name: EventName, runs: readonly string[] | null) => void
  readonly lockTaken: (lock: HeldRunLock) => void
  readonly lockFreed: (run: RunId) => void
  readonly isHeld: (run: RunId) => boolean
  readonly runBegan: (run: Run) => void
  readonly runEnded: (run: RunId) => void
  /** These records were written. */
  readonly recorded: (run: RunId, bodies: readonly RecordBody[]) => void
  readonly operationBegan: (operation: OpenOperation) => void
  readonly operationEnded: (id: string) => void
}

export type RecordedWorkspace = Pick<HostWorkspace, 'root' | 'name' | 'document'>

export function createWorkspaceRecord(
  workspace: RecordedWorkspace,
  { keeper, now }: { readonly keeper: StateKeeper; readonly now: () => string },
): WorkspaceRecord {
  const openedAt = now()
  const batches = createBatchRecords(keeper, now)
  const runs = new Map<RunId, RunInProgress>()
  const locks = new Map<RunId, HeldRunLock>()
  const operations = new Map<string, OpenOperation>()
  const gates = createGates(now)
  let events: readonly HostEvent[] = []
  let said: readonly HostWorkspace[] = []
  let trusted = false

  const changing =
    <Args extends readonly unknown[]>(change: (...args: Args) => void) =>
    (...args: Args): void => {
      change(...args)
      void keeper.changed()
    }

  return {
    batches,
    said: () => said,
    forgetSaid: () => {
      said = []
    },
    compose: () => ({
      ...workspace,
      openedAt,
      closedAt: null,
      trusted,
      runs: [...runs.values()],
      approvals: gates.all(),
      locks: [...locks.values()],
      operations: [...operations.values()],
      batches: [...batches.all()],
      events: [...events],
    }),
    restore: (one) => {
      said = [...said, one]
      batches.restore(one.batches)
      events = [...one.events, ...events].slice(-eventsKept)
    },
    noteTrust: changing((isTrusted) => {
      trusted = isTrusted
    }),
    noteEvent: (name, named) => {
      // The journal has every step of a run; of a file that is only looked at no number is taken.
      if (name === 'run.progressed' || !keeper.isOpen()) return
      void numbered(name, named)
    },
    lockTaken: changing((lock) => void locks.set(lock.run, lock)),
    lockFreed: changing((run) => void locks.delete(run)),
    isHeld: (run) => locks.has(run),
    runBegan: changing((run) => {
      runs.set(run.id, inProgress(run, now()))
      gates.ofRun(run)
    }),
    runEnded: changing((run) => {
      runs.delete(run)
      gates.forget(run)
    }),
    recorded: (run, bodies) => {
      if (gates.recorded(run, bodies)) void keeper.changed()
    },
    operationBegan: changing((operation) => void operations.set(operation.id, operation)),
    operationEnded: changing((id) => void operations.delete(id)),
  }

  async function numbered(name: string, named: readonly string[] | null): Promise<void> {
    const number = await keeper.counters.next('event')
    events = [...events, { number, name, at: now(), runs: shortened(named) }].slice(-eventsKept)
    void keeper.changed()
  }
}

function inProgress({ id, workflow }: Run, since: string): RunInProgress {
  const { name, version, source, digest } = workflow
  return { run: id, workflow: name, version, source, digest, since }
}

function shortened(runs: readonly string[] | null): string[] | null {
  return runs === null ? null : runs.slice(0, runsKept)
}

const eventsKept = 32
const runsKept = 5
