import { Origin } from './origin.ts'
import { z } from 'zod'
import { runKinds, runStatuses } from './headWords.ts'
import { CheckpointId, RunId, StepId } from './ids.ts'
import { Json, Timestamp } from './json.ts'
import { RecordedDefinition } from './workflow.ts'
import { lazyObject } from './lazyObject.ts'

export const RunStatus = z.enum(runStatuses)
export type RunStatus = z.infer<typeof RunStatus>

export const stepStatuses = [
  'pending',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'skipped',
  'cancelled',
] as const
export const StepStatus = z.enum(stepStatuses)
export type StepStatus = z.infer<typeof StepStatus>

export const RunError = lazyObject(() => ({
  name: z.string(),
  message: z.string(),
  code: z.string().nullable().default(null),
  stack: z.string().nullable().default(null),
})).loose()
export type RunError = z.infer<typeof RunError>

/** The process that carries an attempt: enough to find it again, or to prove that it is gone. */
export const StepProcess = lazyObject(() => ({
  pid: z.number().int(),
  /** As the operating system tells it; compared for equality only, because a pid is used again. */
  startTime: z.string(),
  processGroup: z.number().int(),
})).loose()
export type StepProcess = z.infer<typeof StepProcess>

export const Attempt = lazyObject(() => ({
  number: z.number().int().min(1),
  startedAt: Timestamp,
  finishedAt: Timestamp.nullable(),
  outcome: z.enum(['succeeded', 'failed', 'cancelled']).nullable(),
  error: RunError.nullable(),
  exitCode: z.number().int().nullable(),
  process: StepProcess.nullable(),
})).loose()
export type Attempt = z.infer<typeof Attempt>

export const WaitingOn = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('retry'), until: Timestamp, attempt: z.number().int() }),
  z.looseObject({ kind: z.literal('time'), until: Timestamp }),
  lazyObject(() => ({
    kind: z.literal('gate'),
    since: Timestamp,
    who: z.string().nullable(),
    message: z.string().nullable().optional(),
    /** The form, by name a `Field`, as the definition had it when the gate was reached. */
    fields: z.record(z.string(), Json).optional(),
    /** When it expires, and what that does. */
    until: Timestamp.nullable().optional(),
    onExpiry: z.enum(['approve', 'reject']).optional(),
    /** Who can give the answer to the run. Default: a person, here; `program`: only the program that asks. */
    answeredBy: z.enum(['person', 'program']).optional(),
  })).loose(),
  z.looseObject({ kind: z.literal('run'), run: z.string() }),
  /** A `forEach` step, for its items. */
  lazyObject(() => ({ kind: z.literal('items'), total: z.number().int().min(0) })).loose(),
])
export type WaitingOn = z.infer<typeof WaitingOn>

export const SkippedBy = z.enum(['condition', 'dependency', 'person'])
export type SkippedBy = z.infer<typeof SkippedBy>

export const StepState = lazyObject(() => ({
  status: StepStatus,
  attempts: z.array(Attempt),
  output: Json,
  waitingOn: WaitingOn.nullable(),
  skippedBy: SkippedBy.nullable(),
  /** What an item of a `forEach` step is about. */
  item: Json.optional(),
})).loose()
export type StepState = z.infer<typeof StepState>

export const CheckpointTrigger = z.enum([
  'step',
  'gate',
  'time',
  'manual',
  'start',
  'end',
  'migration',
  'repair',
])
export type CheckpointTrigger = z.infer<typeof CheckpointTrigger>

export const Checkpoint = lazyObject(() => ({
  id: CheckpointId,
  /** The checkpoint before it on its branch; null for the first. */
  parent: CheckpointId.nullable(),
  /** The journal record that made it: the state at a checkpoint is the replay of records 1 to `seq`. */
  seq: z.number().int().min(1),
  name: z.string(),
  trigger: CheckpointTrigger,
  step: StepId.nullable(),
  /** Share of the steps that are done, 0 to 1. */
  progress: z.number().min(0).max(1),
  at: Timestamp,
})).loose()
export type Checkpoint = z.infer<typeof Checkpoint>

/** What a person may say of a step whose effect is in doubt; `adopted` is said by the program, with the wrapper's report. */
export const StepDecision = z.enum(['happened', 'rerun', 'skip', 'stop', 'adopted'])
export type StepDecision = z.infer<typeof StepDecision>

export const Decision = lazyObject(() => ({
  seq: z.number().int(),
  at: Timestamp,
  step: StepId,
  decision: StepDecision,
  by: z.string(),
  reason: z.string().nullable(),
})).loose()
export type Decision = z.infer<typeof Decision>

export const Lineage = z.looseObject({
  parent: RunId,
  checkpoint: CheckpointId.nullable(),
  relation: z.enum(['fork', 'child', 'migrated']),
  /** The id that it had where it was imported from, if its own was taken here. */
  was: RunId.optional(),
})
export type Lineage = z.infer<typeof Lineage>

export const Annotations = lazyObject(() => ({
  colour: z.string().nullable(),
  note: z.string().nullable(),
  pinned: z.boolean(),
  tags: z.array(z.string()),
})).loose()
export type Annotations = z.infer<typeof Annotations>

export const RunKind = z.enum(runKinds)
export type RunKind = z.infer<typeof RunKind>

/** One execution of a workflow, whole. Version 3 of the native format; unknown fields are kept. */
export const Run = lazyObject(() => ({
  id: RunId,
  kind: RunKind,
  workflow: z.looseObject({
    name: z.string(),
    version: z.string().nullable(),
    /** Absolute path of the definition when the run was created. */
    source: z.string().nullable(),
    /** SHA-256 of the definition's bytes, `sha256:<hex>`. */
    digest: z.string().nullable(),
    definition: RecordedDefinition.nullable(),
  }),
  status: RunStatus,
  createdAt: Timestamp,
  startedAt: Timestamp.nullable(),
  updatedAt: Timestamp,
  finishedAt: Timestamp.nullable(),
  place: z.looseObject({
    user: z.string().nullable(),
    host: z.string().nullable(),
    /** Where relative paths of the definition start. */
    folder: z.string().nullable(),
    /** Names of the environment variables that were passed on; never their values. */
    environment: z.array(z.string()),
  }),
  error: RunError.nullable(),
  inputs: z.record(z.string(), Json),
  variables: z.record(z.string(), Json),
  steps: z.record(StepId, StepState),
  checkpoints: z.array(Checkpoint),
  decisions: z.array(Decision),
  lineage: Lineage.nullable(),
  /** Of a run that was imported: what it was made of. */
  origin: Origin.optional(),
  annotations: Annotations,
  /** The last journal record that this document contains; `{ seq: 0, sum: '' }` before the first. */
  journal: z.looseObject({ seq: z.number().int().min(0), sum: z.string() }),
})).loose()
export type Run = z.infer<typeof Run>

/** A run as plain JSON, which it is: every value of it came through a schema of JSON. */
export function runAsJson(run: Run): Json {
  return run as unknown as Json // loose fields are typed `unknown`, and were read from JSON
}
