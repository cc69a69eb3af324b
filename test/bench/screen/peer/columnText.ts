import type { RunRow } from '../../../../shared/contract/runs.ts'

export const columnIds = [
  'status',
  'id',
  'reason',
  'step',
  'updatedAt',
  'workflow',
  'createdAt',
  'attempts',
  'sizeBytes',
  'format',
  'owner',
] as const

/** What the columns of the screen say, as text to search and sort. */
export function columnText(row: RunRow, column: string): string {
  if (column === 'reason') return row.reason.sentence
  if (column === 'updatedAt') return row.updatedAt ?? ''
  if (column === 'createdAt') return row.createdAt ?? ''
  if (column === 'workflow') return row.workflow ?? ''
  if (column === 'status') return row.status ?? ''
  if (column === 'step') return row.step ?? ''
  if (column === 'format') return row.format
  if (column === 'owner') return row.owner ?? ''
  if (column === 'attempts') return String(row.attempts)
  return column === 'id' ? row.id : String(row.sizeBytes)
}
