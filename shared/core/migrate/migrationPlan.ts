import { z } from 'zod'
import { RunId } from '../../schema/ids.ts'
import { PlannedChange } from '../diff/change.ts'
import { lazyObject } from '../../schema/lazyObject.ts'

export const MigrationRow = lazyObject(() => ({
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
  source: z.object({ sizeBytes: z.number().int() }),
  target: z.object({ sizeBytes: z.number().int() }).nullable(),
  problem: z.string().nullable(),
  /** Of a problem what it is in general: documents with the same cause fail alike. */
  cause: z.string().nullable(),
}))
export type MigrationRow = z.infer<typeof MigrationRow>

/** Documents that cannot be migrated for the same cause. */
export const MigrationFailures = lazyObject(() => ({
  cause: z.string(),
  /** What a person can do about it. */
  remedy: z.string(),
  count: z.number().int(),
  /** The first of them. */
  documents: z.array(z.string()),
}))
export type MigrationFailures = z.infer<typeof MigrationFailures>

export const MigrationPlan = lazyObject(() => ({
  /** A page of them, in the order of their paths. */
  rows: z.array(MigrationRow),
  total: z.number().int(),
  /** How many of all would be migrated. */
  migratable: z.number().int(),
  /** How many of all are of which version; 0: of none of ours. */
  versions: z.array(z.object({ version: z.number().int(), count: z.number().int() })),
  /** The most frequent first. */
  failures: z.array(MigrationFailures),
  ready: z.boolean(),
}))
export type MigrationPlan = z.infer<typeof MigrationPlan>

/** One old document before and after. */
export const MigrationView = lazyObject(() => ({
  row: MigrationRow,
  /** What becomes of it, where it goes; the first 200 changes. Empty when it cannot be migrated. */
  changes: z.array(PlannedChange),
  total: z.number().int(),
  /** Its beginning. */
  source: z.object({ text: z.string(), sizeBytes: z.number().int() }),
  target: z.object({ text: z.string(), sizeBytes: z.number().int() }).nullable(),
}))
export type MigrationView = z.infer<typeof MigrationView>
