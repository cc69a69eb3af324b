import { z } from 'zod'
import { lazyObject } from './lazyObject.ts'

const days = z.number().min(0).nullable()
const count = z.number().int().min(0).nullable()

/** What of one workflow is kept otherwise; what is left out is as for all others. */
export const RetentionOverride = lazyObject(() => ({
  /** No limit on age or number takes runs of this workflow. */
  keepAll: z.boolean().optional(),
  days: z
    .strictObject({
      completed: days.optional(),
      failed: days.optional(),
      cancelled: days.optional(),
    })
    .optional(),
  maxRunsPerWorkflow: count.optional(),
})).strict()
export type RetentionOverride = z.infer<typeof RetentionOverride>

/** What is kept of finished runs. Null: no limit. Days count from the end of the run. */
export const Retention = lazyObject(() => ({
  days: z
    .strictObject({
      completed: days.default(null),
      failed: days.default(null),
      cancelled: days.default(null),
    })
    .prefault({}),
  maxRunsPerWorkflow: count.default(null),
  maxBytes: count.default(null),
  /** Runs that ended more recently stay, whatever else is said. */
  minDays: days.default(null),
  /** What may go goes to the archive first; from there to the trash so many days after the run ended, or never. */
  archive: z.strictObject({ days }).nullable().default(null),
  /**
   * Checkpoints inside runs that ended so many days ago: the first, the last, named ones and those before a failure stay,
   * and of the others every n-th, or none.
   */
  thin: z
    .strictObject({ days: z.number().min(0), every: z.number().int().min(2).nullable() })
    .nullable()
    .default(null),
  /** By name. */
  workflows: z.record(z.string(), RetentionOverride).default({}),
})).strict()
export type Retention = z.infer<typeof Retention>
