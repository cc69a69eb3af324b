import { z } from 'zod'
import { ChangeCounts, PlannedChange } from '../diff/change.ts'
import { ProposedStep } from '../resume/resumePlan.ts'
import { StepId } from '../../schema/ids.ts'
import { lazyObject } from '../../schema/lazyObject.ts'

/** What one of the edits does, or why it cannot be done. */
export const EditRow = lazyObject(() => ({
  sentence: z.string(),
  /** What stands there now and what would, as JSON text; null: nothing. */
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** What it does besides, one sentence each. */
  also: z.array(z.string()),
  /** Why it is refused, with its place; null: it is not. */
  problem: z.object({ path: z.string().nullable(), sentence: z.string() }).nullable(),
  /** What became different there since the edit was staged; null: nothing. */
  conflict: z.string().nullable(),
}))
export type EditRow = z.infer<typeof EditRow>

/** Something wrong with the run as it would be, and where. */
export const EditFinding = lazyObject(() => ({
  rule: z.string(),
  path: z.string().nullable(),
  sentence: z.string(),
}))
export type EditFinding = z.infer<typeof EditFinding>

export const EditPlan = lazyObject(() => ({
  run: z.string(),
  /** One for each edit, in their order. */
  rows: z.array(EditRow),
  /** All that would be different, the first 200 of it. */
  changes: z.array(PlannedChange),
  total: z.number().int(),
  counts: ChangeCounts,
  /** The search for differences was ended: changes may be larger than they need to be. */
  coarse: z.boolean(),
  /** Steps whose status would be another one. */
  steps: z.array(z.object({ step: StepId, before: z.string(), after: z.string() })),
  /** What forbids the edit as a whole: the run would be invalid, somebody holds it, it changed. */
  problems: z.array(EditFinding),
  /** What is said and forbids nothing. */
  warnings: z.array(EditFinding),
  /** Set where the run changed since the edits were staged: what became different, the first 200 of it. */
  meanwhile: lazyObject(() => ({
    /** The last record of the run as it is: edits that are staged on it are not behind. */
    now: z.number().int(),
    /** How many records came. */
    records: z.number().int(),
    /** Null: the records that would tell are not there any more. */
    changes: z.array(PlannedChange).nullable(),
    total: z.number().int(),
  })).nullable(),
  ready: z.boolean(),
}))
export type EditPlan = z.infer<typeof EditPlan>

/** What one path or one step of many runs becomes, in one of them. */
export const BatchEditRow = lazyObject(() => ({
  run: z.string(),
  rev: z.string().nullable(),
  outcome: z.enum(['ready', 'unchanged', 'refused']),
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** Why it is refused, or what to mind. */
  sentence: z.string().nullable(),
}))
export type BatchEditRow = z.infer<typeof BatchEditRow>

export const BatchEditPlan = lazyObject(() => ({
  rows: z.array(BatchEditRow),
  total: z.number().int(),
  counts: lazyObject(() => ({
    ready: z.number().int(),
    unchanged: z.number().int(),
    refused: z.number().int(),
  })),
  ready: z.boolean(),
  /** Why runs are refused, the most frequent first: with how many, and the first of them. */
  failures: z
    .array(z.object({ cause: z.string(), count: z.number().int(), runs: z.array(z.string()) }))
    .optional(),
  /** Of runs that go over to another definition: what it does not have, what it has more, and what may stand for what. */
  unmapped: lazyObject(() => ({
    missing: z.array(z.object({ step: z.string(), runs: z.number().int() })),
    added: z.array(z.string()),
    proposed: z.array(ProposedStep),
  })).optional(),
}))
export type BatchEditPlan = z.infer<typeof BatchEditPlan>
