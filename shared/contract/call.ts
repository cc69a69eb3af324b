import { z } from 'zod'
import { FormatId } from '../schema/format.ts'
import { lazyObject } from '../schema/lazyObject.ts'

/** One row of the contract. `write` rows are refused where the host is read-only. */
export type CallRow = {
  readonly input: z.ZodType
  readonly output: z.ZodType
  readonly effect: 'read' | 'write'
  readonly progress?: z.ZodType
}

/** What a call means. Native: `document` is the run id. Else: a path relative to the workspace, and an item in it. */
export const Ref = lazyObject(() => ({
  workspace: z.string(),
  format: FormatId,
  document: z.string().min(1),
  item: z.string().nullable(),
}))
export type Ref = z.infer<typeof Ref>

/** Digest of what was read. A write that carries an old one is refused with `stale`. */
export const Rev = z.string().min(1)

/** The moment a plan is made for: given again on apply, so that the same plan is made again. */
export const AsOf = z.iso.datetime({ precision: 3 })

export const Page = {
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(500).default(100),
}

/** One row a work item: never a single boolean for many. */
export const OutcomeRow = lazyObject(() => ({
  /** Run id or document path. */
  item: z.string(),
  outcome: z.enum(['done', 'failed', 'stale', 'not-reached']),
  cause: z.string().nullable(),
  /** The run, trash entry or backup that came of it. */
  result: z.string().nullable(),
}))
export type OutcomeRow = z.infer<typeof OutcomeRow>

export const BatchProgress = lazyObject(() => ({
  done: z.number().int(),
  total: z.number().int(),
  item: z.string(),
}))
export type BatchProgress = z.infer<typeof BatchProgress>

/** A piece of a long text. Offsets and sizes are in bytes of UTF-8. */
export const TextSlice = lazyObject(() => ({
  text: z.string(),
  offset: z.number().int(),
  nextOffset: z.number().int().nullable(),
  sizeBytes: z.number().int(),
}))
export type TextSlice = z.infer<typeof TextSlice>

export const SliceInput = {
  offset: z.number().int().min(0).default(0),
  limitBytes: z.number().int().min(1).max(262144).default(65536),
}
