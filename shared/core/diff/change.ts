import { z } from 'zod'
import { Json } from '../../schema/json.ts'
import { lazyObject } from '../../schema/lazyObject.ts'

export const ChangeKind = z.enum(['added', 'removed', 'changed', 'moved'])
export type ChangeKind = z.infer<typeof ChangeKind>

/** One difference between two values, at an RFC 6901 pointer: into the later value where something is now, else into the earlier one. */
export const Change = z.discriminatedUnion('kind', [
  /** `path` points into the later value. */
  z.object({ kind: z.literal('added'), path: z.string(), after: Json }),
  /** `path` points into the earlier value. */
  z.object({ kind: z.literal('removed'), path: z.string(), before: Json }),
  /** `path` points into the earlier value, `to` into the later one; `to` is left out when they are the same. */
  lazyObject(() => ({
    kind: z.literal('changed'),
    path: z.string(),
    to: z.string().optional(),
    before: Json,
    after: Json,
  })),
  /** An item of a keyed list that stands elsewhere now; what changed inside it has rows of its own. `from` points into the earlier value. */
  z.object({ kind: z.literal('moved'), path: z.string(), from: z.string() }),
])
export type Change = z.infer<typeof Change>

export const ChangeCounts = lazyObject(() => ({
  added: z.number().int(),
  removed: z.number().int(),
  changed: z.number().int(),
  moved: z.number().int(),
}))
export type ChangeCounts = z.infer<typeof ChangeCounts>

/** A change for a person to read, with its values as JSON text; what is too long is cut and said so. */
export const PlannedChange = lazyObject(() => ({
  kind: ChangeKind,
  path: z.string(),
  from: z.string().nullable(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  truncated: z.boolean(),
}))
export type PlannedChange = z.infer<typeof PlannedChange>

/** What of a step, or of a run (`inputs`), came out otherwise in another run. */
export const PartingPart = z.enum(['inputs', 'definition', 'input', 'status', 'error', 'output'])
export type PartingPart = z.infer<typeof PartingPart>

/**
 * A step of two runs. `alike`: only ids, times or folders differ. `unreached`: one of the runs has not come so far, and so
 * the step says nothing.
 */
export const AlignedVerdict = z.enum([
  'same',
  'alike',
  'parted',
  'unreached',
  'only-left',
  'only-right',
])
export type AlignedVerdict = z.infer<typeof AlignedVerdict>
