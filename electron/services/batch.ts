import type { OutcomeRow } from '../../shared/contract/call.ts'
import type { CancelSignal } from '../../shared/cancel.ts'
import { toAppError } from '../../shared/errors.ts'

/** `work` null: the item changed since its plan was shown. The work's text becomes the row's `result`. */
export type BatchRow = {
  readonly item: string
  readonly work: (() => Promise<string | Unneeded>) | null
}

/** The item is as it was asked for, and was so before. */
export type Unneeded = { readonly result: string | null; readonly because: string }

/** Does item after item; each gets its row, also those that a cancellation left undone. Never throws for one item. */
export async function batch(
  rows: readonly BatchRow[],
  options: {
    readonly signal: CancelSignal
    readonly progress: (value: { done: number; total: number; item: string }) => void
  },
): Promise<readonly OutcomeRow[]> {
  const outcomes: OutcomeRow[] = []
  for (const row of rows) {
    outcomes.push(options.signal.aborted ? notReached(row.item) : await doOne(row))
    options.progress({ done: outcomes.length, total: rows.length, item: row.item })
  }
  return outcomes
}

async function doOne({ item, work }: BatchRow): Promise<OutcomeRow> {
  if (work === null)
    return {
      item,
      outcome: 'stale',
      cause: 'It changed since you looked. Review the plan again.',
      result: null,
    }
  try {
    const done = await work()
    const { result, because } = typeof done === 'string' ? { result: done, because: null } : done
    return { item, outcome: 'done', cause: because, result }
  } catch (error) {
    const { code, message } = toAppError(error)
    return { item, outcome: code === 'stale' ? 'stale' : 'failed', cause: message, result: null }
  }
}

function notReached(item: string): OutcomeRow {
  return { item, outcome: 'not-reached', cause: 'Cancelled before it was reached.', result: null }
}
