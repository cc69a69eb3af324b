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
    ...section('What the sources hold', heldTable(plan.sources)),
    ...section(
      'Recommended',
      plan.recommended === null
        ? []
        : [printable(`${plan.recommended.source}: ${plan.recommended.why}`)],
    ),
    ...section('Fixes', table(plan.fixes.map(fixCells))),
    ...section('Lost with it', losses.map(printable)),
    ...section('A resume asks first', askedFirst(plan)),
    ...section(
      'Writes',
      table(plan.writes.map(({ file, sentence }) => [printable(file), printable(sentence)])),
    ),
    ...section('Not ready', plan.problems.map(printable)),
  ]
}

/** [R90] [R92] */
function askedFirst({ inDoubt, lost }: RepairPlan): readonly string[] {
  return [
    ...(inDoubt.length === 0 ? [] : [printable(`What became of: ${inDoubt.join(', ')}`)]),
    ...(lost === null ? [] : [printable(lost.sentence)]),
  ]
}

function sourceCells({ id, usable, sentence }: RepairSource, plan: RepairPlan): readonly string[] {
  const state = id === plan.source ? 'used' : usable ? 'usable' : 'unusable'
  return [state, printable(id), printable(sentence)]
}

/** Side by side: how many, and in brackets how many that another source has. */
function heldTable(sources: readonly RepairSource[]): readonly string[] {
  const usable = sources.filter(({ holds }) => holds.length > 0)
  const [first] = usable
  if (first === undefined) return []
  const rows = usable.map(({ id, holds }) => [
    printable(id),
    ...holds.map(({ count: held, missing, names }) =>
      missing === 0
        ? String(held)
        : `${held} (${missing} missing: ${printable(names.join(', '))}${missing > names.length ? ', …' : ''})`,
    ),
  ])
  return table([['source', ...first.holds.map(({ what }) => what)], ...rows])
}

function fixCells(fix: RepairFix): readonly string[] {
  const state = fix.accepted ? fix.confidence : 'rejected'
  const needs = fix.needs.length === 0 ? '' : ` Needs ${fix.needs.join(', ')}.`
  const reason = fix.reason === null ? '' : ` ${fix.reason}`
  return [state, printable(fix.id), printable(`${fix.sentence} (${placeOf(fix)})${reason}${needs}`)]
}
