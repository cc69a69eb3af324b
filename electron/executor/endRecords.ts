import { isDone } from '../../shared/core/graph/isDone.ts'
import { order, stepOf } from '../../shared/core/graph/order.ts'
import { ownValue } from '../../shared/schema/json.ts'
import type { RecordBody } from '../../shared/schema/journal.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import type { Run, RunError, StepState } from '../../shared/schema/run.ts'
import type { WorkflowDefinition } from '../../shared/schema/workflow.ts'
import { runError } from './attemptResult.ts'

/** Who asked for something, and why. */
export type Asked = { readonly by: string; readonly reason: string | null }

/** How a run rests in which nothing runs and nothing more can begin. `pause`: it was asked to stop here. */
export function restRecords(
  run: Run,
  definition: WorkflowDefinition,
  pause: Asked | null,
): readonly RecordBody[] {
  const open = order(definition).filter((step) => !isDone(statusOf(run, step)))
  if (open.length > 0 && pause !== null) return [{ type: 'runPaused', ...pause }]

  const failure = firstFailure(run, definition)
  if (failure !== null) return [{ type: 'runFailed', error: failure }]
  const [first] = open
  if (first === undefined) return [{ type: 'runCompleted' }]

  const waiting = open.find((step) => statusOf(run, step) === 'waiting')
  if (waiting !== undefined)
    return [
      {
        type: 'runPaused',
        by: 'unstuck',
        reason: `Step ${waiting} waits, and nothing else can run.`,
      },
    ]
  const message = `Step ${first} can never start: what it needs is missing or needs it in turn. Correct the definition, then resume with it.`
  return [{ type: 'runFailed', error: runError('Blocked', message) }]
}

/** How a run ends that was cancelled, after its processes have ended. */
export function cancelRecords(run: Run, asked: Asked): readonly RecordBody[] {
  const waiting = stepIdsOf(run).filter((step) => statusOf(run, step) === 'waiting')
  return [
    ...waiting.map(
      (step) => ({ type: 'stepCancelled', step, attempt: null, reason: asked.reason }) as const,
    ),
    { type: 'runCancelled', ...asked },
  ]
}

/** The error of the step that failed first and was not allowed to. */
function firstFailure(run: Run, definition: WorkflowDefinition): RunError | null {
  const failures = order(definition).flatMap((step) => {
    const state = ownValue<StepState>(run.steps, step)
    if (state?.status !== 'failed' || stepOf(definition, step)?.continueOnError === true) return []
    const last = state.attempts.at(-1)
    const error = last?.error ?? runError('StepFailed', `Step ${step} failed.`)
    return [{ at: last?.finishedAt ?? '', error: { ...error, step } }]
  })
  return failures.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))[0]?.error ?? null
}

export function statusOf(run: Run, step: StepId): StepState['status'] {
  return ownValue<StepState>(run.steps, step)?.status ?? 'pending'
}

export function stepIdsOf(run: Run): readonly StepId[] {
  return Object.keys(run.steps) as StepId[] // keys of a record whose keys were parsed as StepId
}
