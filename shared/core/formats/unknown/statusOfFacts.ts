import type { RunStatus, StepState } from '../../../schema/run.ts'
import type { Timestamp } from '../../../schema/json.ts'

export type StepFacts = {
  readonly id: string
  readonly name: string
  readonly state: StepState
  /** Its status is said by a word, or shown by its times. */
  readonly isTold: boolean
  /** Its status as it is written, where nothing is known of the word. */
  readonly word: string | null
  readonly startedAt: Timestamp | null
  readonly finishedAt: Timestamp | null
  readonly error: string | null
}

/** The status that a document does not say but shows, and how; null where nothing shows it. */
export function statusOfFacts(facts: {
  readonly steps: readonly StepFacts[]
  readonly next: readonly string[] | null
  readonly started: Timestamp | null
  readonly finished: Timestamp | null
  readonly error: string | null
}): { readonly status: RunStatus; readonly why: string } | null {
  const { steps, next, started, finished, error } = facts
  const has = (status: StepState['status']) => steps.find(({ state }) => state.status === status)
  const failed = has('failed')
  if (failed !== undefined) return found('failed', `the step ${failed.name} failed`)
  const running = has('running')
  if (running !== undefined)
    return found('running', `the step ${running.name} is said to be running`)
  if (next !== null)
    return next.length === 0
      ? found('completed', 'nothing comes next')
      : found('paused', `${next.join(', ')} comes next`)
  const waiting = has('waiting')
  if (waiting !== undefined) return found('waiting', `the step ${waiting.name} waits`)
  const done = steps.filter(
    ({ state }) => state.status === 'succeeded' || state.status === 'skipped',
  )
  if (steps.length > 0 && done.length === steps.length)
    return found('completed', 'all of its steps are done')
  if (has('cancelled') !== undefined) return found('cancelled', 'a step was cancelled')
  if (done.length > 0) return found('running', 'some of its steps are done')
  if (steps.length > 0) return found('pending', 'none of its steps has begun')
  if (finished !== null)
    return error === null
      ? found('completed', 'it has a time of its end')
      : found('failed', 'it has an error and a time of its end')
  return started !== null && error === null ? found('running', 'it has begun and has no end') : null
}

function found(
  status: RunStatus,
  why: string,
): { readonly status: RunStatus; readonly why: string } {
  return { status, why }
}
