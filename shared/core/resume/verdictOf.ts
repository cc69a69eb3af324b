import { assertNever } from '../../assert.ts'
import { ownValue } from '../../schema/json.ts'
import type { StepState } from '../../schema/run.ts'
import type { StepDefinition } from '../../schema/workflow.ts'
import { isEqualJson } from '../diff/jsonShape.ts'
import { definitionAsJson } from './compareDefinitions.ts'
import {
  cutOffVerdict,
  inDoubtVerdict,
  unrecordedVerdict,
  vanishedVerdict,
} from './inDoubtVerdict.ts'
import { isSettled } from './itemsOf.ts'
import { modeOf, type ChildRun, type ResumeInput } from './resumeInput.ts'
import { secondTimeVerdict } from './secondTimeVerdict.ts'
import { hasOpenAttempt, type StepCase } from './stepCase.ts'
import type { Verdict } from './verdict.ts'
import { waitingVerdict } from './waitingVerdict.ts'

export function verdictOf(input: ResumeInput, found: StepCase): Verdict {
  const { step, state, definition, parent } = found
  if (state.status === 'succeeded') return reuse(input, found)
  if (definition === null) {
    const reason = `${step} is not in the definition that is used: it is kept as it is and not run.`
    return { action: 'blocked', rule: 'S20', reason }
  }
  if (parent !== null && isOver(parent.state, definition)) {
    const reason = `${step} is kept as it is: ${parent.step} is done.`
    return { action: 'reuse', rule: 'S36', reason }
  }
  if (found.items.length > 0 && !isOver(state, definition)) return itemsVerdict(found)
  if (input.unrecorded?.includes(step) === true) return unrecordedVerdict(found)
  const child = ownValue(input.children ?? {}, step)
  if (child !== undefined && hasEndedBadly(state) && modeOf(input) === 'same')
    return childVerdict(found, child)
  if (modeOf(input) === 'fork') {
    const again = secondTimeVerdict(input, found)
    if (again !== null) return again
  }
  if (hasOpenAttempt(found)) return inDoubtVerdict(found)
  return restingVerdict(input, found)
}

/** Nothing of such a step, or of its items, is evaluated again. */
function isOver(state: StepState, { continueOnError }: StepDefinition): boolean {
  return isSettled(state) || (state.status === 'failed' && continueOnError === true)
}

function hasEndedBadly({ status }: StepState): boolean {
  return status === 'failed' || status === 'cancelled'
}

/** [S49] Its run is gone on with, so that nothing that succeeded in it is repeated. */
function childVerdict({ step }: StepCase, { run, status }: ChildRun): Verdict {
  const what =
    status === 'completed' ? 'it has completed since' : 'what succeeded in it is not repeated'
  const reason = `${step} goes on with the run ${run} (${status}): ${what}.`
  return { action: 'run', rule: 'S49', reason }
}

/** [S34] The recorded items stay, each with what became of it; how many go on is told once they are judged. */
function itemsVerdict({ step, state, items }: StepCase): Verdict {
  const reason = `${step} goes on with its ${items.length} items.`
  return { action: state.status === 'waiting' ? 'await' : 'run', rule: 'S34', reason }
}

function reuse(input: ResumeInput, found: StepCase): Verdict {
  const { step, attempt } = found
  const when = attempt === null || attempt.number === 1 ? '' : ` on attempt ${attempt.number}`
  const although = isAltered(input, found) ? ', although its definition has changed' : ''
  const reason = `${step} succeeded${when}: its output is used again${although}.`
  return { action: 'reuse', rule: 'S1', reason }
}

function isAltered({ use, definition }: ResumeInput, { step, definition: now }: StepCase): boolean {
  const then = ownValue<StepDefinition>(definition?.steps ?? {}, step)
  if (use === 'recorded' || then === undefined || now === null) return false
  return !isEqualJson(definitionAsJson(then), definitionAsJson(now))
}

function restingVerdict(input: ResumeInput, found: StepCase): Verdict {
  const { step, state } = found
  switch (state.status) {
    case 'succeeded':
      return reuse(input, found)
    case 'failed':
      return failed(found)
    case 'cancelled':
      return (
        cutOffVerdict(found) ?? {
          action: 'run',
          rule: 'S4',
          reason: `${step} was cancelled: it runs again.`,
        }
      )
    case 'skipped':
      return skipped(input, found)
    case 'pending':
      return { action: 'run', rule: 'S6', reason: `${step} has not run yet.` }
    case 'waiting':
    case 'running':
      return waitingVerdict(input, found)
    default:
      return assertNever(state.status)
  }
}

function failed(found: StepCase): Verdict {
  const { step, attempt, definition } = found
  if (definition?.continueOnError === true) {
    const reason = `${step} failed, and its definition says that the workflow goes on without it.`
    return { action: 'reuse', rule: 'S19', reason }
  }
  if (attempt?.error?.name === 'Interrupted') return vanishedVerdict(found)
  const cutOff = cutOffVerdict(found)
  if (cutOff !== null) return cutOff
  if (definition?.gate !== undefined) {
    const reason = `${step} was not approved: it asks again.`
    return { action: 'run', rule: 'S3', reason }
  }
  const when = attempt === null ? '' : ` on attempt ${attempt.number}`
  return {
    action: 'run',
    rule: 'S3',
    reason: `${step} failed${when}${howOf(found)}: it runs again.`,
  }
}

function howOf({ attempt }: StepCase): string {
  if (attempt === null) return ''
  if (attempt.exitCode !== null) return ` with exit code ${attempt.exitCode}`
  const { error } = attempt
  if (error === null) return ''
  return ` (${error.name}${error.code === null ? '' : ` ${error.code}`})`
}

function skipped(input: ResumeInput, { step, state, definition, parent }: StepCase): Verdict {
  if (state.skippedBy === 'person') {
    return { action: 'skip', rule: 'S2', reason: `${step} was skipped by a person: it stays so.` }
  }
  // A run that was migrated or imported: nothing that is known of it can ask again. [F272]
  const recorded = ownValue<StepDefinition>(input.definition?.steps ?? {}, step)
  const isAsked = recorded?.when !== undefined || definition?.when !== undefined
  if (state.skippedBy === 'condition' && !isAsked && parent === null) {
    const reason = `${step} was skipped by a condition that its definition does not have: it stays so.`
    return { action: 'skip', rule: 'S2', reason }
  }
  const reason =
    state.skippedBy === 'dependency'
      ? `${step} was skipped because of a step that it needs: it gets its turn now.`
      : `${step} was skipped by its condition: that is asked again.`
  return { action: 'run', rule: 'S5', reason }
}
