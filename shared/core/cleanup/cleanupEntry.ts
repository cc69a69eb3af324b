import type { RunId } from '../../schema/ids.ts'
import type { Timestamp } from '../../schema/json.ts'
import type { RunStatus } from '../../schema/run.ts'
import type { Liveness } from '../diagnose/diagnosis.ts'

/** What cleanup knows of a run. */
export type CleanupEntry = {
  readonly run: RunId
  readonly workflow: string
  readonly status: RunStatus
  readonly finishedAt: Timestamp | null
  readonly updatedAt: Timestamp
  /** All its files together. */
  readonly sizeBytes: number
  readonly checkpoints: number
  readonly rev: string
  /** It is small already, and would have to be brought back to be taken away. */
  readonly archived: boolean
  /** In the archive, encrypted to a passphrase. */
  readonly sealed?: boolean
  readonly pinned: boolean
  readonly locked: boolean
  readonly healthy: boolean
  readonly liveness: Liveness
  readonly hasLiveFork: boolean
  /** Its checkpoints are where other runs began. */
  readonly hasForks: boolean
}

/** When a run ended; a finished run without that date ended when it last changed. */
export function endOf(entry: CleanupEntry): Timestamp {
  return entry.finishedAt ?? entry.updatedAt
}

/** NaN where a time is none. */
export function ageMsOf(entry: CleanupEntry, now: Timestamp): number {
  return Date.parse(now) - Date.parse(endOf(entry))
}

/** False of what ends in the future, or when nobody knows. */
export function isOlder(entry: CleanupEntry, days: number, now: Timestamp): boolean {
  return ageMsOf(entry, now) >= days * dayMs
}

export const dayMs = 86_400_000
