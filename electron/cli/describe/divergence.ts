import type { AlignedRow, PartingRow } from '../../../shared/contract/compare.ts'
import type { CallOutput } from '../../../shared/contract/contract.ts'
import { oneLineOfJson } from '../text/oneLineOfJson.ts'
import { paintStatus, type Paint } from '../text/paint.ts'
import { printable } from '../text/printable.ts'
import { section, table } from '../text/table.ts'

type Divergence = CallOutput<'run.divergence'>

/** Where two runs part, in a few lines. */
export function describeParting({ sentence, first, inputs }: Divergence, paint: Paint) {
  const partings = [inputs, first].filter((parting) => parting !== null)
  return [
    paint('bold', printable(sentence)),
    ...partings.flatMap((parting) => describeValues(parting, paint)),
  ]
}

/** The same, and every step of the two runs beside each other. */
export function describeDivergence(
  output: Divergence,
  paint: Paint,
  offset: number,
): readonly string[] {
  const shown = offset + output.steps.length
  const rows = output.steps.map((row) => stepCells(row, paint))
  return [
    ...describeParting(output, paint),
    ...section('Steps in dependency order', [
      ...table([['STEP', 'FIRST RUN', 'SECOND RUN', ''], ...rows]),
      ...(shown < output.total ? [`${output.total - shown} more: --offset ${shown}`] : []),
    ]),
  ]
}

function describeValues({ path, before, after }: PartingRow, paint: Paint): readonly string[] {
  return [
    `  ${printable(path)}`,
    `  ${paint('red', `- ${before === null ? '(not there)' : oneLineOfJson(before)}`)}`,
    `  ${paint('green', `+ ${after === null ? '(not there)' : oneLineOfJson(after)}`)}`,
  ]
}

function stepCells({ step, verdict, part, left, right }: AlignedRow, paint: Paint) {
  const what = part === null || part === 'status' ? '' : `: ${part}`
  return [
    printable(step),
    paintStatus(paint, left ?? '-'),
    paintStatus(paint, right ?? '-'),
    `${words[verdict]}${what}`,
  ]
}

const words = {
  same: 'same',
  alike: 'same but for ids, times or folders',
  parted: 'differs',
  unreached: 'not reached by both',
  'only-left': 'in the first run only',
  'only-right': 'in the second run only',
} as const satisfies Record<AlignedRow['verdict'], string>
