import { z } from 'zod'
import { lazyObject } from '../../schema/lazyObject.ts'

/** Where something was taken out, by which rule, and how often; never what. */
export const RedactionRow = lazyObject(() => ({
  rule: z.string(),
  file: z.string(),
  /** Pointer of JSON, or `line 12`; both of a line of JSON. */
  place: z.string(),
  count: z.number().int().min(1),
}))
export type RedactionRow = z.infer<typeof RedactionRow>

export const RedactionReport = lazyObject(() => ({
  /** Places where something was taken out. */
  total: z.number().int().min(0),
  /** How many different values that were; short ones are not told apart. */
  values: z.number().int().min(0),
  /** How often by rule, the most frequent first. */
  rules: z.array(z.object({ rule: z.string(), count: z.number().int().min(1) })),
  /** In the order in which they were found, at most 1,000. */
  rows: z.array(RedactionRow),
  /** Places that found no room in `rows`. */
  more: z.number().int().min(0),
}))
export type RedactionReport = z.infer<typeof RedactionReport>
