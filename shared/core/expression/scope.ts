import type { Json } from '../../schema/json.ts'
import type { StepStatus } from '../../schema/run.ts'

/** What an expression sees of a step. */
export type StepView = {
  readonly status: StepStatus
  readonly output: Json
  readonly error: {
    readonly name: string
    readonly message: string
    readonly code: string | null
  } | null
  /** How often it was tried. */
  readonly attempts: number
}

/** All that an expression can look at. It sees no clock, no environment and no files. */
export type Scope = {
  readonly inputs: Readonly<Record<string, Json>>
  readonly variables: Readonly<Record<string, Json>>
  readonly run: {
    readonly id: string
    readonly workflow: string
    readonly version: string | null
  }
  /** By step id; only those that `referencedSteps` names have to be there. */
  readonly steps: Readonly<Record<string, StepView>>
  /** How all that the step needs has ended, directly or through others: what `failed()` and `succeeded()` look at. */
  readonly needs?: readonly StepStatus[] | undefined
  /** In an item of a `forEach`. */
  readonly item?: Json | undefined
  readonly index?: number | undefined
  /** The step's idempotency key. */
  readonly key?: string | undefined
  /** In `output`: what the step returned. */
  readonly result?: Json | undefined
}

/** Names that stand at the beginning of a path. */
export const scopeNames = [
  'inputs',
  'variables',
  'run',
  'steps',
  'item',
  'index',
  'key',
  'result',
] as const
export type ScopeName = (typeof scopeNames)[number]

export const stepViewKeys = [
  'status',
  'output',
  'error',
  'attempts',
] as const satisfies readonly (keyof StepView)[]
export const runViewKeys = [
  'id',
  'workflow',
  'version',
] as const satisfies readonly (keyof Scope['run'])[]
