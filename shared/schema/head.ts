import { z } from 'zod'
import { RunId } from './ids.ts'
import { Timestamp } from './json.ts'
import { currentVersion, nativeFormat, severities } from './headWords.ts'
import { Lineage, Run, RunKind, RunStatus } from './run.ts'
import { lazyObject } from './lazyObject.ts'

export { currentVersion, nativeFormat } from './headWords.ts'

/** What a row of the list shows: one line within the first 1 KB of the head. `sum` covers the line before it, as in the journal. */
export const SummaryContent = lazyObject(() => ({
  id: RunId,
  kind: RunKind,
  workflow: z.string(),
  version: z.string().nullable(),
  status: RunStatus,
  /** The step that the run is at: running, failed, waiting or next. */
  step: z.string().nullable(),
  stepsDone: z.number().int(),
  stepsTotal: z.number().int(),
  attempts: z.number().int(),
  checkpoints: z.number().int(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
  finishedAt: Timestamp.nullable(),
  /** First line of the error, at most 160 characters. */
  error: z.string().nullable(),
  parent: z.string().nullable(),
  pinned: z.boolean(),
  seq: z.number().int(),
})).loose()
export type SummaryContent = z.infer<typeof SummaryContent>

/** What people say of a run, as a row of the list shows it. */
export const RunMarks = lazyObject(() => ({
  colour: z.string().nullable(),
  tags: z.array(z.string()),
  /** The first line of the note, perhaps cut. */
  note: z.string().nullable(),
})).loose()
export type RunMarks = z.infer<typeof RunMarks>

/** What the list takes from a head without opening the run: true while the journal has this size and nobody holds the run. */
export const ListedFacts = lazyObject(() => ({
  /** Size of the journal when the head was written; null where it was not known. */
  journalBytes: z.number().int().nullable().optional(),
  /** How it belongs to its parent. */
  relation: Lineage.shape.relation.optional(),
  /** Of an imported run, the document whose place it took (`originKey`); left out where it has only a part of it. */
  origin: z.string().optional(),
  /** Class of the error, where that is more than `Error`: runs that failed alike are told by it. */
  errorName: z.string().optional(),
  /** What people say of it, cut to what a row shows; left out: nothing. */
  marks: RunMarks.optional(),
  /** Why it rests, as it was told then: the age in the sentence is told anew. */
  reason: z
    .looseObject({
      rule: z.string(),
      sentence: z.string(),
      severity: z.enum(severities),
    })
    .optional(),
})).loose()
export type ListedFacts = z.infer<typeof ListedFacts>

export const Summary = lazyObject(() => ({
  ...SummaryContent.shape,
  ...ListedFacts.shape,
  sum: z.string(),
})).loose()
export type Summary = z.infer<typeof Summary>

/** The head document: the whole run in one readable file. */
export const HeadDocument = z.looseObject({
  format: z.literal(nativeFormat),
  version: z.literal(currentVersion),
  summary: Summary,
  run: Run,
  /** `sha256:<hex>` of the exact bytes before the `,\n"checksum"` line. */
  checksum: z.string(),
})
export type HeadDocument = z.infer<typeof HeadDocument>
