// The table of rows promises the answers of filtering and sorting every row, at the cost of what changed and what is shown.
import type { RunRow, RunSort, RunView } from '../../../shared/contract/runs.ts'
import { flags } from './columns.ts'
import type { RunFilter } from '../../../shared/schema/runCondition.ts'
import type { HeadRow } from './headRow.ts'
import { matchFilter } from './matchFilter.ts'
import { createWordMatcher } from './matchWords.ts'
import {
  batchFactsAt,
  cleanupFactsAt,
  rowAt,
  stateAt,
  type CleanupFacts,
  type ListedFacts,
} from './rowColumns.ts'
import { createRowPlaces, flawsOf, type SavedTable } from './rowPlaces.ts'
import type { TextCode } from './pooledTexts.ts'
import { createSortOrders } from './sortOrders.ts'
import { stampNumber, stampOfNumber, type RowState, type TableRow } from './tableRow.ts'
import { viewBit } from './views.ts'

export type ListedRow = Omit<RunRow, 'ref'> & { readonly ref: TableRow['row']['ref'] }

/** Which rows: those that fit all of it, but for what is asked of the state, which no column has. */
export type RowChoice = {
  readonly view: RunView
  readonly text: string
  readonly filter: RunFilter
}

export type RowQuery = RowChoice & {
  readonly sort: RunSort
  readonly offset: number
  readonly limit: number
}

export type RowTable = {
  readonly size: () => number
  readonly upsert: (row: TableRow) => void
  /** Makes the row of a run that was told by its head alone. False, with nothing said, where its document has a row. */
  readonly add: (row: HeadRow) => boolean
  /** The code of a text, for rows that are told by their heads. */
  readonly intern: (text: string) => TextCode
  readonly remove: (document: string) => void
  /** Places of the rows of one page, and how many match in all. */
  readonly query: (query: RowQuery) => { readonly page: readonly number[]; readonly total: number }
  /** Places of all rows that match, in order. They are looked at and not changed. */
  readonly matching: (choice: RowChoice, sort: RunSort) => Int32Array
  /** Makes what words are looked for in, so that the first word need not wait for it. */
  readonly prepareFind: () => void
  readonly counts: () => Record<RunView, number>
  /** Places of all rows. They stay where they are until they are removed. */
  readonly places: (sort: RunSort) => Int32Array
  /** -1 when there is none. */
  readonly placeOf: (document: string) => number
  readonly rowAt: (place: number) => ListedRow
  /** What decides which actions on many it can be part of, and its size. Cheap: it is asked of every row. */
  readonly batchFactsAt: (place: number) => ListedFacts
  readonly cleanupFactsAt: (place: number) => CleanupFacts
  readonly stateAt: (place: number) => RowState
  readonly isLive: (place: number) => boolean
  readonly documentAt: (place: number) => string
  readonly stampAt: (place: number) => string
  readonly hasStamp: (place: number, stamp: string) => boolean
  /** Places of the rows of these formats, in no order. */
  readonly ofFormats: (formats: ReadonlySet<string>) => readonly number[]
  /** Places of rows that something else than their files may change. */
  readonly unsettled: () => readonly number[]
  /** How many rows nobody has read all of. */
  readonly unverified: () => number
  /** Ids of the forks of a run. */
  readonly forksOf: (run: string) => readonly string[]
  /** What only rows of the past used takes as much as all the rest. */
  readonly isBloated: () => boolean
  readonly compact: () => RowTable
  readonly save: () => SavedTable
}

export function createRowTable(saved: SavedTable | null = null): RowTable {
  const places = createRowPlaces(saved, (place, columns) => orders.changed(place, columns))
  const { texts, paths } = places.pools
  const orders = createSortOrders({ columns: places.columns, places: places.used, texts })
  const words = createWordMatcher({ columns: places.columns, places: places.used, texts })
  let bytesWhenDense = 0

  const listedAt = (place: number): ListedRow => ({
    ...rowAt(places.columns(), places.pools, place),
    supersededBy: places.supersededBy(place),
    ...flawsOf(places.flaws, place),
  })

  /** In their order otherwise. */
  const pinnedFirst = (rows: Int32Array): Int32Array => {
    const state = places.columns().flags
    const isPinned = (row: number): boolean => ((state[row] ?? 0) & flags.pinned) !== 0
    const first = rows.filter(isPinned)
    if (first.length === 0) return rows
    const ordered = new Int32Array(rows.length)
    ordered.set(first)
    ordered.set(
      rows.filter((row) => !isPinned(row)),
      first.length,
    )
    return ordered
  }

  const table: RowTable = {
    size: places.live,
    upsert: places.upsert,
    add: places.add,
    intern: texts.intern,
    remove: places.remove,
    query: ({ sort, offset, limit, ...choice }) => {
      const rows = table.matching(choice, sort)
      return { page: [...rows.subarray(offset, offset + limit)], total: rows.length }
    },
    matching: ({ view, text, filter }, sort) => {
      const rows = sort.pinnedFirst === true ? pinnedFirst(orders.rows(sort)) : orders.rows(sort)
      const matches = words.match(text)
      const columns = places.columns()
      const fitting = matchFilter(
        { columns, texts, places: places.used(), flaws: places.flaws },
        filter,
      )
      const isEvery = view === 'all' && places.counts().parts === 0
      if (isEvery && matches === null && fitting === null) return rows
      const bit = viewBit(view)
      // A loop of its own: the array's `filter` calls a function for each row.
      const found = new Int32Array(rows.length)
      let count = 0
      for (let at = 0; at < rows.length; at++) {
        const row = rows[at] ?? 0
        if (((columns.views[row] ?? 0) & bit) === 0) continue
        if (matches !== null && matches[row] === 0) continue
        if (fitting !== null && fitting[row] === 0) continue
        found[count++] = row
      }
      return found.slice(0, count)
    },
    prepareFind: texts.prepareFind,
    counts: places.counts,
    places: orders.rows,
    placeOf: places.placeOf,
    rowAt: listedAt,
    batchFactsAt: (place) => batchFactsAt(places.columns(), places.pools, place),
    cleanupFactsAt: (place) => cleanupFactsAt(places.columns(), places.pools, place),
    stateAt: (place) => stateAt(places.columns(), place),
    isLive: places.isLive,
    documentAt: places.documentAt,
    stampAt: (place) => stampOfNumber(places.columns().stamp[place] ?? 0),
    hasStamp: (place, stamp) => places.columns().stamp[place] === stampNumber(stamp),
    ofFormats: (formats) => {
      const codes = new Set([...formats].map((format) => texts.codeOf(format)))
      const columns = places.columns()
      const found: number[] = []
      columns.format.forEach((code, place) => {
        if (codes.has(code) && ((columns.flags[place] ?? 0) & flags.live) !== 0) found.push(place)
      })
      return found
    },
    unsettled: () => {
      const found: number[] = []
      const state = places.columns().flags
      const asked = flags.live | flags.settled
      for (let place = 0; place < state.length; place++)
        if (((state[place] ?? 0) & asked) === flags.live) found.push(place)
      return found
    },
    unverified: () => {
      const state = places.columns().flags
      const asked = flags.live | flags.verified
      let count = 0
      for (let place = 0; place < state.length; place++)
        if (((state[place] ?? 0) & asked) === flags.live) count += 1
      return count
    },
    forksOf: (run) =>
      places.forks
        .forksOf(texts.codeOf(run))
        .map((place) => texts.textOf(places.columns().id[place] ?? 0) ?? ''),
    isBloated: () => {
      const bytes = texts.sizeBytes() + paths.sizeBytes()
      // What the rows take is not known before they are all there: it is taken to be what it was when it doubled last.
      if (bytesWhenDense === 0 && bytes > 0) bytesWhenDense = bytes
      return bytes > bytesWhenDense * 2 + spareBytes
    },
    compact: () => compacted(table),
    save: () => ({
      columns: places.columns(),
      pools: places.pools,
      rows: places.used(),
      flaws: places.flaws,
    }),
  }
  return table
}

const spareBytes = 4 * 1024 * 1024

function compacted(table: RowTable): RowTable {
  const next = createRowTable()
  for (const place of table.places({ column: 'id', descending: false })) {
    const { supersededBy: _, ...row } = table.rowAt(place)
    const stamp = table.stampAt(place)
    next.upsert({ document: table.documentAt(place), row, stamp, ...table.stateAt(place) })
  }
  return next
}
