// The executor turns a run and its definition into records: intent before effect, result after it.
import type { RunId, StepId } from '../../shared/schema/ids.ts'
import type { StepTrace } from '../../shared/core/resume/resumePlan.ts'
import type { Run, RunStatus } from '../../shared/schema/run.ts'
import type { RunWriter } from '../store/store.ts'

/** A run that this process carries. */
export interface LiveRun {
  readonly run: RunId
  /** Resolves when the run rests (completed, failed, cancelled, paused) and its lock is free. Never rejects for a failed step. */
  readonly done: Promise<RunStatus>
  /** No new step begins; resolves when the running ones have ended and `runPaused` is on disk. */
  pause(by: string, reason: string | null): Promise<void>
  /** SIGTERM, then SIGKILL after a grace, to every step's process group; resolves when `runCancelled` is on disk. */
  cancel(by: string, reason: string | null): Promise<void>
}

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
  /** What is known of an attempt whose result is not in the journal. */
  trace(run: Run, step: StepId): Promise<StepTrace>
  /** Waits for the control socket to close; live runs are left to go on in their wrappers. */
  close(): Promise<void>
}
