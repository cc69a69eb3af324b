// Runs that failed alike, as matters that are open, muted or resolved: the list, the one that is looked at, and what is said of it.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import type { ErrorDetail } from '../../shared/contract/errors.ts'
import { toAppError, type AppError } from '../../shared/errors.ts'
import type { ErrorDecision, ErrorState } from '../../shared/schema/errorGroup.ts'
import { createReader } from './createReader.ts'
import { paced } from './paced.ts'
import { failed, loading, ready, type Remote } from './remote.ts'

export type ErrorsFilter = { readonly state: ErrorState | null; readonly text: string }

/** As a person says it: how long counts from now. */
export type SaidOfError =
  | { readonly kind: 'open' | 'resolved' }
  | { readonly kind: 'muted'; readonly more: number | null; readonly forMs: number | null }

export type ErrorsState = {
  readonly filter: ErrorsFilter
  readonly list: Remote<CallOutput<'error.list'>>
  /** The error that is looked at; null: the first of the list. */
  readonly chosen: string | null
  readonly detail: Remote<ErrorDetail>
  /** Why what was said last is not kept. */
  readonly problem: AppError | null
  readonly open: () => () => void
  readonly show: (filter: ErrorsFilter) => void
  readonly choose: (error: string | null) => void
  readonly refresh: () => Promise<void>
  /** Whether it was read back. */
  readonly decide: (error: string, said: SaidOfError, reason: string | null) => Promise<boolean>
}
export type ErrorsStore = StoreApi<ErrorsState>

const shownAtOnce = 200

export function createErrorsStore(
  client: Client,
  from: { readonly filter: ErrorsFilter; readonly chosen: string | null },
  now: () => number = Date.now,
): ErrorsStore {
  return createStore<ErrorsState>()((set, get) => {
    const readDetail = createReader(async () => {
      const { chosen, list } = get()
      const error = chosen ?? (list.kind === 'ready' ? list.value.groups[0]?.error : undefined)
      if (error === undefined) return set({ detail: loading })
      const { detail } = get()
      const isOther = detail.kind === 'ready' && !isNamed(detail.value, error)
      if (isOther || detail.kind === 'failed') set({ detail: loading })
      try {
        const read = await client.call('error.get', { error })
        if (chosen === get().chosen) set({ detail: ready(read) })
      } catch (problem) {
        if (chosen === get().chosen) set({ detail: failed(get().detail, problem) })
      }
    })
    const readList = createReader(async () => {
      const { filter } = get()
      try {
        const list = await client.call('error.list', { ...filter, limit: shownAtOnce })
        if (filter === get().filter) set({ list: ready(list) })
      } catch (error) {
        if (filter === get().filter) set({ list: failed(get().list, error) })
      }
    })
    const refresh = async () => {
      await readList()
      await readDetail()
    }
    return {
      filter: from.filter,
      list: loading,
      chosen: from.chosen,
      detail: loading,
      problem: null,
      refresh,
      open: () => {
        const again = paced(refresh)
        const stops = [
          client.on('runs.changed', again),
          client.on('workspace.changed', () => void refresh()),
        ]
        void refresh()
        return () => stops.forEach((stop) => stop())
      },
      show: (filter) => {
        set({ filter })
        void refresh()
      },
      choose: (error) => {
        if (error === get().chosen) return
        set({ chosen: error, problem: null })
        void readDetail()
      },
      decide: async (error, said, reason) => {
        const decision = decisionOf(said, now())
        try {
          const { observed } = await client.call('error.decide', { error, decision, reason })
          set({ problem: null })
          await refresh()
          return observed
        } catch (problem) {
          set({ problem: toAppError(problem) })
          return false
        }
      },
    }
  })
}

/** It may have been asked for by its id. */
export function isNamed({ id, error }: Pick<ErrorDetail, 'id' | 'error'>, name: string): boolean {
  return error === name || id === name
}

function decisionOf(said: SaidOfError, nowMs: number): ErrorDecision {
  if (said.kind !== 'muted') return { kind: said.kind }
  const { more, forMs } = said
  return {
    kind: 'muted',
    more,
    until: forMs === null ? null : new Date(nowMs + forMs).toISOString(),
  }
}
