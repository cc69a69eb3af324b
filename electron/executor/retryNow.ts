import { AppError } from '../../shared/errors.ts'
import type { RunId, StepId } from '../../shared/schema/ids.ts'
import type { RecordOf } from '../../shared/schema/journal.ts'
import type { StepState } from '../../shared/schema/run.ts'

/** The record that makes a waiting retry due at once. Throws `invalid-input` where the step waits for none. */
export function retryNowRecord(
  run: RunId,
  options: { readonly step: StepId; readonly state: StepState | null; readonly now: string },
): RecordOf<'retryScheduled'> {
  const { step, state, now } = options
  const on = state?.status === 'waiting' ? state.waitingOn : null
  if (on?.kind === 'retry') return { type: 'retryScheduled', step, attempt: on.attempt, until: now }
  const is = state === null ? 'is none of its steps' : `is ${state.status}`
  throw new AppError(
    'invalid-input',
    `Step ${step} of run ${run} waits for no further attempt: it ${is}.`,
    { run, step },
  )
}
