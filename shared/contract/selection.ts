import { z } from 'zod'
import { Liveness } from '../core/diagnose/diagnosis.ts'
import { BatchAction } from '../schema/batchAction.ts'
import { FormatId } from '../schema/format.ts'
import type { CallRow } from './call.ts'
import { Health, runCalls } from './runs.ts'

/** A row that was chosen: what says which one it is, and what can be done with it. */
export const SelectedRun = z.object({
  format: FormatId,
  /** As in `Ref`: what the row is known by. */
  document: z.string(),
  id: z.string(),
  /** Of its file, relative to the workspace. */
  path: z.string(),
  status: z.string().nullable(),
  health: Health,
  liveness: Liveness,
  archived: z.boolean(),
  pinned: z.boolean(),
  locked: z.boolean(),
  sizeBytes: z.number().int(),
})
export type SelectedRun = z.infer<typeof SelectedRun>

const { shape: list } = runCalls['run.list'].input.omit({ offset: true, limit: true })

export const selectionCalls = {
  /** Which rows a choice means now: those that match, or those that were named, without the exceptions. */
  'run.select': {
    input: z.object({
      ...list,
      /** Rows by their `Ref.document`, in the order they are named; null: all that match. */
      documents: z.array(z.string().min(1)).max(2_000).nullable().default(null),
      except: z.array(z.string().min(1)).max(2_000).default([]),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(0).max(2_000).default(1_000),
    }),
    output: z.object({
      rows: z.array(SelectedRun),
      /** Where to go on; a page ends early where its texts are long. */
      nextOffset: z.number().int().nullable(),
      total: z.number().int(),
      sizeBytes: z.number().int(),
      /** With how many of all of them each action can be done, as far as the list knows. */
      able: z.record(BatchAction, z.number().int()),
    }),
    effect: 'read',
  },
} as const satisfies Record<string, CallRow>
