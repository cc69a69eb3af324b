import type { OutcomeRow } from '../../../shared/contract/call.ts'
import type { CallOutput } from '../../../shared/contract/contract.ts'
import type { BatchRepairRow } from '../../../shared/core/repair/repairPlan.ts'
import { printable } from '../text/printable.ts'
import { count } from '../text/quantities.ts'
import { table } from '../text/table.ts'
import { describeRows } from './rows.ts'

/** A line a run: what its repair would do. */
export function describeRepairs({
  plan,
  digest,
}: CallOutput<'repair.batch.plan'>): readonly string[] {
  const hint = plan.ready
    ? ['', `Digest of this plan: ${digest}`, 'Do it: unstuck repair --all --apply']
    : []
  return [
    ...table(plan.rows.map(cells)),
    `${count(plan.total, 'run')} with findings, ${plan.able} can be repaired.`,
    ...hint,
  ]
}

function cells(row: BatchRepairRow): readonly string[] {
  const loss = row.loses.length === 0 ? 'loses nothing' : `loses: ${row.loses.join(' ')}`
  const asked = row.asked === 0 ? '' : `; a resume asks about ${count(row.asked, 'step')}`
  const what =
    row.outcome === 'ready'
      ? `${count(row.fixes, 'fix', 'fixes')}, ${loss}${asked}`
      : (row.sentence ?? '')
  return [printable(row.run), words[row.outcome], printable(row.source ?? '-'), printable(what)]
}

const words = {
  ready: 'ready',
  healthy: 'nothing to do',
  refused: 'not ready',
} as const satisfies Record<BatchRepairRow['outcome'], string>

/** What came of each, and how it is undone: all together by the digest, or run by run. */
export function describeRepairRows(
  rows: readonly OutcomeRow[],
  digest: string | null,
): readonly string[] {
  const done = rows.filter(({ outcome, result }) => outcome === 'done' && result !== null)
  if (digest === null || done.length === 0) return describeRows(rows)
  const name = digest.replace('sha256:', '').slice(0, 12)
  return [
    ...describeRows(rows),
    '',
    `Undo all: unstuck repair --all --undo ${name}`,
    ...done.map(
      ({ item, result }) => `Undo one: unstuck repair ${printable(item)} --undo ${result}`,
    ),
  ]
}
