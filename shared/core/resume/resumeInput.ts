import type { StepId } from '../../schema/ids.ts'
import type { LostSteps } from '../../schema/lostSteps.ts'
import type { Checkpoint, Run } from '../../schema/run.ts'
import type { WorkflowDefinition } from '../../schema/workflow.ts'
import type { Liveness } from '../diagnose/diagnosis.ts'
import type { Json } from '../../schema/json.ts'
import type { ResumeDecision, ResumeNote, StepTrace } from './resumePlan.ts'

export type ResumeInput = {
  /** The state that is gone on from: the run as it is, or as it was at `from`. */
  readonly run: Run
  /** The definition that the run carries. */
  readonly definition: WorkflowDefinition | null
  /** The definition as its source says now; null when it cannot be read, with `currentProblem` saying why. */
  readonly current: WorkflowDefinition | null
  readonly currentProblem: string | null
  /** What is known of steps whose result is not in the journal; one that is missing is taken as `gone`. */
  readonly traces: Readonly<Record<string, StepTrace>>
  readonly from: Checkpoint | null
  /** False when records came after `from`: that makes a fork. */
  readonly isLatest: boolean
  readonly fork: boolean
  readonly decisions: Readonly<Record<string, ResumeDecision>>
  readonly use: 'recorded' | 'current'
  readonly stopAfter: StepId | null
  /** Milliseconds that a step took in earlier runs. */
  readonly durations: Readonly<Record<string, number>>
  readonly liveness: Liveness
  /**
   * The run as it is now, where `run` is an earlier state of it: tells which steps ran after the checkpoint. Without it
   * every step with external effects that had not succeeded at the checkpoint is asked about.
   */
  readonly latest?: Run | null
  /** Steps of which there is the log of an attempt that the run does not know: its records were lost. */
  readonly unrecorded?: readonly StepId[]
  /** What the last repair could not tell of steps; null: nothing, or the run went on since. */
  readonly lost?: LostSteps | null
  /** A person says that they know of that loss. */
  readonly acceptLoss?: boolean
  /** By the recorded name of a step what the definition as it is now calls it. */
  readonly mapping?: Readonly<Record<string, string>>
  /** The inputs as they will be; null: as recorded. */
  readonly inputs?: Readonly<Record<string, Json>> | null
  readonly variables?: VariableEdits | null
  /** Where it would go on. */
  readonly here?: ResumePlace | null
  /** What was found missing of a step's files, by step: what and where. */
  readonly missingFiles?: Readonly<Record<string, readonly MissingFile[]>>
  /** Runs that steps wait for, by step. */
  readonly children?: Readonly<Record<string, ChildRun>>
  /** Functions that this process has for steps of the kind `function`. */
  readonly functions?: readonly string[]
  /** What else was found to forbid it: trust, a lock, inputs that do not fit. */
  readonly problems?: readonly string[]
  readonly notes?: readonly ResumeNote[]
}

/** Variables that are set, and names that are taken away; all others stay. */
export type VariableEdits = {
  readonly set: Readonly<Record<string, Json>>
  readonly remove: readonly string[]
}

export type ResumePlace = {
  readonly user: string
  readonly host: string
  /** Where relative paths of the definition would start. */
  readonly folder: string | null
  /** Of the variables that the run had, those that are set here. */
  readonly environment: readonly string[]
  /** By step, the variables of this place that it would get by name, and the names that stand for none here. */
  readonly passed?: Readonly<Record<string, PassedVariables>>
}

export type PassedVariables = {
  readonly found: readonly string[]
  readonly missing: readonly string[]
}

export type MissingFile = {
  readonly what: 'module' | 'workflow' | 'working folder'
  readonly path: string
}

/** A run that a step waits for, or waited for until it failed, as it is now. */
export type ChildRun = {
  readonly run: string
  readonly status: string
  /** Steps of it that a person has to decide about. */
  readonly open: readonly string[]
  /** What else forbids that it goes on; null when nothing does. */
  readonly problem?: string | null
}

type ResumeMode = 'same' | 'fork'

/** An earlier checkpoint always forks: the records behind it are never taken back. */
export function modeOf({ fork, from, isLatest }: ResumeInput): ResumeMode {
  return fork || (from !== null && !isLatest) ? 'fork' : 'same'
}

/** The definition whose steps would run. */
export function definitionInUse(input: ResumeInput): WorkflowDefinition | null {
  return input.use === 'current' ? input.current : input.definition
}
