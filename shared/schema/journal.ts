import { z } from 'zod'
import { CheckpointId, StepId } from './ids.ts'
import { Json, Timestamp } from './json.ts'
import { LostSteps } from './lostSteps.ts'
import {
  Annotations,
  CheckpointTrigger,
  Run,
  RunError,
  SkippedBy,
  StepDecision,
  StepProcess,
  WaitingOn,
} from './run.ts'
import { lazyObject } from './lazyObject.ts'

const attempt = z.number().int().min(1)
const by = z.string()
const reason = z.string().nullable()

/** [R110] By it a batch that was cut knows from the run itself whether it was resumed. */
export const BatchMark = z.object({
  id: z.string(),
  attempt,
  takenOver: z.boolean().optional(),
})
export type BatchMark = z.infer<typeof BatchMark>

/** What each record type carries besides its envelope. Unknown fields are kept. */
const bodies = {
  /** The run as it is born: steps pending, or, for a fork, with what it took over. */
  runCreated: z.looseObject({ type: z.literal('runCreated'), run: Run }),
  runStarted: z.looseObject({ type: z.literal('runStarted') }),
  /** The intent: on disk before the step's process may act. */
  stepStarted: z.looseObject({
    type: z.literal('stepStarted'),
    step: StepId,
    attempt,
    process: StepProcess.nullable(),
  }),
  stepSucceeded: lazyObject(() => ({
    type: z.literal('stepSucceeded'),
    step: StepId,
    attempt,
    output: Json,
    exitCode: z.number().int().nullable(),
  })).loose(),
  stepFailed: lazyObject(() => ({
    type: z.literal('stepFailed'),
    step: StepId,
    attempt,
    error: RunError,
    exitCode: z.number().int().nullable(),
  })).loose(),
  stepSkipped: z.looseObject({
    type: z.literal('stepSkipped'),
    step: StepId,
    by: SkippedBy,
    reason,
  }),
  stepCancelled: z.looseObject({
    type: z.literal('stepCancelled'),
    step: StepId,
    attempt: attempt.nullable(),
    reason,
  }),
  stepWaiting: z.looseObject({
    type: z.literal('stepWaiting'),
    step: StepId,
    waitingOn: WaitingOn,
    /** For a `forEach` step: what each of `step[0]`, `step[1]`, … is about. They are pending from here on. */
    items: z.array(Json).optional(),
  }),
  retryScheduled: z.looseObject({
    type: z.literal('retryScheduled'),
    step: StepId,
    /** The attempt that will be made. */
    attempt,
    until: Timestamp,
  }),
  gateDecided: lazyObject(() => ({
    type: z.literal('gateDecided'),
    step: StepId,
    decision: z.enum(['approved', 'rejected']),
    by,
    values: z.record(z.string(), Json),
    reason,
  })).loose(),
  variableSet: z.looseObject({ type: z.literal('variableSet'), name: z.string(), value: Json }),
  /** Several variables at once: all of them changed, or none. */
  variablesChanged: lazyObject(() => ({
    type: z.literal('variablesChanged'),
    set: z.array(z.looseObject({ name: z.string(), value: Json })),
    removed: z.array(z.string()),
    by,
  })).loose(),
  checkpoint: lazyObject(() => ({
    type: z.literal('checkpoint'),
    id: CheckpointId,
    parent: CheckpointId.nullable(),
    name: z.string(),
    trigger: CheckpointTrigger,
    step: StepId.nullable(),
    progress: z.number().min(0).max(1),
  })).loose(),
  /** What was said about a step in doubt. `output` is what the step is taken to have returned. */
  decision: z.looseObject({
    type: z.literal('decision'),
    step: StepId,
    decision: StepDecision,
    output: Json.optional(),
    by,
    reason,
  }),
  runPaused: z.looseObject({ type: z.literal('runPaused'), by, reason }),
  /** Steps named in `reset` go back to pending: they are evaluated again. */
  runResumed: lazyObject(() => ({
    type: z.literal('runResumed'),
    by,
    reason,
    reset: z.array(StepId),
    inputs: z.record(z.string(), Json).optional(),
    definition: Run.shape.workflow.optional(),
    stopAfter: StepId.nullable().optional(),
    /** The batch that it was resumed by, and its how manyth try; `takenOver`: only gone on with after its host ended. */
    batch: BatchMark.optional(),
  })).loose(),
  runCompleted: z.looseObject({ type: z.literal('runCompleted') }),
  runFailed: z.looseObject({ type: z.literal('runFailed'), error: RunError }),
  runCancelled: z.looseObject({ type: z.literal('runCancelled'), by, reason }),
  annotated: z.looseObject({ type: z.literal('annotated'), annotations: Annotations, by }),
  /** A person's change of the state, as an RFC 6902 patch of the run. */
  edited: lazyObject(() => ({
    type: z.literal('edited'),
    patch: z.array(
      z.looseObject({
        op: z.enum(['add', 'remove', 'replace', 'move', 'copy', 'test']),
        path: z.string(),
      }),
    ),
    by,
    reason,
  })).loose(),
  /** `dropped` names the sequence numbers that were lost: the chain goes on behind the gap. */
  repaired: lazyObject(() => ({
    type: z.literal('repaired'),
    source: z.string(),
    backup: z.string().nullable(),
    dropped: z
      .looseObject({ fromSeq: z.number().int(), toSeq: z.number().int(), bytes: z.number().int() })
      .nullable(),
    /** Steps of which nobody can tell whether they began. */
    lost: LostSteps.nullable().optional(),
    by,
    reason,
  })).loose(),
  migrated: lazyObject(() => ({
    type: z.literal('migrated'),
    from: z.number().int(),
    to: z.number().int(),
    /** Path of the old document, relative to the workspace. */
    source: z.string(),
    backup: z.string().nullable(),
    by,
  })).loose(),
  /** Records that thinning took away, and the `sum` before each gap. Behind a gap stands a keyframe. */
  thinned: lazyObject(() => ({
    type: z.literal('thinned'),
    dropped: z.array(
      z.looseObject({ fromSeq: z.number().int(), toSeq: z.number().int(), sumBefore: z.string() }),
    ),
    /** Backup with the journal as it was. */
    backup: z.string().optional(),
  })).loose(),
  keyframe: z.looseObject({
    type: z.literal('keyframe'),
    run: Run,
    /** Sum of the record in whose place it stands, where thinning put it there: the next one follows that. */
    standsFor: z.string().optional(),
  }),
} as const

export const recordTypes = Object.keys(bodies) as readonly (keyof typeof bodies)[] // keys of a closed literal
export type RecordType = keyof typeof bodies

/** A record as its author hands it over; the store adds the envelope. */
export const RecordBody = z.discriminatedUnion('type', [
  bodies.runCreated,
  bodies.runStarted,
  bodies.stepStarted,
  bodies.stepSucceeded,
  bodies.stepFailed,
  bodies.stepSkipped,
  bodies.stepCancelled,
  bodies.stepWaiting,
  bodies.retryScheduled,
  bodies.gateDecided,
  bodies.variableSet,
  bodies.variablesChanged,
  bodies.checkpoint,
  bodies.decision,
  bodies.runPaused,
  bodies.runResumed,
  bodies.runCompleted,
  bodies.runFailed,
  bodies.runCancelled,
  bodies.annotated,
  bodies.edited,
  bodies.repaired,
  bodies.migrated,
  bodies.thinned,
  bodies.keyframe,
])
export type RecordBody = z.infer<typeof RecordBody>
export type RecordOf<T extends RecordType> = Extract<RecordBody, { type: T }>

/**
 * The envelope of a journal line. `seq` counts from 1; `epoch` is that of the lock under which the record was written;
 * `prev` is the `sum` of the record before, `''` for the first; `sum` is the first 32 hex digits of the SHA-256 of the
 * line's bytes before `,"sum":`. `sum` is the last key of the line.
 */
export const Envelope = lazyObject(() => ({
  seq: z.number().int().min(1),
  at: Timestamp,
  epoch: z.number().int().min(1),
  type: z.string().min(1),
  prev: z.string(),
  sum: z.string(),
})).loose()
export type Envelope = z.infer<typeof Envelope>

export type KnownRecord = Envelope & RecordBody

/** A line of the journal after its envelope and chain were verified. */
export type JournalRecord =
  | { readonly kind: 'known'; readonly record: KnownRecord }
  | { readonly kind: 'unknown'; readonly record: Envelope }
