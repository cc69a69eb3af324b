// The store is the only room that touches a workspace's disk: bytes and records in, bytes and records out.
import type { CancelSignal } from '../../shared/cancel.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { KnownRecord, RecordBody } from '../../shared/schema/journal.ts'
import type { JournalReading } from '../../shared/schema/journalReading.ts'
import type { LockHolder } from '../../shared/schema/lock.ts'

/** Whether a workspace may be written, found out by writing, not by asking for permissions. */
export type Access =
  { readonly writable: true } | { readonly writable: false; readonly reason: string }

/** A file, or a run's pair of files, that the listing found. */
export type Entry = {
  /** Path of the file (for a run: of its head, also when only its journal exists), relative to the root, with `/`. */
  readonly document: string
  /** Set when the file lies where a native run lies and its name is a run id. */
  readonly run: RunId | null
  readonly kind: 'run' | 'document' | 'temporary'
  readonly sizeBytes: number
  readonly modifiedAt: string
  /** Changes when any of its files does; equal stamps may be answered from a cache. */
  readonly stamp: string
  /** Why it cannot be read at all (permissions, a link, not a file); null when it can. */
  readonly problem: string | null
}

export type StoredDocument = {
  readonly document: string
  readonly bytes: Uint8Array
  /** `sha256:<hex>` of the bytes. */
  readonly rev: string
}

export type StoredRun = {
  readonly id: RunId
  readonly head: StoredDocument | null
  readonly journal: JournalReading | null
  /** Digest of the head, and seq and sum of the last record: what a plan is based on. */
  readonly rev: string
  readonly holder: LockHolder | null
  readonly files: readonly {
    readonly path: string
    readonly kind: string
    readonly sizeBytes: number
  }[]
}

export type Backup = {
  readonly id: string
  readonly at: string
  readonly reason: string
  readonly sizeBytes: number
  /** Paths relative to the root, as they were. */
  readonly files: readonly string[]
}

export type TrashedRun = {
  readonly id: string
  readonly run: RunId
  readonly workflow: string | null
  readonly at: string
  readonly expiresAt: string
  readonly sizeBytes: number
  readonly reason: string
}

/** `alive`: its process was found. `gone`: proved to be gone. `unknown`: nothing is proved, it is not broken. */
export type HolderState = 'alive' | 'gone' | 'unknown'

/**
 * A run under its lock: the only way to write it. Every method throws `AppError('locked')` once the lock is lost, and
 * `AppError('io')` when the disk refuses; a failed write leaves what was there before, or is reported by the next read.
 */
export interface RunWriter {
  readonly run: RunId
  readonly epoch: number
  /**
   * Adds records at the end of the journal, in one write. `durable`: on disk (fsync) when the promise resolves.
   * A torn tail is backed up and cut before the first record is added.
   */
  append(
    bodies: readonly RecordBody[],
    options: { readonly durable: boolean },
  ): Promise<readonly KnownRecord[]>
  /** True when more was appended since the last keyframe than `stateBytes`, and at least 64 KiB. */
  isKeyframeDue(stateBytes: number): boolean
  /** Replaces the head atomically and durably. */
  replaceHead(text: string): Promise<void>
  /** Copies head and journal to backups, durably. */
  backup(reason: string): Promise<Backup>
  /** Cuts the journal at a byte offset. The caller has made a backup. */
  cutJournal(toBytes: number): Promise<void>
  /** Sequence number, epoch and chain go on from here, for a journal whose tail was lost. */
  continueAfter(seq: number): void
  /** Puts a backup's files back, exactly. The caller has made a backup of what is there. */
  restoreBackup(id: string): Promise<void>
  /** Moves all files of the run (logs, backups too) to the trash; afterwards the writer is released. */
  trash(options: {
    readonly reason: string
    readonly workflow: string | null
    readonly keepDays: number
  }): Promise<TrashedRun>
  /** Frees the lock. Safe to call twice. One that failed is tried again until it succeeds, as long as this process lives. */
  release(): Promise<void>
}

export type OpenOptions = {
  /** What the holder does, shown to whoever finds the run locked. */
  readonly purpose: string
  readonly controlSocket: string | null
}

export interface Store {
  /** Absolute path of the workspace. */
  readonly root: string
  readonly access: Access
  list(options?: { readonly signal?: CancelSignal }): Promise<readonly Entry[]>
  /** The same of one run; null when it has no file. */
  entry(run: RunId): Promise<Entry | null>
  /** Runs that have a lock, whoever holds it. */
  heldRuns(): Promise<ReadonlySet<RunId>>
  /** Throws `not-found` when neither head nor journal exists. Never writes. */
  read(run: RunId): Promise<StoredRun>
  /** Reads any file below the root by its relative path. Throws `not-found`, `io`, or `invalid-input` for a path that leaves it. */
  readDocument(document: string): Promise<StoredDocument>
  /** A piece of a file; bytes beyond its end are simply not there. */
  readSlice(
    document: string,
    options: { readonly offset: number; readonly limitBytes: number },
  ): Promise<{ readonly bytes: Uint8Array; readonly sizeBytes: number }>
  /** Makes the day folder and takes the lock of a run that does not exist yet. Throws `invalid-input` when it does. */
  create(run: RunId, options: OpenOptions & { readonly createdAt: string }): Promise<RunWriter>
  /** Takes the lock of an existing run. Throws `locked` (with the holder in details), `not-found` or `read-only`. */
  open(run: RunId, options: OpenOptions): Promise<RunWriter>
  holderState(holder: LockHolder): Promise<HolderState>
  /** True when the holder is this very process. */
  isHeldHere(holder: LockHolder): boolean
  /**
   * Takes a lock away on a person's word. Throws `stale` when it is no longer the lock that was looked at. Its holder, if
   * it still lives, finds out with its next write.
   */
  breakLock(holder: LockHolder): Promise<void>
  /** Newest first. */
  backups(run: RunId): Promise<readonly Backup[]>
  /** One file of a backup, by the path it had. */
  readBackup(run: RunId, backup: string, document: string): Promise<StoredDocument>
  /**
   * Moves a document (an old version's file) out of the way into the run's backups, after the run was written. Throws `stale`
   * and leaves it where it is when it is not of the revision that the run was made from.
   */
  moveToBackup(
    document: string,
    options: { readonly run: RunId; readonly reason: string; readonly rev?: string },
  ): Promise<Backup>
  /** Copies a document to the run's backups and leaves it where it is. */
  copyToBackup(
    document: string,
    options: { readonly run: RunId; readonly reason: string },
  ): Promise<Backup>
  /** Puts the files of a backup back where no file is; refuses to replace one. */
  restoreDocument(run: RunId, backup: string): Promise<readonly string[]>
  trashed(): Promise<readonly TrashedRun[]>
  /** Puts a run back. Throws `invalid-input` when a run of that id exists. */
  restoreTrashed(id: string): Promise<RunId>
  /** Paths of a run's places, relative to the root. */
  readonly layout: {
    head(run: RunId): string
    journal(run: RunId): string
    log(run: RunId, step: string, attempt: number): string
    /** Folder in which the wrapper of one attempt reports. */
    step(run: RunId, step: string, attempt: number): string
  }
  /** Calls back, coalesced, with the runs whose files changed; null: any. Returns the unsubscribe function. */
  watch(listener: (runs: readonly RunId[] | null) => void): () => void
  /** Appends a line to the operations log: what was requested, then what was observed. */
  logOperation(operation: {
    readonly call: string
    readonly item: string
    readonly by: string
    readonly phase: 'requested' | 'observed'
    readonly outcome: string | null
  }): Promise<void>
  close(): Promise<void>
}
