import type { BatchEditPlan, EditPlan } from '../../../shared/core/edit/editPlan.ts'
import type { Edit } from '../../../shared/core/edit/edit.ts'
import type { Mask } from '../createMask.ts'
import { paintStatus, type Paint } from '../text/paint.ts'
import { printable, shortened } from '../text/printable.ts'
import { count } from '../text/quantities.ts'
import { indented, section, table } from '../text/table.ts'

type Shown = { readonly mask: Mask; readonly paint: Paint }

/** What would be different in one run, or why nothing would be. */
export function describeEdit(
  plan: EditPlan,
  { edits, mask, paint }: Shown & { readonly edits: readonly Edit[] },
): readonly string[] {
  const forbidden = [
    ...plan.problems.map(({ path, sentence }) => placed(path, sentence)),
    ...plan.rows.flatMap(({ problem }) =>
      problem === null ? [] : [placed(problem.path, problem.sentence)],
    ),
  ]
  return [
    `${plan.run}: ${count(plan.rows.length, 'edit')}, ${count(plan.total, 'change')}`,
    ...plan.rows.flatMap((row, index) => [
      `  ${printable(row.sentence)}: ${changeOf(row, editedPath(edits[index]), mask)}`,
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

export function describeBatchEdit(
  plan: BatchEditPlan,
  { path, mask, paint }: Shown & { readonly path: string },
): readonly string[] {
  const { ready, unchanged, refused } = plan.counts
  return [
    ...table(
      plan.rows.map((row) => [
        printable(row.run),
        paintStatus(paint, row.outcome),
        row.outcome === 'ready' ? changeOf(row, path, mask) : '',
        shortened(row.sentence ?? '', 160),
      ]),
    ),
    `${count(plan.total, 'run')}: ${ready} would be edited, ${unchanged} are so already, ${refused} cannot be`,
  ]
}

function placed(path: string | null, sentence: string): string {
  return printable(path === null || sentence.includes(path) ? sentence : `${path}: ${sentence}`)
}

type Values = { readonly before: string | null; readonly after: string | null }

/** As a screen shows it: what stands under a secret's key is masked. */
function changeOf({ before, after }: Values, path: string, mask: Mask): string {
  const [was, is] = [before, after].map((value) =>
    value === null ? 'nothing' : shortened(printable(mask.value(path, value)), 60),
  )
  return `${was} → ${is}`
}

/** Where the value stands that an edit changes. */
export function editedPath(edit: Edit | undefined): string {
  if (edit === undefined) return ''
  return 'path' in edit ? edit.path : `/steps/${edit.step}/output`
}
