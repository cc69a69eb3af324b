import type { OutcomeRow } from '../../../shared/contract/call.ts'
import { printable } from '../text/printable.ts'
import { table } from '../text/table.ts'

/** A line a work item, then how many came to what. */
export function describeRows(rows: readonly OutcomeRow[]): readonly string[] {
  const lines = rows.map(({ item, outcome, cause, result }) => [
    outcome,
    printable(item),
    printable(cause ?? result ?? ''),
  ])
  return [...table(lines), countsOf(rows)]
}

function countsOf(rows: readonly OutcomeRow[]): string {
  const outcomes = ['done', 'failed', 'stale', 'not-reached'] as const
  const counts = outcomes
    .map((outcome) => [outcome, rows.filter((row) => row.outcome === outcome).length] as const)
    .filter(([outcome, amount]) => amount > 0 || outcome === 'done')
  return counts.map(([outcome, amount]) => `${amount} ${outcome}`).join(', ')
}
