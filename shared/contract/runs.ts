// What is said of a run: its row in the list, and what its screen shows.
import { z } from 'zod'
import { Origin } from '../schema/origin.ts'
import { Diagnosis, Liveness } from '../core/diagnose/diagnosis.ts'
import { Finding } from '../core/integrity/finding.ts'
import { RunId, StepId } from '../schema/ids.ts'
import { RunMarks } from '../schema/head.ts'
import { LockHolder } from '../schema/lock.ts'
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
import { Ref, Rev } from './call.ts'
import { ForeignFacts } from './foreignFacts.ts'
import { lazyObject } from '../schema/lazyObject.ts'

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
export const RunRow = lazyObject(() => ({
  ref: Ref,
  id: z.string(),
  workflow: z.string().nullable(),
  version: z.string().nullable(),
  /** The format's own word; for native runs one of `RunStatus`. */
  status: z.string().nullable(),
  health: Health,
  liveness: Liveness,
  /** Why it does not move, in one line; a severity of `moving` or `resting` says that nothing is wrong. */
  reason: lazyObject(() => ({
    rule: z.string(),
    sentence: z.string(),
    severity: Diagnosis.shape.severity,
  })),
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
}))
export type RunRow = z.infer<typeof RunRow>

export const RunSort = lazyObject(() => ({
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
}))
export type RunSort = z.infer<typeof RunSort>

export const StepView = lazyObject(() => ({
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
}))
export type StepView = z.infer<typeof StepView>

/** A run as the Run screen shows it; large values are read with `state.read`. */
export const RunDetail = lazyObject(() => ({
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
  /** True where that is encrypted: the run was opened with its passphrase, and lies open in memory only. */
  unlocked: z.boolean().optional(),
  /** Files of the run, relative to the workspace. Of an archived run, a size is its share of the archive. */
  files: z.array(z.object({ path: z.string(), kind: z.string(), sizeBytes: z.number().int() })),
  backups: z.array(
    z.object({ id: z.string(), at: z.string(), reason: z.string(), sizeBytes: z.number().int() }),
  ),
  forks: z.array(z.object({ run: z.string(), checkpoint: z.string().nullable() })),
  /** Set for a document of another engine. */
  foreign: ForeignFacts.nullable().optional(),
  /** Null when nothing of it can be read as a run. */
  run: lazyObject(() => ({
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
  })).nullable(),
}))
export type RunDetail = z.infer<typeof RunDetail>
