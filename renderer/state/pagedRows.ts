// Rows of a list that may be very long: only some of its pages are held, so memory does not grow while it is scrolled.
import type { RunRow } from '../../shared/contract/runs.ts'

export const pageSize = 50

/** Two thousand rows: many screens in each direction, and little beside what the page itself needs. */
export const mostPages = 40

export type HeldPage = {
  readonly rows: readonly RunRow[]
  /** Still shown, and read again when it is looked at. */
  readonly isStale: boolean
}

/** What a table asks of rows, so that an array would do as well. */
export type PagedRows = {
  /** Of the whole list. */
  readonly length: number
  /** Null: not held. */
  readonly at: (index: number) => RunRow | null
  /** Looks at the rows that are held; -1: none of them. */
  readonly findIndex: (test: (row: RunRow) => boolean) => number
  readonly find: (test: (row: RunRow) => boolean) => RunRow | null
  readonly pages: ReadonlyMap<number, HeldPage>
}

/** Identifies a row: two files can say the same run id. */
export function rowKey({ ref }: RunRow): string {
  return ref.item === null ? ref.document : `${ref.document}#${ref.item}`
}

export function pagedRows(
  length: number,
  pages: ReadonlyMap<number, HeldPage> = new Map(),
): PagedRows {
  const at = (index: number) =>
    pages.get(Math.floor(index / pageSize))?.rows[index % pageSize] ?? null
  const findIndex = (test: (row: RunRow) => boolean) => {
    for (const [page, { rows }] of pages) {
      const found = rows.findIndex(test)
      if (found >= 0) return page * pageSize + found
    }
    return -1
  }
  return { length, pages, at, findIndex, find: (test) => at(findIndex(test)) }
}

/** Puts rows where they stand in the list, from the start of a page. A row that is as before stays the same value. */
export function placeRows(list: PagedRows, firstPage: number, rows: readonly RunRow[]): PagedRows {
  const pages = new Map(list.pages)
  const count = Math.max(1, Math.ceil(rows.length / pageSize))
  for (let part = 0; part < count; part += 1) {
    const known = list.pages.get(firstPage + part)?.rows
    const fresh = rows.slice(part * pageSize, (part + 1) * pageSize)
    const kept = fresh.map((row, index) => sameOr(known?.[index], row))
    pages.set(firstPage + part, { rows: kept, isStale: false })
  }
  return pagedRows(list.length, pages)
}

/** Rows that are held get their new content where they stand. */
export function updateRows(list: PagedRows, rows: readonly RunRow[]): PagedRows {
  const fresh = new Map(rows.map((row) => [rowKey(row), row]))
  const update = (row: RunRow) => sameOr(row, fresh.get(rowKey(row)) ?? row)
  const pages = [...list.pages].map(
    ([page, held]) => [page, { ...held, rows: held.rows.map(update) }] as const,
  )
  return pagedRows(list.length, new Map(pages))
}

/** By how many places rows that are held stand further down now, by an answer that begins at `offset`; null: none is in it. */
export function shiftOf(list: PagedRows, offset: number, rows: readonly RunRow[]): number | null {
  const places = new Map(rows.map((row, index) => [rowKey(row), offset + index]))
  let [last, shift]: [number, number | null] = [-1, null]
  for (const [page, held] of list.pages) {
    for (const [index, row] of held.rows.entries()) {
      const place = places.get(rowKey(row))
      const before = page * pageSize + index
      if (place !== undefined && before > last) [last, shift] = [before, place - before]
    }
  }
  return shift
}

export function resizeRows(list: PagedRows, length: number): PagedRows {
  if (length === list.length) return list
  const pages = [...list.pages]
    .filter(([page]) => page * pageSize < length)
    .map(
      ([page, held]) =>
        [page, { ...held, rows: held.rows.slice(0, length - page * pageSize) }] as const,
    )
  return pagedRows(length, new Map(pages))
}

/** All pages are to be read again before they are believed. */
export function markStale(list: PagedRows): PagedRows {
  const pages = [...list.pages].map(([page, held]) => [page, { ...held, isStale: true }] as const)
  return pagedRows(list.length, new Map(pages))
}

export function isToRead({ pages }: PagedRows, page: number): boolean {
  return pages.get(page)?.isStale !== false
}

/** Lets go of the pages that are furthest from what is looked at; `kept` stays wherever it is. */
export function forgetFar(list: PagedRows, near: number, kept: number | null): PagedRows {
  if (list.pages.size <= mostPages) return list
  const distance = (page: number) => (page === kept ? -1 : Math.abs(page - near))
  const pages = [...list.pages].toSorted(([a], [b]) => distance(a) - distance(b))
  return pagedRows(list.length, new Map(pages.slice(0, mostPages)))
}

/** Rows that did not change are not drawn again. */
function sameOr(known: RunRow | undefined, row: RunRow): RunRow {
  return known !== undefined && JSON.stringify(known) === JSON.stringify(row) ? known : row
}
