import { z } from 'zod'
import { Json } from '../../schema/json.ts'
import { CheckpointId, RunId, StepId } from '../../schema/ids.ts'
import { StepStatus } from '../../schema/run.ts'
import { ChangeCounts, PlannedChange } from '../diff/change.ts'
import { lazyObject } from '../../schema/lazyObject.ts'

/**
 * What a person says of a step in doubt. `reuse`: the original run's result stands, in a fork. `output` goes with `happened`:
 * what the step is taken to have returned.
 */
export const ResumeDecision = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reuse') }),
  z.object({ kind: z.literal('happened'), output: Json }),
  z.object({ kind: z.literal('rerun') }),
  z.object({ kind: z.literal('skip') }),
  z.object({ kind: z.literal('stop') }),
])
export type ResumeDecision = z.infer<typeof ResumeDecision>

/** What was found about a step whose intent is on disk and whose result is not. */
export const StepTrace = z.discriminatedUnion('kind', [
  /** The wrapper reports that it finished: its result is adopted. */
  lazyObject(() => ({ kind: z.literal('finished'), exitCode: z.number().int().nullable() })),
  /** Its process still lives: it is waited for. */
  z.object({ kind: z.literal('alive'), pid: z.number().int() }),
  /** The wrapper ended before the step's command began: nothing happened. */
  z.object({ kind: z.literal('neverBegan') }),
  /** Neither a living process nor a report: it may have had its effect. */
  z.object({ kind: z.literal('gone') }),
])
export type StepTrace = z.infer<typeof StepTrace>

export const ResumeStepAction = z.enum(['reuse', 'run', 'skip', 'ask', 'adopt', 'await', 'blocked'])
export type ResumeStepAction = z.infer<typeof ResumeStepAction>

/** Who gets what a step returned: a step, or with null the output of the workflow. */
export const OutputReader = lazyObject(() => ({
  step: StepId.nullable(),
  /** What it names of the output, and where that stands in it; empty: it gets the output because it needs the step. */
  reads: z.array(z.object({ name: z.string(), path: z.array(z.string()) })),
}))
export type OutputReader = z.infer<typeof OutputReader>

export const ResumeStep = lazyObject(() => ({
  step: StepId,
  action: ResumeStepAction,
  /** Rule id of SPEC.md, `S1`, `S2`, … */
  rule: z.string(),
  reason: z.string(),
  status: StepStatus,
  sideEffects: z.enum(['none', 'idempotent', 'external', 'undeclared']),
  /** From earlier runs of the workflow; null when there are none. */
  expectedMs: z.number().nullable(),
  /** Which decisions are open to a person; empty where none is needed. */
  options: z.array(z.enum(['reuse', 'happened', 'rerun', 'skip', 'stop'])),
  decision: ResumeDecision.nullable(),
  /** True where nobody has decided and `decision` is what stands unless somebody does. */
  byDefault: z.boolean().default(false),
  /** What the run calls this step, where the definition in use has another name for it. */
  was: StepId.nullable().default(null),
  /** [R111] Where a person is asked, who gets the output of the step if it happened. */
  readBy: z.array(OutputReader).default([]),
}))
export type ResumeStep = z.infer<typeof ResumeStep>

/** Something that is said and forbids nothing: a difference, or what an edit changes. */
export const ResumeNote = z.object({
  about: z.enum([
    'user',
    'host',
    'folder',
    'environment',
    'definition',
    'inputs',
    'variables',
    'file',
    'child',
    'output',
  ]),
  sentence: z.string(),
})
export type ResumeNote = z.infer<typeof ResumeNote>

/** Which step of the definition as it is now may stand for one that it lost. */
export const ProposedStep = z.object({
  was: z.string(),
  now: z.string(),
  /** `definition`: it says the same. `command`: it does the same. `name`: it is called alike. `position`: it stands where the other stood. */
  because: z.enum(['definition', 'command', 'name', 'position']),
})
export type ProposedStep = z.infer<typeof ProposedStep>

/** What a repair could not tell of steps that would run now: they may have run before. */
export const ResumeLoss = lazyObject(() => ({
  sentence: z.string(),
  steps: z.array(z.string()),
  accepted: z.boolean(),
}))
export type ResumeLoss = z.infer<typeof ResumeLoss>

export const ResumePlan = lazyObject(() => ({
  run: RunId,
  mode: z.enum(['same', 'fork']),
  from: CheckpointId.nullable(),
  /** In dependency order, items of a step behind it. */
  steps: z.array(ResumeStep),
  /** How many steps are left out of `steps` because all of them would be too long to send. */
  unlisted: z.number().int().default(0),
  definition: lazyObject(() => ({
    use: z.enum(['recorded', 'current']),
    changed: z.boolean(),
    missing: z.array(z.string()),
    added: z.array(z.string()),
    altered: z.array(z.string()),
    /** What the missing steps may be called now. */
    proposed: z.array(ProposedStep).default([]),
    problem: z.string().nullable(),
    /** By the recorded name of a step what the definition in use calls it. */
    mapping: z.record(z.string(), z.string()).default({}),
  })),
  /** Said before anything runs; none of it forbids the resume. */
  notes: z.array(ResumeNote).default([]),
  /** [S56] Inputs that were edited since the checkpoint, and would be as they were then. */
  inputsSince: z.array(z.string()).default([]),
  /** Null: no repair lost anything that would matter here. */
  loss: ResumeLoss.nullable().default(null),
  /** The command that resumes a run whose steps are functions of a program; null for every other. */
  command: z.array(z.string()).nullable().default(null),
  /** A thread: Unstuck can fork it, and only the program of its graph goes on with it (`document.resume.plan`). */
  byProgram: z.boolean().default(false),
  stopAfter: StepId.nullable(),
  /**
   * [D69] What would be different in the state of the run before the first step runs; of a fork, beside the state that it
   * goes on from. Null: nothing would go on.
   */
  atOnce: lazyObject(() => ({
    /** The first of them. */
    changes: z.array(PlannedChange),
    total: z.number().int(),
    counts: ChangeCounts,
    coarse: z.boolean(),
  }))
    .nullable()
    .default(null),
  /** What forbids it, each with what to do; empty when the plan can be applied. */
  problems: z.array(z.string()),
  ready: z.boolean(),
}))
export type ResumePlan = z.infer<typeof ResumePlan>
