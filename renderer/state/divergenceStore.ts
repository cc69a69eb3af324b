// Where two runs part, and their steps beside each other.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import type { CompareSides } from './compareStore.ts'
import { createReader } from './createReader.ts'
import { failed, loading, ready, type Remote } from './remote.ts'

export type ShownDivergence = CallOutput<'run.divergence'>

export type DivergenceState = {
  readonly divergence: Remote<ShownDivergence>
  readonly open: () => () => void
  readonly retry: () => Promise<void>
  readonly readMore: () => Promise<void>
}
export type DivergenceStore = StoreApi<DivergenceState>

const pageSize = 200

export function createDivergenceStore(
  client: Client,
  sides: CompareSides,
  exact: boolean,
): DivergenceStore {
  const read = (offset: number) =>
    client.call('run.divergence', { ...sides, exact, offset, limit: pageSize })
  return createStore<DivergenceState>()((set, get) => {
    const retry = createReader(async () => {
      try {
        set({ divergence: ready(await read(0)) })
      } catch (error) {
        set({ divergence: failed(get().divergence, error) })
      }
    })
    const readMore = createReader(async () => {
      const { divergence } = get()
      if (divergence.kind !== 'ready') return
      const { steps, total } = divergence.value
      if (steps.length >= total) return
      try {
        const page = await read(steps.length)
        set({ divergence: ready({ ...page, steps: [...steps, ...page.steps] }) })
      } catch (error) {
        set({ divergence: failed(divergence, error) })
      }
    })
    return {
      divergence: loading,
      open: () => {
        void retry()
        return () => undefined
      },
      retry,
      readMore,
    }
  })
}
