// The journal of a batch: what was asked for, what was begun, and what was then observed. Appended, never changed.
import { z } from 'zod'
import { Timestamp } from '../../schema/json.ts'
import {
  BatchPace,
  ResumeBatchOptions,
  ResumeBatchPlan,
  ResumeBatchRow,
} from './resumeBatchPlan.ts'
import { lazyObject } from '../../schema/lazyObject.ts'

/** `inDoubt`: whether it had its effect is not known, and nothing begins it again by itself. */
export const BatchOutcome = z.enum([
  'completed',
  'failed',
  'waits',
  'paused',
  'cancelled',
  'inDoubt',
  /** It changed since it was planned, or could not be started. */
  'refused',
])
export type BatchOutcome = z.infer<typeof BatchOutcome>

/** A run of a batch, as it was approved. */
export const BatchItem = lazyObject(() => {
  const { document, format, item, workflow } = ResumeBatchRow.shape
  return { document, format, item, workflow, rev: z.string(), digest: z.string() }
})
export type BatchItem = z.infer<typeof BatchItem>

export const BatchControl = z.enum(['pause', 'continue', 'cancel'])
export type BatchControl = z.infer<typeof BatchControl>

const at = Timestamp
const n = z.number().int().min(0)
const attempt = z.number().int().min(1)

export const BatchRecord = z.discriminatedUnion('type', [
  lazyObject(() => ({
    type: z.literal('created'),
    at,
    by: z.string(),
    reason: z.string().nullable(),
    /** Which runs were chosen, in the words of whoever chose them. */
    title: z.string(),
    /** The moment that the plans of its runs were made for. */
    asOf: Timestamp,
    options: ResumeBatchOptions,
    pace: BatchPace,
    /** Of the plan: runs that are not ready are no part of it. */
    counts: ResumeBatchPlan.shape.counts,
    digest: z.string(),
  })).loose(),
  z.looseObject({ type: z.literal('items'), items: z.array(BatchItem) }),
  /** A host works on it from here on. */
  lazyObject(() => ({
    type: z.literal('taken'),
    at,
    host: z.string(),
    pid: z.number().int(),
  })).loose(),
  lazyObject(() => ({
    type: z.literal('asked'),
    at,
    by: z.string(),
    control: BatchControl,
    reason: z.string().nullable(),
  })).loose(),
  /** Runs that were planned again and are begun once more. */
  lazyObject(() => ({
    type: z.literal('retried'),
    at,
    by: z.string(),
    asOf: Timestamp,
    items: z.array(z.object({ n, rev: z.string(), digest: z.string() })),
  })).loose(),
  /** The intent: on disk before the run is touched. */
  z.looseObject({ type: z.literal('claimed'), at, n, attempt }),
  /** The run itself shows that it was not touched: it is open again. */
  z.looseObject({ type: z.literal('released'), at, n, attempt }),
  z.looseObject({ type: z.literal('started'), at, n, attempt }),
  /** What the run itself said when it was read back. `key`: the same for runs that failed alike. */
  lazyObject(() => ({
    type: z.literal('observed'),
    at,
    n,
    attempt,
    outcome: BatchOutcome,
    sentence: z.string(),
    key: z.string().nullable(),
  })).loose(),
])
export type BatchRecord = z.infer<typeof BatchRecord>

export const BatchPhase = z.enum([
  'planned',
  'canary',
  /** The canary is over: a person lets it go on, or not. */
  'waiting',
  'running',
  'paused',
  'cancelled',
  'done',
])
export type BatchPhase = z.infer<typeof BatchPhase>
