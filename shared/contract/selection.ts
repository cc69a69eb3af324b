import { z } from 'zod'
import { Liveness } from '../core/diagnose/diagnosis.ts'
import { BatchAction } from '../schema/batchAction.ts'
import { FormatId } from '../schema/format.ts'
import { Finding, Severity } from '../core/integrity/finding.ts'
import { BatchProgress, Ref, type CallRow } from './call.ts'
import { Health } from './runs.ts'
import { listCalls } from './runList.ts'
import { lazyObject } from '../schema/lazyObject.ts'

/** A row that was chosen: what says which one it is, and what can be done with it. */
export const SelectedRun = lazyObject(() => ({
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
}))
export type SelectedRun = z.infer<typeof SelectedRun>

export const SeverityCounts = z.record(Severity, z.number().int())
export type SeverityCounts = z.infer<typeof SeverityCounts>

const { shape: list } = listCalls['run.list'].input.omit({ offset: true, limit: true })

export const selectionCalls = {
  /** Which rows a choice means now: those that match, or those that were named, without the exceptions. */
  'run.select': {
    input: lazyObject(() => ({
      ...list,
      /** Rows by their `Ref.document`, in the order they are named; null: all that match. */
      documents: z.array(z.string().min(1)).max(2_000).nullable().default(null),
      except: z.array(z.string().min(1)).max(2_000).default([]),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(0).max(2_000).default(1_000),
    })),
    output: lazyObject(() => ({
      rows: z.array(SelectedRun),
      /** Where to go on; a page ends early where its texts are long. */
      nextOffset: z.number().int().nullable(),
      total: z.number().int(),
      sizeBytes: z.number().int(),
      /** With how many of all of them each action can be done, as far as the list knows. */
      able: z.record(BatchAction, z.number().int()),
    })),
    effect: 'read',
  },
  /** Checks every row that matches, or that is named, a page at a time; what belongs to no row comes with the last page. */
  'run.checkAll': {
    input: lazyObject(() => ({
      ...list,
      documents: z.array(z.string().min(1)).max(2_000).nullable().default(null),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(200).default(50),
    })),
    output: lazyObject(() => ({
      items: z.array(
        z.object({
          ref: Ref,
          /** As in the list. */
          item: z.string(),
          health: Health,
          counts: SeverityCounts,
          /** The worst of them, `counts` has them all. */
          findings: z.array(Finding),
          /** Why it could not be checked; null when it was. */
          problem: z.string().nullable(),
        }),
      ),
      /** Left-over files and folders of no run. */
      around: z.array(z.object({ path: z.string(), finding: Finding })),
      /** What the rules say of which something is told here. Those of other engines’ formats say it in each finding. */
      rules: z
        .array(z.object({ id: z.string(), sentence: z.string(), remedy: z.string().nullable() }))
        .optional(),
      /** Where to go on; a page ends early where its texts are long. */
      nextOffset: z.number().int().nullable(),
      total: z.number().int(),
    })),
    effect: 'read',
    progress: BatchProgress,
  },
} as const satisfies Record<string, CallRow>
