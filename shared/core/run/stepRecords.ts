import type { Envelope, RecordOf, RecordType } from '../../schema/journal.ts'
import type { Json } from '../../schema/json.ts'
import { itemParent, itemStep } from '../../schema/itemStep.ts'
import type { StepState } from '../../schema/run.ts'
import {
  closeAttempt,
  closeOpenAttempt,
  isOpen,
  nextNumber,
  openAttempt,
  unrecorded,
} from './attempts.ts'
import { dropSteps, ownedOf, updateStep, type Draft } from './draft.ts'
import { isItemOf, itemOf } from './items.ts'

type Item<T extends RecordType> = Envelope & RecordOf<T>
type Begun = Item<'stepStarted'>
type Ended = Item<'stepSucceeded' | 'stepFailed'>

const atRest = { waitingOn: null, skippedBy: null } as const

export function stepStarted(draft: Draft, { step, attempt, at, process }: Begun): void {
  updateStep(draft, step, ({ attempts }) => ({
    ...atRest,
    status: 'running',
    attempts: openAttempt(attempts, { number: attempt, at, process }),
  }))
}

export function stepEnded(draft: Draft, record: Ended): void {
  const { step, attempt, at, exitCode } = record
  const error = record.type === 'stepFailed' ? record.error : null
  const outcome = record.type === 'stepFailed' ? 'failed' : 'succeeded'
  const output = record.type === 'stepFailed' ? null : record.output
  updateStep(draft, step, ({ attempts, waitingOn }) => ({
    ...atRest,
    status: outcome,
    output,
    attempts: closeAttempt(attempts, attempt, {
      at,
      outcome,
      error,
      exitCode,
      since: sinceOf(waitingOn),
    }),
  }))
}

/** When a wait began that ends without an attempt of its own. */
function sinceOf(on: StepState['waitingOn']): string | null {
  const since = on?.['since']
  return typeof since === 'string' ? since : null
}

export function stepSkipped(draft: Draft, { step, by }: Item<'stepSkipped'>): void {
  updateStep(draft, step, () => ({ status: 'skipped', skippedBy: by, waitingOn: null }))
}

export function stepCancelled(draft: Draft, { step, attempt, at }: Item<'stepCancelled'>): void {
  const end = { at, outcome: 'cancelled', error: null, exitCode: null } as const
  updateStep(draft, step, ({ attempts }) => ({
    ...atRest,
    status: 'cancelled',
    attempts:
      attempt === null ? closeOpenAttempt(attempts, end) : closeAttempt(attempts, attempt, end),
  }))
}

/** With `items`, each of them is a step of its own from here on. */
export function stepWaiting(draft: Draft, { step, waitingOn, items }: Item<'stepWaiting'>): void {
  if (items !== undefined && itemParent(step) === null) expandItems(draft, step, items)
  updateStep(draft, step, () => ({ status: 'waiting', skippedBy: null, waitingOn }))
}

/** An item that is behind it already, and is still about the same, stays; every other is pending. */
function expandItems(draft: Draft, step: string, items: readonly Json[]): void {
  const steps = ownedOf(draft, 'steps')
  const left = Object.keys(steps).filter((name) => isItemOf(name, step, items.length))
  if (left.length > 0) dropSteps(draft, left)
  for (const [index, item] of items.entries())
    updateStep(draft, itemStep(step, index), (state) => itemOf(state, item))
}

export function retryScheduled(draft: Draft, record: Item<'retryScheduled'>): void {
  const { step, until, attempt } = record
  updateStep(draft, step, () => ({
    status: 'waiting',
    skippedBy: null,
    waitingOn: { kind: 'retry', until, attempt },
  }))
}

export function gateDecided(draft: Draft, record: Item<'gateDecided'>): void {
  const { step, decision, values, by, reason, at } = record
  const isApproved = decision === 'approved'
  const message = `Rejected by ${by}${reason === null ? '' : `: ${reason}`}.`
  const error = isApproved ? null : { name: 'GateRejected', message, code: null, stack: null }
  const outcome = isApproved ? 'succeeded' : 'failed'
  updateStep(draft, step, ({ attempts, waitingOn }) => {
    const since = waitingOn?.kind === 'gate' ? waitingOn.since : at
    const asked = isOpen(attempts)
      ? attempts
      : openAttempt(attempts, { number: nextNumber(attempts), at: since, process: null })
    return {
      ...atRest,
      status: outcome,
      output: isApproved ? values : null,
      attempts: closeOpenAttempt(asked, { at, outcome, error, exitCode: null }),
    }
  })
}

/** What was said about a step in doubt. `stop` and `adopted` change nothing: what follows does. */
export function stepDecided(draft: Draft, record: Item<'decision'>): void {
  const { seq, at, step, decision, by, reason } = record
  ownedOf(draft, 'decisions').push({ seq, at, step, decision, by, reason })
  if (decision === 'happened') updateStep(draft, step, (state) => happened(state, record))
  if (decision === 'rerun') updateStep(draft, step, (state) => resetStep(state, at))
  if (decision === 'skip') {
    updateStep(draft, step, ({ attempts }) => ({
      status: 'skipped',
      skippedBy: 'person',
      waitingOn: null,
      attempts: closeOpenAttempt(attempts, unrecorded(at)),
    }))
  }
}

function happened(state: StepState, { at, output }: Item<'decision'>): Partial<StepState> {
  const end = { at, outcome: 'succeeded', error: null, exitCode: null } as const
  const attempts = closeOpenAttempt(state.attempts, end)
  return { ...atRest, status: 'succeeded', output: output ?? null, attempts }
}

/** Back to pending, with the attempts that were made. One that is still open never had its result recorded. */
export function resetStep(state: StepState, at: string): Partial<StepState> {
  const attempts = closeOpenAttempt(state.attempts, unrecorded(at))
  return { ...atRest, status: 'pending', output: null, attempts }
}
