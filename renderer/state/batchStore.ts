// Something that is done with many runs: read what is chosen, show what would be done, do it, and tell of each.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { OutcomeRow } from '../../shared/contract/call.ts'
import type { Client } from '../../shared/contract/contract.ts'
import { toAppError, type AppError, type ErrorCode } from '../../shared/errors.ts'
import type { BatchAction } from '../../shared/schema/batchAction.ts'
import {
  planParts,
  undoParts,
  type BatchItem,
  type BatchPart,
  type PartOptions,
} from './batchParts.ts'
import { createBatch, type BatchWork } from './planning.ts'
import { readSelection } from './readSelection.ts'
import type { Selection } from './selection.ts'

export type BatchStage =
  | { readonly kind: 'closed' }
  /** How many of those that are chosen were read. */
  | { readonly kind: 'reading'; readonly found: number; readonly total: number }
  | { readonly kind: 'planning'; readonly total: number }
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'preview'; readonly items: readonly BatchItem[]; readonly able: number }
  /** `left`: how many wait until somebody has looked at the first one. */
  | {
      readonly kind: 'work'
      readonly work: BatchWork
      readonly isUndo: boolean
      readonly left: number
    }

export type BatchState = {
  readonly action: BatchAction
  readonly stage: BatchStage
  readonly prepare: (action: BatchAction, selection: Selection) => Promise<void>
  /** Does what is shown; of repairs only the first one. The passphrase is that of archives, and forgotten when this closes. */
  readonly apply: (passphrase?: string | null) => Promise<void>
  /** Does those that wait behind the first one. */
  readonly applyRest: () => Promise<void>
  /** Takes back what was done last. */
  readonly undo: () => Promise<void>
  readonly cancel: () => void
  /** Not while it works: that is cancelled first. */
  readonly close: () => void
}
export type BatchStore = StoreApi<BatchState>

export function createBatchStore(client: Client): BatchStore {
  return createStore<BatchState>()((set, get) => {
    const batch = createBatch()
    let preparing = new AbortController()
    let parts: readonly BatchPart[] = []
    let done: readonly OutcomeRow[] = []
    let secret: string | null = null
    const carry = (work: readonly BatchPart[], isUndo: boolean) => {
      const before = isUndo ? [] : done
      const left = isUndo ? 0 : countItems(parts)
      return batch.run({
        call: async (options) => {
          const rows = [...before, ...(await doParts(work, { ...options, passphrase: secret }))]
          if (!isUndo) done = rows
          return { rows }
        },
        show: (shown) => set({ stage: { kind: 'work', work: shown, isUndo, left } }),
        onStale: () => undefined,
      })
    }
    /** Takes so many parts from those that are still to be done, and does them. */
    const carryNext = (count: number) => {
      const next = parts.slice(0, count)
      parts = parts.slice(count)
      return carry(next, false)
    }
    return {
      action: 'archive',
      stage: { kind: 'closed' },
      prepare: async (action, selection) => {
        preparing.abort()
        const { signal } = (preparing = new AbortController())
        const show = (stage: BatchStage) => {
          if (!signal.aborted) set({ action, stage })
        }
        show({ kind: 'reading', found: 0, total: 0 })
        try {
          const onProgress = (found: number, total: number) =>
            show({ kind: 'reading', found, total })
          const runs = await readSelection(client, selection, { signal, onProgress })
          show({ kind: 'planning', total: runs.length })
          const plan = await planParts(client, action, { runs, signal })
          if (signal.aborted) return
          parts = plan.parts
          done = []
          secret = null
          const able = plan.items.filter(({ because }) => because === null).length
          show({ kind: 'preview', items: plan.items, able })
        } catch (error) {
          show({ kind: 'failed', error: toAppError(error) })
        }
      },
      apply: async (passphrase = null) => {
        const { stage, action } = get()
        if (stage.kind !== 'preview') return
        secret = passphrase
        await carryNext(action === 'repair' ? 1 : parts.length)
      },
      applyRest: async () => {
        const { stage } = get()
        const isResting = stage.kind === 'work' && stage.work.kind === 'finished' && !stage.isUndo
        if (isResting && stage.left > 0) await carryNext(parts.length)
      },
      undo: async () => {
        const { stage, action } = get()
        if (stage.kind !== 'work' || stage.work.kind !== 'finished' || stage.isUndo) return
        await carry(undoParts(client, action, stage.work.rows), true)
      },
      cancel: batch.cancel,
      close: () => {
        const { stage } = get()
        if (stage.kind === 'work' && stage.work.kind === 'running') return
        preparing.abort()
        secret = null
        set({ stage: { kind: 'closed' } })
      },
    }
  })
}

function countItems(parts: readonly BatchPart[]): number {
  return parts.reduce((sum, { items }) => sum + items.length, 0)
}

/** Part after part. One that is refused whole leaves a row for each of its items, and the others are done. */
async function doParts(
  parts: readonly BatchPart[],
  { signal, onProgress, passphrase }: PartOptions,
): Promise<readonly OutcomeRow[]> {
  const total = countItems(parts)
  const rows: OutcomeRow[] = []
  for (const { items, work } of parts) {
    const before = rows.length
    if (signal.aborted) rows.push(...items.map((item) => leftRow(item, 'not-reached', cancelled)))
    else {
      try {
        const told = ({ done, item }: { readonly done: number; readonly item: string }) =>
          onProgress({ done: before + done, total, item })
        rows.push(...(await work({ signal, onProgress: told, passphrase })))
      } catch (error) {
        const { code, message } = toAppError(error)
        rows.push(...items.map((item) => leftRow(item, outcomeOf(code), message)))
      }
    }
  }
  return rows
}

function outcomeOf(code: ErrorCode): OutcomeRow['outcome'] {
  if (code === 'stale') return 'stale'
  return code === 'cancelled' ? 'not-reached' : 'failed'
}

const cancelled = 'Cancelled before it was reached.'

function leftRow(item: string, outcome: OutcomeRow['outcome'], cause: string): OutcomeRow {
  return { item, outcome, cause, result: null }
}
