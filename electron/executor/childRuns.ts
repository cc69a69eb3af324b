import type { RunId, StepId } from '../../shared/schema/ids.ts'
import type { Json } from '../../shared/schema/json.ts'
import type { RunError, RunStatus } from '../../shared/schema/run.ts'

/** What a step of kind `workflow` asks for. */
export type ChildRequest = {
  readonly parent: RunId
  /** How many runs stand above the child. */
  readonly depth: number
  readonly step: StepId
  /** As the step says it. */
  readonly definition: string
  /** Where a relative path of it starts. */
  readonly folder: string | null
  readonly inputs: { readonly [name: string]: Json }
  /** The step is tried again: the run that failed goes on, so that what succeeded in it is not repeated. */
  readonly isRetry: boolean
}

export type ChildPlan =
  | { readonly kind: 'planned'; readonly run: RunId }
  | { readonly kind: 'refused'; readonly error: RunError }

/** How a child run stands. */
export type ChildView =
  | { readonly kind: 'missing' }
  /** `isFree`: nobody carries or holds it. */
  | { readonly kind: 'open'; readonly status: RunStatus; readonly isFree: boolean }
  | { readonly kind: 'completed'; readonly output: Json }
  | { readonly kind: 'failed'; readonly error: RunError }

/** The runs that steps of a run begin: the executor asks for them, whoever made the executor has them. */
export interface ChildRuns {
  /** Whether it could be started, and the id that it would have. Nothing is written. */
  plan(request: ChildRequest): Promise<ChildPlan>
  /**
   * Starts it under that id; when it is there, goes on with it where nobody carries it, no person paused it, and it has not
   * ended, or ended badly and is tried again. False where that cannot be said yet: somebody else holds it, or it cannot be
   * read; it is to be asked again once that is over. Throws where it is the run of somebody else.
   */
  ensure(run: RunId, request: ChildRequest): Promise<boolean>
  observe(child: ChildOf): Promise<ChildView>
  /** Resolves when it may stand otherwise, or after a while. */
  changed(run: RunId, signal: AbortSignal): Promise<void>
  /**
   * Resolve when it rests, or nobody carries it; throw where whoever holds it does not do it, and where it is the run of
   * somebody else.
   */
  pause(child: ChildOf, by: string, reason: string): Promise<void>
  cancel(child: ChildOf, by: string, reason: string | null): Promise<void>
}

/** A run, and the one whose step is said to have begun it. */
export type ChildOf = { readonly run: RunId; readonly parent: RunId }

/** Why a run rests that was paused with its parent: it goes on with it, too. */
export function pausedWith(parent: RunId): string {
  return `Its parent, run ${parent}, was paused.`
}
