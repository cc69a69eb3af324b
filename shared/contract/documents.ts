// State of other engines, changed where it lies, or carried on by its engine.
import { z } from 'zod'
import { Edit } from '../core/edit/edit.ts'
import { Finding } from '../core/integrity/finding.ts'
import { DamageRange } from '../core/repair/repairPlan.ts'
import { RunId } from '../schema/ids.ts'
import { Ref, type CallRow } from './call.ts'
import { approval, asOf, planned, reason } from './planned.ts'
import { lazyObject } from '../schema/lazyObject.ts'

/** What is to become of the files of another engine's state. */
export const DocumentAction = z.discriminatedUnion('kind', [
  /** Values by their place in the document, as they were typed. A step is not marked: its values are changed. */
  lazyObject(() => ({ kind: z.literal('edit'), edits: z.array(Edit).min(1).max(500) })),
  /** One of the repairs that the plan lists; null: the first. */
  lazyObject(() => ({
    kind: z.literal('repair'),
    repair: z.string().nullable().default(null),
    /** Of a salvage: guesses that are to be done, and what else is not. */
    accepted: z.array(z.string()).max(1_000).optional(),
    rejected: z.array(z.string()).max(1_000).optional(),
  })),
  /** To the version of the engine of today, as its own code would. */
  z.object({ kind: z.literal('migrate') }),
  /** What has become of a run that was imported from this document. */
  z.object({ kind: z.literal('export'), run: RunId }),
])
export type DocumentAction = z.infer<typeof DocumentAction>

/** A file that would be different. Of a long text the part that differs, with some lines around it. */
export const DocumentFile = lazyObject(() => ({
  path: z.string(),
  /** Why this file too: `the state`, `its checksum`. */
  why: z.string(),
  kind: z.enum(['changed', 'added', 'removed']),
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** The line in which both parts begin. */
  line: z.number().int(),
  truncated: z.boolean(),
}))
export type DocumentFile = z.infer<typeof DocumentFile>

export const DocumentPlan = lazyObject(() => ({
  document: z.string(),
  engine: z.string(),
  ready: z.boolean(),
  files: z.array(DocumentFile),
  notes: z.array(z.string()),
  problems: z.array(z.string()),
  /** For a repair: every way there is, best first, and which of them is planned. */
  repairs: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      confidence: z.enum(['certain', 'likely', 'guess']),
      losses: z.array(z.string()),
      files: z.array(z.string()),
    }),
  ),
  repair: z.string().nullable(),
  /** Of a salvage every single thing that is set right, the first 200. */
  items: z
    .array(
      z.object({
        id: z.string(),
        rule: z.string(),
        sentence: z.string(),
        offset: z.number().int(),
        sizeBytes: z.number().int().optional(),
        line: z.number().int(),
        column: z.number().int(),
        pointer: z.string().nullable(),
        damage: DamageRange.shape.kind.optional(),
        confidence: z.enum(['certain', 'likely', 'guess']),
        isAccepted: z.boolean(),
        isChoice: z.boolean(),
      }),
    )
    .optional(),
  /** Of a repair: which bytes of the document are damaged, whichever way is chosen, each with the item that is about it. */
  damage: z.array(DamageRange).optional(),
  /** Of a repair: the start of the document as it would be, at most 256 KiB; null: it goes, or nothing is proposed. */
  proposed: z.object({ text: z.string(), sizeBytes: z.number().int() }).nullable().optional(),
  /** Which line of the proposed document an item is about. */
  places: z.array(z.object({ fix: z.string(), line: z.number().int() })).optional(),
  findings: z.array(Finding),
}))
export type DocumentPlan = z.infer<typeof DocumentPlan>

const documentInput = { ref: Ref, action: DocumentAction, asOf }

/** What the engine's own command would do, said before it runs. */
export const EngineResumePlan = lazyObject(() => ({
  document: z.string(),
  engine: z.string(),
  ready: z.boolean(),
  /** As arguments; null: there is none that works. */
  command: z.array(z.string()).nullable(),
  /** Where `unstuck.json` can say another one, and what it says there; null: the command is the engine's own. */
  setting: z.string().optional(),
  configured: z.string().nullable().optional(),
  steps: z.array(
    z.object({
      step: z.string(),
      does: z.enum(['reuse', 'run', 'runAgain', 'skip', 'unknown']),
      reason: z.string(),
    }),
  ),
  warnings: z.array(z.string()),
  problems: z.array(z.string()),
  trusted: z.boolean(),
}))
export type EngineResumePlan = z.infer<typeof EngineResumePlan>

const resumeInput = { ref: Ref, from: z.string().nullable().default(null), asOf }

export const documentCalls = {
  /**
   * Which files of another engine an edit, a repair, a migration or an export would change, and how. Writes nothing.
   */
  'document.plan': {
    input: z.object(documentInput),
    output: planned(DocumentPlan),
    effect: 'read',
  },
  /** Replaces all files of the plan or none, each backed up first. `findings` are those of the document as it reads now. */
  'document.apply': {
    input: z.object({ ...documentInput, ...approval, reason }),
    output: lazyObject(() => ({
      backup: z.string(),
      observed: z.boolean(),
      findings: z.array(Finding),
      /** Of a repair: the file in which what was damaged is kept. */
      evidence: z.string().nullable().optional(),
    })),
    effect: 'write',
  },
  /** Takes a change back; null: the last one. What it replaces is backed up in turn. */
  'document.undo': {
    input: z.object({ ref: Ref, backup: z.string().nullable().default(null) }),
    output: z.object({ undone: z.string(), backup: z.string(), observed: z.boolean() }),
    effect: 'write',
  },
  /** With which command of its own engine a document would be resumed, and what is missing for it. Runs nothing. */
  'document.resume.plan': {
    input: z.object(resumeInput),
    output: planned(EngineResumePlan),
    effect: 'read',
  },
  /** Runs the engine's own command to its end. What came of it is what the files say then, not its exit code. */
  'document.resume.apply': {
    input: z.object({ ...resumeInput, ...approval }),
    output: lazyObject(() => ({
      exitCode: z.number().int().nullable(),
      signal: z.string().nullable(),
      /** The end of what it wrote. */
      output: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable(),
      changedFiles: z.array(z.string()),
    })),
    effect: 'write',
    progress: z.object({ text: z.string() }),
  },
} as const satisfies Record<string, CallRow>
