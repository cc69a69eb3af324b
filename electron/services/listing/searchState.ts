// Searches the state of runs: document by document in the order of the list, with turns for others in between.
import { setImmediate as turn } from 'node:timers/promises'
import { throwIfCancelled, type CancelSignal } from '../../../shared/cancel.ts'
import type { StateSearch } from '../../../shared/contract/runList.ts'
import { mapBounded } from '../../../shared/mapBounded.ts'
import type { StateCondition } from '../../../shared/schema/runCondition.ts'
import type { ServiceContext } from '../context.ts'
import { createStateReader } from './readStateVerdict.ts'
import { nowMs } from './refreshRows.ts'

export type StateSearching = {
  readonly conditions: readonly StateCondition[]
  /** Rows to be searched, in the order in which they are shown. */
  readonly rows: Int32Array
  /** Answers soon once so many were found, and else after half a second; null: once all are searched. */
  readonly enough: number | null
  readonly signal: CancelSignal
  readonly progress: (search: StateSearch) => void
}

export type StateFound = {
  /** In the order of the rows. */
  readonly rows: Int32Array
  /** Null: all documents are searched. */
  readonly searching: StateSearch | null
  /** Documents that could not be read. */
  readonly unread: number
}

/** What is known is not read again, so that one search goes on where the last one stopped. */
export async function searchState(
  context: ServiceContext,
  { conditions, rows, enough, signal, progress }: StateSearching,
): Promise<StateFound> {
  const { index } = context
  const verdicts = index.searches.of(index.rows, conditions)
  const read = createStateReader(context, conditions)
  const startMs = nowMs(context)
  let toldMs = startMs
  let count = 0
  let unread = 0
  let searched = 0
  const found = new Int32Array(rows.length)
  while (searched < rows.length) {
    const next = rows.subarray(searched, searched + atOnce)
    const unknown = [...next].filter((place) => verdicts.at(place) === null)
    await mapBounded(unknown, 8, async (place) => verdicts.put(place, await read(place)))
    for (const place of next) {
      const verdict = verdicts.at(place)
      if (verdict === 'fits') found[count++] = place
      if (verdict === 'unread') unread += 1
    }
    searched += next.length
    if (unknown.length === 0) continue
    throwIfCancelled(signal, 'Searching the state of runs')
    const atMs = nowMs(context)
    const limitMs = count >= (enough ?? Infinity) ? enoughMs : partialMs
    if (enough !== null && atMs - startMs >= limitMs && searched < rows.length) break
    if (atMs - toldMs >= tellMs) {
      toldMs = atMs
      progress({ searched, of: rows.length, found: count })
    }
    await turn()
  }
  const isDone = searched >= rows.length
  return {
    rows: found.slice(0, count),
    searching: isDone ? null : { searched, of: rows.length, found: count },
    unread,
  }
}

/** How many of these rows are known to fit; null where not all are searched. */
export function countFound(
  { index }: Pick<ServiceContext, 'index'>,
  conditions: readonly StateCondition[],
  rows: Int32Array,
): number | null {
  const verdicts = index.searches.of(index.rows, conditions)
  let count = 0
  for (const place of rows) {
    const verdict = verdicts.at(place)
    if (verdict === null) return null
    if (verdict === 'fits') count += 1
  }
  return count
}

const atOnce = 64
const partialMs = 500
const enoughMs = 150
const tellMs = 100
