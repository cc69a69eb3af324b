import type { OutcomeRow } from '../../shared/contract/call.ts'
import type { CancelSignal } from '../../shared/cancel.ts'
import { toAppError } from '../../shared/errors.ts'
import { mapBounded } from '../../shared/mapBounded.ts'
import type { ServiceContext } from './context.ts'

/** `work` null: the item changed since its plan was shown. The work's text becomes the row's `result`. */
export type BatchRow = {
  readonly item: string
  readonly work: (() => Promise<string | Unneeded>) | null
}

/** The item is as it was asked for, and was so before. */
export type Unneeded = { readonly result: string | null; readonly because: string }

export type Batch = {
  /** The call of the contract that it belongs to. */
  readonly call: string
  readonly rows: readonly BatchRow[]
  /** Who does it, when it is nobody who asked. */
  readonly by?: string
  /** So many items are under way at once, where each is alone with its files: waits for the disk are then shared. */
  readonly atOnce?: number
}

/** Is told of batches, so that one that is cut can be told row by row afterwards. */
export type BatchLog = {
  /** Resolves when it is kept which items there are: nothing was done before. Never rejects. */
  begin(batch: {
    readonly call: string
    readonly by: string
    readonly items: readonly string[]
  }): Promise<BatchFollower>
}
export type BatchFollower = { row(outcome: OutcomeRow): void; end(): void }

/**
 * Does item after item, or a few at once; each gets its row, in the order of the items, also those that a cancellation left
 * undone. Never throws for one item.
 */
export async function batch(
  context: Pick<ServiceContext, 'batches' | 'user'>,
  { call, rows, by = context.user, atOnce = 1 }: Batch,
  options: {
    readonly signal: CancelSignal
    readonly progress: (value: { done: number; total: number; item: string }) => void
  },
): Promise<readonly OutcomeRow[]> {
  const items = rows.map(({ item }) => item)
  const follower = rows.length === 0 ? undefined : await context.batches?.begin({ call, by, items })
  let done = 0
  try {
    return await mapBounded(rows, atOnce, async (row) => {
      const outcome = options.signal.aborted ? notReached(row.item) : await doOne(row)
      done += 1
      follower?.row(outcome)
      options.progress({ done, total: rows.length, item: row.item })
      return outcome
    })
  } finally {
    follower?.end()
  }
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
