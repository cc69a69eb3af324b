import { assertNever } from '../../shared/assert.ts'
import { failureDoubt } from '../../shared/core/resume/attemptDoubt.ts'
import { itemParent } from '../../shared/schema/itemStep.ts'
import type { RecordBody } from '../../shared/schema/journal.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import type { RunError } from '../../shared/schema/run.ts'
import { effectiveSideEffects } from '../../shared/schema/stepMeaning.ts'
import type { StepDefinition } from '../../shared/schema/workflow.ts'
import type { StopCause } from './activeAttempt.ts'
import { runError, type AttemptResult } from './attemptResult.ts'
import { checkpointRecord } from './checkpointRecord.ts'
import type { Asked } from './endRecords.ts'
import type { Ledger } from './ledger.ts'
import { isRetried, retryDelayMs } from './retryDelay.ts'

export type Outcome = {
  readonly ledger: Pick<Ledger, 'facts' | 'counts' | 'lastCheckpoint'>
  readonly step: StepId
  readonly definition: StepDefinition
  readonly attempt: number
  readonly result: AttemptResult
  readonly isAdopted: boolean
  readonly stoppedFor: StopCause | null
  /** Set once the run is being cancelled: nothing is tried again. */
  readonly cancelled: Asked | null
  /** Tries that failed before this one, since the run was last started or resumed. */
  readonly failedTries: number
  /** A random number from 0 to below 1, for the jitter of a retry. */
  readonly chance: number
  readonly isCheckpointDue: boolean
  readonly now: string
}

/** What the end of an attempt writes to the journal, in one append. */
export function resultRecords(outcome: Outcome): readonly RecordBody[] {
  const { step, attempt, result, stoppedFor, cancelled } = outcome
  const adopted = outcome.isAdopted && result.kind !== 'gone' && result.kind !== 'neverBegan'
  const ahead = adopted ? [decision(step, 'adopted', 'Its wrapper reported how it ended.')] : []

  if (cancelled !== null && (stoppedFor === 'cancel' || result.kind === 'neverBegan'))
    return [
      ...ahead,
      { type: 'stepCancelled', step, attempt, reason: cancelReason(outcome, cancelled) },
    ]
  if (stoppedFor === 'timeout')
    return [...ahead, ...failedRecords(outcome, timeoutError(outcome), exitCodeOf(result))]
  switch (result.kind) {
    case 'succeeded':
      return [...ahead, ...succeededRecords(outcome, result, ahead.length)]
    case 'failed':
      return [...ahead, ...failedRecords(outcome, result.error, result.exitCode)]
    case 'neverBegan':
      return neverBeganRecords(outcome)
    case 'gone':
      return failedRecords(outcome, goneError(step), null)
    case 'leftBehind':
      return failedRecords(outcome, runError('LeftBehind', result.message), null)
    default:
      return assertNever(result)
  }
}

function succeededRecords(
  { ledger, step, attempt, isCheckpointDue }: Outcome,
  { output, exitCode }: Extract<AttemptResult, { kind: 'succeeded' }>,
  ahead: number,
): readonly RecordBody[] {
  const succeeded = { type: 'stepSucceeded', step, attempt, output, exitCode } as const
  if (!isCheckpointDue) return [succeeded]
  const of = { trigger: 'step', step, ahead: ahead + 1, done: 1 } as const
  return [succeeded, checkpointRecord(ledger, of)]
}

function failedRecords(
  outcome: Outcome,
  error: RunError,
  exitCode: number | null,
): readonly RecordBody[] {
  const { step, definition, attempt, failedTries, cancelled, chance, now } = outcome
  const failed = { type: 'stepFailed', step, attempt, error, exitCode } as const
  const { retry } = definition
  // Of a step with items each of these has its own tries: the round over them is no further one.
  const isRound = definition.forEach !== undefined && itemParent(step) === null
  const mayRetry = !isRound && isRetried(retry, { error, exitCode })
  const delayMs = mayRetry ? retryDelayMs(retry, { failedTries: failedTries + 1, chance }) : null
  if (cancelled !== null || delayMs === null) return [failed]
  const unsafe = whyUnsafe(outcome, { error, exitCode })
  if (unsafe !== null) {
    const message = `${error.message} ${unsafe}`.trim()
    return [{ ...failed, error: { ...error, message } }]
  }
  const until = new Date(Date.parse(now) + delayMs).toISOString()
  return [failed, { type: 'retryScheduled', step, attempt: attempt + 1, until }]
}

/**
 * Its policy speaks of failures. Whether an external step that vanished had its effect is for a person to say, what was left
 * behind may still be at work, and of one that did not tell itself how it ended its author has to have thought.
 */
function whyUnsafe(
  { definition, result }: Outcome,
  { error, exitCode }: { readonly error: RunError; readonly exitCode: number | null },
): string | null {
  if (effectiveSideEffects(definition) !== 'external') return null
  if (error.name === 'Interrupted' || result.kind === 'leftBehind') return ''
  const isNamed = definition.retry?.on !== undefined
  if (isNamed || failureDoubt(error, exitCode) === null) return null
  return `It was not tried again, because it may have had its effect: name ${error.name} in \`retry.on\`, or declare \`sideEffects\`, if that does no harm.`
}

/** Nothing happened, so a step that was found goes back to pending; our own child's wrapper says that it cannot work. */
function neverBeganRecords(outcome: Outcome): readonly RecordBody[] {
  const { step, isAdopted } = outcome
  if (isAdopted) return [decision(step, 'rerun', 'Its command never began.')]
  const message = `Step ${step} did not begin: its wrapper could not write its report into the workspace. Check the disk for space and access, then resume the run.`
  return failedRecords(outcome, runError('NotStarted', message), null)
}

function decision(step: StepId, what: 'adopted' | 'rerun', reason: string): RecordBody {
  return { type: 'decision', step, decision: what, by: 'unstuck', reason }
}

function goneError(step: StepId): RunError {
  const message = `The process of step ${step} is gone and left no result. It may have had its effect; look before you run it again.`
  return runError('Interrupted', message)
}

function timeoutError({ step, definition, result }: Outcome): RunError {
  const limit = definition.timeout
  const words = typeof limit === 'number' ? `${limit} s` : limit
  const sentence = `Step ${step} did not end within ${words}`
  if (result.kind !== 'leftBehind') return runError('Timeout', `${sentence} and was ended.`)
  return runError('Timeout', `${sentence}. ${result.message}`)
}

function cancelReason({ result }: Outcome, { reason }: Asked): string | null {
  if (result.kind !== 'leftBehind') return reason
  return reason === null ? result.message : `${reason} (${result.message})`
}

function exitCodeOf(result: AttemptResult): number | null {
  return 'exitCode' in result ? result.exitCode : null
}
