// What the list answers, told the slow way: every row is filtered, every row is sorted.
import type { RunRow, RunView } from '../../../../../shared/contract/runs.ts'
import type { ListedRow, RowQuery } from '../../../../../electron/services/listing/rowTable.ts'
import type { TableRow } from '../../../../../electron/services/listing/tableRow.ts'
import { isInView } from '../../../../../electron/services/listing/views.ts'

export function queryEveryRow(rows: readonly TableRow[], query: RowQuery) {
  const listed = withForks(rows)
  const matching = listed
    .filter((row) => isInView(row, query.view) && matchesText(row, query.text))
    .toSorted(compareBy(query.sort))
  return {
    rows: matching.slice(query.offset, query.offset + query.limit),
    total: matching.length,
    counts: countViews(listed),
  }
}

function withForks(rows: readonly TableRow[]): readonly ListedRow[] {
  const byDocument = rows.toSorted((a, b) => (a.document < b.document ? -1 : 1))
  const forks = new Map<string, string>()
  for (const { row, isRun } of byDocument)
    if (row.parent !== null && isRun) forks.set(row.parent, row.id)
  return rows.map(({ row }) => ({ ...row, supersededBy: forks.get(row.ref.document) ?? null }))
}

function matchesText(row: ListedRow, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const haystack = [
    row.id,
    row.workflow,
    row.version,
    row.status,
    row.health,
    row.step,
    row.reason.sentence,
    row.format,
    row.ref.document,
  ]
    .join('\n')
    .toLowerCase()
  return words.every((word) => haystack.includes(word))
}

function countViews(rows: readonly ListedRow[]): Record<RunView, number> {
  const count = (view: RunView) => rows.filter((row) => isInView(row, view)).length
  return {
    all: rows.length,
    attention: count('attention'),
    running: count('running'),
    waiting: count('waiting'),
    failed: count('failed'),
    completed: count('completed'),
    damaged: count('damaged'),
  }
}

type Sorted = Pick<RunRow, 'id' | RowQuery['sort']['column']> & Pick<ListedRow, 'ref'>

function compareBy(sort: RowQuery['sort']): (a: Sorted, b: Sorted) => number {
  const sign = sort.descending ? -1 : 1
  return (a, b) => {
    const left = a[sort.column]
    const right = b[sort.column]
    if (left === right) return byId(a, b)
    if (left === null) return 1
    if (right === null) return -1
    return left < right ? -sign : sign
  }
}

function byId(a: Sorted, b: Sorted): number {
  if (a.id !== b.id) return a.id < b.id ? -1 : 1
  return a.ref.document < b.ref.document ? -1 : 1
}
