// What a resume of many runs would do: a row a run, the same reasons together, and the questions that are asked once.
import { z } from 'zod'
import { ResumeDecision, ResumeStep } from '../resume/resumePlan.ts'
import { FormatId } from '../../schema/format.ts'
import { StepId } from '../../schema/ids.ts'
import { lazyObject } from '../../schema/lazyObject.ts'

/** Said once for all runs of a workflow that ask the same about a step. */
export const BatchDecision = z.object({
  workflow: z.string(),
  step: StepId,
  decision: ResumeDecision,
})
export type BatchDecision = z.infer<typeof BatchDecision>

/** How each of the runs is resumed. */
export const ResumeBatchOptions = lazyObject(() => ({
  definition: z.enum(['recorded', 'current']).default('recorded'),
  stopAfter: StepId.nullable().default(null),
  decisions: z.array(BatchDecision).max(500).default([]),
}))
export type ResumeBatchOptions = z.infer<typeof ResumeBatchOptions>

/** How quickly, and what makes it wait for a person. */
export const BatchPace = lazyObject(() => ({
  /** Runs at the same time. */
  parallel: z.number().int().min(1).max(64).default(4),
  /** So many first; then it waits until a person lets it go on. */
  canary: z.number().int().min(0).max(1_000).default(1),
  /** Pauses when so many of the last ones failed for one reason; null: never. */
  guard: lazyObject(() => ({
    failures: z.number().int().min(1).max(1_000),
    of: z.number().int().min(1).max(1_000),
  }))
    .nullable()
    .default({ failures: 3, of: 10 }),
}))
export type BatchPace = z.infer<typeof BatchPace>

export const ResumeRowOutcome = z.enum(['ready', 'asks', 'blocked', 'unneeded'])
export type ResumeRowOutcome = z.infer<typeof ResumeRowOutcome>

/** A step about which a person may decide. */
export const AskedStep = lazyObject(() => ({
  ...ResumeStep.pick({ step: true, reason: true, options: true }).shape,
  /** Without a decision the run does not go on. */
  isOpen: z.boolean(),
  /** [R113] What is read by name of what it returned, and by whom. */
  reads: z.array(z.string()).default([]),
}))
export type AskedStep = z.infer<typeof AskedStep>

export const ResumeBatchRow = lazyObject(() => ({
  document: z.string(),
  format: FormatId,
  item: z.string().nullable(),
  workflow: z.string().nullable(),
  outcome: ResumeRowOutcome,
  /** Why it is not ready; of another engine’s run that is, its command. */
  sentence: z.string().nullable(),
  /** Steps that would run. */
  runs: z.number().int(),
  asked: z.array(AskedStep),
  /** Null: it could not be planned. */
  rev: z.string().nullable(),
  /** Of its own plan, which is made again before it is resumed. */
  digest: z.string().nullable(),
  /** Digest of what its plan does, whenever it is made. */
  does: z.string().nullable(),
}))
export type ResumeBatchRow = z.infer<typeof ResumeBatchRow>

export const BatchReason = lazyObject(() => ({
  outcome: ResumeRowOutcome,
  sentence: z.string(),
  count: z.number().int(),
  /** The first of them. */
  documents: z.array(z.string()),
}))
export type BatchReason = z.infer<typeof BatchReason>

export const BatchQuestion = lazyObject(() => ({
  workflow: z.string(),
  step: StepId,
  reason: z.string(),
  options: ResumeStep.shape.options,
  /** How many runs ask it. */
  runs: z.number().int(),
  /** How many of them do not go on without an answer. */
  open: z.number().int(),
  decision: ResumeDecision.nullable(),
  /** Of the first of them: what is read by name of what the step returned, and by whom. */
  reads: z.array(z.string()).default([]),
}))
export type BatchQuestion = z.infer<typeof BatchQuestion>

export const ResumeBatchPlan = lazyObject(() => ({
  /** A page of them. */
  rows: z.array(ResumeBatchRow),
  total: z.number().int(),
  counts: z.record(ResumeRowOutcome, z.number().int()),
  /** Why runs are left out, the most frequent first. */
  reasons: z.array(BatchReason),
  questions: z.array(BatchQuestion),
  /** Of all that are ready. */
  steps: z.number().int(),
  /** By the commands of other engines that would be run: the first of each, and how many. */
  commands: z.array(z.object({ format: FormatId, command: z.string(), count: z.number().int() })),
  ready: z.boolean(),
}))
export type ResumeBatchPlan = z.infer<typeof ResumeBatchPlan>
