import type { RunRow } from '../../../shared/contract/runs.ts'
import { printable } from '../text/printable.ts'

/** The word that matters most: what is wrong with the file, then that nobody carries it, then its status. */
export function statusWord(row: Pick<RunRow, 'health' | 'liveness' | 'status'>): string {
  if (row.health !== 'ok') return row.health
  if (row.liveness === 'interrupted') return 'interrupted'
  return printable(row.status ?? 'unknown')
}
