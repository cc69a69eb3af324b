// Puts together what is needed so that a host can give account of one workspace.
import type { Handlers } from '../../../shared/contract/contract.ts'
import type { Executor } from '../../executor/executor.ts'
import type { ServiceContext } from '../../services/context.ts'
import type { Store } from '../../store/store.ts'
import { now } from '../hostFacts.ts'
import { createHostAccount } from './createHostAccount.ts'
import type { StateKeeper } from './createStateKeeper.ts'
import {
  createWorkspaceRecord,
  type RecordedWorkspace,
  type WorkspaceRecord,
} from './createWorkspaceRecord.ts'
import { observeExecutor, observeStore } from './observeWork.ts'

export type Recording = {
  readonly keeper: StateKeeper
  /** Asked once there are some. */
  readonly handlers: () => Handlers
}

export type RecordingParts = {
  readonly record: WorkspaceRecord | null
  readonly store: (store: Store) => Store
  readonly executor: <Kind extends Executor>(executor: Kind) => Kind
  readonly services: Pick<ServiceContext, 'batches' | 'hostAccount'>
}

/** Without a recording everything is passed on as it is. */
export function recordWorkspace(
  recording: Recording | undefined,
  of: { readonly workspace: RecordedWorkspace; readonly context: () => ServiceContext },
): RecordingParts {
  if (recording === undefined) {
    return { record: null, store: (store) => store, executor: (executor) => executor, services: {} }
  }
  const { keeper, handlers } = recording
  const record = createWorkspaceRecord(of.workspace, { keeper, now })
  const asked = () => ({ context: of.context(), handlers: handlers() })
  return {
    record,
    store: (store) => observeStore(store, record, now),
    executor: (executor) => observeExecutor(executor, record),
    services: {
      batches: record.batches,
      hostAccount: createHostAccount({ keeper, record, asked }),
    },
  }
}
