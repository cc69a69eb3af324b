import type { StepView } from '../../../shared/contract/runs.ts'
import { formatDuration } from '../../ui/formatDuration.ts'
import { formatAge } from '../../ui/formatTime.ts'

/**
 * What a step is at, in a few words under its name; null where its status says all. `nowMs` is null for a run that nobody
 * carries: nothing of it is said to go on.
 */
export function stepProgress(step: StepView, nowMs: number | null): string | null {
  if (step.inDoubt) return null
  if (step.status === 'running') return runningWords(step, nowMs)
  if (step.status === 'waiting') return waitingWords(step, nowMs)
  return step.items === undefined ? null : itemWords(step.items)
}

/** `attempt 2 of 3`; null for a step that is tried only once. */
export function attemptWords(step: StepView, number: number): string | null {
  const allowed = Math.max(step.attemptsAllowed ?? 1, number)
  return allowed === 1 ? null : `attempt ${number} of ${allowed}`
}

/** `3 of 10 done, 1 failed, 2 running`: what was skipped or cancelled has ended too. */
export function itemWords(items: NonNullable<StepView['items']>): string {
  const total = Object.values(items).reduce((sum, count) => sum + count, 0)
  const { succeeded = 0, skipped = 0, failed = 0, cancelled = 0, running = 0, waiting = 0 } = items
  const words = [
    `${succeeded + skipped} of ${total} done`,
    ...counted(failed, 'failed'),
    ...counted(cancelled, 'cancelled'),
    ...counted(running, 'running'),
    ...counted(waiting, 'waiting'),
  ]
  return words.join(', ')
}

function counted(count: number, word: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${word}`]
}

function runningWords(step: StepView, nowMs: number | null): string | null {
  const attempt = step.attempts.at(-1)
  if (attempt === undefined) return null
  if (nowMs === null) return attemptWords(step, attempt.number)
  const age = formatDuration(Math.max(0, nowMs - Date.parse(attempt.startedAt)))
  const words = attemptWords(step, attempt.number)
  return words === null ? `for ${age}` : `${words}, for ${age}`
}

function waitingWords(step: StepView, nowMs: number | null): string | null {
  const on = step.waitingOn
  switch (on?.kind) {
    case 'retry':
      return `attempt ${on.attempt} of ${Math.max(step.attemptsAllowed ?? 1, on.attempt)} ${dueWords(on.until, nowMs)}`
    case 'time':
      return dueWords(on.until, nowMs)
    case 'gate':
      return on.who === null ? 'for a decision' : `for ${on.who}`
    case 'run':
      return `for ${on.run}`
    case 'items':
      return step.items === undefined ? `for ${on.total} items` : itemWords(step.items)
    default:
      return null
  }
}

function dueWords(until: string, nowMs: number | null): string {
  if (nowMs === null) return 'once it is resumed'
  const leftMs = Date.parse(until) - nowMs
  return leftMs <= 0 ? 'due now' : formatAge(-leftMs).replace('just now', 'in a moment')
}
