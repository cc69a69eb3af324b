import type { RunError } from '../../shared/schema/run.ts'
import { durationMs } from '../../shared/schema/stepMeaning.ts'
import type { RetryPolicy } from '../../shared/schema/workflow.ts'

/**
 * How long to wait after the n-th failed try (from 1) of a step; null when it was the last one. `chance`, from 0 to below 1,
 * takes its part of what the policy leaves to chance away.
 */
export function retryDelayMs(
  policy: RetryPolicy | undefined,
  { failedTries, chance }: { readonly failedTries: number; readonly chance: number },
): number | null {
  if (policy === undefined || failedTries >= policy.attempts) return null
  const delayMs = durationMs(policy.delay ?? defaultDelay)
  const factor = policy.backoff === 'exponential' ? 2 ** Math.min(failedTries - 1, 60) : 1
  const maxMs =
    policy.maxDelay === undefined ? longestMs : Math.min(durationMs(policy.maxDelay), latestMs)
  const share = 1 - (policy.jitter ?? 0) * chance
  return Math.round(Math.min(delayMs * factor, maxMs) * share)
}

/**
 * Whether a failure is of those that the policy tries again: a name is the error's name or code, a number the exit code or,
 * as with an HTTP status, the error's code. An expression that failed fails each time.
 */
export function isRetried(
  policy: RetryPolicy | undefined,
  { error, exitCode }: { readonly error: RunError; readonly exitCode: number | null },
): boolean {
  if (error.name === 'Expression') return false
  const { on } = policy ?? {}
  return (
    on === undefined ||
    on.some((one) =>
      typeof one === 'number'
        ? one === exitCode || String(one) === error.code
        : one === error.name || one === error.code,
    )
  )
}

/** A random number from 0 to below 1, of random characters. */
export function chanceOf(randomId: (length: number) => string): number {
  return Number.parseInt(randomId(chanceLength), 36) / 36 ** chanceLength
}

const chanceLength = 8
const defaultDelay = '1s'
const longestMs = 7 * 24 * 3600 * 1000
/** A hundred years: what lies behind is no moment that could be recorded. */
const latestMs = 100 * 365 * 24 * 3600 * 1000
