import { z } from 'zod'
import { CleanupPlan, CleanupPolicy } from '../core/cleanup/cleanupPlan.ts'
import { MigrationPlan, MigrationView } from '../core/migrate/migrationPlan.ts'
import { BatchRepairPlan, RepairPlan } from '../core/repair/repairPlan.ts'
import { ResumeDecision, ResumePlan } from '../core/resume/resumePlan.ts'
import { Json } from '../schema/json.ts'
import { RunId, StepId } from '../schema/ids.ts'
import { BatchProgress, OutcomeRow, Ref, type CallRow } from './call.ts'
import { approval, asOf, planned } from './planned.ts'
import { lazyObject } from '../schema/lazyObject.ts'

const resumeInput = {
  ref: Ref,
  /** Null: the last valid record. An earlier checkpoint always makes a fork. */
  from: z.string().nullable().default(null),
  fork: z.boolean().default(false),
  /** Inputs of the run that are edited; all others stay. */
  inputs: z.record(z.string(), Json).nullable().default(null),
  /** Changes variables of the run by name; null keeps all of them. */
  variables: lazyObject(() => ({
    set: z.record(z.string(), Json).default({}),
    remove: z.array(z.string()).default([]),
  }))
    .nullable()
    .optional(),
  /** With the definition as it is now: by the recorded name of a step what it is called there. */
  mapping: z.record(z.string(), StepId).optional(),
  decisions: z.record(StepId, ResumeDecision).default({}),
  definition: z.enum(['recorded', 'current']).default('recorded'),
  /** Where the definition as it is now is read; left out: where the run says. A relative path starts at the workspace. */
  definitionFile: z.string().min(1).optional(),
  stopAfter: StepId.nullable().default(null),
  /** A person knows what a repair could not save, and wants the run to go on. */
  acceptLoss: z.boolean().optional(),
  asOf,
}

const repairInput = {
  ref: Ref,
  /** Null: the best usable one. */
  source: z.string().nullable().default(null),
  rejected: z.array(z.string()).default([]),
  asOf,
}

const batchRepairInput = { runs: z.array(RunId).min(1).max(10_000), asOf }

const migrateInput = {
  /** Paths of old documents; null: every one in the workspace. */
  documents: z.array(z.string()).nullable().default(null),
  asOf,
}

const cleanupInput = {
  policy: CleanupPolicy,
  /** Runs that a person chose: they go instead of those that the policy would choose. */
  runs: z.array(RunId).min(1).max(5_000).nullable().optional(),
  asOf,
}

export const TrashEntry = lazyObject(() => ({
  id: z.string(),
  /**
   * A run with all its files, the journal of a run that was thinned, or other files: those that a process left over, or a
   * document of another engine.
   */
  kind: z.enum(['run', 'temporary', 'thinned']),
  /** Null: files that belong to no run. */
  run: z.string().nullable(),
  /** The document of another engine that lies in it; left out: it is none. */
  document: z.string().optional(),
  workflow: z.string().nullable(),
  at: z.string(),
  expiresAt: z.string(),
  sizeBytes: z.number().int(),
  reason: z.string(),
  /** When it was first found expired; null: not yet. */
  seenExpiredAt: z.string().nullable(),
}))
export type TrashEntry = z.infer<typeof TrashEntry>

export const planCalls = {
  /**
   * What a resume or fork from a checkpoint would do, step by step, what it asks first, and what blocks it. Writes
   * nothing.
   */
  'resume.plan': { input: z.object(resumeInput), output: planned(ResumePlan), effect: 'read' },
  /** Returns when the run was taken and its `runResumed` (or, for a fork, `runCreated`) record is on disk. */
  'resume.apply': {
    input: z.object({ ...resumeInput, ...approval }),
    output: z.object({ ref: Ref, observed: z.boolean() }),
    effect: 'write',
  },
  /** What is wrong with a run, what would be saved by each item of a repair, and what would be lost. Writes nothing. */
  'repair.plan': { input: z.object(repairInput), output: planned(RepairPlan), effect: 'read' },
  /**
   * Replaces the files of a run by what the plan says, after a backup, and reads them back. `stale` where the run is no
   * longer what was planned.
   */
  'repair.apply': {
    input: z.object({ ...repairInput, ...approval }),
    output: lazyObject(() => ({
      /** Read back: findings that remain. */
      findings: RepairPlan.shape.findings,
      backup: z.string(),
      /** The file in which what was damaged is kept, relative to the workspace. */
      evidence: z.string(),
      observed: z.boolean(),
    })),
    effect: 'write',
  },
  /** Puts back what a repair replaced; what it replaces now goes to a backup in turn. */
  'repair.undo': {
    input: z.object({ ref: Ref, backup: z.string() }),
    output: z.object({ backup: z.string(), observed: z.boolean() }),
    effect: 'write',
  },
  /** The repair of many runs. The digest is of all rows; a page of them is shown. */
  'repair.batch.plan': {
    input: lazyObject(() => ({
      ...batchRepairInput,
      /** Of the plan whose next rows are asked for; null: plan. */
      digest: z.string().min(1).nullable().default(null),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(200).default(100),
    })),
    output: planned(BatchRepairPlan),
    effect: 'read',
  },
  /** A row a run: its result is the backup by which its repair is undone. */
  'repair.batch.apply': {
    input: z.object({ ...batchRepairInput, ...approval }),
    output: z.object({ rows: z.array(OutcomeRow) }),
    effect: 'write',
    progress: BatchProgress,
  },
  /** Takes back the repairs of many runs, each on its own, with a row a run. */
  'repair.batch.undo': {
    input: lazyObject(() => ({
      repairs: z
        .array(z.object({ run: RunId, backup: z.string().min(1) }))
        .min(1)
        .max(10_000),
    })),
    output: z.object({ rows: z.array(OutcomeRow) }),
    effect: 'write',
    progress: BatchProgress,
  },
  /** The digest is of all rows; a page of them is shown, of long ones fewer than `limit`. */
  'migrate.plan': {
    input: lazyObject(() => ({
      ...migrateInput,
      /** Of the plan whose next rows are asked for; null: plan. */
      digest: z.string().min(1).nullable().default(null),
      rev: z.string().min(1).nullable().default(null),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(500).default(500),
    })),
    output: planned(MigrationPlan),
    effect: 'read',
    progress: BatchProgress,
  },
  /** One old document before and after. */
  'migrate.show': {
    input: z.object({ document: z.string().min(1), asOf }),
    output: MigrationView,
    effect: 'read',
  },
  /** Migrates what the plan says, each after a backup, with a row a document. */
  'migrate.apply': {
    input: z.object({ ...migrateInput, ...approval }),
    output: z.object({ rows: z.array(OutcomeRow) }),
    effect: 'write',
    progress: BatchProgress,
  },
  /** Runs that were migrated and not rolled back since, newest first. */
  'migrate.past': {
    input: lazyObject(() => ({
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(200).default(100),
    })),
    output: lazyObject(() => ({
      rows: z.array(
        z.object({
          run: RunId,
          /** Where its old document was. */
          document: z.string(),
          at: z.string(),
          by: z.string(),
          /** Why it cannot be rolled back now; null: nothing stands in the way. */
          problem: z.string().nullable(),
        }),
      ),
      total: z.number().int(),
    })),
    effect: 'read',
  },
  /** Puts the old documents back; the migrated runs go to the trash. */
  'migrate.rollback': {
    input: z.object({ runs: z.array(RunId).min(1) }),
    output: z.object({ rows: z.array(OutcomeRow) }),
    effect: 'write',
    progress: BatchProgress,
  },
  /** From the index: the digest is of all victims; a page of them is shown. */
  'cleanup.plan': {
    input: lazyObject(() => ({
      ...cleanupInput,
      /** Of the plan whose next victims are asked for; null: plan. */
      digest: z.string().min(1).nullable().default(null),
      rev: z.string().min(1).nullable().default(null),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(1_000).default(500),
    })),
    output: planned(CleanupPlan),
    effect: 'read',
    /** Runs that are read for what thinning would do. */
    progress: BatchProgress,
  },
  /** A part of the victims in their order: a message holds no more. Each is read again under its lock before it goes. */
  'cleanup.apply': {
    input: lazyObject(() => ({
      ...cleanupInput,
      ...approval,
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(1_000).default(1_000),
      /** To which is encrypted what goes to the archive. Left out: as the host was told, or not at all. Never kept. */
      passphrase: z.string().min(1).max(1000).nullable().optional(),
    })),
    output: lazyObject(() => ({
      rows: z.array(OutcomeRow),
      /** What left the places of the runs. */
      freedBytes: z.number().int(),
      /** Null: these were the last. */
      nextOffset: z.number().int().nullable(),
      total: z.number().int(),
    })),
    effect: 'write',
    progress: BatchProgress,
  },
  /** Newest first. */
  'trash.list': {
    input: lazyObject(() => ({
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(1_000).default(1_000),
    })),
    output: lazyObject(() => ({
      entries: z.array(TrashEntry),
      nextOffset: z.number().int().nullable(),
      total: z.number().int(),
      /** Of all entries. */
      sizeBytes: z.number().int(),
    })),
    effect: 'read',
  },
  /** Brings back what a clean-up moved to the trash, with a row a run. */
  'cleanup.restore': {
    input: lazyObject(() => ({ entries: z.array(z.string()).min(1).max(5_000) })),
    output: z.object({ rows: z.array(OutcomeRow) }),
    effect: 'write',
    progress: BatchProgress,
  },
} as const satisfies Record<string, CallRow>
