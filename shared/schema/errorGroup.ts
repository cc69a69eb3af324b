// What is known and said of runs that failed alike: what was tried, what came of it, and what a person decided.
import { z } from 'zod'
import { lazyObject } from './lazyObject.ts'

/** The text that tells runs which failed alike (`errorFingerprint`). */
export const ErrorText = z.string().min(1).max(600)

const Moment = z.iso.datetime({ precision: 3 })

/** What a person says of them. `none`: nothing, as before anything was said. */
export const ErrorDecision = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('open') }),
  z.strictObject({ kind: z.literal('resolved') }),
  lazyObject(() => ({
    kind: z.literal('muted'),
    /** Until so many more runs have failed like this. */
    more: z.number().int().min(1).max(1_000_000).nullable().default(null),
    until: Moment.nullable().default(null),
  })).strict(),
])
export type ErrorDecision = z.infer<typeof ErrorDecision>

export const KeptDecision = z.object({
  decision: ErrorDecision,
  at: Moment,
  by: z.string(),
  reason: z.string().nullable(),
})
export type KeptDecision = z.infer<typeof KeptDecision>

/** What is kept with the workspace, by the text of the error. */
export const ErrorNote = z.object({
  version: z.literal(1),
  decisions: z.record(z.string(), KeptDecision),
})
export type ErrorNote = z.infer<typeof ErrorNote>

/**
 * `past`: the step is behind it. `same`: it failed like this again. `other`: it failed otherwise. `going`: it is on its way.
 * `rests`: it stopped before it was seen. `none`: nothing came of it yet. `unknown`: the run cannot be read.
 */
export const TryOutcome = z.enum(['past', 'same', 'other', 'going', 'rests', 'none', 'unknown'])
export type TryOutcome = z.infer<typeof TryOutcome>

export const TryKind = z.enum(['resume', 'fork', 'edit', 'repair'])
export type TryKind = z.infer<typeof TryKind>

export const ErrorTry = lazyObject(() => ({
  kind: TryKind,
  /** The run that had failed, and the one that goes on for it: itself, or its fork. */
  run: z.string(),
  goesOn: z.string(),
  at: z.string(),
  by: z.string().nullable(),
  reason: z.string().nullable(),
  /** In the operations log; null where only the run itself tells it. */
  operation: z.string().nullable(),
  /** The run was edited between its failure and this. */
  edited: z.boolean(),
  outcome: TryOutcome,
  /** When that was so. */
  observedAt: z.string().nullable(),
}))
export type ErrorTry = z.infer<typeof ErrorTry>

export const ErrorState = z.enum(['open', 'resolved', 'muted'])
export type ErrorState = z.infer<typeof ErrorState>

export const ErrorStanding = lazyObject(() => ({
  state: ErrorState,
  /** Since when it is resolved or muted; null while open. */
  since: z.string().nullable(),
  /** Of an open one: the first failure after it was resolved or muted. */
  again: z.string().nullable(),
  sentence: z.string(),
  /** What got past it, where that is why it is resolved. */
  solvedBy: ErrorTry.nullable(),
}))
export type ErrorStanding = z.infer<typeof ErrorStanding>
