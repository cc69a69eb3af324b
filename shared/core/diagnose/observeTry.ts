// What came of going on with a run that had failed.
import type { TryOutcome } from '../../schema/errorGroup.ts'

/** The run as it is now, and the step at which it had failed. */
export type TriedRun = {
  readonly status: string
  /** What it failed with, told as `errorFingerprint` does. */
  readonly error: string | null
  readonly finishedAt: string | null
  readonly updatedAt: string
  /** Null where the run has no such step. */
  readonly step: { readonly status: string; readonly finishedAt: string | null } | null
}

export type Tried = {
  readonly at: string
  readonly error: string
  /** What it had failed with when something was tried again; null: nothing was. */
  readonly failedNext: { readonly error: string; readonly at: string } | null
  /** Null: it cannot be read, or is gone. */
  readonly now: TriedRun | null
}

export type Observed = { readonly outcome: TryOutcome; readonly observedAt: string | null }

/** [G62] Only what the run shows counts, never that somebody asked for it. */
export function observeTry({ at, error, failedNext, now }: Tried): Observed {
  if (failedNext !== null)
    return { outcome: failedNext.error === error ? 'same' : 'other', observedAt: failedNext.at }
  if (now === null) return { outcome: 'unknown', observedAt: null }
  if (isBehind(now)) return { outcome: 'past', observedAt: pastAt(now, at) }
  const endedAt = now.finishedAt ?? now.updatedAt
  if (now.status === 'failed') {
    if (endedAt < at) return { outcome: 'none', observedAt: null }
    return { outcome: now.error === error ? 'same' : 'other', observedAt: endedAt }
  }
  const isGoing = now.status === 'running' || now.status === 'pending' || now.status === 'waiting'
  return { outcome: isGoing ? 'going' : 'rests', observedAt: now.updatedAt }
}

function isBehind({ status, step }: TriedRun): boolean {
  if (status === 'completed') return true
  return step !== null && (step.status === 'succeeded' || step.status === 'skipped')
}

/** A step that was marked as done before it went on was not got past before that. */
function pastAt({ step, finishedAt, updatedAt }: TriedRun, at: string): string {
  const seen = step?.finishedAt ?? finishedAt ?? updatedAt
  return seen < at ? at : seen
}
