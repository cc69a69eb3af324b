// Resumes of many runs in this workspace: which there are, and whether one goes on or waits for a person.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Client } from '../../shared/contract/contract.ts'
import type { BatchSummary } from '../../shared/contract/resumeBatch.ts'
import { createReader } from './createReader.ts'
import { failed, loading, ready, type Remote } from './remote.ts'

export type Batches = { readonly batches: readonly BatchSummary[]; readonly total: number }

export type BatchesState = {
  readonly batches: Remote<Batches>
  readonly open: () => () => void
  readonly refresh: () => Promise<void>
}
export type BatchesStore = StoreApi<BatchesState>

export function createBatchesStore(client: Client, limit: number): BatchesStore {
  return createStore<BatchesState>()((set, get) => {
    const refresh = createReader(async () => {
      try {
        const { batches, total } = await client.call('resume.batch.list', { limit })
        set({ batches: ready({ batches, total }) })
      } catch (error) {
        set({ batches: failed(get().batches, error) })
      }
    })
    return {
      batches: loading,
      open: () => {
        void refresh()
        const stops = [
          client.on('batch.progressed', () => void refresh()),
          client.on('workspace.changed', () => void refresh()),
        ]
        return () => stops.forEach((stop) => stop())
      },
      refresh,
    }
  })
}
