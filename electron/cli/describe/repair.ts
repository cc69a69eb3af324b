import type { RepairFix, RepairPlan, RepairSource } from '../../../shared/core/repair/repairPlan.ts'
import type { Paint } from '../text/paint.ts'
import { printable } from '../text/printable.ts'
import { count } from '../text/quantities.ts'
import { section, table } from '../text/table.ts'
import { describeFindings, placeOf } from './findings.ts'

export function describeRepair(plan: RepairPlan, paint: Paint): readonly string[] {
  if (plan.findings.length === 0 && plan.fixes.length === 0) {
    return [`${printable(plan.document)} has no findings: there is nothing to repair.`]
  }
  const losses = plan.sources.find(({ id }) => id === plan.source)?.loses ?? []
  return [
    `${printable(plan.document)}: ${count(plan.findings.length, 'finding')}, ${count(plan.fixes.length, 'fix', 'fixes')}`,
    ...section('Findings', describeFindings(plan.findings, paint)),
    ...section('Sources', table(plan.sources.map((source) => sourceCells(source, plan)))),
    ...section('Fixes', table(plan.fixes.map(fixCells))),
    ...section('Lost with it', losses.map(printable)),
    ...section(
      'Writes',
      table(plan.writes.map(({ file, sentence }) => [printable(file), printable(sentence)])),
    ),
    ...section('Not ready', plan.problems.map(printable)),
  ]
}

function sourceCells({ id, usable, sentence }: RepairSource, plan: RepairPlan): readonly string[] {
  const state = id === plan.source ? 'used' : usable ? 'usable' : 'unusable'
  return [state, printable(id), printable(sentence)]
}

function fixCells(fix: RepairFix): readonly string[] {
  const state = fix.accepted ? fix.confidence : 'rejected'
  return [state, printable(fix.id), `${printable(fix.sentence)} (${placeOf(fix)})`]
}
