import { z } from 'zod'
import { ChangeCounts, ChangeKind } from '../core/diff/change.ts'
import { Page, Ref, type CallRow } from './call.ts'

/** One side of a comparison: a run as it is now, or at one of its checkpoints. */
export const CompareSide = z.object({ ref: Ref, checkpoint: z.string().nullable() })
export type CompareSide = z.infer<typeof CompareSide>

/** A change with its values as JSON text, each at most 8 KiB; more is cut and said so. */
export const ChangeRow = z.object({
  kind: ChangeKind,
  path: z.string(),
  from: z.string().nullable(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  truncated: z.boolean(),
})
export type ChangeRow = z.infer<typeof ChangeRow>

/**
 * By what the items of a list are told apart, where it is not to be found by itself: `path` is the pointer of the list in
 * the left state, a token `*` in it stands for any; `key` is null where they are to be compared by their content.
 */
export const ItemKeys = z
  .array(z.object({ path: z.string(), key: z.string().nullable() }))
  .max(100)
  .default([])

export const compareCalls = {
  'checkpoint.compare': {
    input: z.object({
      left: CompareSide,
      right: CompareSide,
      /** Only changes at or below this pointer. */
      under: z.string().default(''),
      keys: ItemKeys,
      ...Page,
    }),
    output: z.object({
      changes: z.array(ChangeRow),
      total: z.number().int(),
      counts: ChangeCounts,
      /** True when the time budget ended the search: changes may be larger than they need to be. */
      coarse: z.boolean(),
    }),
    effect: 'read',
  },
  /** The same as an RFC 6902 patch from left to right. */
  'checkpoint.patch': {
    input: z.object({ left: CompareSide, right: CompareSide, keys: ItemKeys }),
    output: z.object({ text: z.string(), operations: z.number().int() }),
    effect: 'read',
  },
} as const satisfies Record<string, CallRow>
