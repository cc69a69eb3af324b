import { assertNever } from '../../assert.ts'
import { ownValue } from '../../schema/json.ts'
import type { StepDefinition } from '../../schema/workflow.ts'
import { isEqualJson } from '../diff/jsonShape.ts'
import { definitionAsJson } from './compareDefinitions.ts'
import { inDoubtVerdict, unrecordedVerdict, vanishedVerdict } from './inDoubtVerdict.ts'
import { modeOf, type ResumeInput } from './resumeInput.ts'
import { secondTimeVerdict } from './secondTimeVerdict.ts'
import { hasOpenAttempt, isExternal, type StepCase } from './stepCase.ts'
import type { Verdict } from './verdict.ts'

export function verdictOf(input: ResumeInput, found: StepCase): Verdict {
  const { step, state } = found
  if (state.status === 'succeeded') return reuse(input, found)
  if (found.definition === null) {
    const reason = `${step} is not in the definition that is used: it is kept as it is and not run.`
    return { action: 'blocked', rule: 'S20', reason }
  }
  if (input.unrecorded?.includes(step) === true) return unrecordedVerdict(found)
  if (modeOf(input) === 'fork') {
    const again = secondTimeVerdict(input, found)
    if (again !== null) return again
  }
  if (hasOpenAttempt(found)) return inDoubtVerdict(found)
  return restingVerdict(found)
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

function restingVerdict(found: StepCase): Verdict {
  const { step, state } = found
  switch (state.status) {
    case 'succeeded':
      return { action: 'reuse', rule: 'S1', reason: `${step} succeeded: its output is used again.` }
    case 'failed':
      return failed(found)
    case 'cancelled':
      return { action: 'run', rule: 'S4', reason: cancelled(found) }
    case 'skipped':
      return skipped(found)
    case 'pending':
      return { action: 'run', rule: 'S6', reason: `${step} has not run yet.` }
    case 'waiting':
    case 'running':
      return { action: 'run', rule: 'S7', reason: waitedFor(found) }
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
  const when = attempt === null ? '' : ` on attempt ${attempt.number}`
  const exit = attempt?.exitCode ?? null
  const code = exit === null ? '' : ` with exit code ${exit}`
  return { action: 'run', rule: 'S3', reason: `${step} failed${when}${code}: it runs again.` }
}

/** A person ended it and a person resumes it: they are told, not asked. */
function cancelled(found: StepCase): string {
  const { step, attempt } = found
  const isHalfDone = attempt?.outcome === 'cancelled' && isExternal(found)
  const effect = isHalfDone ? ' while it ran, and may have had its effect' : ''
  return `${step} was cancelled${effect}: it runs again.`
}

function skipped({ step, state }: StepCase): Verdict {
  if (state.skippedBy === 'person') {
    return { action: 'skip', rule: 'S2', reason: `${step} was skipped by a person: it stays so.` }
  }
  const reason =
    state.skippedBy === 'dependency'
      ? `${step} was skipped because of a step that it needs: it gets its turn now.`
      : `${step} was skipped by its condition: that is asked again.`
  return { action: 'run', rule: 'S5', reason }
}

function waitedFor({ step, state }: StepCase): string {
  const on = state.waitingOn
  switch (on?.kind) {
    case 'retry':
      return `${step} waited for its attempt ${on.attempt}: that is made now.`
    case 'time':
      return `${step} waited for ${on.until}: it goes on waiting, or runs if that is past.`
    case 'gate':
      return `${step} waited for an approval: it asks for it again.`
    case 'run':
      return `${step} waited for the run ${on.run}: it looks for it again.`
    default:
      return `${step} waited: it runs now.`
  }
}
