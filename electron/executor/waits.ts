import { evaluateExpression } from '../../shared/core/expression/evaluateExpression.ts'
import type { Scope } from '../../shared/core/expression/scope.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import type { RecordOf } from '../../shared/schema/journal.ts'
import { durationMs } from '../../shared/schema/stepMeaning.ts'
import { Duration, type StepDefinition } from '../../shared/schema/workflow.ts'
import { momentAfter } from './momentAfter.ts'

/** The record with which a step begins to wait for a moment, or why there is none. */
export function waitRecord(
  step: StepId,
  wait: NonNullable<StepDefinition['wait']>,
  options: { readonly scope: Scope; readonly now: string },
): RecordOf<'stepWaiting'> | { readonly problem: string } {
  const { scope, now } = options
  const moment = untilOf(wait, scope, Date.parse(now))
  if (typeof moment !== 'number') return moment
  const until = momentAfter(now, moment - Date.parse(now))
  if (until === null) return { problem: '`wait`: its moment is beyond all calendars.' }
  const waitingOn = { kind: 'time', until, since: now } as const
  return { type: 'stepWaiting', step, waitingOn }
}

type Moment = number | { readonly problem: string }

function untilOf(wait: NonNullable<StepDefinition['wait']>, scope: Scope, nowMs: number): Moment {
  if (typeof wait !== 'object') return nowMs + durationMs(wait)
  if (wait.until !== undefined) return momentOf(wait.until, scope)
  return forOf(wait.for ?? 0, scope, nowMs)
}

function forOf(given: Duration, scope: Scope, nowMs: number): Moment {
  const plain = Duration.safeParse(given)
  if (plain.success) return nowMs + durationMs(plain.data)
  const found = evaluateExpression(String(given), scope)
  if ('problem' in found) return { problem: `\`wait.for\`: ${found.problem}` }
  if (found.value === 0) return nowMs
  const duration = Duration.safeParse(found.value)
  if (duration.success) return nowMs + durationMs(duration.data)
  const shown = JSON.stringify(found.value).slice(0, 100)
  return {
    problem: `\`wait.for\`: expected seconds or a duration such as 30s or 2h, not ${shown}.`,
  }
}

function momentOf(text: string, scope: Scope): Moment {
  const plain = parseMoment(text)
  if (plain !== null) return plain
  const found = evaluateExpression(text, scope)
  if ('problem' in found) return { problem: `\`wait.until\`: ${found.problem}` }
  const moment = typeof found.value === 'string' ? parseMoment(found.value) : null
  if (moment !== null) return moment
  const shown = JSON.stringify(found.value).slice(0, 100)
  return {
    problem: `\`wait.until\`: expected a moment with a time zone such as 2026-01-31T09:00:00Z, not ${shown}.`,
  }
}

function parseMoment(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.test(text))
    return null
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? null : ms
}
