// Where the writes of runs happen: on a thread of the disk, or over the port. The callers cannot tell.
import type { RunId } from '../../shared/schema/ids.ts'
import type { PlaceInWorkspace } from './diskPaths.ts'
import type { Replacement } from './diskReplace.ts'

export interface Disk {
  /** The writes of one run under its lock: one lane is one order. */
  openLane(target: LaneTarget): DiskLane
  close(): Promise<void>
}

export interface DiskLane {
  /**
   * Done and, where the job says so, on disk when it resolves. `lock-lost`: the lock is not the one of the target any more,
   * and nothing was written. Throws what the system refused; `stale` when somebody else wrote the journal.
   */
  perform(job: DiskJob): Promise<DiskOutcome>
  close(): Promise<void>
}

export type LaneTarget = {
  readonly run: RunId
  readonly journal: PlaceInWorkspace
  readonly lock: LockMark
}

/** What a lock file looks like as long as it is the same. */
export type LockMark = {
  /** Absolute. */
  readonly path: string
  readonly inode: bigint
  readonly modifiedNs: bigint
}

export type DiskJob =
  | AppendJob
  | ({ readonly kind: 'replace' } & Replacement)
  | { readonly kind: 'cut'; readonly sizeBytes: number; readonly toBytes: number }
  /** Closes the journal's file; the next job opens it again. */
  | { readonly kind: 'release' }

export type AppendJob = {
  readonly kind: 'append'
  readonly bytes: Uint8Array
  /** Of the journal as it was left. */
  readonly sizeBytes: number
  readonly durable: boolean
  /** Fails, `corrupt`, where the bytes are not found through the journal's path when they were written. */
  readonly isReadBack: boolean
}

export type DiskOutcome = 'done' | 'lock-lost'
