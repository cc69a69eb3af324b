// What differs between two sides, page by page.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ChangeRow, CompareSide } from '../../shared/contract/compare.ts'
import type { Client } from '../../shared/contract/contract.ts'
import type { ChangeCounts } from '../../shared/core/diff/change.ts'
import { createReader } from './createReader.ts'
import { failed, loading, ready, type Remote } from './remote.ts'

export type Comparison = {
  readonly changes: readonly ChangeRow[]
  readonly total: number
  readonly counts: ChangeCounts
  readonly isCoarse: boolean
}

export type CompareState = {
  /** Only changes at or below this pointer are asked for. */
  readonly under: string
  readonly comparison: Remote<Comparison>
  readonly open: () => () => void
  readonly narrow: (under: string) => void
  readonly readMore: () => Promise<void>
  readonly retry: () => Promise<void>
  /** The same as an RFC 6902 patch. */
  readonly readPatch: () => Promise<{ readonly text: string; readonly operations: number }>
}
export type CompareStore = StoreApi<CompareState>

const pageSize = 100

export function createCompareStore(
  client: Client,
  sides: { readonly left: CompareSide; readonly right: CompareSide },
): CompareStore {
  return createStore<CompareState>()((set, get) => {
    const read = async (offset: number): Promise<Comparison> => {
      const { under } = get()
      const input = { ...sides, under, offset, limit: pageSize }
      const { coarse, ...page } = await client.call('checkpoint.compare', input)
      return { ...page, isCoarse: coarse }
    }
    const load = createReader(async () => {
      const { under } = get()
      try {
        const comparison = await read(0)
        if (under === get().under) set({ comparison: ready(comparison) })
      } catch (error) {
        if (under === get().under) set({ comparison: failed(get().comparison, error) })
      }
    })
    const readMore = createReader(async () => {
      const { comparison, under } = get()
      if (comparison.kind !== 'ready') return
      const { changes, total } = comparison.value
      if (changes.length >= total) return
      try {
        const page = await read(changes.length)
        if (under !== get().under) return
        set({ comparison: ready({ ...page, changes: [...changes, ...page.changes] }) })
      } catch (error) {
        set({ comparison: failed(comparison, error) })
      }
    })
    return {
      under: '',
      comparison: loading,
      open: () => {
        void load()
        return () => undefined
      },
      narrow: (under) => {
        set({ under })
        void load()
      },
      readMore,
      retry: load,
      readPatch: () => client.call('checkpoint.patch', sides),
    }
  })
}
