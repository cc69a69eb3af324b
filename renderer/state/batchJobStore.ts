// A batch while it goes on: its counts, and the rows that are looked at.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CallInput, Client } from '../../shared/contract/contract.ts'
import type { BatchItemView, BatchSummary } from '../../shared/contract/resumeBatch.ts'
import { toAppError, type AppError } from '../../shared/errors.ts'
import { createReader } from './createReader.ts'
import type { Every } from './every.ts'
import { failed, loading, ready, type Remote } from './remote.ts'

export type BatchAction = CallInput<'resume.batch.control'>['action']

/** Rows that are held; null: not loaded. */
export type BatchRows = {
  readonly length: number
  readonly at: (index: number) => BatchItemView | null
  readonly findIndex: (test: (row: BatchItemView | null) => boolean) => number
}

export type BatchJobState = {
  readonly batch: Remote<BatchSummary>
  readonly rows: BatchRows
  readonly asking: BatchAction | null
  readonly error: AppError | null
  /** What came of a retry. */
  readonly told: string | null
  readonly open: () => () => void
  readonly look: (first: number, last: number) => void
  readonly refresh: () => Promise<void>
  readonly control: (action: BatchAction, reason?: string | null) => Promise<void>
}
export type BatchJobStore = StoreApi<BatchJobState>

const pageRows = 200
/** While it goes on it is looked at again at least so often: an event may have been missed. */
const lookMs = 2_000

export function createBatchJobStore(client: Client, batch: string, every: Every): BatchJobStore {
  return createStore<BatchJobState>()((set, get) => {
    let seen = { first: 0, last: 0 }
    const refresh = createReader(async () => {
      try {
        const from = Math.floor(seen.first / pageRows) * pageRows
        const count = Math.min(500, Math.max(pageRows, seen.last - from + 1))
        const shown = await client.call('resume.batch.get', { batch, offset: from, limit: count })
        set({
          batch: ready(shown.batch),
          rows: rowsFrom(shown.total, from, shown.rows),
        })
      } catch (error) {
        set({ batch: failed(get().batch, error) })
      }
    })
    return {
      batch: loading,
      rows: rowsFrom(0, 0, []),
      asking: null,
      error: null,
      told: null,
      open: () => {
        void refresh()
        const stops = [
          client.on('batch.progressed', (event) => {
            if (event.batch === batch || event.batch === '') void refresh()
          }),
          every(lookMs, () => {
            const { batch: shown } = get()
            if (shown.kind === 'ready' && goesOn(shown.value)) void refresh()
          }),
        ]
        return () => stops.forEach((stop) => stop())
      },
      look: (first, last) => {
        seen = { first, last }
        const { rows } = get()
        if (rows.at(first) === null || rows.at(Math.min(last, rows.length - 1)) === null)
          void refresh()
      },
      refresh,
      control: async (action, reason = null) => {
        set({ asking: action, error: null, told: null })
        try {
          const answer = await client.call('resume.batch.control', { batch, action, reason })
          const { retried, refused } = answer
          set({ batch: ready(answer.batch) })
          if (action === 'retry') set({ told: retrySentence(retried, refused) })
        } catch (error) {
          set({ error: toAppError(error) })
        } finally {
          set({ asking: null })
          await refresh()
        }
      },
    }
  })
}

export function goesOn({ phase, counts }: BatchSummary): boolean {
  return phase === 'planned' || phase === 'canary' || phase === 'running' || underWay(counts) > 0
}

export function underWay(counts: BatchSummary['counts']): number {
  return counts['underWay'] ?? 0
}

export function observedOf({ total, counts }: BatchSummary): number {
  return total - (counts['open'] ?? 0) - underWay(counts)
}

export function failedOf({ counts }: BatchSummary): number {
  return (counts['failed'] ?? 0) + (counts['refused'] ?? 0) + (counts['inDoubt'] ?? 0)
}

function retrySentence(
  retried: number,
  refused: readonly { readonly document: string; readonly sentence: string }[],
): string {
  const begun = `${retried} ${retried === 1 ? 'run is' : 'runs are'} begun once more.`
  const [one] = refused
  if (one === undefined) return begun
  return `${begun} ${refused.length} cannot be: ${one.document}: ${one.sentence}`
}

function rowsFrom(length: number, from: number, rows: readonly BatchItemView[]): BatchRows {
  return {
    length,
    at: (index) => rows[index - from] ?? null,
    findIndex: (test) => {
      const found = rows.findIndex(test)
      return found < 0 ? -1 : found + from
    },
  }
}
