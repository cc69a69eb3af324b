// What became of each step, as a value that a program can keep, send, and begin another run with.
import { z } from 'zod'
import { nearest } from '../../shared/schema/nearest.ts'
import { AppError } from '../../shared/errors.ts'
import { Json, ownValue, Timestamp } from '../../shared/schema/json.ts'
import type { Run, StepState, StepStatus } from '../../shared/schema/run.ts'
import type { WorkflowDefinition } from '../../shared/schema/workflow.ts'

/** How a step ended. One that has not ended has no result. */
export type TaskResult = {
  readonly status: 'success' | 'failure' | 'cancelled' | 'skipped'
  /** What it returned; null for one that did not succeed. */
  readonly data: Json
  /** Of a failure: the last attempt's. */
  readonly error: TaskError | null
  /** Of a skipped one: its `when`, a step that it needs, or a person. */
  readonly skippedBy: 'condition' | 'dependency' | 'person' | null
  /** Of its last attempt; null for one that never began. */
  readonly timing: TaskTiming | null
}

/** The error that a task ended with, as plain values. */
export type TaskError = {
  readonly name: string
  readonly message: string
  readonly code: string | null
}

/** When a task ran, and how long. */
export type TaskTiming = {
  /** ISO 8601, UTC, milliseconds. */
  readonly startedAt: string
  readonly finishedAt: string
  readonly durationMs: number
  /** How often it was tried, over all resumes. */
  readonly attempts: number
}

/** Results by step; of steps that have not ended there is none. Plain JSON. */
export type Snapshot = { readonly [step: string]: TaskResult }

/** What a snapshot has to be to begin a run with it: also one of another program that has `status` and `data`. */
export type GivenSnapshot = {
  readonly [step: string]: Pick<TaskResult, 'status'> &
    Partial<Pick<TaskResult, 'data' | 'timing'>> & { readonly [key: string]: unknown }
}

export function snapshotOf(run: Pick<Run, 'steps'>, definition: WorkflowDefinition): Snapshot {
  return Object.fromEntries(
    Object.keys(definition.steps).flatMap((step) => {
      const state = ownValue<StepState>(run.steps, step)
      const status = state === undefined ? undefined : statuses[state.status]
      return state === undefined || status === undefined ? [] : [[step, resultOf(state, status)]]
    }),
  )
}

const statuses: Readonly<Partial<Record<StepStatus, TaskResult['status']>>> = {
  succeeded: 'success',
  failed: 'failure',
  cancelled: 'cancelled',
  skipped: 'skipped',
}

function resultOf(state: StepState, status: TaskResult['status']): TaskResult {
  const last = state.attempts.at(-1)
  const error = status === 'failure' ? (last?.error ?? null) : null
  return {
    status,
    data: status === 'success' ? structuredClone(state.output) : null,
    error: error === null ? null : { name: error.name, message: error.message, code: error.code },
    skippedBy: state.skippedBy,
    timing: timingOf(state),
  }
}

function timingOf({ attempts }: StepState): TaskTiming | null {
  const last = attempts.at(-1)
  if (last === undefined || last.finishedAt === null) return null
  const { startedAt, finishedAt } = last
  const durationMs = Date.parse(finishedAt) - Date.parse(startedAt)
  return { startedAt, finishedAt, durationMs, attempts: attempts.length }
}

/** States of the steps that a snapshot says succeeded: they never run again. Throws `invalid-input`. */
export function statesOf(
  snapshot: GivenSnapshot,
  definition: WorkflowDefinition,
): Readonly<Record<string, StepState>> {
  const states = Object.entries(snapshot).flatMap(
    ([step, given]): readonly (readonly [string, StepState])[] => {
      requireStep(step, definition)
      const parsed = GivenResult.safeParse(given)
      if (!parsed.success) throw noResult(step, parsed.error)
      return parsed.data.status === 'success' ? [[step, succeeded(parsed.data)]] : []
    },
  )
  return Object.fromEntries(states)
}

const GivenTiming = z.looseObject({ startedAt: Timestamp, finishedAt: Timestamp })
const GivenResult = z.looseObject({
  status: z.enum(['success', 'failure', 'cancelled', 'skipped']),
  data: Json.optional(),
  timing: GivenTiming.nullish().catch(null),
})

function succeeded({ data, timing }: z.infer<typeof GivenResult>): StepState {
  const attempt = {
    number: 1,
    outcome: 'succeeded',
    error: null,
    exitCode: null,
    process: null,
  } as const
  const attempts =
    timing === null || timing === undefined
      ? []
      : [{ ...attempt, startedAt: timing.startedAt, finishedAt: timing.finishedAt }]
  return { status: 'succeeded', attempts, output: data ?? null, waitingOn: null, skippedBy: null }
}

function requireStep(step: string, { name, steps }: WorkflowDefinition): void {
  if (Object.hasOwn(steps, step)) return
  const meant = nearest(step, Object.keys(steps))
  const hint = meant === null ? '' : ` Was it ${meant}?`
  throw new AppError(
    'invalid-input',
    `The snapshot has a result of ${step}, which is no step of ${name}.${hint} Take it out, or use the workflow that it is of.`,
    { step },
  )
}

function noResult(step: string, error: z.ZodError): AppError {
  const issue = error.issues[0]
  const at = [step, ...(issue?.path ?? [])].join('.')
  return new AppError('invalid-input', `The snapshot cannot be used: ${at}: ${issue?.message}.`, {
    step,
  })
}
