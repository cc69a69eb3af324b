import { z } from 'zod'
import { BatchControl, BatchItem, BatchOutcome, BatchPhase } from '../core/batch/batchRecord.ts'
import {
  BatchPace,
  ResumeBatchOptions,
  ResumeBatchPlan,
  ResumeRowOutcome,
} from '../core/batch/resumeBatchPlan.ts'
import { AsOf, BatchProgress, Page, Ref, Rev, type CallRow } from './call.ts'
import { listCalls } from './runList.ts'
import { lazyObject } from '../schema/lazyObject.ts'

const { view, text, filter } = listCalls['run.list'].input.shape

/** Which runs are resumed, and how each of them. */
const batchInput = {
  view,
  text,
  filter,
  /** Rows by their `Ref.document`; null: all that match. */
  documents: z.array(z.string().min(1)).max(10_000).nullable().default(null),
  except: z.array(z.string().min(1)).max(2_000).default([]),
  /** Exactly these, whatever matches; null: those that are chosen above. */
  refs: z.array(Ref).max(500).nullable().default(null),
  ...ResumeBatchOptions.shape,
  asOf: AsOf.nullable().default(null),
}

export const BatchTotals = z.record(
  z.enum([...BatchOutcome.options, 'open', 'underWay']),
  z.number().int(),
)

/** A batch as it stands now. */
export const BatchSummary = lazyObject(() => ({
  batch: z.string(),
  title: z.string(),
  createdAt: z.string(),
  by: z.string(),
  reason: z.string().nullable(),
  phase: BatchPhase,
  /** Why it rests, where a person or the guard made it. */
  because: z.string().nullable(),
  /** Why this host cannot work on it; it is tried again. */
  problem: z.string().nullable(),
  total: z.number().int(),
  counts: BatchTotals,
  /** Runs that were chosen and are no part of it. */
  leftOut: z.number().int(),
  /** The host that worked on it last. */
  host: z.string().nullable(),
  options: ResumeBatchOptions,
  pace: BatchPace,
}))
export type BatchSummary = z.infer<typeof BatchSummary>

/** What was asked of a run, and what was then observed. */
export const BatchItemView = lazyObject(() => ({
  ...BatchItem.pick({ document: true, format: true, item: true, workflow: true }).shape,
  /** Its place in the batch. */
  n: z.number().int(),
  attempt: z.number().int(),
  state: z.enum(['open', 'claimed', 'started', 'observed']),
  isCanary: z.boolean(),
  requestedAt: z.string().nullable(),
  startedAt: z.string().nullable(),
  observedAt: z.string().nullable(),
  outcome: BatchOutcome.nullable(),
  sentence: z.string().nullable(),
}))
export type BatchItemView = z.infer<typeof BatchItemView>

export const resumeBatchCalls = {
  /** The digest is of all rows; a page of them is shown, of long ones fewer than `limit`. */
  'resume.batch.plan': {
    input: lazyObject(() => ({
      ...batchInput,
      /** Of the plan whose next rows are asked for; null: plan. */
      digest: z.string().min(1).nullable().default(null),
      /** Only rows of this outcome; null: all. */
      only: ResumeRowOutcome.nullable().default(null),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(200).default(100),
    })),
    output: lazyObject(() => ({
      plan: ResumeBatchPlan,
      digest: z.string(),
      rev: Rev,
      asOf: AsOf,
      nextOffset: z.number().int().nullable(),
    })),
    effect: 'read',
    progress: BatchProgress,
  },
  /** Returns when the batch is on disk: from then on hosts of this workspace work on it, one at a time. */
  'resume.batch.start': {
    input: lazyObject(() => ({
      ...batchInput,
      ...BatchPace.shape,
      rev: Rev,
      digest: z.string().min(1),
      /** Which runs, in words. */
      title: z.string().max(500).default(''),
      reason: z.string().max(1_000).nullable().default(null),
    })),
    output: z.object({ batch: z.string(), total: z.number().int() }),
    effect: 'write',
    progress: BatchProgress,
  },
  /** Newest first. */
  'resume.batch.list': {
    input: lazyObject(() => ({ ...Page, limit: z.number().int().min(1).max(200).default(50) })),
    output: lazyObject(() => ({
      batches: z.array(BatchSummary),
      nextOffset: z.number().int().nullable(),
      total: z.number().int(),
    })),
    effect: 'read',
  },
  /** Its rows: what failed first, then what is under way, then the rest in its order. */
  'resume.batch.get': {
    input: lazyObject(() => ({ batch: z.string().min(1).max(64), ...Page })),
    output: lazyObject(() => ({
      batch: BatchSummary,
      rows: z.array(BatchItemView),
      nextOffset: z.number().int().nullable(),
      total: z.number().int(),
    })),
    effect: 'read',
  },
  /** `retry` plans what failed again, and begins what is ready once more. */
  'resume.batch.control': {
    input: lazyObject(() => ({
      batch: z.string().min(1).max(64),
      action: z.enum([...BatchControl.options, 'retry']),
      reason: z.string().max(1_000).nullable().default(null),
    })),
    output: lazyObject(() => ({
      batch: BatchSummary,
      /** Of a retry: how many are begun once more, and why others are not. */
      retried: z.number().int(),
      refused: z.array(z.object({ document: z.string(), sentence: z.string() })),
    })),
    effect: 'write',
  },
} as const satisfies Record<string, CallRow>
