import { z } from 'zod'
import { Edit, MapSteps } from '../core/edit/edit.ts'
import { BatchEditPlan, EditPlan } from '../core/edit/editPlan.ts'
import { RunId } from '../schema/ids.ts'
import { BatchProgress, OutcomeRow, Ref, type CallRow } from './call.ts'
import { approval, asOf, planned, reason } from './planned.ts'
import { lazyObject } from '../schema/lazyObject.ts'

const editInput = {
  ref: Ref,
  /** In the order in which they are made. */
  edits: z.array(Edit).min(1).max(500),
  /** The last record that the run had when the edits were staged; null: they are about the run as it is. */
  base: z.number().int().min(0).nullable().default(null),
  asOf,
}

const batchInput = {
  runs: z.array(RunId).min(1).max(10_000),
  edit: z.discriminatedUnion('kind', [...Edit.options, MapSteps]),
  asOf,
}

export const editCalls = {
  /** What edits of a state or of the status of steps would change, and what speaks against them. Writes nothing. */
  'edit.plan': { input: z.object(editInput), output: planned(EditPlan), effect: 'read' },
  /** Appends all edits as one record. `observed`: the run was read back and is what was shown. */
  'edit.apply': {
    input: z.object({ ...editInput, ...approval, reason }),
    output: z.object({ seq: z.number().int(), observed: z.boolean() }),
    effect: 'write',
  },
  /** Appends the inverse of an edit. Refused once the run went on from it. */
  'edit.undo': {
    input: lazyObject(() => ({
      ref: Ref,
      /** The edit's record; null: the last edit that was not undone. */
      seq: z.number().int().min(1).nullable().default(null),
      reason: reason.nullable().default(null),
    })),
    output: lazyObject(() => ({
      seq: z.number().int(),
      undone: z.number().int(),
      observed: z.boolean(),
    })),
    effect: 'write',
  },
  /** The same edit in many runs. The digest is of all rows; a page of them is shown. */
  'edit.batch.plan': {
    input: lazyObject(() => ({
      ...batchInput,
      /** Of the plan whose next rows are asked for; null: plan. */
      digest: z.string().min(1).nullable().default(null),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(200).default(100),
    })),
    output: planned(BatchEditPlan),
    effect: 'read',
    progress: BatchProgress,
  },
  /** Edits each run of the plan on its own, with a row a run. `stale` rows were changed since. */
  'edit.batch.apply': {
    input: z.object({ ...batchInput, ...approval, reason }),
    output: z.object({ rows: z.array(OutcomeRow) }),
    effect: 'write',
    progress: BatchProgress,
  },
} as const satisfies Record<string, CallRow>
