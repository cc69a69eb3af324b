import { ownValue } from '../../schema/json.ts'
import { isRunnable } from '../../schema/stepMeaning.ts'
import { findProblems } from '../graph/findProblems.ts'
import { check } from '../integrity/check.ts'
import { findDecisionProblems } from './findDecisionProblems.ts'
import { lossProblems } from './lossOf.ts'
import { missingAtOnce } from './missingFiles.ts'
import { mappingFlaws } from './renameSteps.ts'
import { definitionInUse, modeOf, type ResumeInput } from './resumeInput.ts'
import { keyProblems } from './keyProblems.ts'
import type { ResumeLoss, ResumePlan, ResumeStep } from './resumePlan.ts'

export type Planned = {
  /** Rows before decisions: who may be decided about. */
  readonly asked: readonly ResumeStep[]
  readonly steps: readonly ResumeStep[]
  readonly definition: Omit<ResumePlan['definition'], 'mapping'>
  readonly loss: ResumeLoss | null
  /** The input before its steps were renamed. */
  readonly given: ResumeInput
}

/** What forbids the resume, each with what to do about it. */
export function findResumeProblems(input: ResumeInput, planned: Planned): readonly string[] {
  return [
    ...(input.problems ?? []),
    ...runProblems(input),
    ...checkpointProblems(input),
    ...mappingFlaws(planned.given).problems,
    ...lossProblems(planned.loss),
    ...definitionProblems(input, planned.definition),
    ...variableProblems(input),
    ...functionProblems(input, planned.steps),
    ...childProblems(input, planned.steps),
    ...renamedProblems(input, planned.steps),
    ...keyProblems(input),
    ...missingAtOnce(input, planned.steps),
    ...stopAfterProblems(input, planned.asked),
    ...findDecisionProblems(input, planned),
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
  if (run.status === 'completed' && (from === null || isLatest)) {
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

/** [S40] Nothing goes on from a state that contradicts itself. Flaws of a definition are told of the one that is used. */
function checkpointProblems({ run, from }: ResumeInput): readonly string[] {
  if (from === null) return []
  const flaws = check(run).filter(({ severity, rule }) => severity === 'error' && rule !== 'I22')
  const [first, ...more] = flaws
  if (first === undefined) return []
  const others = more.length === 0 ? '' : ` (${more.length} more like this.)`
  return [
    `The state at checkpoint ${from.name} is not sound: ${first.sentence}${others} Choose another checkpoint, or repair the run.`,
  ]
}

/** [S23] [S30] [S41] */
function definitionProblems(
  input: ResumeInput,
  { missing, proposed }: Planned['definition'],
): readonly string[] {
  const definition = definitionInUse(input)
  if (definition === null) {
    if (input.use === 'current') {
      const why = input.currentProblem ?? 'it cannot be read.'
      return [`There is no definition to go by as it is now: ${why}`]
    }
    const hint =
      input.current === null
        ? ' Name the file that it is in, and use the definition as it is now.'
        : ' Use the definition as it is now.'
    return [`The run does not carry its definition.${hint}`]
  }
  const strange = Object.entries(definition.steps).filter(([, step]) => !isRunnable(step))
  const flaws = [
    ...findProblems(definition).map(({ sentence }) => sentence),
    ...strange.map(([id]) => `${id} is a step of a kind that this version cannot run.`),
  ]
  if (input.use === 'recorded' || missing.length === 0) return flaws
  const meant = proposed.map(({ was, now }) => `${was} to ${now}`)
  const hint = meant.length === 0 ? '' : ` You may mean to map ${meant.join(', ')}.`
  const them = missing.length === 1 ? 'it' : 'them'
  const gone = `The definition as it is now has no step ${missing.join(', ')}. Use the recorded one, put ${them} back, or map ${them} to the ${missing.length === 1 ? 'step' : 'steps'} that it has instead.${hint}`
  return [gone, ...flaws]
}

/** [S38] */
function variableProblems({ run, variables }: ResumeInput): readonly string[] {
  if (variables === undefined || variables === null) return []
  return variables.remove
    .filter((name) => !Object.hasOwn(run.variables, name) || Object.hasOwn(variables.set, name))
    .map((name) =>
      Object.hasOwn(variables.set, name)
        ? `The variable ${name} is both set and taken away. Decide on one of them.`
        : `The run has no variable ${name} that could be taken away.`,
    )
}

/** [S44] */
function functionProblems(input: ResumeInput, steps: readonly ResumeStep[]): readonly string[] {
  const definitions = definitionInUse(input)?.steps ?? {}
  const here = new Set(input.functions ?? [])
  const lacking = steps.filter(({ step, action }) => {
    const name = Object.hasOwn(definitions, step) ? definitions[step]?.function : undefined
    return action !== 'reuse' && action !== 'skip' && name !== undefined && !here.has(name)
  })
  if (lacking.length === 0) return []
  const names = lacking.slice(0, 5).map(({ step }) => step)
  const more = lacking.length - names.length
  const who = `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  return [
    `${who} ${lacking.length === 1 ? 'is a function' : 'are functions'} of the program that began the run: only that program can resume it.`,
  ]
}

/** [S49] What a run of its own waits for is decided there. */
function childProblems(input: ResumeInput, steps: readonly ResumeStep[]): readonly string[] {
  return steps.flatMap(({ step, rule, action }) => {
    const child = ownValue(input.children ?? {}, step)
    if (child === undefined || rule !== 'S49' || action !== 'run') return []
    const { run, open, problem = null } = child
    if (open.length > 0)
      return [
        `Decide about ${open.join(', ')} of the run ${run} first: resume that run, then this one.`,
      ]
    return problem === null ? [] : [`The run ${run} of ${step} cannot go on: ${problem}`]
  })
}

/** [S43] What its process reports lies under the recorded name, and would not be found under another. */
function renamedProblems(input: ResumeInput, steps: readonly ResumeStep[]): readonly string[] {
  if (modeOf(input) === 'fork') return []
  return steps
    .filter(({ was, action }) => was !== null && (action === 'adopt' || action === 'await'))
    .map(
      ({ step, was }) =>
        `${was} is under way, so it cannot become ${step} yet. Resume with the recorded definition until it has ended, or make a fork.`,
    )
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
  if ((row.action !== 'reuse' || row.options.length > 0) && row.rule !== 'S2') return []
  return [
    `The resume cannot stop after ${stopAfter}: it is done already. Name a step that will run.`,
  ]
}
