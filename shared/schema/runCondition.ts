import { z } from 'zod'
import { lazyObject } from './lazyObject.ts'

/** Columns of the list that hold a word. */
export const wordFields = [
  'status',
  'workflow',
  'version',
  'format',
  'health',
  'liveness',
  'severity',
  'rule',
  'step',
  'owner',
  'error',
  'colour',
  'tag',
] as const
export type WordField = (typeof wordFields)[number]

/** Columns that hold a number. Moments are milliseconds since 1970; `since` is when the run came to the state it is in. */
export const rangeFields = [
  'createdAt',
  'updatedAt',
  'finishedAt',
  'since',
  'durationMs',
  'sizeBytes',
  'attempts',
  'checkpoints',
] as const
export type RangeField = (typeof rangeFields)[number]

/** What a run is or is not; `noted`: it has a note. */
export const flagFields = ['pinned', 'archived', 'noted'] as const
export type FlagField = (typeof flagFields)[number]

const Bound = z.number().nullable().default(null)

/** What a value of the state is asked for. `equals` compares as text, so that 42 and "42" are the same. */
export const stateOps = ['exists', 'equals', 'contains', 'above', 'below'] as const
export const StateCondition = lazyObject(() => ({
  kind: z.literal('state'),
  /** An RFC 6901 pointer into the run; `*` is any one key and `**` any number of them. */
  path: z
    .string()
    .max(1000)
    .regex(/^(\/.*)?$/s),
  op: z.enum(stateOps),
  value: z.string().max(1000).default(''),
  isNot: z.boolean().default(false),
}))
export type StateCondition = z.infer<typeof StateCondition>

/** One condition that a row of the list is asked for. */
export const RunCondition = z.discriminatedUnion('kind', [
  lazyObject(() => ({
    kind: z.literal('words'),
    field: z.enum(wordFields),
    /** Any of them; the empty text stands for none at all. */
    values: z.array(z.string().max(500)).min(1).max(100),
    isNot: z.boolean().default(false),
  })),
  z.object({ kind: z.literal('range'), field: z.enum(rangeFields), from: Bound, to: Bound }),
  z.object({ kind: z.literal('flag'), field: z.enum(flagFields), value: z.boolean() }),
  StateCondition,
])
export type RunCondition = z.infer<typeof RunCondition>

/** A row is shown when it fits all of them. */
export const RunFilter = z.array(RunCondition).max(30)
export type RunFilter = readonly RunCondition[]

/** What runs are put into groups by. */
export const GroupBy = z.enum(['workflow', 'version', 'status', 'error', 'tag', 'colour'])
export type GroupBy = z.infer<typeof GroupBy>
