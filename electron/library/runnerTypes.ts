import type { z } from 'zod'
import type { ResumeDecision } from '../../shared/core/resume/resumePlan.ts'
import type { Json } from '../../shared/schema/json.ts'
import type { RunError } from '../../shared/schema/run.ts'
import type { WorkflowDefinition } from '../../shared/schema/workflow.ts'
import type { RunnableWorkflow, RunnerFunction, StepWorkflow } from './defineSteps.ts'
import type { GivenSnapshot, Snapshot } from './taskResult.ts'

/** What every runner takes, whatever its workflow is made of. */
export type RunnerSettings = {
  /** Results of an earlier run, also one of another process: its successes never run again, everything else does. */
  readonly snapshot?: GivenSnapshot
  /** Folder of the workspace in which the run is recorded. Default: none, and nothing is written. */
  readonly store?: string
  /**
   * Id of a run in `store` that is gone on with, with the inputs that it has. Default: the run that the environment
   * variable `UNSTUCK_RESUME` names, when it is one of this workflow; that is how a recorded resume command works.
   */
  readonly resume?: string
  /** On a resume, what is said of steps of which nobody knows whether they had their effect. */
  readonly decisions?: { readonly [step: string]: ResumeDecision }
  /** On a resume behind a repair that could not save every step: that you know what they did, and want it to go on. */
  readonly acceptLoss?: boolean
  /**
   * The command that resumes the run, recorded with it; `{run}` in it stands for the run's id. Default: this program's own
   * command line, with `UNSTUCK_RESUME` set. Whoever may read the workspace reads it: put no secrets into it.
   */
  readonly resumeCommand?: readonly string[]
  /** Where relative paths of commands and modules start. Default: the working folder of the process. */
  readonly folder?: string
  /** Cancels the run. */
  readonly signal?: AbortSignal
  /** How long a function that was told to stop has for it, in milliseconds. Default 5,000. */
  readonly graceMs?: number
}

/** With a workflow of `defineSteps`. */
export type RunnerOptions<Context, Inputs, Outputs> = RunnerSettings & {
  readonly workflow: StepWorkflow<Context, Inputs, Outputs>
  readonly inputs?: Partial<Inputs>
} & ContextOption<Context>

/** With a definition whose `function` steps name functions of the program. */
export type DefinitionRunnerOptions = RunnerSettings & {
  readonly workflow: z.input<typeof WorkflowDefinition>
  readonly functions?: { readonly [name: string]: RunnerFunction }
  readonly inputs?: { readonly [name: string]: Json }
  readonly context?: unknown
}

/** Either of them. */
export type AnyRunnerOptions = RunnerSettings & {
  readonly workflow: RunnableWorkflow | DefinitionRunnerOptions['workflow']
  readonly functions?: DefinitionRunnerOptions['functions']
  readonly inputs?: unknown
  readonly context?: unknown
}

type ContextOption<Context> = [Context] extends [undefined]
  ? { readonly context?: undefined }
  : {
      /** Handed to every function, as it is, and never written anywhere. */
      readonly context: Context
    }

/** How a run ended, or that it rests. */
export type RunnerResult<Outputs> = {
  readonly status: 'completed' | 'failed' | 'cancelled' | 'paused'
  /** Id of the run in the store; null without one. */
  readonly run: string | null
  /** Why it failed: the error of the step that did. */
  readonly error: RunError | null
  /** By step what it returned; null where it did not succeed. */
  readonly outputs: { readonly [Step in keyof Outputs]: Outputs[Step] | null }
  readonly steps: Snapshot
}

/** One run of a workflow: made by `createRunner`, begun by `run()`. */
export interface Runner<Outputs> {
  /**
   * Runs to the end; called again, gives the same promise. A step that fails makes the result `failed`. Rejects with
   * `AppError` where the run cannot be begun, resumed (`invalid-input`, with every reason) or recorded (`io`, `locked`).
   */
  run(): Promise<RunnerResult<Outputs>>
  /** What has ended so far; at any time. */
  snapshot(): Snapshot
  /** Id of the run in the store, once it has begun; null before, and without a store. */
  runId(): string | null
  /** Tells running steps to stop; resolves when the run has ended. */
  cancel(reason?: string): Promise<void>
  /** Lets running steps end and begins no other; resolves when the run rests. It can be resumed. */
  pause(reason?: string): Promise<void>
}
