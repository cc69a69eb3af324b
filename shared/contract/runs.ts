import { z } from 'zod'
import { Origin } from '../schema/origin.ts'
import { mappedFields } from '../schema/unknownMapping.ts'
import { Diagnosis, Liveness } from '../core/diagnose/diagnosis.ts'
import { Finding } from '../core/integrity/finding.ts'
import { Json } from '../schema/json.ts'
import { RunId, StepId } from '../schema/ids.ts'
import { RunMarks } from '../schema/head.ts'
import { LockHolder } from '../schema/lock.ts'
import { RunFilter, wordFields } from '../schema/runCondition.ts'
import { stepKinds } from '../schema/workflow.ts'
import {
  Annotations,
  Attempt,
  Checkpoint,
  Decision,
  Lineage,
  RunError,
  RunKind,
  SkippedBy,
  StepStatus,
  WaitingOn,
} from '../schema/run.ts'
import { Page, Ref, Rev, SliceInput, TextSlice, type CallRow } from './call.ts'

/** `ok`: read whole. Anything else is shown as the row's health, and the run is opened as far as it can be. */
export const Health = z.enum([
  'ok',
  'damaged',
  'old-version',
  'newer-version',
  'not-yet-readable',
  /** It belongs to the state of another engine's run, of which the row tells: it stands in the view `parts` alone. */
  'part',
  'unknown',
  'empty',
  'temporary',
  'unreadable',
])
export type Health = z.infer<typeof Health>

export const RunView = z.enum([
  'all',
  'attention',
  'running',
  'waiting',
  'failed',
  'completed',
  'damaged',
  'parts',
])
export type RunView = z.infer<typeof RunView>

/** A row of the list: a run, or a file that cannot be read as one. */
export const RunRow = z.object({
  ref: Ref,
  id: z.string(),
  workflow: z.string().nullable(),
  version: z.string().nullable(),
  /** The format's own word; for native runs one of `RunStatus`. */
  status: z.string().nullable(),
  health: Health,
  liveness: Liveness,
  /** Why it does not move, in one line; a severity of `moving` or `resting` says that nothing is wrong. */
  reason: z.object({ rule: z.string(), sentence: z.string(), severity: Diagnosis.shape.severity }),
  step: z.string().nullable(),
  stepsDone: z.number().int(),
  stepsTotal: z.number().int(),
  createdAt: z.string().nullable(),
  updatedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  attempts: z.number().int(),
  checkpoints: z.number().int(),
  sizeBytes: z.number().int(),
  format: z.string(),
  owner: z.string().nullable(),
  supersededBy: z.string().nullable(),
  parent: z.string().nullable(),
  pinned: z.boolean(),
  /** True for a run in the archive: it is read as any other, and not written before it is brought back. */
  archived: z.boolean().optional(),
  /** Errors of integrity rules that only reading all of it tells: its files are whole, and what they say is not sound. */
  flaws: z.number().int().optional(),
  /** Of a failed run, what failed without what differs from run to run: runs with the same text failed alike. */
  error: z.string().nullable().optional(),
  /** What people say of it; left out: nothing. */
  marks: RunMarks.optional(),
})
export type RunRow = z.infer<typeof RunRow>

export const RunSort = z.object({
  column: z.enum([
    'updatedAt',
    'createdAt',
    'finishedAt',
    'workflow',
    'version',
    'status',
    'health',
    'id',
    'sizeBytes',
    'attempts',
    'checkpoints',
    'step',
    'format',
    'owner',
    /** Share of the steps that are done. */
    'progress',
    /** The worst first, those with the same reason together. */
    'reason',
    /** When it came to the state that it is in. */
    'since',
    /** From its creation to its end, or to its last change. */
    'duration',
  ]),
  descending: z.boolean(),
  /** Pinned runs stand before all others. */
  pinnedFirst: z.boolean().optional(),
})
export type RunSort = z.infer<typeof RunSort>

export const StepView = z.object({
  id: StepId,
  title: z.string().nullable(),
  status: StepStatus,
  needs: z.array(z.string()),
  sideEffects: z.enum(['none', 'idempotent', 'external', 'undeclared']),
  attempts: z.array(Attempt),
  waitingOn: WaitingOn.nullable(),
  skippedBy: SkippedBy.nullable(),
  /** Its intent is on disk and its result is neither in the journal nor in its wrapper's report. */
  inDoubt: z.boolean(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  /** What makes it a step; null for a kind that only a later version knows. */
  kind: z.enum(stepKinds).nullable().optional(),
  /** The condition under which it runs: the start of it. */
  when: z.string().optional(),
  /** How often it is tried in all. */
  attemptsAllowed: z.number().int().optional(),
  /** What an item of a `forEach` step is about: the start of it, as JSON. */
  item: z.string().optional(),
  /** The items of a `forEach` step, counted by status. */
  items: z.partialRecord(StepStatus, z.number().int()).optional(),
})
export type StepView = z.infer<typeof StepView>

/** What is known of a document of another engine besides its run. */
/** What of a document was taken for what, where no format says it. */
export const FormatGuess = z.object({
  field: z.enum(mappedFields),
  /** Where it stands; null: it follows from other values. */
  path: z.string().nullable(),
  /** `mapped`: a person said so. */
  confidence: z.enum(['mapped', 'likely', 'possible']),
  evidence: z.string(),
})
export type FormatGuess = z.infer<typeof FormatGuess>

export const ForeignFacts = z.object({
  /** What a person calls the engine, and this kind of document. */
  engine: z.string(),
  label: z.string(),
  /** The engine's version of the format; null: the document does not show it. */
  version: z.string().nullable(),
  /** The engine of today would read it only after a migration of its own. */
  isOld: z.boolean(),
  role: z.enum(['run', 'part']),
  /** Status words as they are written: of the run, and of the first 200 steps. */
  said: z.object({ status: z.string().nullable(), steps: z.record(z.string(), z.string()) }),
  /** States that the files hold beside the current one: each opens as a checkpoint of that id. The newest 500. */
  points: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      kind: z.enum(['current', 'checkpoint', 'history', 'backup', 'temporary']),
      document: z.string(),
      item: z.string().nullable(),
      at: z.string().nullable(),
      /** Why it may not be what the engine would open; null when it verifies. */
      problem: z.string().nullable(),
    }),
  ),
  /** Runs in a document that holds many, the first 500: each opens as this document with that `item`. */
  items: z.array(z.object({ item: z.string(), label: z.string() })),
  /** How many entries the engine's own log of the run has: `run.history` reads them. Left out: it keeps none. */
  events: z.number().int().optional(),
  /** Of a document that no engine is known for: what was taken for what, and why. */
  guesses: z.array(FormatGuess).optional(),
  /** What this format can do beside being read. */
  can: z.object({ migrate: z.boolean(), cleanUp: z.boolean() }),
})
export type ForeignFacts = z.infer<typeof ForeignFacts>

/** A run as the Run screen shows it; large values are read with `state.read`. */
export const RunDetail = z.object({
  ref: Ref,
  rev: Rev,
  health: Health,
  liveness: Liveness,
  findings: z.array(Finding),
  /** Most likely first; never empty. */
  diagnoses: z.array(Diagnosis),
  holder: LockHolder.nullable(),
  /** True when the holder is the process that answers. */
  heldHere: z.boolean(),
  sizeBytes: z.number().int(),
  /** The archive in which the files lie, relative to the workspace; null or left out when they lie there plain. */
  archive: z.string().nullable().optional(),
  /** Files of the run, relative to the workspace. Of an archived run, a size is its share of the archive. */
  files: z.array(z.object({ path: z.string(), kind: z.string(), sizeBytes: z.number().int() })),
  backups: z.array(
    z.object({ id: z.string(), at: z.string(), reason: z.string(), sizeBytes: z.number().int() }),
  ),
  forks: z.array(z.object({ run: z.string(), checkpoint: z.string().nullable() })),
  /** Set for a document of another engine. */
  foreign: ForeignFacts.nullable().optional(),
  /** Null when nothing of it can be read as a run. */
  run: z
    .object({
      id: RunId,
      kind: RunKind,
      workflow: z.object({
        name: z.string(),
        version: z.string().nullable(),
        source: z.string().nullable(),
        digest: z.string().nullable(),
      }),
      status: z.string(),
      createdAt: z.string(),
      startedAt: z.string().nullable(),
      updatedAt: z.string(),
      finishedAt: z.string().nullable(),
      place: z.object({
        user: z.string().nullable(),
        host: z.string().nullable(),
        folder: z.string().nullable(),
      }),
      error: RunError.nullable(),
      lineage: Lineage.nullable(),
      /** Of an imported run: the document that it was made of. */
      origin: Origin.optional(),
      annotations: Annotations,
      seq: z.number().int(),
      /** In dependency order, the first 200; `run.steps` reads on. */
      steps: z.array(StepView),
      stepsTotal: z.number().int(),
      /** The newest 200, oldest first; `run.checkpoints` reads the others. */
      checkpoints: z.array(Checkpoint),
      checkpointsTotal: z.number().int(),
      decisions: z.array(Decision),
      /** Runs that its steps began; of each step the last. At most 200. */
      children: z.array(z.object({ step: StepId, run: z.string() })).optional(),
    })
    .nullable(),
})
export type RunDetail = z.infer<typeof RunDetail>

/** A value in the state, with one page of its children. */
export const StateNode = z.object({
  pointer: z.string(),
  key: z.string(),
  type: z.enum(['object', 'array', 'string', 'number', 'boolean', 'null']),
  /** Children of an object or array; characters of a string; else 0. */
  size: z.number().int(),
  /** The value itself when it is a short scalar, else the start of it. */
  preview: z.string(),
  truncated: z.boolean(),
})
export type StateNode = z.infer<typeof StateNode>

export const HistoryRecord = z.object({
  seq: z.number().int(),
  at: z.string(),
  type: z.string(),
  step: z.string().nullable(),
  /** One sentence of what it says. */
  sentence: z.string(),
  offset: z.number().int(),
  sizeBytes: z.number().int(),
  /** The line as it stands in the journal, at most 16 KiB of it. */
  text: z.string(),
})
export type HistoryRecord = z.infer<typeof HistoryRecord>

/** Which runs are meant: all of these have to fit. */
const Which = {
  view: RunView.default('all'),
  text: z.string().max(500).default(''),
  filter: RunFilter.default([]),
}

/** How far documents were searched for what is asked of the state. */
export const StateSearch = z.object({
  searched: z.number().int(),
  of: z.number().int(),
  found: z.number().int(),
})
export type StateSearch = z.infer<typeof StateSearch>

/** Whether to answer with what was found in half a second; else the whole search is waited for. */
const partial = z.boolean().default(false)

/** Runs of a group, and the conditions that only they fit. */
export const RunGroup = z.object({
  /** Null: those that have none. */
  value: z.string().nullable(),
  /** Of a version, its workflow. */
  workflow: z.string().nullable().optional(),
  count: z.number().int(),
  /** How many are in each status; the empty text stands for no status. */
  statuses: z.record(z.string(), z.number().int()),
  newestAt: z.string().nullable(),
  filter: RunFilter,
})
export type RunGroup = z.infer<typeof RunGroup>

export const runCalls = {
  'run.list': {
    input: z.object({
      ...Which,
      partial,
      sort: RunSort.default({ column: 'updatedAt', descending: true }),
      ...Page,
    }),
    output: z.object({
      rows: z.array(RunRow),
      /** Rows that match; `counts` are of the whole workspace, one a view. */
      total: z.number().int(),
      counts: z.record(RunView, z.number().int()),
      /** Rows that were told by the start of their heads: nobody has read all of these runs yet. */
      unverified: z.number().int().optional(),
      /** Set on a page that is shown before anything was looked at: how things were then. */
      asOf: z.string().optional(),
      /** Set while not all documents are searched: `total` is what was found so far. */
      searching: StateSearch.optional(),
    }),
    effect: 'read',
    progress: StateSearch,
  },
  /** How many runs fit each of these; null where the state has to be searched first. */
  'run.count': {
    input: z.object({ queries: z.array(z.object(Which)).min(1).max(100) }),
    output: z.object({ totals: z.array(z.number().int().nullable()) }),
    effect: 'read',
  },
  /** The same runs in groups, the largest first; those that have no value last. */
  'run.groups': {
    input: z.object({ ...Which, partial, by: z.enum(wordFields), ...Page }),
    output: z.object({
      groups: z.array(RunGroup),
      /** Groups, and runs in all of them. */
      total: z.number().int(),
      runs: z.number().int(),
      searching: StateSearch.optional(),
    }),
    effect: 'read',
    progress: StateSearch,
  },
  'run.get': {
    input: z.object({
      ref: Ref,
      /** What is not waited for: the answer has none of it. `run.forks` tells it by itself. */
      leaveOut: z.array(z.literal('forks')).max(1).optional(),
    }),
    output: RunDetail,
    effect: 'read',
  },
  /** Runs that were forked from this one: every run of the workspace is looked at for it. */
  'run.forks': {
    input: z.object({ ref: Ref }),
    output: RunDetail.pick({ forks: true }),
    effect: 'read',
  },
  'run.steps': {
    input: z.object({ ref: Ref, ...Page }),
    output: z.object({ steps: z.array(StepView), total: z.number().int() }),
    effect: 'read',
  },
  'run.checkpoints': {
    input: z.object({ ref: Ref, ...Page }),
    output: z.object({ checkpoints: z.array(Checkpoint), total: z.number().int() }),
    effect: 'read',
  },
  'run.history': {
    input: z.object({
      ref: Ref,
      /** Newest first when descending; `fromSeq` is where the page starts, null for the end. */
      fromSeq: z.number().int().nullable().default(null),
      descending: z.boolean().default(true),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    output: z.object({
      records: z.array(HistoryRecord),
      nextSeq: z.number().int().nullable(),
      total: z.number().int(),
      flaws: z.array(Finding),
    }),
    effect: 'read',
  },
  'run.log': {
    input: z.object({
      ref: Ref,
      step: StepId,
      attempt: z.number().int().min(1),
      /** Asks for the number of the first line: what lies before the slice is counted through. */
      numbered: z.boolean().optional(),
      ...SliceInput,
    }),
    output: TextSlice.extend({ firstLine: z.number().int().optional() }),
    effect: 'read',
  },
  'run.raw': {
    input: z.object({
      ref: Ref,
      file: z.enum(['head', 'journal', 'document']),
      /** `hex`: two digits a byte. As text, what is not UTF-8 is U+FFFD. */
      encoding: z.enum(['text', 'hex']).default('text'),
      numbered: z.boolean().optional(),
      /** Of a document as text: decompressed, and in the encoding that it is written in. Offsets count its own bytes then. */
      decoded: z.boolean().optional(),
      ...SliceInput,
    }),
    output: TextSlice.extend({
      firstLine: z.number().int().optional(),
      /** Of a document that is decoded, where it is not UTF-8 as it lies. */
      written: z
        .object({
          encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be']),
          packing: z.enum(['gzip', 'zstd']).nullable(),
        })
        .optional(),
    }),
    effect: 'read',
  },
  'state.read': {
    input: z.object({
      ref: Ref,
      /** Null: as it is now. */
      checkpoint: z.string().nullable().default(null),
      pointer: z.string().default(''),
      /** The page in which this child stands, whatever the offset says. */
      child: z.string().optional(),
      ...Page,
    }),
    output: z.object({
      node: StateNode,
      /** Fewer than the limit where they would be too much for one message. */
      children: z.array(StateNode),
      total: z.number().int(),
      /** Where the page begins. */
      offset: z.number().int().optional(),
    }),
    effect: 'read',
  },
  /** A value as JSON text, in slices. */
  'state.value': {
    input: z.object({
      ref: Ref,
      checkpoint: z.string().nullable().default(null),
      pointer: z.string().default(''),
      ...SliceInput,
    }),
    output: TextSlice,
    effect: 'read',
  },
  'run.check': {
    input: z.object({ ref: Ref }),
    output: z.object({ item: z.string(), health: Health, findings: z.array(Finding) }),
    effect: 'read',
  },
  /** Starts a workflow; returns when its first record is on disk. */
  'run.start': {
    input: z.object({
      /** Path of a YAML or JSON definition, absolute or relative to the workspace. */
      definition: z.string().min(1),
      inputs: z.record(z.string(), Json).default({}),
    }),
    /** `kept` is false where the settings say that nothing of a run is written: it is gone when this host ends. */
    output: z.object({ ref: Ref, kept: z.boolean().optional() }),
    effect: 'write',
  },
  /** Returns when the run rests or nobody runs it; progress says each record that was seen. */
  'run.wait': {
    input: z.object({ ref: Ref }),
    output: z.object({ status: z.string(), liveness: Liveness, error: z.string().nullable() }),
    effect: 'read',
    progress: z.object({
      seq: z.number().int(),
      sentence: z.string(),
      step: z.string().nullable(),
      /** The type of the record. */
      type: z.string().optional(),
    }),
  },
  /** Asks whoever holds the run; what is returned was read back from the journal. */
  'run.pause': {
    input: z.object({ ref: Ref }),
    output: z.object({ status: z.string(), observed: z.boolean() }),
    effect: 'write',
  },
  'run.cancel': {
    input: z.object({ ref: Ref, reason: z.string().max(2000).nullable().default(null) }),
    output: z.object({ status: z.string(), observed: z.boolean() }),
    effect: 'write',
  },
  /**
   * Decides at a gate: by whoever holds the run, else under its lock; then the run rests as before and has to be resumed.
   * Values that do not fit the gate's form are refused, and nothing is recorded.
   */
  'run.decide': {
    input: z.object({
      ref: Ref,
      step: StepId,
      decision: z.enum(['approved', 'rejected']),
      values: z.record(z.string(), Json).default({}),
      reason: z.string().max(2000).nullable().default(null),
    }),
    output: z.object({ status: z.string(), observed: z.boolean() }),
    effect: 'write',
  },
  /** Makes the attempt that a step waits for due now. */
  'run.retry': {
    input: z.object({ ref: Ref, step: StepId }),
    output: z.object({ status: z.string(), observed: z.boolean() }),
    effect: 'write',
  },
  /** Makes a checkpoint of the run as it is. */
  'run.checkpoint': {
    input: z.object({ ref: Ref, name: z.string().trim().min(1).max(200) }),
    output: z.object({ checkpoint: z.string(), observed: z.boolean() }),
    effect: 'write',
  },
  /**
   * Runs one step alone on a copy of the state, now or at a checkpoint. Nothing is recorded in the run, and what the step
   * does outside is real.
   */
  'step.try': {
    input: z.object({ ref: Ref, step: StepId, checkpoint: z.string().nullable().default(null) }),
    output: z.object({
      outcome: z.enum(['succeeded', 'failed', 'cancelled', 'skipped']),
      exitCode: z.number().int().nullable(),
      error: RunError.nullable(),
      /** The start of it, as JSON. */
      output: z.string(),
      /** The end of it. */
      log: z.string(),
    }),
    effect: 'write',
  },
} as const satisfies Record<string, CallRow>
