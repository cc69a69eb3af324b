import type { ResumePlan, ResumeStep } from '../../../shared/core/resume/resumePlan.ts'
import type { Colour, Paint } from '../text/paint.ts'
import { printable } from '../text/printable.ts'
import { duration } from '../text/quantities.ts'
import { section, table } from '../text/table.ts'

export function describeResume(plan: ResumePlan, paint: Paint): readonly string[] {
  const where = plan.from === null ? 'its last record' : `checkpoint ${printable(plan.from)}`
  const how = plan.mode === 'fork' ? 'As a fork' : 'In the same run'
  return [
    `${how}, from ${where}${plan.stopAfter === null ? '' : `, until ${plan.stopAfter} is done`}:`,
    ...table(plan.steps.map((step) => cells(step, paint))),
    ...section('Definition', describeDefinition(plan.definition)),
    ...section('Not ready', plan.problems.map(printable)),
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
  const options = step.options.length === 0 ? '' : ` [${step.options.join(', ')}]`
  return [
    paint(colours[step.action], step.action),
    step.step,
    step.expectedMs === null ? '' : `about ${duration(step.expectedMs)}`,
    step.sideEffects === 'none' ? '' : `side effects: ${step.sideEffects}`,
    `${printable(step.reason)}${options}`,
  ]
}

function describeDefinition(definition: ResumePlan['definition']): readonly string[] {
  const { use, changed, missing, added, altered, problem } = definition
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
  ]
}
