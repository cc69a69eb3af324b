import type { RunRow } from '../../../shared/contract/runs.ts'

/** A run that lives counts on; any other ended with its last change. */
export function endOf(row: RunRow): string | null {
  if (row.liveness === 'alive') return null
  return row.finishedAt ?? row.updatedAt
}
