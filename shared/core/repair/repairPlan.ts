import { z } from 'zod'
import { Change } from '../diff/change.ts'
import { Finding } from '../integrity/finding.ts'
import { LostSteps } from '../../schema/lostSteps.ts'
import { lazyObject } from '../../schema/lazyObject.ts'

export const RepairSourceKind = z.enum(['journal', 'head', 'backup', 'temporary', 'salvage'])
export type RepairSourceKind = z.infer<typeof RepairSourceKind>

/** Where the good state would be taken from, and what that would lose. */
export const RepairSource = lazyObject(() => ({
  id: z.string(),
  kind: RepairSourceKind,
  sentence: z.string(),
  usable: z.boolean(),
  /** One sentence a loss; empty when nothing is lost. */
  loses: z.array(z.string()),
  /** What it holds beside the other sources: how many, and how many that another one has and it has not. */
  holds: z.array(
    z.object({
      what: z.enum(['steps done', 'attempts', 'outputs', 'checkpoints', 'decisions']),
      count: z.number().int(),
      missing: z.number().int(),
      /** The first that are missing. */
      names: z.array(z.string()),
    }),
  ),
}))
export type RepairSource = z.infer<typeof RepairSource>

export const RepairFix = lazyObject(() => ({
  id: z.string(),
  /** Rule id of SPEC.md, `R1`, `R2`, … */
  rule: z.string(),
  sentence: z.string(),
  file: z.enum(['head', 'journal', 'lock', 'document', 'temporary']),
  offset: z.number().int().nullable(),
  line: z.number().int().nullable(),
  column: z.number().int().nullable(),
  pointer: z.string().nullable(),
  confidence: z.enum(['certain', 'likely', 'untrusted']),
  accepted: z.boolean(),
  /** Ids of fixes without which it cannot be made. */
  needs: z.array(z.string()),
  /** Why it is thought right, where the sentence does not say it. */
  reason: z.string().nullable(),
}))
export type RepairFix = z.infer<typeof RepairFix>

/** Bytes that are damaged. `cut`: something ends there too early; `goes`: it is whole, and leaves the file with the rest. */
export const DamageRange = lazyObject(() => ({
  file: z.enum(['head', 'journal', 'document']),
  kind: z.enum(['broken', 'wiped', 'cut', 'goes']),
  offset: z.number().int(),
  /** 0: the place between two bytes. */
  sizeBytes: z.number().int(),
  /** Id of the fix that is about it; null: none is. */
  fix: z.string().nullable(),
  sentence: z.string(),
}))
export type DamageRange = z.infer<typeof DamageRange>

export const RepairPlan = lazyObject(() => ({
  document: z.string(),
  findings: z.array(Finding),
  sources: z.array(RepairSource),
  /** Id of the source that is used; null when none is usable. */
  source: z.string().nullable(),
  /** The source that would be taken if nobody chose, and why; null when none would. */
  recommended: z.object({ source: z.string(), why: z.string() }).nullable(),
  fixes: z.array(RepairFix),
  /** Difference between what can be read now and what would be written. */
  changes: z.array(Change),
  /** Start of the head as it would be written, at most 256 KiB. */
  proposed: z.object({ text: z.string(), sizeBytes: z.number().int() }).nullable(),
  /** What is done to which file, in order; the first is always the backup. */
  writes: z.array(z.object({ file: z.string(), sentence: z.string() })),
  damage: z.array(DamageRange).default([]),
  /** Which line of the proposed document a fix is about. */
  places: z.array(z.object({ fix: z.string(), line: z.number().int() })).default([]),
  /** Steps that are kept in doubt because what the head says of them is cut: a resume asks about each. */
  inDoubt: z.array(z.string()).default([]),
  /** What else nobody can tell of steps: a resume is not ready until a person says that they know of it. */
  lost: LostSteps.extend({ sentence: z.string() }).nullable().default(null),
  problems: z.array(z.string()),
  ready: z.boolean(),
}))
export type RepairPlan = z.infer<typeof RepairPlan>

/** What the repair of one of many runs would do, short enough for a row. */
export const BatchRepairRow = lazyObject(() => ({
  run: z.string(),
  rev: z.string().nullable(),
  /** Of all that its repair would do; null: it has none. */
  digest: z.string().nullable(),
  outcome: z.enum(['ready', 'healthy', 'refused']),
  /** Id of the source that the state is taken from. */
  source: z.string().nullable(),
  fixes: z.number().int(),
  loses: z.array(z.string()),
  /** How many steps a resume asks about afterwards, because what became of them is lost. */
  asked: z.number().int(),
  /** Why it is refused. */
  sentence: z.string().nullable(),
}))
export type BatchRepairRow = z.infer<typeof BatchRepairRow>

export const BatchRepairPlan = lazyObject(() => ({
  kind: z.literal('repairs'),
  rows: z.array(BatchRepairRow),
  total: z.number().int(),
  /** How many of all rows can be repaired. */
  able: z.number().int(),
  ready: z.boolean(),
}))
export type BatchRepairPlan = z.infer<typeof BatchRepairPlan>
