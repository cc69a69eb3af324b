import type { BatchEditPlan, EditPlan } from '../../../shared/core/edit/editPlan.ts'
import { paintStatus, type Paint } from '../text/paint.ts'
import { printable, shortened } from '../text/printable.ts'
import { count } from '../text/quantities.ts'
import { indented, section, table } from '../text/table.ts'

/** What would be different in one run, or why nothing would be. */
export function describeEdit(plan: EditPlan, paint: Paint): readonly string[] {
  const forbidden = [
    ...plan.problems.map(({ path, sentence }) => placed(path, sentence)),
    ...plan.rows.flatMap(({ problem }) =>
      problem === null ? [] : [placed(problem.path, problem.sentence)],
    ),
  ]
  return [
    `${plan.run}: ${count(plan.rows.length, 'edit')}, ${count(plan.total, 'change')}`,
    ...plan.rows.flatMap((row) => [
      `  ${printable(row.sentence)}: ${shown(row.before)} → ${shown(row.after)}`,
      ...indented(indented(row.also.map(printable))),
    ]),
    ...section(
      'Steps',
      table(
        plan.steps.map(({ step, before, after }) => [
          printable(step),
          paintStatus(paint, before),
          paintStatus(paint, after),
        ]),
      ),
    ),
    ...section(
      'Mind',
      plan.warnings.map(({ path, sentence }) => placed(path, sentence)),
    ),
    ...section('Not ready', forbidden),
  ]
}

export function describeBatchEdit(plan: BatchEditPlan, paint: Paint): readonly string[] {
  const { ready, unchanged, refused } = plan.counts
  return [
    ...table(
      plan.rows.map((row) => [
        printable(row.run),
        paintStatus(paint, row.outcome),
        row.outcome === 'ready' ? `${shown(row.before)} → ${shown(row.after)}` : '',
        shortened(row.sentence ?? '', 160),
      ]),
    ),
    `${count(plan.total, 'run')}: ${ready} would be edited, ${unchanged} are so already, ${refused} cannot be`,
  ]
}

function placed(path: string | null, sentence: string): string {
  return printable(path === null || sentence.includes(path) ? sentence : `${path}: ${sentence}`)
}

function shown(value: string | null): string {
  return value === null ? 'nothing' : shortened(printable(value), 60)
}
