import { z } from 'zod'
import { Retention } from '../../schema/retention.ts'
import { RunId } from '../../schema/ids.ts'
import { RunStatus } from '../../schema/run.ts'
import { lazyObject } from '../../schema/lazyObject.ts'

export const CleanupPolicy = Retention
export type CleanupPolicy = Retention

/** `thin`: the run stays, and checkpoints of it go. */
export const CleanupAction = z.enum(['trash', 'archive', 'thin'])
export type CleanupAction = z.infer<typeof CleanupAction>

export const CleanupVictim = lazyObject(() => ({
  run: RunId,
  workflow: z.string(),
  status: RunStatus,
  action: CleanupAction,
  finishedAt: z.string(),
  /** What leaves the run's place: all its files, or what thinning saves. */
  sizeBytes: z.number().int(),
  /** Checkpoints that stay and go, where it is thinned. */
  checkpoints: lazyObject(() => ({ kept: z.number().int(), gone: z.number().int() })).nullable(),
  rev: z.string(),
  /** Rule id of SPEC.md, `K1`, `K2`, … */
  rule: z.string(),
  reason: z.string(),
}))
export type CleanupVictim = z.infer<typeof CleanupVictim>

export const CleanupSum = lazyObject(() => ({
  count: z.number().int(),
  sizeBytes: z.number().int(),
}))
export type CleanupSum = z.infer<typeof CleanupSum>

export const CleanupPlan = lazyObject(() => ({
  /** Oldest first; a page of them. */
  victims: z.array(CleanupVictim),
  total: z.number().int(),
  /** Of all victims together. */
  sizeBytes: z.number().int(),
  sums: z.record(CleanupAction, CleanupSum),
  /** Why others stay, with how many each, and the first of them. */
  kept: z.array(
    z.object({
      rule: z.string(),
      reason: z.string(),
      count: z.number().int(),
      runs: z.array(RunId),
    }),
  ),
  ready: z.boolean(),
}))
export type CleanupPlan = z.infer<typeof CleanupPlan>
