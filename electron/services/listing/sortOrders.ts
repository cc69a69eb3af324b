// Orders of rows, kept from one question to the next and mended where rows changed.
import type { RunSort } from '../../../shared/contract/runs.ts'
import { flags, numberColumns, type Columns, type NumberColumn } from './columns.ts'
import { radixSort } from './radixSort.ts'
import { sortByText } from './sortByText.ts'
import { sinceAt } from './rowNumbers.ts'
import { isTold, sortNumberAt, textColumnOf, type SortColumn } from './sortKeys.ts'
import type { TextCode } from './pooledTexts.ts'
import type { TextPool } from './textPool.ts'

/** The table as the orders see it: its columns move when it grows. */
export type Sortable = {
  readonly columns: () => Columns
  /** Places in the columns, free ones among them. */
  readonly places: () => number
  readonly texts: TextPool
}

export type SortOrders = {
  /** Every row, sorted; those without a value last, equal ones by id and then document. */
  readonly rows: (sort: RunSort) => Int32Array
  /** Says that a row came, went, or has another value in one of these columns. */
  readonly changed: (row: number, columns: readonly SortColumn[] | 'all') => void
  readonly forget: () => void
}

type Order = { rows: Int32Array; readonly changed: Set<number>; readonly sort: RunSort }

export function createSortOrders(table: Sortable): SortOrders {
  const known = new Map<string, Order>()
  const rowsOf = (sort: RunSort): Int32Array => {
    const key = keyOf(sort)
    const order = known.get(key)
    if (order === undefined || order.changed.size > order.rows.length / 8) {
      const rows = (known.has(keyOf(byId)) ? null : sortMoments(table, sort)) ?? sortFromIds(sort)
      const made = { rows, changed: new Set<number>(), sort }
      known.delete(key)
      known.set(key, made)
      forgetOldest(known)
      return made.rows
    }
    if (order.changed.size > 0) mend(table, order)
    return order.rows
  }
  const sortFromIds = (sort: RunSort): Int32Array =>
    sort.column === 'id' && !sort.descending
      ? sortById(table)
      : radixSort(rowsOf(byId), keysOf(table, sort.column, rowsOf(byId)), sort)
  return {
    rows: rowsOf,
    changed: (row, columns) => {
      for (const order of known.values())
        if (isConcerned(order.sort.column, columns)) order.changed.add(row)
    },
    forget: () => known.clear(),
  }
}

function isConcerned(column: SortColumn, changed: readonly SortColumn[] | 'all'): boolean {
  if (changed === 'all' || !isTold(column)) return true
  return changed.includes('id') || changed.includes(column)
}

const byId: RunSort = { column: 'id', descending: false }
const ordersKept = 4

/** The order by id is the base of all others. */
function forgetOldest(known: Map<string, Order>): void {
  for (const [key, { sort }] of known) {
    if (known.size <= ordersKept) return
    if (sort.column !== 'id' || sort.descending) known.delete(key)
  }
}

function liveRows({ columns, places }: Sortable): Int32Array {
  const state = columns().flags
  const rows = new Int32Array(places())
  let count = 0
  for (let row = 0; row < rows.length; row++)
    if (((state[row] ?? 0) & flags.live) !== 0) rows[count++] = row
  return rows.slice(0, count)
}

function sortById(table: Sortable): Int32Array {
  const compare = (one: number, other: number): number => compareIds(table, one, other)
  return sortByText(liveRows(table), { codes: table.columns().id, texts: table.texts, compare })
}

/**
 * By a moment, of which few rows have the same: those are put in order by themselves, and no order by id has to be made of all
 * the others. Null for other columns, and where many rows have the same after all.
 */
function sortMoments(table: Sortable, sort: RunSort): Int32Array | null {
  const { column } = sort
  if (column !== 'since' && column !== 'updatedAt' && column !== 'createdAt') return null
  const rows = liveRows(table)
  const keys = column === 'since' ? sinceKeys(table, rows) : table.columns()[column]
  const sorted = radixSort(rows, keys, sort)
  const keyAt = (at: number): number => keys[sorted[at] ?? 0] ?? Number.NaN
  let from = 0
  for (let to = 1; to <= sorted.length; to++) {
    if (to < sorted.length && Object.is(keyAt(to), keyAt(from))) continue
    if (to - from > fewRows) return null
    if (to - from > 1) sorted.subarray(from, to).sort((one, other) => compareIds(table, one, other))
    from = to
  }
  return sorted
}

const fewRows = 256

function sinceKeys({ columns }: Sortable, rows: Int32Array): Float64Array {
  const known = columns()
  const keys = new Float64Array(known.flags.length)
  for (const row of rows) keys[row] = sinceAt(known, row)
  return keys
}

function keyOf({ column, descending }: RunSort): string {
  return `${column} ${descending}`
}

/** A number a row that sorts as the column does. */
function keysOf(table: Sortable, column: SortColumn, byIds: Int32Array): Float64Array {
  const columns = table.columns()
  if (column === 'id') return ranks(byIds, columns.id)
  const texts = textColumnOf(column)
  if (texts !== null) return textRanks(table, columns[texts], byIds)
  if (isStored(column)) return columns[column]
  const numberAt = sortNumberAt(columns, table.texts, column)
  const keys = new Float64Array(columns.flags.length)
  for (const row of byIds) keys[row] = numberAt(row)
  return keys
}

function isStored(column: SortColumn): column is SortColumn & NumberColumn {
  return numberColumns.some((name) => name === column)
}

/** Ranks of rows that stand in order already: equal texts have equal ranks. */
function ranks(rows: Int32Array, codes: Int32Array): Float64Array {
  const keys = new Float64Array(codes.length)
  let rank = 0
  let last = -1
  for (const row of rows) {
    const code = codes[row] ?? 0
    if (code !== last) rank += 1
    last = code
    keys[row] = rank
  }
  return keys
}

function textRanks({ texts }: Sortable, codes: Int32Array, rows: Int32Array): Float64Array {
  const distinct = new Set<TextCode>()
  for (const row of rows) distinct.add(codes[row] ?? 0)
  distinct.delete(0)
  const sorted = [...distinct].toSorted((one, other) => texts.compare(one, other))
  const rankOf = new Map(sorted.map((code, rank) => [code, rank]))
  const keys = new Float64Array(codes.length)
  for (const row of rows) keys[row] = rankOf.get(codes[row] ?? 0) ?? Number.NaN
  return keys
}

/** Takes out the rows that changed and puts them in where they belong now. */
function mend(table: Sortable, order: Order): void {
  const state = table.columns().flags
  const isLive = (row: number): boolean => ((state[row] ?? 0) & flags.live) !== 0
  const moved = new Uint8Array(table.places())
  for (const row of order.changed) moved[row] = 1
  const kept = order.rows.filter((row) => moved[row] === 0)
  const compare = (one: number, other: number): number =>
    compareRows(table, order.sort, [one, other])
  const added = [...order.changed].filter(isLive).toSorted(compare)
  const rows = new Int32Array(kept.length + added.length)
  let from = 0
  added.forEach((row, index) => {
    const place = placeOf(kept, row, compare)
    rows.set(kept.subarray(from, place), from + index)
    rows[place + index] = row
    from = place
  })
  rows.set(kept.subarray(from), from + added.length)
  order.rows = rows
  order.changed.clear()
}

function placeOf(
  rows: Int32Array,
  row: number,
  compare: (one: number, other: number) => number,
): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (compare(rows[middle] ?? 0, row) < 0) low = middle + 1
    else high = middle
  }
  return low
}

function compareRows(
  table: Sortable,
  { column, descending }: RunSort,
  [one, other]: readonly [number, number],
): number {
  const sign = descending ? -1 : 1
  const columns = table.columns()
  const texts = textColumnOf(column)
  if (texts !== null) {
    const left = columns[texts][one] ?? 0
    const right = columns[texts][other] ?? 0
    if (left === right) return compareIds(table, one, other)
    if (left === 0 || right === 0) return left === 0 ? 1 : -1
    return sign * table.texts.compare(left, right)
  }
  const numberAt = sortNumberAt(columns, table.texts, column)
  const [left, right] = [numberAt(one), numberAt(other)]
  if (left === right || (Number.isNaN(left) && Number.isNaN(right)))
    return compareIds(table, one, other)
  if (Number.isNaN(left) || Number.isNaN(right)) return Number.isNaN(left) ? 1 : -1
  return sign * (left - right)
}

function compareIds({ columns, texts }: Sortable, one: number, other: number): number {
  const { id, reference } = columns()
  const difference = texts.compare(id[one] ?? 0, id[other] ?? 0)
  return difference === 0 ? texts.compare(reference[one] ?? 0, reference[other] ?? 0) : difference
}
