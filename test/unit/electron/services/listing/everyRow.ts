// What the list answers, told the slow way: every row is filtered, every row is sorted.
import type { RunView } from '../../../../../shared/contract/runs.ts'
import type { ListedRow, RowQuery } from '../../../../../electron/services/listing/rowTable.ts'
import type { TableRow } from '../../../../../electron/services/listing/tableRow.ts'
import { timeKey } from '../../../../../electron/services/listing/timeKey.ts'
import type {
  RangeField,
  RunCondition,
  WordField,
} from '../../../../../shared/schema/runCondition.ts'
import { shownStatus } from '../../../../../shared/core/diagnose/shownStatus.ts'
import { isInView } from '../../../../../electron/services/listing/views.ts'

export function queryEveryRow(rows: readonly TableRow[], query: RowQuery) {
  const listed = withForks(rows)
  const matching = listed
    .filter(
      (row) =>
        isInView(row, query.view) &&
        matchesText(row, query.text) &&
        query.filter.every((condition) => fits(row, condition)),
    )
    .toSorted(compareBy(query.sort))
    .toSorted((a, b) => (query.sort.pinnedFirst === true ? +b.pinned - +a.pinned : 0))
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
    shownStatus(row),
    row.health,
    row.step,
    row.reason.sentence,
    row.format,
    row.ref.document,
    row.marks?.note,
    ...(row.marks?.tags ?? []),
  ]
    .join('\n')
    .toLowerCase()
  return words.every((word) => holds(haystack, word))
}

/** Half of a pair of surrogates is not in the text that has the whole pair. */
function holds(text: string, word: string): boolean {
  return new RegExp(word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`), 'u').test(text)
}

function countViews(rows: readonly ListedRow[]): Record<RunView, number> {
  const count = (view: RunView) => rows.filter((row) => isInView(row, view)).length
  return {
    all: count('all'),
    attention: count('attention'),
    running: count('running'),
    waiting: count('waiting'),
    failed: count('failed'),
    completed: count('completed'),
    damaged: count('damaged'),
    parts: count('parts'),
  }
}

function fits(row: ListedRow, condition: RunCondition): boolean {
  switch (condition.kind) {
    case 'words': {
      const { field, values, isNot } = condition
      if (field === 'tag') return hasTag(row.marks?.tags ?? [], values) !== isNot
      const word = wordOf(row, field)
      const isOne =
        field === 'owner'
          ? values.some((value) => isPartOf(value.toLowerCase(), word.toLowerCase()))
          : values.includes(word)
      return isOne !== isNot
    }
    case 'range': {
      const value = numberOf(row, condition.field)
      const { from, to } = condition
      return value !== null && value >= (from ?? -Infinity) && value <= (to ?? Infinity)
    }
    case 'flag':
      if (condition.field === 'noted')
        return ((row.marks?.note ?? null) !== null) === condition.value
      return (row[condition.field] ?? false) === condition.value
    default:
      return true
  }
}

function hasTag(tags: readonly string[], values: readonly string[]): boolean {
  const wanted = values.map((value) => value.toLowerCase())
  return tags.length === 0
    ? wanted.includes('')
    : tags.some((tag) => wanted.includes(tag.toLowerCase()))
}

function isPartOf(part: string, word: string): boolean {
  return part === '' ? word === '' : word.includes(part)
}

function wordOf(row: ListedRow, field: Exclude<WordField, 'tag'>): string {
  if (field === 'colour') return row.marks?.colour ?? ''
  if (field === 'status') return shownStatus(row)
  if (field === 'rule' || field === 'severity') return row.reason[field]
  return row[field] ?? ''
}

function numberOf(row: ListedRow, field: RangeField): number | null {
  switch (field) {
    case 'since':
      return ms(row.finishedAt) ?? ms(row.updatedAt)
    case 'durationMs':
      return lasted(row.createdAt, row.finishedAt ?? row.updatedAt)
    case 'createdAt':
    case 'updatedAt':
    case 'finishedAt':
      return ms(row[field])
    default:
      return row[field]
  }
}

function ms(text: string | null): number | null {
  return text === null ? null : timeKey(text)
}

function lasted(from: string | null, to: string | null): number | null {
  return from === null || to === null ? null : Math.max(0, Date.parse(to) - Date.parse(from))
}

const severities = ['stuck', 'attention', 'moving', 'resting']

/** What a row is sorted by. */
function keyOf(row: ListedRow, column: RowQuery['sort']['column']): string | number | null {
  switch (column) {
    case 'progress':
      return row.stepsTotal === 0 ? null : Math.round((row.stepsDone / row.stepsTotal) * 1e6)
    case 'reason':
      return severities.indexOf(row.reason.severity) * 10_000 + Number(row.reason.rule.slice(1))
    case 'since':
      return numberOf(row, 'since')
    case 'duration':
      return numberOf(row, 'durationMs')
    case 'status':
      return shownStatus(row)
    default:
      return row[column]
  }
}

function compareBy(sort: RowQuery['sort']): (a: ListedRow, b: ListedRow) => number {
  const sign = sort.descending ? -1 : 1
  return (a, b) => {
    const left = keyOf(a, sort.column)
    const right = keyOf(b, sort.column)
    if (left === right) return byId(a, b)
    if (left === null) return 1
    if (right === null) return -1
    return left < right ? -sign : sign
  }
}

function byId(a: ListedRow, b: ListedRow): number {
  if (a.id !== b.id) return a.id < b.id ? -1 : 1
  return a.ref.document < b.ref.document ? -1 : 1
}
