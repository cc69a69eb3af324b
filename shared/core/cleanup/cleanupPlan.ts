import { z } from 'zod'
import { RunId } from '../../schema/ids.ts'
import { RunStatus } from '../../schema/run.ts'

/** Null: no limit. Days count from the end of the run. */
export const CleanupPolicy = z.object({
  days: z.object({
    completed: z.number().min(0).nullable(),
    failed: z.number().min(0).nullable(),
    cancelled: z.number().min(0).nullable(),
  }),
  maxRunsPerWorkflow: z.number().int().min(0).nullable(),
  maxBytes: z.number().int().min(0).nullable(),
})
export type CleanupPolicy = z.infer<typeof CleanupPolicy>

export const CleanupVictim = z.object({
  run: RunId,
  workflow: z.string(),
  status: RunStatus,
  finishedAt: z.string(),
  sizeBytes: z.number().int(),
  rev: z.string(),
  /** Rule id of SPEC.md, `K1`, `K2`, … */
  rule: z.string(),
  reason: z.string(),
})
export type CleanupVictim = z.infer<typeof CleanupVictim>

export const CleanupPlan = z.object({
  victims: z.array(CleanupVictim),
  sizeBytes: z.number().int(),
  /** Why others stay, with how many each. */
  kept: z.array(z.object({ rule: z.string(), reason: z.string(), count: z.number().int() })),
  ready: z.boolean(),
})
export type CleanupPlan = z.infer<typeof CleanupPlan>
