// The store is the only room that touches a workspace's disk: bytes and records in, bytes and records out.
import type { ArchiveCipher, ArchiveSeal } from './archiveSealed.ts'
import type { UnlockedArchive } from './archiveUnlocked.ts'
import type { CancelSignal } from '../../shared/cancel.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { KnownRecord, RecordBody } from '../../shared/schema/journal.ts'
import type { JournalReading } from '../../shared/schema/journalReading.ts'
import type { HolderState, LockHolder } from '../../shared/schema/lock.ts'
import type { Adoption } from './adoptRun.ts'
import type { Compaction } from './compactJournal.ts'
import type { Backup, DocumentStore, StoredDocument } from './documentStore.ts'
import type { JobLines } from './jobs.ts'
import type { Start } from './readStarts.ts'
import type { StampTable } from './stampTable.ts'
import type { Sweep, SweepOptions } from './sweep.ts'
import type { OperationLine, OperationPage, OperationQuery } from './operationLog.ts'
import type { Storage, StorageProgress } from './storage.ts'
import type { TrashedRun, TrashStore } from './trashStore.ts'

export type { ArchiveCipher, ArchiveSeal } from './archiveSealed.ts'
export type { UnlockedArchive } from './archiveUnlocked.ts'

/** Whether a workspace may be written, found out by writing, not by asking for permissions. */
export type Access =
  | { readonly writable: true }
  | { readonly writable: false; readonly reason: string }

/** A file, or a run's pair of files, that the listing found. */
export type Entry = {
  /** Path of the file (for a run: of its head, also when only its journal exists), relative to the root, with `/`. */
  readonly document: string
  /** Set when the file lies where a native run lies and its name is a run id. */
  readonly run: RunId | null
  readonly kind: 'run' | 'document' | 'temporary'
  /** True when the run is in the archive: `document` is then where its head would be. */
  readonly archived: boolean
  readonly sizeBytes: number
  readonly modifiedAt: string
  /** Size of a run's journal, where the listing saw it uncompressed. */
  readonly journalBytes?: number | null
  /** Changes when any of its files does; equal stamps may be answered from a cache. */
  readonly stamp: string
  /** Why it cannot be read at all (permissions, a link, not a file); null when it can. */
  readonly problem: string | null
}

export type StoredRun = {
  readonly id: RunId
  readonly head: StoredDocument | null
  readonly journal: JournalReading | null
  /** Digest of the head, and seq and sum of the last record: what a plan is based on. */
  readonly rev: string
  readonly holder: LockHolder | null
  /** The archive in which its files lie; null when they lie in the workspace. Of an archived run, a file's size is its share. */
  readonly archive: {
    readonly path: string
    readonly sizeBytes: number
    /** It is encrypted, and open in memory only: nothing of it may be kept or written anywhere. */
    readonly isSealed: boolean
  } | null
  readonly files: readonly {
    readonly path: string
    readonly kind: string
    readonly sizeBytes: number
  }[]
}

/** The head of a run, open for reading: what is read of it is of one moment, also where it is replaced meanwhile. */
export type OpenHead = {
  readonly sizeBytes: number
  /** Read after the head was opened. */
  readonly journal: JournalReading | null
  /** Fills bytes from a position; how many, 0 at the end. */
  readonly read: (into: Uint8Array, position: number) => Promise<number>
}

/** What was packed or unpacked: the one file, its size, and that of the files in it. */
export type ArchivedRun = {
  readonly run: RunId
  readonly path: string
  readonly sizeBytes: number
  readonly plainBytes: number
}

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
  /** Size of the journal as this writer knows it: what a head that is written now contains. */
  journalBytes(): number
  /** True when more was appended since the last keyframe than `stateBytes`, and at least 64 KiB. */
  isKeyframeDue(stateBytes: number): boolean
  /** Replaces the head atomically and durably. */
  replaceHead(text: string): Promise<void>
  /** Copies head and journal to backups, durably. */
  backup(reason: string): Promise<Backup>
  /** Packs files into one beside a backup, durably; returns its path, relative to the root. */
  keepEvidence(
    backup: string,
    files: readonly { readonly path: string; readonly bytes: Uint8Array }[],
  ): Promise<string>
  /** Cuts the journal at a byte offset. The caller has made a backup. */
  cutJournal(toBytes: number): Promise<void>
  /** Sequence number, epoch and chain go on from here, for a journal whose tail was lost. */
  continueAfter(seq: number): void
  /** Puts a backup's files back, exactly. The caller has made a backup of what is there. */
  restoreBackup(id: string): Promise<void>
  /**
   * Puts a keyframe in the place of each gap's records, atomically and durably, and adds the `thinned` record that names them.
   * The caller has made a backup. Throws `corrupt` for a journal that is not whole.
   */
  compact(compaction: Compaction): Promise<{
    /** Of the last record. */
    readonly seq: number
    readonly sum: string
    readonly savedBytes: number
  }>
  /** Moves all files of the run (logs, backups too) to the trash; afterwards the writer is released. */
  trash(options: {
    readonly reason: string
    readonly workflow: string | null
    readonly keepDays: number
  }): Promise<TrashedRun>
  /** Frees the lock. Safe to call twice. One that failed is tried again until it succeeds, as long as this process lives. */
  release(): Promise<void>
}

/** Kept in a file of that name; work on a batch is noted in its journal instead. */
export type Task = 'cleanup' | 'errors' | 'settings' | `batch-${string}`

export type OpenOptions = {
  /** What the holder does, shown to whoever finds the run locked. */
  readonly purpose: string
  readonly controlSocket: string | null
}

export interface Store extends DocumentStore, TrashStore {
  /** Absolute path of the workspace. */
  readonly root: string
  readonly access: Access
  list(options?: { readonly signal?: CancelSignal }): Promise<readonly Entry[]>
  /**
   * Looks at every file once and tells only what is new or changed since the table's last sweep, in no order; the table is
   * then up to date, or as before when the sweep fails.
   */
  sweep(known: StampTable, options?: SweepOptions): Promise<Sweep>
  /**
   * First bytes of many documents, in their order. Of a run that is compressed or archived they are those of that file: a
   * frame that other programs pass over, whose content, behind its 8 bytes, is the start of the head.
   */
  readStarts(documents: readonly string[], limitBytes: number): Promise<readonly Start[]>
  /** The same of one run; null when it has no file. */
  entry(run: RunId): Promise<Entry | null>
  /**
   * The newest runs of a workflow, by their ids alone, newest first; `slug` is how the workflow's name stands in an id. Only
   * folders of the last days that have any are looked into, and archived runs are none of them.
   */
  newestRuns(slug: string, limit: number): Promise<readonly RunId[]>
  /** Runs that have a lock, whoever holds it; none where that may not be looked at. */
  heldRuns(): Promise<ReadonlySet<RunId>>
  /** Throws `not-found` when neither head nor journal exists. Never writes. */
  read(run: RunId): Promise<StoredRun>
  /** Does work with a run's head without reading it whole; null where none lies plain on the disk. Never writes. */
  withHead<T>(run: RunId, work: (head: OpenHead) => Promise<T>): Promise<T | null>
  /** Makes the day folder and takes the lock of a run that does not exist yet. Throws `invalid-input` when it does. */
  create(run: RunId, options: OpenOptions & { readonly createdAt: string }): Promise<RunWriter>
  /**
   * Writes all files of a run that comes from elsewhere, durably, the head last. Throws `invalid-input` when anything of a run
   * of this id is there.
   */
  adopt(run: RunId, adoption: Adoption): Promise<void>
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
   * Moves all files of a run into one compressed file, in which it is still listed and read. Throws `locked` when somebody
   * holds it, `stale` when it is not of the revision that was looked at, `invalid-input` when it has no head.
   */
  archive(
    run: RunId,
    options?: {
      readonly rev?: string
      /** Encrypts it: without what it is given here only its row can be read. */
      readonly seal?: ArchiveSeal | undefined
    },
  ): Promise<ArchivedRun>
  /**
   * Puts every file of an archived run back; null when it is not in the archive. Throws `invalid-input` when another file is in
   * the way, `not-found` when the run is nowhere.
   */
  unarchive(
    run: RunId,
    options?: { readonly cipher?: ArchiveCipher | undefined },
  ): Promise<ArchivedRun | null>
  /**
   * Opens an encrypted archive in memory, so that it is read as any other until it is locked again or the store is closed. Null
   * where the run is not in the archive, or not encrypted there.
   */
  unlockArchive(run: RunId, cipher: ArchiveCipher): Promise<UnlockedArchive | null>
  /** Reads what another store of this process opened. */
  takeUnlocked(unlocked: UnlockedArchive): void
  /** Wipes what was opened of a run, or of all: null. Returns the runs that were open. */
  lockArchive(run: RunId | null): readonly RunId[]
  /** What `compact` would save of a run's journal. Writes nothing. */
  compactedBytes(run: RunId, compaction: Pick<Compaction, 'gaps'>): Promise<number>
  /** Work of which a workspace needs one process at a time; null, with nothing done, while another one is at it. */
  exclusively<T>(task: Task, work: () => Promise<T>): Promise<T | null>
  /** What was noted of a task last; null where that is nothing. */
  taskNote(task: Task): Promise<unknown>
  noteTask(task: Task, note: unknown): Promise<void>
  /** Ids of all work on many runs that is kept. */
  jobs(): Promise<readonly string[]>
  /** Makes the journal of one, whole and durable. */
  createJob(id: string, lines: readonly string[]): Promise<void>
  /** Adds lines in one write. `durable`: on disk when the promise resolves. */
  appendToJob(
    id: string,
    options: { readonly lines: readonly string[]; readonly durable: boolean },
  ): Promise<void>
  /** Whole lines from a byte on. Throws `not-found`. */
  readJob(id: string, fromByte: number): Promise<JobLines>
  /** Runs that have files besides head and journal: logs, reports of steps, backups. */
  runsBeside(): Promise<ReadonlySet<RunId>>
  /** Sizes of those files of one run. */
  besideBytes(run: RunId): Promise<number>
  /** What lies on the disk in the folders of runs and of Unstuck itself. */
  storage(options?: {
    readonly signal?: CancelSignal
    readonly onProgress?: (progress: StorageProgress) => void
  }): Promise<Storage>
  /** Paths of a run's places, relative to the root. */
  readonly layout: {
    head(run: RunId): string
    journal(run: RunId): string
    log(run: RunId, step: string, attempt: number): string
    /** Folder in which the wrapper of one attempt reports. */
    step(run: RunId, step: string, attempt: number): string
    /** The journal of work on many runs. */
    job(id: string): string
  }
  /** Calls back, coalesced, with the runs whose files changed; null: any. Returns the unsubscribe function. */
  watch(listener: (runs: readonly RunId[] | null) => void): () => void
  /** Appends a line to the operations log: what was requested, then what was observed. */
  logOperation(operation: OperationLine): Promise<void>
  /** The operations log, newest first. */
  operations(query: OperationQuery): Promise<OperationPage>
  close(): Promise<void>
}
