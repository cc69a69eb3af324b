import { z } from 'zod'
import {
  ErrorDecision,
  ErrorStanding,
  ErrorState,
  ErrorText,
  ErrorTry,
  KeptDecision,
} from '../schema/errorGroup.ts'
import { StepId } from '../schema/ids.ts'
import { RunFilter } from '../schema/runCondition.ts'
import { Page, Ref, type CallRow } from './call.ts'
import { RunRow } from './runs.ts'
import { lazyObject } from '../schema/lazyObject.ts'

/** Runs that failed alike, as one matter: where it stands, and the conditions that its runs fit. */
export const ErrorGroup = lazyObject(() => ({
  /** Short, for the command line: the start of the digest of its text. */
  id: z.string(),
  error: z.string(),
  /** Runs that are failed like this and that no other run took the place of. */
  left: z.number().int(),
  /** All that are failed like this. */
  runs: z.number().int(),
  firstAt: z.string().nullable(),
  lastAt: z.string().nullable(),
  standing: ErrorStanding,
  filter: RunFilter,
}))
export type ErrorGroup = z.infer<typeof ErrorGroup>

export const ErrorDetail = lazyObject(() => ({
  ...ErrorGroup.shape,
  step: z.string().nullable(),
  /** What the newest of them says, at most 2,000 characters. */
  message: z.string().nullable(),
  /** When they failed: a number a bar, the oldest first. Null: none is left. */
  bars: z
    .object({ fromAt: z.string(), toAt: z.string(), counts: z.array(z.number().int()) })
    .nullable(),
  /** The most frequent first, at most 20. */
  workflows: z.array(
    z.object({ workflow: z.string().nullable(), version: z.string().nullable(), count: z.int() }),
  ),
  /** The newest, at most five. */
  examples: z.array(RunRow),
  /** The attempt that failed last, whose log tells more. */
  newest: z.object({ ref: Ref, step: StepId, attempt: z.number().int().min(1) }).nullable(),
  /** The newest first, at most 50. */
  tries: z.array(ErrorTry),
  triesTotal: z.number().int(),
  said: KeptDecision.nullable(),
}))
export type ErrorDetail = z.infer<typeof ErrorDetail>

export const errorCalls = {
  /** Groups of runs that failed alike: the open ones first, then those with the most runs. */
  'error.list': {
    input: lazyObject(() => ({
      state: ErrorState.nullable().default(null),
      /** Letters of its text. */
      text: z.string().max(500).default(''),
      ...Page,
    })),
    output: lazyObject(() => ({
      groups: z.array(ErrorGroup),
      total: z.number().int(),
      /** Of those that have the letters, by where they stand. */
      counts: z.record(ErrorState, z.number().int()),
    })),
    effect: 'read',
  },
  /** By its text or its id. */
  'error.get': { input: z.object({ error: ErrorText }), output: ErrorDetail, effect: 'read' },
  /** Says that it is resolved, mutes or reopens it; kept with the workspace. */
  'error.decide': {
    input: lazyObject(() => ({
      error: ErrorText,
      decision: ErrorDecision,
      reason: z.string().trim().min(1).max(1000).nullable().default(null),
    })),
    output: z.object({
      said: KeptDecision.nullable(),
      /** Whether what is kept, read again, says so. */
      observed: z.boolean(),
    }),
    effect: 'write',
  },
} as const satisfies Record<string, CallRow>
