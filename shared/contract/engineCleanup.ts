// Cleaning up what other engines left, by their own rules.
import { z } from 'zod'
import { BatchProgress, OutcomeRow, type CallRow } from './call.ts'
import { approval, asOf, planned } from './planned.ts'
import { lazyObject } from '../schema/lazyObject.ts'

export const EngineCleanupPlan = lazyObject(() => ({
  ready: z.boolean(),
  /** The engines whose state lies here: what is followed of their rules, and what their own clean-up destroys. */
  engines: z
    .array(
      z.object({ engine: z.string(), rules: z.array(z.string()), dangers: z.array(z.string()) }),
    )
    .default([]),
  /** What goes and what stays, over all files: a row is told of the first 2,000, those that go before the others. */
  total: lazyObject(() => ({
    files: z.number().int(),
    sizeBytes: z.number().int(),
    staying: z.number().int(),
  })).optional(),
  rows: z.array(
    z.object({
      engine: z.string(),
      path: z.string(),
      goes: z.boolean(),
      reason: z.string(),
      sizeBytes: z.number().int(),
    }),
  ),
}))
export type EngineCleanupPlan = z.infer<typeof EngineCleanupPlan>

const cleanupInput = {
  olderThanDays: z.number().min(0).nullable().default(null),
  keepLatest: z.number().int().min(1).nullable().default(null),
  asOf,
}

export const engineCleanupCalls = {
  /** What goes by the engines' own rules, and what stays, of every engine whose state lies here. */
  'document.cleanup.plan': {
    input: z.object(cleanupInput),
    output: planned(EngineCleanupPlan),
    effect: 'read',
  },
  /** Moves the files of other engines that the plan names to the trash, with a row a document. */
  'document.cleanup.apply': {
    input: z.object({ ...cleanupInput, ...approval }),
    output: lazyObject(() => ({
      rows: z.array(OutcomeRow),
      freedBytes: z.number().int().optional(),
    })),
    effect: 'write',
    progress: BatchProgress,
  },
} as const satisfies Record<string, CallRow>
