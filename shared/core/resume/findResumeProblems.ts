import { isRunnable } from '../../schema/workflow.ts'
import { findProblems } from '../graph/findProblems.ts'
import { definitionInUse, modeOf, type ResumeInput } from './resumeInput.ts'
import type { ResumePlan, ResumeStep } from './resumePlan.ts'

type Planned = {
  /** Rows before decisions: who may be decided about. */
  readonly asked: readonly ResumeStep[]
  readonly steps: readonly ResumeStep[]
  readonly definition: ResumePlan['definition']
}

/** What forbids the resume, each with what to do about it. */
export function findResumeProblems(input: ResumeInput, planned: Planned): readonly string[] {
  return [
    ...runProblems(input),
    ...definitionProblems(input, planned.definition),
    ...stopAfterProblems(input, planned.asked),
    ...decisionProblems(input, planned),
  ]
}

/** [S21] [S22] */
function runProblems(input: ResumeInput): readonly string[] {
  const { run, from, isLatest, liveness } = input
  const mode = modeOf(input)
  const problems: string[] = []
  if (run.kind !== 'workflow') {
    problems.push(`${run.id} is a ${run.kind}, which has no steps that could be run.`)
  }
  if (run.status === 'completed' && (mode === 'same' || from === null || isLatest)) {
    problems.push('The run is completed. To run steps again, fork it from an earlier checkpoint.')
  }
  if (mode === 'same' && liveness === 'alive') {
    problems.push('A process carries the run right now. Wait for it, pause it, or make a fork.')
  }
  if (mode === 'same' && liveness === 'unknown') {
    problems.push(
      'The process that holds the run may still live; from here that cannot be told. Look on its machine, or make a fork.',
    )
  }
  return problems
}

/** [S23] [S30] */
function definitionProblems(
  input: ResumeInput,
  { missing }: ResumePlan['definition'],
): readonly string[] {
  const definition = definitionInUse(input)
  if (definition === null) {
    if (input.use === 'current') {
      const why = input.currentProblem ?? 'it cannot be read.'
      return [`There is no definition to go by as it is now: ${why}`]
    }
    const hint = input.current === null ? '' : ' Use the definition as it is now.'
    return [`The run does not carry its definition.${hint}`]
  }
  const strange = Object.entries(definition.steps).filter(([, step]) => !isRunnable(step))
  const flaws = [
    ...findProblems(definition).map(({ sentence }) => sentence),
    ...strange.map(([id]) => `${id} is a step of a kind that this version cannot run.`),
  ]
  if (input.use === 'recorded' || missing.length === 0) return flaws
  const names = missing.join(', ')
  const gone = `The definition as it is now has no step ${names}. Use the recorded one, or put ${missing.length === 1 ? 'it' : 'them'} back.`
  return [gone, ...flaws]
}

/** [S26] */
function stopAfterProblems(
  { stopAfter }: ResumeInput,
  asked: readonly ResumeStep[],
): readonly string[] {
  if (stopAfter === null) return []
  const row = asked.find(({ step }) => step === stopAfter)
  if (row === undefined || row.rule === 'S20')
    return [`The resume cannot stop after ${stopAfter}: the definition has no such step.`]
  if (row.action !== 'reuse' && row.rule !== 'S2') return []
  return [
    `The resume cannot stop after ${stopAfter}: it is done already. Name a step that will run.`,
  ]
}

/** [S24] [S25] */
function decisionProblems(
  { decisions }: ResumeInput,
  { asked, steps }: Planned,
): readonly string[] {
  const open = steps
    .filter(({ options, decision }) => options.length > 0 && decision === null)
    .map(({ step }) => `Decide about ${step}: it happened, run it again, skip it, or stop.`)
  const stopped = steps
    .filter(({ decision }) => decision?.kind === 'stop')
    .map(({ step }) => `You say that the run is to stop at ${step}. Decide otherwise to resume it.`)
  const known = new Map<string, ResumeStep>(asked.map((row) => [row.step, row]))
  const needless = Object.keys(decisions)
    .filter((step) => (known.get(step)?.options.length ?? 0) === 0)
    .map((step) =>
      known.has(step)
        ? `There is a decision about ${step}, which needs none. Take it back.`
        : `There is a decision about ${step}, which is no step of the run. Take it back.`,
    )
  return [...open, ...stopped, ...needless]
}
