import type { Run, RunStatus, StepState } from '../../../schema/run.ts'
import type { Timestamp } from '../../../schema/json.ts'
import { attemptOf, viewOf } from '../view/viewOf.ts'
import { idAmong, runIdOf, stepIdsOf } from '../view/viewIds.ts'
import type { LogEvent } from './events.ts'

type Named = { readonly id: string; readonly workflow: string; readonly changedAt: Timestamp }

/** What a log comes to: the last word on each step, and on the run. */
export function runFromEvents(
  events: readonly LogEvent[],
  { id, workflow, changedAt }: Named,
): Run {
  const times = events.flatMap(({ at }) => at ?? []).toSorted()
  const names = [...new Set(events.flatMap(({ step }) => step ?? []))]
  const ids = stepIdsOf(names)
  const own = events.findLast(({ step, meaning }) => step === null && meaning !== null)
  const outcome = own?.meaning ?? null
  const end = own?.at ?? null
  const steps = names.map((name) => {
    const about = events.filter(({ step }) => step === name)
    return [idAmong(ids, name), stateOf(about, { outcome, at: end })] as const
  })
  const status = statusOf(
    outcome,
    steps.map(([, state]) => state),
  )
  const isOver = status === 'completed' || status === 'failed' || status === 'cancelled'
  const failure = events.findLast(({ meaning }) => meaning === 'failed')
  return viewOf({
    id: runIdOf(id),
    kind: 'workflow',
    name: workflow,
    status,
    steps: Object.fromEntries(steps),
    createdAt: times[0] ?? changedAt,
    startedAt: times[0] ?? null,
    updatedAt: times.at(-1) ?? changedAt,
    finishedAt: isOver ? (times.at(-1) ?? null) : null,
    error: status === 'failed' && failure !== undefined ? (failure.message ?? failure.what) : null,
  })
}

type End = { readonly outcome: RunStatus | null; readonly at: Timestamp | null }

function stateOf(events: readonly LogEvent[], end: End): StepState {
  const first = events.find(({ at }) => at !== null)
  const last = events.findLast(({ meaning }) => meaning !== null)
  const told = last?.meaning ?? 'pending'
  // What was under way when the run failed did not end by itself, but with it.
  const isCut = told === 'running' && end.outcome === 'failed'
  const status = isCut
    ? 'failed'
    : told === 'completed'
      ? 'succeeded'
      : told === 'paused'
        ? 'waiting'
        : told
  const attempts = attemptOf(1, {
    startedAt: first?.at ?? null,
    finishedAt: (isCut ? end.at : null) ?? last?.at ?? null,
    status,
    error: status === 'failed' ? (last?.message ?? null) : null,
  })
  return { status, attempts: [...attempts], output: null, waitingOn: null, skippedBy: null }
}

/** The last word on the run; while it is only said to have begun, its steps say more. */
function statusOf(own: RunStatus | null, steps: readonly StepState[]): RunStatus {
  if (own !== null && own !== 'running') return own
  if (steps.some(({ status }) => status === 'failed')) return 'failed'
  const areDone = steps.length > 0 && steps.every(({ status }) => status === 'succeeded')
  return areDone && own === null ? 'completed' : 'running'
}
