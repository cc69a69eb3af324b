import { z } from 'zod'
import { StepId } from './ids.ts'
import { Json } from './json.ts'

const name = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,79}$/,
    'expected 1 to 80 letters, digits, spaces, dots, underscores or hyphens, starting with a letter or digit',
  )

/** Seconds as a number, or a duration such as `500ms`, `30s`, `5m`, `2h`, `1d`. */
export const Duration = z.union([
  z.number().positive(),
  z
    .string()
    .regex(/^\d+(\.\d+)?(ms|s|m|h|d)$/, 'expected a duration such as 500ms, 30s, 5m, 2h or 1d'),
])
export type Duration = z.infer<typeof Duration>

/** `none`: may run any number of times. `idempotent`: repeating it changes nothing. `external`: repeating it may do harm. */
export const SideEffects = z.enum(['none', 'idempotent', 'external'])
export type SideEffects = z.infer<typeof SideEffects>

const retryShape = {
  /** How often the step is tried in all, the first time included. */
  attempts: z.number().int().min(1).max(1000),
  delay: Duration.optional(),
  backoff: z.enum(['fixed', 'exponential']).optional(),
  maxDelay: Duration.optional(),
}
export const RetryPolicy = z.strictObject(retryShape)
export type RetryPolicy = z.infer<typeof RetryPolicy>

const stepShape = {
  title: z.string().max(200).optional(),
  /** A line for the shell. */
  run: z.string().min(1).optional(),
  /** A program and its arguments, started without a shell. */
  command: z.array(z.string()).min(1).optional(),
  needs: z.array(StepId).optional(),
  timeout: Duration.optional(),
  sideEffects: SideEffects.optional(),
  /** What a resume does with a step whose effect is in doubt. Unset: `external` asks, others rerun. */
  onInterrupted: z.enum(['ask', 'rerun', 'fail']).optional(),
  continueOnError: z.boolean().optional(),
  workingFolder: z.string().optional(),
  environment: z.record(z.string(), z.string()).optional(),
  /** Largest output kept in the state, in bytes. Default 16 MiB; more fails the step. */
  maxOutput: z.number().int().positive().optional(),
}

export const StepDefinition = z
  .strictObject({ ...stepShape, retry: RetryPolicy.optional() })
  .refine((step) => (step.run === undefined) !== (step.command === undefined), {
    message: 'a step has either `run` (a shell line) or `command` (a list), and only one of them',
  })
export type StepDefinition = z.infer<typeof StepDefinition>

const workflowShape = {
  name,
  version: z.string().max(80).optional(),
  description: z.string().optional(),
  inputs: z.record(z.string(), Json).optional(),
  /** How many steps may run at the same time. Default 4. */
  parallel: z.number().int().min(1).max(256).optional(),
}

/** A workflow as its author wrote it. Unknown keys are refused: a misspelt `needs` must not run. */
export const WorkflowDefinition = z.strictObject({
  ...workflowShape,
  steps: z.record(StepId, StepDefinition).refine((steps) => Object.keys(steps).length > 0, {
    message: 'a workflow has at least one step',
  }),
})
export type WorkflowDefinition = z.infer<typeof WorkflowDefinition>

/** A workflow as a run has recorded it, perhaps by a version that knows more: what is unknown is kept. */
export const RecordedDefinition = z.looseObject({
  ...workflowShape,
  steps: z.record(
    StepId,
    z.looseObject({ ...stepShape, retry: z.looseObject(retryShape).optional() }),
  ),
})
export type RecordedDefinition = z.infer<typeof RecordedDefinition>

/** A step that states no side effects may have any: it is treated as `external`, and shown as undeclared. */
export function effectiveSideEffects(step: StepDefinition): SideEffects {
  return step.sideEffects ?? 'external'
}

/** False for a step of a kind that only a later version knows. */
export function isRunnable(step: Pick<StepDefinition, 'run' | 'command'>): boolean {
  return step.run !== undefined || step.command !== undefined
}

/** Milliseconds of a duration. */
export function durationMs(duration: Duration): number {
  if (typeof duration === 'number') return duration * 1000
  const unit = duration.replace(/^[\d.]+/, '')
  return Number.parseFloat(duration) * (unitMs[unit] ?? 1000)
}

const unitMs: { readonly [unit: string]: number } = { ms: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5 }
