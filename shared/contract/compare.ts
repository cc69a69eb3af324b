import { z } from 'zod'
import {
  AlignedVerdict,
  ChangeCounts,
  ChangeKind,
  PartingPart,
  PlannedChange,
} from '../core/diff/change.ts'
import { StepStatus } from '../schema/run.ts'
import { Page, Ref, SliceInput, TextSlice, type CallRow } from './call.ts'
import { lazyObject } from '../schema/lazyObject.ts'

/** One side of a comparison: a run as it is now, or at one of its checkpoints. */
export const CompareSide = z.object({ ref: Ref, checkpoint: z.string().nullable() })
export type CompareSide = z.infer<typeof CompareSide>

/** Children of one container of the later value, side by side, that are as they were: `state.read` of the right side finds them. */
export const UnchangedRow = lazyObject(() => ({
  path: z.string(),
  start: z.number().int(),
  count: z.number().int(),
}))
export type UnchangedRow = z.infer<typeof UnchangedRow>

/** A change with its values as JSON text, each at most 8 KiB; more is cut and said so. */
export const ChangeRow = lazyObject(() => ({
  kind: ChangeKind,
  /** Into the later value where something is now, else into the earlier one. */
  path: z.string(),
  /** Where it stood in the earlier value, if that was elsewhere. */
  from: z.string().nullable(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  truncated: z.boolean(),
  /** What is passed over between the change before and this one; left out where changes are left out. */
  unchangedBefore: z.array(UnchangedRow).optional(),
}))
export type ChangeRow = z.infer<typeof ChangeRow>

/** `longer`: fifty times as long before a result may be coarse. */
export const CompareEffort = z.enum(['usual', 'longer'])
export type CompareEffort = z.infer<typeof CompareEffort>

/** A record that changed the value at a path. Values are JSON text, each at most 2 KiB; null: nothing was there. */
export const BlameRow = lazyObject(() => ({
  seq: z.number().int(),
  at: z.string(),
  type: z.string(),
  step: z.string().nullable(),
  /** One sentence of what the record says. */
  sentence: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  truncated: z.boolean(),
  /** Set where records are missing: the change lies somewhere from this one to `seq`. */
  gapFromSeq: z.number().int().nullable(),
  /** The first checkpoint that has the change; null where none was made since. */
  checkpoint: z.object({ id: z.string(), name: z.string() }).nullable(),
}))
export type BlameRow = z.infer<typeof BlameRow>

/** A place where two runs differ: `from` is where the left run has it, each value is at most 2 KiB. */
export const PartingRow = lazyObject(() => ({
  ...PlannedChange.omit({ kind: true }).shape,
  /** Null: the run as a whole. */
  step: z.string().nullable(),
  part: PartingPart,
}))
export type PartingRow = z.infer<typeof PartingRow>

/** A step of two runs. `alike`: only ids, times or folders differ; `unreached`: one of the runs has not come so far. */
export const AlignedRow = lazyObject(() => ({
  step: z.string(),
  verdict: AlignedVerdict,
  part: PartingPart.nullable(),
  path: z.string().nullable(),
  left: StepStatus.nullable(),
  right: StepStatus.nullable(),
}))
export type AlignedRow = z.infer<typeof AlignedRow>

const sides = { left: CompareSide, right: CompareSide }

/**
 * By what the items of a list are told apart, where it is not to be found by itself: `path` is the pointer of the list in
 * the left state, a token `*` in it stands for any; `key` is null where they are to be compared by their content.
 */
export const ItemKeys = z
  .array(z.object({ path: z.string(), key: z.string().nullable() }))
  .max(100)
  .default([])

export const compareCalls = {
  /** What differs between two states, of one run or two, in pages. `coarse` where the time ran out. */
  'checkpoint.compare': {
    input: lazyObject(() => ({
      ...sides,
      /** Only changes at or below this pointer. */
      under: z.string().default(''),
      /** Only these; none: all. `counts` are of all. */
      kinds: z.array(ChangeKind).default([]),
      /** Leaves out what differs only in ids, times, durations, processes and folders. */
      steady: z.boolean().default(false),
      effort: CompareEffort.default('usual'),
      keys: ItemKeys,
      ...Page,
    })),
    output: lazyObject(() => ({
      changes: z.array(ChangeRow),
      total: z.number().int(),
      counts: ChangeCounts,
      /** True when the time budget ended the search: changes may be larger than they need to be. */
      coarse: z.boolean(),
      /** What follows the last change; set on the last page. */
      unchangedAfter: z.array(UnchangedRow).optional(),
      /** How many changes `steady` left out. */
      byChance: z.number().int().optional(),
    })),
    effect: 'read',
    progress: z.object({ phase: z.enum(['reading', 'comparing']) }),
  },
  /** The same as an RFC 6902 patch from left to right, in slices. */
  'checkpoint.patch': {
    input: z.object({
      ...sides,
      keys: ItemKeys,
      ...SliceInput,
      limitBytes: SliceInput.limitBytes.default(262144),
    }),
    output: lazyObject(() => ({ ...TextSlice.shape, operations: z.number().int() })),
    effect: 'read',
  },
  /** The first step, in dependency order, at which two runs part. */
  'run.divergence': {
    input: lazyObject(() => ({
      ...sides,
      /** Ids, times, durations, processes and folders count too. */
      exact: z.boolean().default(false),
      ...Page,
    })),
    output: lazyObject(() => ({
      sentence: z.string(),
      sameWorkflow: z.boolean(),
      /** Null: the runs agree. */
      first: PartingRow.nullable(),
      /** The last step before it in which both agree. */
      agreedUpTo: z.string().nullable(),
      /** Other inputs, which are often why the rest differs. */
      inputs: PartingRow.nullable(),
      /** Every step of either run, in dependency order, a page of them. */
      steps: z.array(AlignedRow),
      total: z.number().int(),
    })),
    effect: 'read',
  },
  /** Which records changed the value at a path, newest first. */
  'state.blame': {
    input: lazyObject(() => ({
      ref: Ref,
      /** Null: up to now. */
      checkpoint: z.string().nullable().default(null),
      pointer: z.string().default(''),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(100).default(20),
    })),
    output: lazyObject(() => ({
      changes: z.array(BlameRow),
      total: z.number().int(),
      /** The run that this one was forked from, whose journal has what was before. */
      parent: z.object({ run: z.string(), checkpoint: z.string().nullable() }).nullable(),
      /** Why nothing is known; null where the journal tells. */
      problem: z.string().nullable(),
    })),
    effect: 'read',
  },
} as const satisfies Record<string, CallRow>
