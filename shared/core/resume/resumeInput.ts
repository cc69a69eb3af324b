import type { StepId } from '../../schema/ids.ts'
import type { Checkpoint, Run } from '../../schema/run.ts'
import type { WorkflowDefinition } from '../../schema/workflow.ts'
import type { Liveness } from '../diagnose/diagnosis.ts'
import type { ResumeDecision, StepTrace } from './resumePlan.ts'

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
