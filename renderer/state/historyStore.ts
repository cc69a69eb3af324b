// The journal of a run, record by record, from its newest or its oldest end.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Ref } from '../../shared/contract/call.ts'
import type { Client } from '../../shared/contract/contract.ts'
import type { HistoryRecord } from '../../shared/contract/runs.ts'
import type { Finding } from '../../shared/core/integrity/finding.ts'
import { createReader } from './createReader.ts'
import { failed, loading, ready, type Remote } from './remote.ts'

export type HistoryList = {
  readonly records: readonly HistoryRecord[]
  /** Where reading goes on; null at the other end. */
  readonly nextSeq: number | null
  readonly total: number
  readonly flaws: readonly Finding[]
}

export type HistoryState = {
  readonly isNewestFirst: boolean
  readonly list: Remote<HistoryList>
  readonly open: () => () => void
  readonly turn: (isNewestFirst: boolean) => void
  readonly readMore: () => Promise<void>
  readonly refresh: () => Promise<void>
}
export type HistoryStore = StoreApi<HistoryState>

export function createHistoryStore(client: Client, ref: Ref): HistoryStore {
  return createStore<HistoryState>()((set, get) => {
    const read = (fromSeq: number | null) =>
      client.call('run.history', { ref, fromSeq, descending: get().isNewestFirst, limit: 100 })
    const refresh = createReader(async () => {
      const asked = get().isNewestFirst
      try {
        const page = await read(null)
        if (asked === get().isNewestFirst) set({ list: ready(page) })
      } catch (error) {
        set({ list: failed(get().list, error) })
      }
    })
    const readMore = createReader(async () => {
      const { list, isNewestFirst } = get()
      if (list.kind !== 'ready' || list.value.nextSeq === null) return
      try {
        const page = await read(list.value.nextSeq)
        const current = get().list
        if (isNewestFirst !== get().isNewestFirst || current.kind !== 'ready') return
        if (current.value.nextSeq !== list.value.nextSeq) return
        set({ list: ready({ ...page, records: [...current.value.records, ...page.records] }) })
      } catch (error) {
        set({ list: failed(get().list, error) })
      }
    })
    return {
      isNewestFirst: true,
      list: loading,
      refresh,
      readMore,
      open: () => {
        const stop = client.on('run.progressed', ({ run }) => {
          if (run === ref.document) void refresh()
        })
        void refresh()
        return stop
      },
      turn: (isNewestFirst) => {
        set({ isNewestFirst, list: loading })
        void refresh()
      },
    }
  })
}
