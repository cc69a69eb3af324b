// A run is started, waited for, and told what to do by whoever carries it.
import { z } from 'zod'
import { Liveness } from '../core/diagnose/diagnosis.ts'
import { StepId } from '../schema/ids.ts'
import { Json } from '../schema/json.ts'
import { RunError } from '../schema/run.ts'
import { Ref, type CallRow } from './call.ts'
import { lazyObject } from '../schema/lazyObject.ts'

export const controlCalls = {
  /** Starts a workflow; returns when its first record is on disk. */
  'run.start': {
    input: lazyObject(() => ({
      /** Path of a YAML or JSON definition, absolute or relative to the workspace. */
      definition: z.string().min(1),
      inputs: z.record(z.string(), Json).default({}),
    })),
    /** `kept` is false where the settings say that nothing of a run is written: it is gone when this host ends. */
    output: z.object({ ref: Ref, kept: z.boolean().optional() }),
    effect: 'write',
  },
  /** Returns when the run rests or nobody runs it; progress says each record that was seen. */
  'run.wait': {
    input: z.object({ ref: Ref }),
    output: z.object({ status: z.string(), liveness: Liveness, error: z.string().nullable() }),
    effect: 'read',
    progress: lazyObject(() => ({
      seq: z.number().int(),
      sentence: z.string(),
      step: z.string().nullable(),
      /** The type of the record. */
      type: z.string().optional(),
    })),
  },
  /** Asks whoever holds the run; what is returned was read back from the journal. */
  'run.pause': {
    input: z.object({ ref: Ref }),
    output: z.object({ status: z.string(), observed: z.boolean() }),
    effect: 'write',
  },
  /**
   * Ends a run as cancelled: by whoever carries it, else under its lock. `observed`: the run was read back and is
   * cancelled.
   */
  'run.cancel': {
    input: lazyObject(() => ({ ref: Ref, reason: z.string().max(2000).nullable().default(null) })),
    output: z.object({ status: z.string(), observed: z.boolean() }),
    effect: 'write',
  },
  /**
   * Decides at a gate: by whoever holds the run, else under its lock; then the run rests as before and has to be resumed.
   * Values that do not fit the gate's form are refused, and nothing is recorded.
   */
  'run.decide': {
    input: lazyObject(() => ({
      ref: Ref,
      step: StepId,
      decision: z.enum(['approved', 'rejected']),
      values: z.record(z.string(), Json).default({}),
      reason: z.string().max(2000).nullable().default(null),
    })),
    output: z.object({ status: z.string(), observed: z.boolean() }),
    effect: 'write',
  },
  /** Makes the attempt that a step waits for due now. */
  'run.retry': {
    input: z.object({ ref: Ref, step: StepId }),
    output: z.object({ status: z.string(), observed: z.boolean() }),
    effect: 'write',
  },
  /** Makes a checkpoint of the run as it is. */
  'run.checkpoint': {
    input: z.object({ ref: Ref, name: z.string().trim().min(1).max(200) }),
    output: z.object({ checkpoint: z.string(), observed: z.boolean() }),
    effect: 'write',
  },
  /**
   * Runs one step alone on a copy of the state, now or at a checkpoint. Nothing is recorded in the run, and what the step
   * does outside is real.
   */
  'step.try': {
    input: z.object({ ref: Ref, step: StepId, checkpoint: z.string().nullable().default(null) }),
    output: lazyObject(() => ({
      outcome: z.enum(['succeeded', 'failed', 'cancelled', 'skipped']),
      exitCode: z.number().int().nullable(),
      error: RunError.nullable(),
      /** The start of it, as JSON. */
      output: z.string(),
      /** The end of it. */
      log: z.string(),
    })),
    effect: 'write',
  },
} as const satisfies Record<string, CallRow>
