// A document of another engine becomes a run of Unstuck's own.
import { z } from 'zod'
import { RunId } from '../schema/ids.ts'
import { Ref, type CallRow } from './call.ts'
import { approval, asOf, planned } from './planned.ts'
import { lazyObject } from '../schema/lazyObject.ts'

export const ImportPlan = lazyObject(() => ({
  document: z.string(),
  engine: z.string(),
  ready: z.boolean(),
  /** The id that the run gets, and what it is of. */
  run: z.string(),
  workflow: z.string().nullable(),
  steps: z.array(z.object({ id: z.string(), status: z.string() })),
  notes: z.array(z.string()),
  problems: z.array(z.string()),
}))
export type ImportPlan = z.infer<typeof ImportPlan>

const importInput = {
  ref: Ref,
  /** The engine's own definition, a file of the workspace; null: one that lies beside the document. */
  definition: z.string().min(1).nullable().default(null),
  /** By step, the command that runs it, where the document does not tell. */
  commands: z.record(z.string(), z.string()).default({}),
  /** Null: a new one. */
  run: RunId.nullable().default(null),
  asOf,
}

export const documentImportCalls = {
  /**
   * The run that a document of another engine would become, step by step, and what of it has no place there. Writes
   * nothing.
   */
  'document.import.plan': {
    input: z.object(importInput),
    output: planned(ImportPlan),
    effect: 'read',
  },
  /** Makes the run, with a copy of the document among its backups; the document stays. */
  'document.import.apply': {
    input: z.object({ ...importInput, ...approval }),
    output: z.object({ ref: Ref, observed: z.boolean() }),
    effect: 'write',
  },
  /** From which document a run was imported; null: from none. */
  'document.origin': {
    input: z.object({ ref: Ref }),
    output: z.object({ origin: Ref.nullable() }),
    effect: 'read',
  },
} as const satisfies Record<string, CallRow>
