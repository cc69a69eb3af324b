import type { ResumePlan, ResumeStep } from '../../../shared/core/resume/resumePlan.ts'
import type { Colour, Paint } from '../text/paint.ts'
import { printable, shortened } from '../text/printable.ts'
import { shellLine } from '../text/shellLine.ts'
import { count, duration } from '../text/quantities.ts'
import { section, table } from '../text/table.ts'
import { withTrustHint } from '../text/trustHint.ts'

export function describeResume(plan: ResumePlan, paint: Paint): readonly string[] {
  const where = plan.from === null ? 'its last record' : `checkpoint ${printable(plan.from)}`
  const how = plan.mode === 'fork' ? 'As a fork' : 'In the same run'
  return [
    `${how}, from ${where}${plan.stopAfter === null ? '' : `, until ${plan.stopAfter} is done`}:`,
    ...table(plan.steps.map((step) => cells(step, paint))),
    ...(plan.unlisted === 0 ? [] : [`and ${plan.unlisted} more steps that are not listed.`]),
    ...section('Lost in a repair', plan.loss === null ? [] : [printable(plan.loss.sentence)]),
    ...section('Definition', describeDefinition(plan.definition)),
    ...section(
      'To know',
      plan.notes.map(({ sentence }) => printable(sentence)),
    ),
    ...section('Written before the first step runs', describeAtOnce(plan.atOnce)),
    ...section('Resumed by its program', plan.command === null ? [] : [shellLine(plan.command)]),
    ...section(
      'Not ready',
      plan.problems.map((problem) => printable(withTrustHint(problem))),
    ),
  ]
}

const colours = {
  reuse: 'dim',
  run: 'green',
  skip: 'dim',
  ask: 'yellow',
  adopt: 'green',
  await: 'green',
  blocked: 'red',
} as const satisfies Record<ResumeStep['action'], Colour>

function cells(step: ResumeStep, paint: Paint): readonly string[] {
  const chosen = step.byDefault && step.decision !== null ? `default ${step.decision.kind}; ` : ''
  const options = step.options.length === 0 ? '' : ` [${chosen}${step.options.join(', ')}]`
  const name = step.was === null ? step.step : `${step.step} (was ${step.was})`
  return [
    paint(colours[step.action], step.action),
    name,
    step.expectedMs === null ? '' : `about ${duration(step.expectedMs)}`,
    step.sideEffects === 'none' ? '' : `side effects: ${step.sideEffects}`,
    `${printable(step.reason)}${options}${readersOf(step)}`,
  ]
}

/** [R111] */
function readersOf({ readBy }: ResumeStep): string {
  const naming = readBy.filter(({ reads }) => reads.length > 0)
  if (naming.length === 0) return ''
  const who = naming.map(({ step, reads }) => {
    const names = reads.map(({ name }) => name).join(', ')
    return `${step ?? 'the output of the workflow'} (${names})`
  })
  return ` Its output is read by ${who.join(' and ')}.`
}

/** [D69] */
function describeAtOnce(atOnce: ResumePlan['atOnce']): readonly string[] {
  const shown = atOnce?.changes.slice(0, mostChanges) ?? []
  const more = (atOnce?.total ?? 0) - shown.length
  return [
    ...table(
      shown.map(({ path, before, after }) => [
        printable(path),
        `${inLine(before)} → ${inLine(after)}`,
      ]),
    ),
    ...(more === 0 ? [] : [`and ${count(more, 'more change')}`]),
  ]
}

const mostChanges = 12

function inLine(value: string | null): string {
  return value === null ? 'nothing' : shortened(printable(value.replaceAll(/\s+/g, ' ')), 60)
}

function describeDefinition(definition: ResumePlan['definition']): readonly string[] {
  const { use, changed, missing, added, altered, proposed, problem } = definition
  if (problem !== null) return [printable(problem)]
  if (!changed) return []
  const differences = [
    ['missing now', missing],
    ['added', added],
    ['altered', altered],
  ] as const
  return [
    `It changed since the run began; used is the ${use === 'current' ? 'current' : 'recorded'} one.`,
    ...differences.flatMap(([label, steps]) =>
      steps.length === 0 ? [] : [`${label}: ${steps.map(printable).join(', ')}`],
    ),
    ...proposed.map(
      ({ was, now, because }) =>
        `proposed: ${printable(was)} is ${printable(now)} now (same ${because}): --map ${shellLine([`${was}=${now}`])}`,
    ),
  ]
}
