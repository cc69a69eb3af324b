import { radixSort } from './radixSort.ts'
import type { TextPool } from './textPool.ts'

export type TextOrder = {
  /** By row: the text that it is sorted by first. */
  readonly codes: Int32Array
  readonly texts: TextPool
  /** The whole order of rows. */
  readonly compare: (one: number, other: number) => number
}

/** Sorts rows by a text each: by a few bytes at once where the texts begin to differ, and again where these are the same. */
export function sortByText(rows: Int32Array, order: TextOrder): Int32Array {
  const { codes, texts, compare } = order
  const keys = new Float64Array(codes.length)
  if (rows.length < manyRows || !texts.startKeys(rows, codes, keys)) return rows.toSorted(compare)
  const sorted = radixSort(rows, keys, { descending: false })
  let from = 0
  for (let to = 1; to <= sorted.length; to++) {
    if (to < sorted.length && keys[sorted[to] ?? 0] === keys[sorted[from] ?? 0]) continue
    const same = sorted.subarray(from, to)
    if (same.length === rows.length) sorted.set(same.toSorted(compare), from)
    else if (!isInOrder(same, compare)) sorted.set(sortByText(same, order), from)
    from = to
  }
  return sorted
}

/** Rows that were read folder by folder often are. */
function isInOrder(rows: Int32Array, compare: TextOrder['compare']): boolean {
  return rows.every((row, at) => at === 0 || compare(rows[at - 1] ?? 0, row) <= 0)
}

/** Fewer than these are compared more quickly than a radix sort counts. */
const manyRows = 4096
