import type { Attempt, RunError } from '../../schema/run.ts'

/**
 * Why nobody knows what an attempt did, in words behind the step's name; null where it told itself how it ended. A command
 * that ends with an exit code and a call that is answered have told it; what was ended from outside has not.
 */
export function attemptDoubt(attempt: Attempt | null): string | null {
  if (attempt === null) return null
  if (attempt.outcome === null) return 'had begun and its result is unknown'
  if (attempt.outcome === 'cancelled') return 'was cancelled while it ran'
  if (attempt.outcome === 'succeeded' || attempt.error === null) return null
  return failureDoubt(attempt.error, attempt.exitCode)
}

/** The same of a failure by itself. */
export function failureDoubt({ name, code }: RunError, exitCode: number | null): string | null {
  // Its command ended well, so its effect is there: what failed is what was made of its result.
  if (exitCode === 0) return 'ended well, and its result could not be taken'
  if (name === 'Network' && neverReached.has(code ?? '')) return null
  if (name === 'HttpStatus') return gatewayDoubts.get(code ?? '') ?? null
  return doubts.get(name) ?? null
}

/** Nothing was sent. */
const neverReached: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])

/** Said by whoever stands between, of a service that may have done what it was asked for. */
const gatewayDoubts: ReadonlyMap<string, string> = new Map([
  ['502', 'got its answer (502) from a gateway and none from the service'],
  ['504', 'got its answer (504) from a gateway and none from the service'],
])

/** By the name of the error with which an attempt failed. */
const doubts: ReadonlyMap<string, string> = new Map([
  ['Interrupted', 'was cut off'],
  ['Timeout', 'was ended at its time limit'],
  ['Signal', 'was ended by a signal'],
  ['Network', 'got no answer'],
  ['Aborted', 'was ended before it had answered'],
  ['LeftBehind', 'was left behind while it ran'],
  ['OutOfMemory', 'ran out of memory'],
  ['NoResult', 'ended without a result'],
])
