import type { Attempt, Run, StepState } from '../../../schema/run.ts'
import { unrecorded } from '../../run/attempts.ts'
import {
  latest,
  ofAttempt,
  ofStep,
  withAttempt,
  withState,
  type AttemptPart,
  type StepPart,
} from './parts.ts'
import { statusOf, withStatus } from './statusOf.ts'
import type { Mended, StateRepairs } from './stateRepair.ts'

/** A step against its own attempts and marks. What it may have done is never taken to be more than it says. */
export const stepRepairs: StateRepairs = {
  I10: { rule: 'R63', confidence: 'likely', mend: ofStep(mendRunning) },
  I39: { rule: 'R64', confidence: 'likely', mend: ofAttempt(mendEarlier) },
  I38: { rule: 'R64', confidence: 'likely', mend: ofAttempt(mendLast) },
  I41: { rule: 'R64', confidence: 'likely', mend: ofAttempt(mendHalfEnd) },
  I11: {
    rule: 'R65',
    confidence: 'certain',
    mend: ofStep((run, { step, state }) => {
      if (state.skippedBy === null) return null
      const sentence = `The mark that ${step} was skipped goes, because it is ${state.status}.`
      return { run: withState(run, step, { skippedBy: null }), sentence }
    }),
  },
  I12: {
    rule: 'R65',
    confidence: 'certain',
    mend: ofStep((run, { step, state }) => {
      const sentence = `What ${step} waits for goes, because it is ${state.status}.`
      return { run: withState(run, step, { waitingOn: null }), sentence }
    }),
  },
  I13: {
    rule: 'R65',
    confidence: 'likely',
    mend: ofStep((run, { step, state }) => {
      const last = state.attempts.at(-1)
      if (last !== undefined && last.outcome === null) return null
      const sentence = `The step ${step} is pending again, because nothing says what it waits for: a resume looks at it anew.`
      return { run: followed(withState(run, step, { status: 'pending' })), sentence }
    }),
  },
}

/** A run that waited for this step alone does not wait any more. */
function followed(run: Run): Run {
  const waits = Object.values<StepState>(run.steps).some(({ status }) => status === 'waiting')
  if (run.status !== 'waiting' || waits) return run
  return withStatus(run, statusOf(run).status)
}

/** [R63] The record of an attempt is on disk before it may act: without one the step never began. */
function mendRunning(run: Run, { step, state }: StepPart): Mended | null {
  const last = state.attempts.at(-1)
  const status = last === undefined ? 'pending' : (last.outcome ?? 'running')
  if (status === 'running') return null
  const why =
    last === undefined ? 'no attempt of it was begun' : `its attempt ${last.number} ${status}`
  const sentence = `The step ${step} is set from running to ${status}, because ${why}.`
  return { run: withState(run, step, { status }), sentence }
}

/** [R64] */
function mendEarlier(run: Run, part: AttemptPart): Mended | null {
  const { step, state, attempt } = part
  const next = state.attempts[part.index + 1]
  if (next === undefined) return null
  const end = endedUnknown(attempt.finishedAt ?? next.startedAt)
  const sentence = `Attempt ${attempt.number} of ${step} is closed as interrupted, because attempt ${next.number} began after it.`
  return { run: withAttempt(run, part, end), sentence }
}

function mendLast(run: Run, part: AttemptPart): Mended | null {
  const outcome = outcomeOf(part.state)
  if (outcome === null) return null
  const { step, attempt } = part
  const finishedAt = attempt.finishedAt ?? endAfter(run, attempt)
  const sentence = `Attempt ${attempt.number} of ${step} is closed as ${outcome} at ${finishedAt}, because the step ${outcome}.`
  return { run: withAttempt(run, part, { outcome, finishedAt }), sentence }
}

function mendHalfEnd(run: Run, part: AttemptPart): Mended | null {
  const { step, state, attempt } = part
  const next = state.attempts[part.index + 1]
  if (attempt.outcome === null)
    return next === undefined ? mendLast(run, part) : mendEarlier(run, part)
  const finishedAt = next?.startedAt ?? endAfter(run, attempt)
  const sentence = `Attempt ${attempt.number} of ${step} ends at ${finishedAt}: it cannot have ended later.`
  return { run: withAttempt(run, part, { finishedAt }), sentence }
}

function endedUnknown(at: string): Partial<Attempt> {
  const { outcome, error } = unrecorded(at)
  return { finishedAt: at, outcome, error }
}

function outcomeOf({ status }: StepState): 'succeeded' | 'failed' | null {
  return status === 'succeeded' || status === 'failed' ? status : null
}

function endAfter(run: Run, { startedAt }: Attempt): string {
  const end = run.finishedAt ?? run.updatedAt
  return latest([startedAt, end]) ?? end
}
