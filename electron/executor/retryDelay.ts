import { durationMs, type RetryPolicy } from '../../shared/schema/workflow.ts'

/** How long to wait after the n-th failed try (from 1) of a step; null when it was the last one. */
export function retryDelayMs(policy: RetryPolicy | undefined, failedTries: number): number | null {
  if (policy === undefined || failedTries >= policy.attempts) return null
  const delayMs = durationMs(policy.delay ?? defaultDelay)
  const factor = policy.backoff === 'exponential' ? 2 ** Math.min(failedTries - 1, 60) : 1
  const maxMs = policy.maxDelay === undefined ? longestMs : durationMs(policy.maxDelay)
  return Math.min(delayMs * factor, maxMs)
}

const defaultDelay = '1s'
const longestMs = 7 * 24 * 3600 * 1000
