import { z } from 'zod'
import { AsOf, BatchProgress, OutcomeRow, Page, Rev, type CallRow } from './call.ts'
import { TrashEntry } from './plans.ts'
import { operationDetails } from '../schema/operation.ts'
import { StorageKind } from '../schema/storageKind.ts'
import { lazyObject } from '../schema/lazyObject.ts'

export const PurgePlan = lazyObject(() => ({
  /** What would be deleted for good. */
  victims: z.array(TrashEntry),
  sizeBytes: z.number().int(),
  /** Expired, but found so for less than a day: a clock that jumped ahead must not empty the trash at once. */
  waiting: z.array(z.object({ entry: TrashEntry, until: z.string() })),
  /** Deletions that were cut short, and what is left of them; they are finished with the others. */
  leftPurges: z.array(
    z.object({
      id: z.string(),
      run: z.string().nullable(),
      files: z.number().int(),
      sizeBytes: z.number().int(),
    }),
  ),
}))
export type PurgePlan = z.infer<typeof PurgePlan>

const purgeInput = {
  /** Also what was found expired less than a day ago. */
  recent: z.boolean().default(false),
  asOf: AsOf.nullable().default(null),
}

/** Entries of the trash that a message holds. */
const PurgePage = {
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(1000).default(1000),
}

const sum = { files: z.number().int(), bytes: z.number().int() }

export const StorageBreakdown = lazyObject(() => ({
  ...sum,
  kinds: z.array(z.object({ kind: StorageKind, ...sum })),
  /** The largest first; without what lies in the trash. */
  workflows: z.array(z.object({ workflow: z.string().nullable(), runs: z.number().int(), ...sum })),
  /** What is not among them: the workflows behind the twentieth. */
  rest: lazyObject(() => ({ workflows: z.number().int(), runs: z.number().int(), ...sum })),
  /** By how runs ended, or stand; the largest first. Left out by hosts that do not tell. */
  outcomes: z
    .array(z.object({ status: z.string().nullable(), runs: z.number().int(), ...sum }))
    .optional(),
  disk: z.object({ freeBytes: z.number(), totalBytes: z.number() }).nullable(),
  /** What could not be looked at, and so is not counted. */
  problems: z.array(z.object({ path: z.string(), sentence: z.string() })),
}))
export type StorageBreakdown = z.infer<typeof StorageBreakdown>

export const StorageProgress = z.object({ ...sum, folder: z.string() })
export type StorageProgress = z.infer<typeof StorageProgress>

/** `unfinished`: requested, and nothing observed: it is under way, or its process ended in between. */
export const OperationState = z.enum(['done', 'failed', 'unfinished'])
export type OperationState = z.infer<typeof OperationState>

export const OperationEntry = lazyObject(() => ({
  /** Null on lines of older versions. */
  id: z.string().nullable(),
  requestedAt: z.string().nullable(),
  observedAt: z.string().nullable(),
  by: z.string(),
  host: z.string().nullable(),
  application: z.object({ version: z.string(), host: z.string() }).nullable(),
  call: z.string(),
  item: z.string(),
  run: z.string().nullable(),
  state: OperationState,
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** The operation by which this one was taken back since. */
  undoneBy: z.string().nullable(),
  ...operationDetails,
}))
export type OperationEntry = z.infer<typeof OperationEntry>

export const upkeepCalls = {
  /** The digest is of the whole plan; of its victims, what waits and what is left, one behind the other, a page is told. */
  'purge.plan': {
    input: z.object({ ...purgeInput, ...PurgePage }),
    output: lazyObject(() => ({
      plan: PurgePlan,
      digest: z.string(),
      rev: Rev,
      asOf: AsOf,
      /** Null: this was the last page. */
      nextOffset: z.number().int().nullable(),
    })),
    effect: 'read',
  },
  /** Deletes for good, and notes what was found expired for the first time. Of a large plan it does the first part. */
  'purge.apply': {
    input: z.object({
      ...purgeInput,
      limit: PurgePage.limit,
      rev: Rev,
      digest: z.string().min(1),
    }),
    output: lazyObject(() => ({
      rows: z.array(OutcomeRow),
      freedBytes: z.number().int(),
      /** How many of the plan are left: planned again with the same `asOf`, they are the next part. */
      left: z.number().int(),
    })),
    effect: 'write',
    progress: BatchProgress,
  },
  /** What lies on the disk in the folders of runs and of Unstuck itself. */
  'storage.get': {
    input: z.object({}),
    output: StorageBreakdown,
    effect: 'read',
    progress: StorageProgress,
  },
  /** The operations log, newest first. */
  'operations.list': {
    input: lazyObject(() => ({
      run: z.string().nullable().default(null),
      call: z.string().nullable().default(null),
      by: z.string().nullable().default(null),
      since: AsOf.nullable().default(null),
      until: AsOf.nullable().default(null),
      state: OperationState.nullable().default(null),
      /** Letters in its item, run, reason, error, person or call. */
      text: z.string().max(1000).nullable().default(null),
      id: z.string().nullable().default(null),
      ...Page,
    })),
    output: lazyObject(() => ({
      operations: z.array(OperationEntry),
      nextOffset: z.number().int().nullable(),
      /** Lines that are no operation: cut short, or damaged. */
      findings: z.array(
        z.object({ file: z.string(), offset: z.number().int(), sentence: z.string() }),
      ),
    })),
    effect: 'read',
  },
  /**
   * Takes an operation back, by the call that its end names. Refused with a reason where it has none, was taken back already,
   * or what it made was changed since.
   */
  'operations.undo': {
    input: lazyObject(() => ({
      id: z.string().min(1),
      reason: z.string().min(1).max(1000).nullable().default(null),
    })),
    output: z.object({
      /** Whether the workspace, read again, is as it was before. */
      observed: z.boolean(),
      sentence: z.string(),
    }),
    effect: 'write',
  },
} as const satisfies Record<string, CallRow>
