import type { Json, Timestamp } from '../../../schema/json.ts'
import type { Attempt, Run, RunError, StepState, StepStatus } from '../../../schema/run.ts'
import type { StepV2 } from '../../../schema/versions/v2.ts'
import { isEmpty, otherFields } from '../migrationStep.ts'
import type { StepNames } from '../stepNames.ts'
import { timestampOf } from '../time.ts'
import { keptKey } from './1to2.ts'

export type RunTimes = Pick<Run, 'createdAt' | 'startedAt' | 'updatedAt' | 'finishedAt'>

export type StepsContext = {
  readonly names: StepNames
  readonly note: (sentence: string) => void
  readonly at: Timestamp
  readonly from: number
  readonly times: RunTimes
}

export function statesOf(steps: readonly StepV2[], context: StepsContext): Run['steps'] {
  return Object.fromEntries(
    steps.map((step, index) => [context.names.ids[index], stateOf(step, context)]),
  ) as Run['steps'] // its keys are step ids, given out by the names
}

/** Values of an old document were read from JSON. */
export function jsonRecord(record: { readonly [key: string]: unknown }): Record<string, Json> {
  return record as Record<string, Json> // the whole run is held against its schema before it is used
}

const statuses: { readonly [S in StepV2['status']]: StepStatus } = {
  pending: 'pending',
  running: 'running',
  success: 'succeeded',
  failure: 'failed',
  skipped: 'skipped',
  cancelled: 'cancelled',
}

const knownKeys = [
  'id',
  'status',
  'attempts',
  'result',
  'error',
  'started_at',
  'completed_at',
  'exit_code',
  keptKey,
]

function stateOf(step: StepV2, context: StepsContext): StepState {
  const kept = step[keptKey]
  const code = exitCodeOf(step)
  const fields = {
    ...otherFields(step, knownKeys),
    ...(typeof kept === 'object' && kept !== null ? otherFields(kept, []) : {}),
    ...(code.isKept ? {} : otherFields({ exit_code: step['exit_code'] }, [])),
  }
  if (step.status === 'skipped') {
    context.note(`Nothing says why ${step.id} was skipped: it counts as skipped by its condition.`)
  }
  return {
    status: statuses[step.status],
    attempts: attemptsOf(step, context),
    output: (step.result ?? null) as Json, // the whole run is held against its schema before it is used
    waitingOn: null,
    skippedBy: step.status === 'skipped' ? 'condition' : null,
    ...(isEmpty(fields) ? {} : { migratedFrom: fields }),
  }
}

function exitCodeOf(step: StepV2): { readonly code: number | null; readonly isKept: boolean } {
  const code = step['exit_code']
  if (code === undefined || code === null) return { code: null, isKept: true }
  const isWhole = typeof code === 'number' && Number.isSafeInteger(code)
  return isWhole ? { code, isKept: true } : { code: null, isKept: false }
}

/** More attempts than that are not written out: only the last one is known anyway. */
const maxEarlier = 100

function attemptsOf(step: StepV2, context: StepsContext): Attempt[] {
  const count = countOf(step, context)
  if (count === 0) return []
  const last = lastAttempt(step, count, context)
  if (count - 1 > maxEarlier) {
    context.note(`${step.id} was tried ${count} times: only the last attempt is written out.`)
    return [{ ...last, number: 1 }]
  }
  if (count > 1) {
    context.note(`Of the ${count} attempts of ${step.id} only the last one was recorded.`)
  }
  const earlier = Array.from({ length: count - 1 }, (_, index) =>
    unrecorded(last, index + 1, context),
  )
  return [...earlier, last]
}

function countOf(step: StepV2, { note }: StepsContext): number {
  const stated = step.attempts ?? 0
  const count = Number.isSafeInteger(stated) && stated >= 0 ? stated : 1
  if (count !== stated) note(`The attempts of ${step.id} are ${stated}: one is taken.`)
  const hasBegun = step.status !== 'pending' && step.status !== 'skipped'
  return hasBegun ? Math.max(1, count) : count
}

/** An earlier attempt, of which the old version kept nothing but the count: that there was a next one says that it failed. */
function unrecorded(last: Attempt, number: number, { from }: StepsContext): Attempt {
  return {
    ...last,
    number,
    finishedAt: last.startedAt,
    outcome: 'failed',
    error: errorOf(`Version ${from} kept nothing of this attempt but its number.`, 'NotRecorded'),
    exitCode: null,
  }
}

function lastAttempt(step: StepV2, number: number, context: StepsContext): Attempt {
  const { times } = context
  const end = timeOf(step, 'completed_at', context)
  const startedAt = startOf(step, end, context) ?? end ?? times.createdAt
  const isOpen = step.status === 'running'
  if (!isOpen && end === null) {
    context.note(`Nothing says when ${step.id} ended: the last change of the run is taken.`)
  }
  const hasError = step.error !== null && step.error !== undefined && step.error !== ''
  return {
    number,
    startedAt,
    finishedAt: isOpen ? null : (end ?? later(startedAt, times.updatedAt)),
    outcome: isOpen ? null : outcomeOf(step, hasError),
    error: hasError ? errorOf(step.error ?? '', 'Error') : null,
    exitCode: exitCodeOf(step).code,
    process: null,
  }
}

function outcomeOf({ status }: StepV2, hasError: boolean): Attempt['outcome'] {
  if (status === 'success') return 'succeeded'
  if (status === 'failure') return 'failed'
  return hasError ? 'failed' : 'cancelled'
}

function errorOf(message: string, name: string): RunError {
  return { name, message, code: null, stack: null }
}

function later(a: Timestamp, b: Timestamp): Timestamp {
  return a < b ? b : a
}

function timeOf(
  step: StepV2,
  key: 'started_at' | 'completed_at',
  { note, at }: StepsContext,
): Timestamp | null {
  const seconds = step[key]
  if (seconds === null || seconds === undefined) return null
  const time = timestampOf(seconds)
  if (time === null) note(noTime(`${key} of ${step.id}`, seconds, 'the migration'))
  return time ?? at
}

/** No attempt begins after its end: where only the end can be read, it began then. */
function startOf(step: StepV2, end: Timestamp | null, context: StepsContext): Timestamp | null {
  const seconds = step.started_at ?? null
  if (seconds === null || end === null || timestampOf(seconds) !== null || end === context.at)
    return timeOf(step, 'started_at', context)
  context.note(noTime(`started_at of ${step.id}`, seconds, 'its end'))
  return end
}

function noTime(what: string, seconds: number, taken: string): string {
  return `${what} is ${seconds}, which is no time: the time of ${taken} is taken.`
}
