// The executor turns a run and its definition into records: intent before effect, result after it.
import type { AppError } from '../../shared/errors.ts'
import type { AnnotationChange } from '../../shared/schema/annotationChange.ts'
import type { CheckpointId, RunId, StepId } from '../../shared/schema/ids.ts'
import type { StepTrace } from '../../shared/core/resume/resumePlan.ts'
import type { Run, RunStatus } from '../../shared/schema/run.ts'
import type { RunWriter } from '../store/store.ts'
import type { ControlAnswer, ControlCommand } from './controlCommand.ts'
import type { GateDecision } from './gates.ts'

export type { ControlCommand } from './controlCommand.ts'
export type { GateDecision } from './gates.ts'
export { pausedWith } from './childRuns.ts'
export type * from './childRuns.ts'
export { gateCheckpoint } from './checkpointPolicy.ts'
export { checkpointRecord } from './checkpointRecord.ts'
export { decisionRecord } from './gates.ts'

/** A run that this process carries. */
export interface LiveRun {
  readonly run: RunId
  /**
   * Resolves when the run rests (completed, failed, cancelled, paused) and its lock is free; also, with the status that the
   * journal then has, when it cannot be carried on (`problem` says why) or was left. Never rejects.
   */
  readonly done: Promise<RunStatus>
  /** No new step begins; resolves when the running ones have ended and `runPaused` is on disk, or the run ended before. */
  pause(by: string, reason: string | null): Promise<void>
  /** SIGTERM, then SIGKILL after a grace, to every step's process group; resolves when `runCancelled` is on disk. */
  cancel(by: string, reason: string | null): Promise<void>
  /** Decides at a gate; resolves when that is on disk. Throws `invalid-input`, and records nothing, where it cannot be. */
  decide(said: GateDecision): Promise<void>
  /** Makes a waiting retry due now; resolves when that is on disk. */
  retry(step: StepId): Promise<void>
  /** Makes a checkpoint of that name; resolves with its id when it is on disk. */
  checkpoint(name: string): Promise<CheckpointId>
  /** Pins it, or says something of it; resolves when that is on disk. */
  annotate(change: AnnotationChange, by: string): Promise<void>
  /** Why it was not carried to its rest: the disk refused, or the lock was lost. */
  problem(): AppError | null
}

/** What a command came to that was taken. */
export type Taken = Extract<ControlAnswer, { readonly ok: true }>

export interface Executor {
  /**
   * Carries a run to its rest. `run` is the replay of the journal under `writer`, whose last record already says that it
   * was started or resumed. Steps that are `running` in it are adopted or awaited as their wrapper's report says.
   * The executor owns the writer from here on and releases it.
   */
  carry(run: Run, writer: RunWriter, options?: { readonly stopAfter?: StepId | null }): LiveRun
  /** Runs that this process carries now. */
  live(): readonly LiveRun[]
  find(run: RunId): LiveRun | null
  /** Why a run that this process carried was not carried to its rest; null when it was, or never was here. */
  problem(run: RunId): AppError | null
  /** What is known of an attempt whose result is not in the journal. */
  trace(run: Run, step: StepId): Promise<StepTrace>
  /**
   * Asks the process behind a control socket. Resolves when it took a pause or a cancel, whose end the journal shows, and
   * when any other command is recorded. Throws its error.
   */
  send(address: string, command: ControlCommand): Promise<Taken>
  /** Waits for the control socket to close; live runs are left to go on in their wrappers. */
  close(): Promise<void>
}
