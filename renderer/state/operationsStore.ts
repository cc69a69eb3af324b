// The operations log of the workspace: a page of it, what narrows it down, and the way back of one entry.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import type { OperationEntry, OperationState } from '../../shared/contract/upkeep.ts'
import { toAppError, type AppError } from '../../shared/errors.ts'
import { createReader } from './createReader.ts'
import { paced } from './paced.ts'
import { failed, loading, ready, type Remote } from './remote.ts'

export type OperationsFilter = {
  readonly run: string | null
  readonly call: string | null
  readonly state: OperationState | null
  readonly text: string
}

export type UndoWork =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly id: string }
  | {
      readonly kind: 'done'
      readonly id: string
      readonly observed: boolean
      readonly sentence: string
    }
  | { readonly kind: 'failed'; readonly id: string; readonly error: AppError }

export type OperationsState = {
  readonly filter: OperationsFilter
  readonly list: Remote<CallOutput<'operations.list'>>
  readonly isReading: boolean
  readonly undo: UndoWork
  readonly open: () => () => void
  readonly show: (filter: OperationsFilter) => void
  readonly refresh: () => Promise<void>
  readonly readMore: () => Promise<void>
  readonly takeBack: (operation: OperationEntry, reason: string | null) => Promise<void>
}
export type OperationsStore = StoreApi<OperationsState>

export function createOperationsStore(client: Client, filter: OperationsFilter): OperationsStore {
  return createStore<OperationsState>()((set, get) => {
    const read = (offset: number, limit: number) => {
      const { run, call, state, text } = get().filter
      const letters = text.trim() === '' ? null : text.trim()
      return client.call('operations.list', { run, call, state, text: letters, offset, limit })
    }
    const refresh = createReader(async () => {
      const { filter: asked, list } = get()
      // What was read on before stays read.
      const known = list.kind === 'ready' ? list.value.operations.length : 0
      try {
        const page = await read(0, Math.min(mostAtOnce, Math.max(pageSize, known)))
        if (asked === get().filter) set({ list: ready(page) })
      } catch (error) {
        if (asked === get().filter) set({ list: failed(get().list, error) })
      }
    })
    return {
      filter,
      list: loading,
      isReading: false,
      undo: { kind: 'none' },
      refresh,
      open: () => {
        const stop = client.on('runs.changed', paced(refresh))
        void refresh()
        return stop
      },
      show: (next) => {
        set({ filter: next, undo: { kind: 'none' } })
        void refresh()
      },
      readMore: async () => {
        const { list, isReading, filter: asked } = get()
        if (list.kind !== 'ready' || list.value.nextOffset === null || isReading) return
        set({ isReading: true })
        try {
          const page = await read(list.value.nextOffset, pageSize)
          const now = get().list
          if (asked === get().filter && now === list) set({ list: ready(joined(list.value, page)) })
        } catch (error) {
          if (asked === get().filter) set({ list: failed(get().list, error) })
        } finally {
          set({ isReading: false })
        }
      },
      takeBack: async ({ id }, reason) => {
        if (id === null || get().undo.kind === 'running') return
        set({ undo: { kind: 'running', id } })
        try {
          const { observed, sentence } = await client.call('operations.undo', { id, reason })
          set({ undo: { kind: 'done', id, observed, sentence } })
        } catch (error) {
          set({ undo: { kind: 'failed', id, error: toAppError(error) } })
        }
        await refresh()
      },
    }
  })
}

type Page = CallOutput<'operations.list'>

/** An entry that moved to the next page meanwhile, because newer ones came, is there once. */
function joined(known: Page, page: Page): Page {
  const ids = new Set(known.operations.map(({ id }) => id))
  const fresh = page.operations.filter(({ id }) => id === null || !ids.has(id))
  return { ...page, operations: [...known.operations, ...fresh] }
}

const pageSize = 100
const mostAtOnce = 500
