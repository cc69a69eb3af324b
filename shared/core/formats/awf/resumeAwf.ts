import type { FileSet, FormatResume } from '../format.ts'
import { folderOf, idOf, nameOf } from './awfFiles.ts'
import { openAwf } from './awfReading.ts'
import type { AwfText } from './awfRun.ts'
import type { AwfState, AwfStep } from './awfState.ts'
import { lastFailed, newerThan, previousOf, stepAt } from './awfTarget.ts'
import { definitionIn } from './definition/definitionIn.ts'
import type { AwfDefinition } from './definition/awfDefinition.ts'
import { successorsOf } from './definition/successorsOf.ts'
import { refusalsOf } from './goShape.ts'
import { lossyInputs } from './lossyInputs.ts'

type StepOfResume = FormatResume['steps'][number]

/** [F38] What `awf resume` would do with each step, and its dangers. */
export function resumeAwf(set: FileSet, { from }: { readonly from: string | null }): FormatResume {
  const opened = openAwf(set)
  if (opened.kind === 'broken')
    return none([`AWF cannot load the state: ${opened.sentence} Repair it first.`])
  const { read } = opened
  const { state } = read
  const definition = definitionIn(set)
  const problems = [
    ...refusalsOf(read.root),
    ...statusProblems(state),
    ...nameProblems(set.document, from),
    ...targetProblems(state, { from, definition }),
  ]
  if (problems.length > 0) return none(problems)
  const target = targetOf(state, from)
  const again = target === null ? null : stepAt(state, target)
  const deleted = again === null ? [] : newerThan(state, again)
  return {
    command: commandOf(set.document, from),
    steps: [
      ...knownSteps(state, { target: again, deleted }),
      ...(again === null && target !== null ? [endStep(target)] : []),
      ...nextSteps(state, { definition, target }),
    ],
    warnings: warningsOf(read, { target, again, deleted }),
    problems: [],
  }
}

function none(problems: readonly string[]): FormatResume {
  return { command: null, steps: [], warnings: [], problems }
}

function statusProblems({ status }: AwfState): readonly string[] {
  return status === 'completed' ? ['The run is completed: AWF refuses to resume it.'] : []
}

/** What begins with a hyphen would be taken for an option. */
function nameProblems(document: string, from: string | null): readonly string[] {
  return [idOf(document), from ?? '']
    .filter((name) => name.startsWith('-'))
    .map((name) => `${name} begins with a hyphen: AWF takes it for an option.`)
}

function targetProblems(
  state: AwfState,
  { from, definition }: { readonly from: string | null; readonly definition: AwfDefinition | null },
): readonly string[] {
  const target = targetOf(state, from)
  if (from === 'previous' && target === null)
    return ['No step before the current one has ended: there is none to go back to.']
  if (target === null || target === '')
    return [
      'The state names no current step: AWF has nothing to go on with. Run the workflow again.',
    ]
  if (from !== null && from !== 'current' && stepAt(state, target) === null)
    return [`${from} has no state in this run: AWF goes on only from a step that has one.`]
  const { currentStep } = state
  if (definition !== null && !definition.states.has(currentStep))
    return [
      `The definition of ${state.workflow} has no state ${currentStep} any more: AWF refuses to resume the run.`,
    ]
  return []
}

function targetOf(state: AwfState, from: string | null): string | null {
  if (from === null || from === 'current') return state.currentStep
  return from === 'previous' ? (previousOf(state)?.key ?? null) : from
}

/** `--storage` where the folder says so: its states lie in `states` below it. */
function commandOf(document: string, from: string | null): readonly string[] {
  const folder = folderOf(document)
  const storage = nameOf(folder) === 'states' ? folderOf(folder) || '.' : null
  return [
    'awf',
    'resume',
    idOf(document),
    ...(from === null || from === 'current' ? [] : ['--from', from]),
    ...(storage === null ? [] : ['--storage', storage]),
  ]
}

function knownSteps(
  { steps }: AwfState,
  { target, deleted }: { readonly target: AwfStep | null; readonly deleted: readonly AwfStep[] },
): readonly StepOfResume[] {
  return steps.map((step): StepOfResume => {
    const { key } = step
    if (step === target) return targetStep(step)
    if (deleted.includes(step))
      return {
        step: key,
        does: step.status === 'completed' ? 'runAgain' : 'run',
        reason: `AWF deletes its state first, because it ended after the step that it goes on from. It runs again where a transition leads to it.`,
      }
    return {
      step: key,
      does: 'reuse',
      reason: `It is ${step.status}. AWF keeps its state and runs it only where a transition leads back to it.`,
    }
  })
}

function targetStep({ key, status, exitCode }: AwfStep): StepOfResume {
  if (status === 'completed')
    return {
      step: key,
      does: 'runAgain',
      reason: 'It is completed, and AWF goes on with it all the same.',
    }
  const how = status === 'failed' ? `It failed with exit code ${exitCode}` : `It is ${status}`
  return { step: key, does: 'run', reason: `${how}: AWF goes on with it.` }
}

function endStep(target: string): StepOfResume {
  return {
    step: target,
    does: 'unknown',
    reason: `${target} has no state: it is an end, or a step that never ended. An end is reached once more, and the run ends as before.`,
  }
}

/** What may follow by the definition, where it lies beside. */
function nextSteps(
  state: AwfState,
  known: {
    readonly definition: AwfDefinition | null
    readonly target: string | null
  },
): readonly StepOfResume[] {
  const { definition, target } = known
  if (definition === null || target === null) return []
  return successorsOf(definition, target)
    .filter((step) => stepAt(state, step) === null)
    .map((step) => ({
      step,
      does: 'run',
      reason: 'It has not run yet. It runs where a transition leads to it.',
    }))
}

function warningsOf(
  read: AwfText,
  plan: {
    readonly target: string | null
    readonly again: AwfStep | null
    readonly deleted: readonly AwfStep[]
  },
): readonly string[] {
  const { state } = read
  const { target, again, deleted } = plan
  const culprit = lastFailed(state)
  const isEnd = again === null && state.status === 'failed' && culprit !== null
  return [
    ...(isEnd
      ? [
          `AWF goes on with ${target}, the end to which the failure led, and fails again. Resume from ${culprit.key}.`,
        ]
      : []),
    ...(again?.status === 'completed'
      ? [`AWF runs "${again.key}" again although it is finished.`]
      : []),
    ...(deleted.length === 0
      ? []
      : [
          `AWF deletes the states of ${deleted.map(({ key }) => key).join(', ')}, with their outputs.`,
        ]),
    ...(state.status === 'running' || state.status === 'cancelled'
      ? [
          'The step after the current one may have begun: AWF writes nothing while a step runs. What it did outside is done a second time.',
        ]
      : []),
    ...(state.loop === null ? [] : ['The loop begins anew, with its first item.']),
    ...lossyInputs(read).map(
      ({ pointer, written, becomes, isInput }) =>
        `AWF loads ${pointer} as ${becomes}, not ${written}: ${isInput ? 'give it again with --input' : 'what reads it gets the other number'}.`,
    ),
    ...outputWarnings(state),
    'AWF runs the hooks of the start of the workflow again.',
    'Nothing keeps two resumes of one run apart: see that no other AWF works on it.',
    'In its history.db the run stays what it was when it first ended, also after it is completed.',
  ]
}

function outputWarnings({ steps }: AwfState): readonly string[] {
  return steps
    .filter(({ outputPath, stderrPath }) => outputPath !== '' || stderrPath !== '')
    .map(({ key }) => `The output of ${key} lies in a temporary file, which may be gone.`)
}
