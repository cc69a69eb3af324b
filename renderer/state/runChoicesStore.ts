// Runs to choose from, the latest first.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Client } from '../../shared/contract/contract.ts'
import type { RunRow } from '../../shared/contract/runs.ts'
import { failed, loading, ready, type Remote } from './remote.ts'

export type RunChoicesState = {
  readonly choices: Remote<readonly RunRow[]>
  readonly open: () => () => void
}
export type RunChoicesStore = StoreApi<RunChoicesState>

export function createRunChoicesStore(client: Client): RunChoicesStore {
  return createStore<RunChoicesState>()((set, get) => ({
    choices: loading,
    open: () => {
      void client.call('run.list', { limit: 200 }).then(
        ({ rows }) => set({ choices: ready(rows.filter(isReadable)) }),
        (error: unknown) => set({ choices: failed(get().choices, error) }),
      )
      return () => undefined
    },
  }))
}

/** Only what can be read as a run can be compared. */
function isReadable({ health, stepsTotal }: RunRow): boolean {
  return health === 'ok' || stepsTotal > 0
}
