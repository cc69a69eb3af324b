import { z } from 'zod'
import { RunId } from '../../schema/ids.ts'

export const MigrationRow = z.object({
  /** Path of the old document, relative to the workspace. */
  document: z.string(),
  from: z.number().int(),
  to: z.number().int(),
  /** The run it becomes; null when it cannot be migrated. */
  run: RunId.nullable(),
  rev: z.string(),
  /** What each step of the chain changes, in order. */
  steps: z.array(z.object({ name: z.string(), sentences: z.array(z.string()) })),
  /** What could not be carried over as it was, and how it is kept. */
  notes: z.array(z.string()),
  source: z.object({ text: z.string(), sizeBytes: z.number().int() }),
  target: z.object({ text: z.string(), sizeBytes: z.number().int() }).nullable(),
  problem: z.string().nullable(),
})
export type MigrationRow = z.infer<typeof MigrationRow>

export const MigrationPlan = z.object({
  rows: z.array(MigrationRow),
  ready: z.boolean(),
})
export type MigrationPlan = z.infer<typeof MigrationPlan>
