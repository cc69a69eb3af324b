import type { Timestamp } from '../../../schema/json.ts'
import type { Diagnosis } from '../../diagnose/diagnosis.ts'
import { stepIdsOf } from '../view/viewIds.ts'
import type { AwfText } from './awfRun.ts'
import type { AwfState, AwfStep } from './awfState.ts'
import { lastFailed, stepAt } from './awfTarget.ts'
import { lossyInputs } from './lossyInputs.ts'

/** Why a run of AWF does not move, and what its own resume would do wrong with it; most likely first. */
export function awfDiagnoses(read: AwfText, modifiedAt: Timestamp | null): readonly Diagnosis[] {
  const { state } = read
  return [...statusDiagnoses(state, modifiedAt), ...lossDiagnoses(read)]
}

function statusDiagnoses(state: AwfState, modifiedAt: Timestamp | null): readonly Diagnosis[] {
  switch (state.status) {
    case 'completed':
      return [resting(state, 'The run is completed. AWF refuses to resume it.')]
    case 'failed':
      return [failed(state)]
    case 'pending':
      return [pendingRun(state)]
    case 'running':
      return [running(state, modifiedAt), ...repeated(state)]
    default:
      return [stopped(state), ...repeated(state)]
  }
}

function resting(state: AwfState, sentence: string): Diagnosis {
  return {
    rule: 'F31',
    severity: 'resting',
    sentence,
    evidence: evidenceOf(state),
    action: { kind: 'none', label: 'Nothing to do', step: null },
    step: null,
  }
}

/** AWF keeps no process, host or heartbeat: that a run goes on is never proved. */
function running(state: AwfState, modifiedAt: Timestamp | null): Diagnosis {
  const saved = state.updatedAt.at
  const last =
    saved === null ? 'nothing says when it was last saved' : `it was last saved at ${saved}`
  return {
    rule: 'F31',
    severity: 'attention',
    sentence: `The run is said to be running, and ${last}. AWF records no process: look whether one still writes the file. If none does, it was killed after ${shown(state.currentStep)} had ended.`,
    evidence: [
      ...evidenceOf(state),
      ...(modifiedAt === null ? [] : [{ label: 'File changed at', value: modifiedAt }]),
    ],
    action: { kind: 'resume', label: 'See what a resume would do', step: stepIdOf(state) },
    step: stepIdOf(state),
  }
}

function stopped(state: AwfState): Diagnosis {
  const step = stepIdOf(state)
  const word = state.status === 'cancelled' ? 'was cancelled' : `has the status "${state.status}"`
  return {
    rule: 'F31',
    severity: 'stuck',
    sentence: `The run ${word} at ${shown(state.currentStep)}. AWF goes on with that step.`,
    evidence: evidenceOf(state),
    action: { kind: 'resume', label: 'See what a resume would do', step },
    step,
  }
}

function pendingRun(state: AwfState): Diagnosis {
  return {
    rule: 'F31',
    severity: 'stuck',
    sentence:
      'The run is pending and has no step. AWF never writes such a state when it runs a workflow: start the workflow anew.',
    evidence: evidenceOf(state),
    action: { kind: 'none', label: 'Run the workflow again', step: null },
    step: null,
  }
}

/** [F32] The end that a failure leads to has no state: AWF goes on with that end, and so fails again. */
function failed(state: AwfState): Diagnosis {
  const { currentStep } = state
  const culprit = lastFailed(state)
  const isAtStep = stepAt(state, currentStep) !== null
  const evidence = [...evidenceOf(state), ...failureOf(culprit)]
  const step = culprit === null ? stepIdOf(state) : idOfStep(state, culprit.key)
  if (isAtStep || culprit === null) {
    const what =
      culprit === null
        ? `No step of it failed; it ended at ${shown(currentStep)}.`
        : `Step ${culprit.key} failed${exitOf(culprit)}.`
    const label = currentStep === '' ? 'See what a resume would do' : `Resume from ${currentStep}`
    return {
      rule: 'F31',
      severity: 'stuck',
      sentence: isAtStep ? `${what} A resume runs ${currentStep} again.` : what,
      evidence,
      action: { kind: 'resume', label, step: stepIdOf(state) },
      step,
    }
  }
  return {
    rule: 'F32',
    severity: 'stuck',
    sentence: `Step ${culprit.key} failed${exitOf(culprit)}, and the workflow went to its end ${shown(currentStep)}. A plain resume goes on with that end and fails again: only a resume from ${culprit.key} helps.`,
    evidence,
    action: { kind: 'resume', label: `Resume from ${culprit.key}`, step },
    step,
  }
}

/** [F33] The state is saved when a step has ended, with that step as the current one: a resume begins with it. */
function repeated(state: AwfState): readonly Diagnosis[] {
  const step = stepAt(state, state.currentStep)
  if (step?.status !== 'completed') return []
  const id = idOfStep(state, step.key)
  return [
    {
      rule: 'F33',
      severity: 'attention',
      sentence: `A resume by AWF runs ${step.key} again, although it is completed. Make sure that it may run twice.`,
      evidence: [{ label: `${step.key} ended`, value: step.completedAt.at ?? 'not known' }],
      action: { kind: 'openStep', label: `See ${step.key}`, step: id },
      step: id,
    },
  ]
}

function lossDiagnoses(read: AwfText): readonly Diagnosis[] {
  const numbers = lossyInputs(read)
  if (numbers.length === 0 || read.state.status === 'completed') return []
  const [first] = numbers
  const hasInput = numbers.some(({ isInput }) => isInput)
  const more = numbers.length === 1 ? '' : `, and ${numbers.length - 1} more`
  return [
    {
      rule: 'F34',
      severity: 'attention',
      sentence: `AWF changes a number when it loads the state: ${first?.pointer} is ${first?.written} and becomes ${first?.becomes}${more}.${hasInput ? ' Give it again as an input when you resume, as a text.' : ''}`,
      evidence: numbers.slice(0, 20).map(({ pointer, written, becomes }) => ({
        label: pointer,
        value: `${written} → ${becomes}`,
      })),
      action: {
        kind: 'none',
        label: hasInput ? 'Give the input again' : 'Look at what reads it',
        step: null,
      },
      step: null,
    },
  ]
}

function evidenceOf(state: AwfState): Diagnosis['evidence'] {
  const { status, currentStep, updatedAt, loop, callStack, parent } = state
  return [
    { label: 'Status', value: status },
    { label: 'Current step', value: shown(currentStep) },
    ...(updatedAt.at === null ? [] : [{ label: 'Saved at', value: updatedAt.at }]),
    ...(loop === null ? [] : [{ label: 'In a loop', value: 'yes: a resume starts the loop anew' }]),
    ...(callStack.length === 0 ? [] : [{ label: 'Call stack', value: callStack.join(' → ') }]),
    ...(parent === '' ? [] : [{ label: 'Called by run', value: parent }]),
  ]
}

function failureOf(step: AwfStep | null): Diagnosis['evidence'] {
  if (step === null) return []
  return [
    { label: 'Failed step', value: step.key },
    { label: 'Exit code', value: String(step.exitCode) },
    ...(step.error.trim() === '' ? [] : [{ label: 'Error', value: step.error.trim() }]),
  ]
}

function exitOf({ exitCode }: AwfStep): string {
  return exitCode === 0 ? '' : ` with exit code ${exitCode}`
}

function shown(step: string): string {
  return step === '' ? 'no step' : step
}

function stepIdOf(state: AwfState): string | null {
  return stepAt(state, state.currentStep) === null ? null : idOfStep(state, state.currentStep)
}

/** The id under which the common view has the step. */
function idOfStep({ steps }: AwfState, key: string): string | null {
  return stepIdsOf(steps.map((step) => step.key)).get(key) ?? null
}
