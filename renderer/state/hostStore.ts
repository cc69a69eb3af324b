// What the host says of itself: work that was cut, and where things are not as it remembered them.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Client } from '../../shared/contract/contract.ts'
import type { HostFacts } from '../../shared/contract/host.ts'
import { toAppError, type AppError } from '../../shared/errors.ts'
import { createReader } from './createReader.ts'
import { failed, loading, ready, type Remote } from './remote.ts'

export type HostState = {
  readonly facts: Remote<HostFacts>
  readonly dismissProblem: AppError | null
  /** Reads and follows; returns what stops it. */
  readonly open: () => () => void
  readonly refresh: () => Promise<void>
  readonly dismiss: () => Promise<void>
}
export type HostStore = StoreApi<HostState>

export function createHostStore(client: Client): HostStore {
  return createStore<HostState>()((set, get) => {
    const refresh = createReader(async () => {
      try {
        set({ facts: ready(await client.call('host.get', {})) })
      } catch (error) {
        set({ facts: failed(get().facts, error) })
      }
    })
    return {
      facts: loading,
      dismissProblem: null,
      refresh,
      open: () => {
        const stops = [
          client.on('workspace.changed', () => void refresh()),
          client.onState((state) => {
            // Another host may answer from here on.
            if (state === 'connected') void refresh()
          }),
        ]
        void refresh()
        return () => stops.forEach((stop) => stop())
      },
      dismiss: async () => {
        set({ dismissProblem: null })
        try {
          set({ facts: ready(await client.call('host.dismiss', {})) })
        } catch (error) {
          set({ dismissProblem: toAppError(error) })
        }
      },
    }
  })
}
