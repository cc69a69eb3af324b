// What was done with runs that had failed, as the operations log tells it, and what those runs were last seen to be.
import type { TriedRun } from '../../../shared/core/diagnose/observeTry.ts'
import type { TryKind } from '../../../shared/schema/errorGroup.ts'

/** An operation on a run that had failed when it was asked for. */
export type LoggedTry = {
  readonly operation: string
  readonly kind: TryKind
  readonly run: string
  /** The fork that was made. */
  readonly made: string | null
  readonly at: string
  readonly by: string
  readonly reason: string | null
  readonly failed: { readonly step: string | null; readonly error: string }
}

/** A fork of a run that failed, whoever made it. */
export type KnownFork = {
  /** The run that had failed, and of what. */
  readonly run: string
  readonly error: string
  readonly fork: string
  readonly createdAt: string
  readonly step: string | null
}

export type TryMemory = {
  /** By operation; of one that was no try, null. */
  readonly operations: Map<string, LoggedTry | null>
  /** By run and step, as of its stamp. */
  readonly seen: Map<string, { readonly stamp: string; readonly run: TriedRun | null }>
}

export function createTryMemory(): TryMemory {
  return { operations: new Map(), seen: new Map() }
}
