import { z } from 'zod'
import { Edit } from '../core/edit/edit.ts'
import { Finding } from '../core/integrity/finding.ts'
import { DamageRange } from '../core/repair/repairPlan.ts'
import { RunId } from '../schema/ids.ts'
import { MappedPaths, UnknownMapping } from '../schema/unknownMapping.ts'
import { AsOf, OutcomeRow, BatchProgress, Ref, Rev, type CallRow } from './call.ts'
import { FormatGuess } from './foreignFacts.ts'

const reason = z.string().trim().min(1).max(2000)
const asOf = AsOf.nullable().default(null)
const planned = <P extends z.ZodType>(plan: P) =>
  z.object({ plan, digest: z.string(), rev: Rev, asOf: AsOf })
const approval = { rev: Rev, digest: z.string().min(1) }

/** What is to become of the files of another engine's state. */
export const DocumentAction = z.discriminatedUnion('kind', [
  /** Values by their place in the document, as they were typed. A step is not marked: its values are changed. */
  z.object({ kind: z.literal('edit'), edits: z.array(Edit).min(1).max(500) }),
  /** One of the repairs that the plan lists; null: the first. */
  z.object({
    kind: z.literal('repair'),
    repair: z.string().nullable().default(null),
    /** Of a salvage: guesses that are to be done, and what else is not. */
    accepted: z.array(z.string()).max(1_000).optional(),
    rejected: z.array(z.string()).max(1_000).optional(),
  }),
  /** To the version of the engine of today, as its own code would. */
  z.object({ kind: z.literal('migrate') }),
  /** What has become of a run that was imported from this document. */
  z.object({ kind: z.literal('export'), run: RunId }),
])
export type DocumentAction = z.infer<typeof DocumentAction>

/** A file that would be different. Of a long text the part that differs, with some lines around it. */
export const DocumentFile = z.object({
  path: z.string(),
  /** Why this file too: `the state`, `its checksum`. */
  why: z.string(),
  kind: z.enum(['changed', 'added', 'removed']),
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** The line in which both parts begin. */
  line: z.number().int(),
  truncated: z.boolean(),
})
export type DocumentFile = z.infer<typeof DocumentFile>

export const DocumentPlan = z.object({
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
})
export type DocumentPlan = z.infer<typeof DocumentPlan>

const documentInput = { ref: Ref, action: DocumentAction, asOf }

/** What the engine's own command would do, said before it runs. */
export const EngineResumePlan = z.object({
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
})
export type EngineResumePlan = z.infer<typeof EngineResumePlan>

const resumeInput = { ref: Ref, from: z.string().nullable().default(null), asOf }

export const ImportPlan = z.object({
  document: z.string(),
  engine: z.string(),
  ready: z.boolean(),
  /** The id that the run gets, and what it is of. */
  run: z.string(),
  workflow: z.string().nullable(),
  steps: z.array(z.object({ id: z.string(), status: z.string() })),
  notes: z.array(z.string()),
  problems: z.array(z.string()),
})
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

export const EngineCleanupPlan = z.object({
  ready: z.boolean(),
  /** The engines whose state lies here: what is followed of their rules, and what their own clean-up destroys. */
  engines: z
    .array(
      z.object({ engine: z.string(), rules: z.array(z.string()), dangers: z.array(z.string()) }),
    )
    .default([]),
  /** What goes and what stays, over all files: a row is told of the first 2,000, those that go before the others. */
  total: z
    .object({
      files: z.number().int(),
      sizeBytes: z.number().int(),
      staying: z.number().int(),
    })
    .optional(),
  rows: z.array(
    z.object({
      engine: z.string(),
      path: z.string(),
      goes: z.boolean(),
      reason: z.string(),
      sizeBytes: z.number().int(),
    }),
  ),
})
export type EngineCleanupPlan = z.infer<typeof EngineCleanupPlan>

const cleanupInput = {
  olderThanDays: z.number().min(0).nullable().default(null),
  keepLatest: z.number().int().min(1).nullable().default(null),
  asOf,
}

/** What the documents of one shape in one folder would be, were this said of them. */
export const MappingPlan = z.object({
  document: z.string(),
  ready: z.boolean(),
  problems: z.array(z.string()),
  /** What would be stored; null: what was said of them before is forgotten. */
  mapping: UnknownMapping.nullable(),
  /** What holds for this document now. */
  stored: UnknownMapping.nullable().optional(),
  /** What of this document would be taken for what. */
  fields: z.array(FormatGuess),
  status: z.string().nullable(),
  workflow: z.string().nullable(),
  /** The first 200. */
  steps: z.array(z.object({ id: z.string(), status: z.string() })),
  /** The runs of a document that holds many, the first 200. */
  runs: z.array(z.string()).optional(),
  /** Words for a status of which nothing is known. */
  unknownWords: z.array(z.string()),
  /** All documents of that shape in the folder and below, the first 200. */
  rows: z.array(
    z.object({
      document: z.string(),
      status: z.string().nullable(),
      stepsDone: z.number().int(),
      stepsTotal: z.number().int(),
      /** How many runs a document holds, where it is not one. */
      runs: z.number().int().optional(),
    }),
  ),
  /** How many more there may be, that were not looked at. */
  notLookedAt: z.number().int(),
})
export type MappingPlan = z.infer<typeof MappingPlan>

/** Documents that share at least half of their keys. */
export const DocumentShape = z.object({
  /** One of them. */
  sample: Ref,
  documents: z.number().int(),
  /** Of the one that is named: the first 100. */
  keys: z.array(z.string()),
  /** How it is read now. */
  label: z.string(),
  status: z.string().nullable(),
})
export type DocumentShape = z.infer<typeof DocumentShape>

const mappingInput = {
  ref: Ref,
  /** For all documents like it in this folder and below, `''` for the whole workspace; null: in the document's own. */
  folder: z.string().max(1000).nullable().default(null),
  /** Nothing at all: what was said of such documents is forgotten. */
  paths: MappedPaths.prefault({}),
  words: UnknownMapping.shape.words,
  asOf,
}

/** State of other engines, changed where it lies. */
export const documentCalls = {
  'document.plan': {
    input: z.object(documentInput),
    output: planned(DocumentPlan),
    effect: 'read',
  },
  /** Replaces all files of the plan or none, each backed up first. `findings` are those of the document as it reads now. */
  'document.apply': {
    input: z.object({ ...documentInput, ...approval, reason }),
    output: z.object({
      backup: z.string(),
      observed: z.boolean(),
      findings: z.array(Finding),
      /** Of a repair: the file in which what was damaged is kept. */
      evidence: z.string().nullable().optional(),
    }),
    effect: 'write',
  },
  /** Takes a change back; null: the last one. What it replaces is backed up in turn. */
  'document.undo': {
    input: z.object({ ref: Ref, backup: z.string().nullable().default(null) }),
    output: z.object({ undone: z.string(), backup: z.string(), observed: z.boolean() }),
    effect: 'write',
  },
  'document.resume.plan': {
    input: z.object(resumeInput),
    output: planned(EngineResumePlan),
    effect: 'read',
  },
  /** Runs the engine's own command to its end. What came of it is what the files say then, not its exit code. */
  'document.resume.apply': {
    input: z.object({ ...resumeInput, ...approval }),
    output: z.object({
      exitCode: z.number().int().nullable(),
      signal: z.string().nullable(),
      /** The end of what it wrote. */
      output: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable(),
      changedFiles: z.array(z.string()),
    }),
    effect: 'write',
    progress: z.object({ text: z.string() }),
  },
  /** Which shapes documents of no known engine have in a folder and below, the most frequent first. */
  'document.shapes': {
    input: z.object({ folder: z.string().max(1000).default('') }),
    output: z.object({
      shapes: z.array(DocumentShape),
      /** How many documents more there are, that were not looked at. */
      notLookedAt: z.number().int(),
    }),
    effect: 'read',
  },
  /** What is what in documents that no engine is known for. */
  'document.map.plan': {
    input: z.object(mappingInput),
    output: planned(MappingPlan),
    effect: 'read',
  },
  /** Stores it in `unstuck.json`, of which a copy is kept. */
  'document.map.apply': {
    input: z.object({ ...mappingInput, ...approval }),
    output: z.object({ backup: z.string(), observed: z.boolean() }),
    effect: 'write',
  },
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
  /** What goes by the engines' own rules, and what stays, of every engine whose state lies here. */
  'document.cleanup.plan': {
    input: z.object(cleanupInput),
    output: planned(EngineCleanupPlan),
    effect: 'read',
  },
  'document.cleanup.apply': {
    input: z.object({ ...cleanupInput, ...approval }),
    output: z.object({ rows: z.array(OutcomeRow), freedBytes: z.number().int().optional() }),
    effect: 'write',
    progress: BatchProgress,
  },
} as const satisfies Record<string, CallRow>
