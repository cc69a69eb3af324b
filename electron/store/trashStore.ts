// What the store does with what goes away: into the trash, back, and for good.
import type { CancelSignal } from '../../shared/cancel.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { HolderState } from '../../shared/schema/lock.ts'

/** An entry of the trash: a run with all its files, the journal of one that was thinned, or temporary files that were left over. */
export type TrashedRun = {
  readonly id: string
  readonly kind: 'run' | 'temporary' | 'thinned'
  /** Null: files that belong to no run. */
  readonly run: RunId | null
  /** The document of another engine that lies in it; left out: it is none. */
  readonly document?: string
  readonly workflow: string | null
  readonly at: string
  readonly expiresAt: string
  readonly sizeBytes: number
  readonly reason: string
  /** When it was first found expired, as `noteExpired` noted it. */
  readonly seenExpiredAt: string | null
  /** Of a run that was thinned: the backup with its files as they were. */
  readonly backup?: string
}

/** A deletion for good that was cut short, and what is left of it. */
export type LeftPurge = {
  readonly id: string
  readonly run: RunId | null
  readonly files: number
  readonly sizeBytes: number
}

/** A file that a process made to rename it, and did not. */
export type TemporaryFile = {
  readonly path: string
  /** The name that it was to have. */
  readonly base: string
  readonly run: RunId | null
  readonly sizeBytes: number
  readonly owner: HolderState
}

export interface TrashStore {
  /** Moves a file of another engine to the trash, as an entry of its own. Throws `not-found` when it is not there. */
  trashDocument(
    document: string,
    options: { readonly reason: string; readonly keepDays: number },
  ): Promise<TrashedRun>
  /** Moves a backup of a run to the trash, as an entry of its own. Throws `not-found` when it is not there. */
  trashBackup(
    run: RunId,
    options: {
      readonly backup: string
      readonly workflow: string | null
      readonly reason: string
      readonly keepDays: number
    },
  ): Promise<TrashedRun>
  /** Newest first. `only`: no other entry is read. */
  trashed(options?: { readonly only?: ReadonlySet<string> }): Promise<readonly TrashedRun[]>
  /** Puts a run (or left-over files) back; returns its id, or that of the entry. Throws `invalid-input` when a run of that id exists. */
  restoreTrashed(id: string): Promise<string>
  /** Notes that an entry was found expired, unless that is noted; with `isExpired: false` forgets it. */
  noteExpired(id: string, options: { readonly isExpired: boolean }): Promise<void>
  /** Deletes an expired entry for good. Throws `stale` and deletes nothing when it is not, by the clock of now. */
  purgeTrashed(id: string): Promise<TrashedRun>
  /** Deletions that were cut short, and the end of one. */
  leftPurges(): Promise<readonly LeftPurge[]>
  finishPurge(id: string): Promise<void>
  /** Left-over temporary files of the workspace, and whether it is proved that their owners are gone. */
  temporaries(options?: { readonly signal?: CancelSignal }): Promise<readonly TemporaryFile[]>
  /** Moves those whose owner is proved to be gone to the trash, an entry for each run. */
  sweepTemporaries(options: {
    readonly keepDays: number
    readonly signal?: CancelSignal
  }): Promise<readonly TrashedRun[]>
}
