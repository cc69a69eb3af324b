// By what rows are sorted: a number or a text of each, for every column of the list.
import type { RunSort } from '../../../shared/contract/runs.ts'
import type { Columns, TextColumn } from './columns.ts'
import { doneShareAt, durationAt, sinceAt } from './rowNumbers.ts'
import type { TextPool } from './textPool.ts'

export type SortColumn = RunSort['column']

/** The column of texts that a sort is by; null for one by numbers. */
export function textColumnOf(column: SortColumn): TextColumn | null {
  switch (column) {
    case 'id':
    case 'workflow':
    case 'version':
    case 'health':
    case 'step':
    case 'owner':
      return column
    case 'format':
      return 'label'
    case 'status':
      return 'shown'
    default:
      return null
  }
}

/** A number of the row at a place; NaN where it has none, which comes last. */
export function sortNumberAt(
  columns: Columns,
  texts: TextPool,
  column: SortColumn,
): (place: number) => number {
  switch (column) {
    case 'progress':
      return (place) => doneShareAt(columns, place)
    case 'since':
      return (place) => sinceAt(columns, place)
    case 'duration':
      return (place) => durationAt(columns, place)
    case 'reason': {
      const rankOf = reasonRanks(texts)
      return (place) => rankOf(columns.severity[place] ?? 0, columns.rule[place] ?? 0)
    }
    case 'createdAt':
    case 'updatedAt':
    case 'finishedAt':
    case 'sizeBytes':
    case 'attempts':
    case 'checkpoints':
      return (place) => columns[column][place] ?? Number.NaN
    default:
      return () => Number.NaN
  }
}

/** Whether what a row says of this column is told when it changes; of all others a change of the row may be one of it. */
export function isTold(column: SortColumn): column is ToldColumn {
  return toldColumns.some((told) => told === column)
}

const toldColumns = [
  'id',
  'workflow',
  'status',
  'createdAt',
  'updatedAt',
  'sizeBytes',
  'attempts',
  'since',
] as const satisfies readonly SortColumn[]
export type ToldColumn = (typeof toldColumns)[number]

/** The worst severity first, and rules of one severity in the order of their numbers. */
function reasonRanks(texts: TextPool): (severity: number, rule: number) => number {
  const severities = new Map(
    ['stuck', 'attention', 'moving', 'resting'].map((word, rank) => [texts.codeOf(word), rank]),
  )
  const numbers = new Map<number, number>()
  return (severity, rule) => {
    let number = numbers.get(rule)
    if (number === undefined) {
      number = Number.parseInt((texts.textOf(rule) ?? '').replace(/\D/g, ''), 10) || 0
      numbers.set(rule, number)
    }
    return (severities.get(severity) ?? severities.size) * 10_000 + number
  }
}
