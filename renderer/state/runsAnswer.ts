// What an answer of the host does to the list of runs that is shown.
import type { CallOutput } from '../../shared/contract/contract.ts'
import type { RunRow, RunSort } from '../../shared/contract/runs.ts'
import type { Span } from './createPageReader.ts'
import { markStale, placeRows, resizeRows, type PagedRows } from './pagedRows.ts'
import type { RunsList } from './runsStore.ts'

export function isSameSort(one: RunSort, other: RunSort): boolean {
  return (
    one.column === other.column &&
    one.descending === other.descending &&
    (one.pinnedFirst ?? false) === (other.pinnedFirst ?? false)
  )
}

export type Answer = CallOutput<'run.list'>

/** What is on the screen, as it was read again. */
export type Shown = {
  readonly spans: readonly Span[]
  readonly answers: readonly Answer[]
  readonly letIn: boolean
}

/** What every answer says of the whole workspace. */
export function standing(answer: Answer): Pick<RunsList, 'counts' | 'unverified' | 'searching'> {
  const { counts, unverified = 0, searching = null } = answer
  return { counts, unverified, searching }
}

export function rowsOf(answers: readonly Answer[]): readonly RunRow[] {
  return answers.flatMap((answer) => answer.rows)
}

/** The list as it is now: what was read is there, and the rest is read again before it is believed. */
export function replaceRows(
  rows: PagedRows,
  spans: readonly Span[],
  answers: readonly Answer[],
): PagedRows {
  const start = markStale(resizeRows(rows, answers[0]?.total ?? rows.length))
  return spans.reduce(
    (sum, { page }, index) => placeRows(sum, page, answers[index]?.rows ?? []),
    start,
  )
}

export function withPage(pages: readonly number[], page: number | null): readonly number[] {
  return page === null || pages.includes(page) ? pages : [...pages, page]
}
