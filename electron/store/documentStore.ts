// What the store does with files that belong to no run of Unstuck: documents of any kind, and the state of other engines.
import type { JournalReading } from '../../shared/schema/journalReading.ts'
import type { RunId } from '../../shared/schema/ids.ts'

/** A file that lies in a folder, as a look at the folder tells it. */
export type FolderFile = {
  readonly path: string
  readonly sizeBytes: number
  readonly modifiedAt: string
}

export type StoredDocument = {
  readonly document: string
  readonly bytes: Uint8Array
  /** `sha256:<hex>` of the bytes. */
  readonly rev: string
}

export type Backup = {
  readonly id: string
  readonly at: string
  readonly reason: string
  readonly sizeBytes: number
  /** Paths relative to the root, as they were. */
  readonly files: readonly string[]
}

/** What a file of another engine's state becomes; null: it goes away, and stays in the backup. */
export type DocumentReplacement = {
  readonly path: string
  readonly bytes: Uint8Array | null
  /** Why this file too, for whoever looks at the backup. */
  readonly why: string
}

/** `begun`: it was cut short. `left`: somebody else wrote one of the files before it could be finished. Null: not known. */
export type DocumentBackup = Backup & {
  readonly state: 'begun' | 'done' | 'undone' | 'left' | null
}

/** What came of a change that was cut short. */
export type SettledChange = {
  readonly document: string
  readonly backup: string
  readonly state: 'begun' | 'done' | 'undone' | 'left'
  readonly files: readonly string[]
}

export interface DocumentStore {
  /** Reads any file below the root by its relative path. Throws `not-found`, `io`, or `invalid-input` for a path that leaves it. */
  readDocument(document: string): Promise<StoredDocument>
  /** Reads any file as a journal, line by line; whatever else it is, its lines are flaws. */
  readJournal(document: string): Promise<JournalReading>
  /** A piece of a file; bytes beyond its end are simply not there. */
  readSlice(
    document: string,
    options: { readonly offset: number; readonly limitBytes: number },
  ): Promise<{ readonly bytes: Uint8Array; readonly sizeBytes: number }>
  /** Files of one folder, whatever they are called; none where there is no such folder. `''` is the workspace itself. */
  listFolder(folder: string): Promise<readonly FolderFile[]>
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
  /**
   * Replaces files of another engine's state together, under a lock of the document's own: each is backed up first, each keeps
   * its mode and owner, and each is read back. All are replaced or none; a change that is cut short is ended by
   * `settleDocuments`. Throws `stale` when a file is not of the revision that is named (null: not there), `locked`, `io`.
   */
  replaceDocuments(
    document: string,
    options: {
      readonly changes: readonly DocumentReplacement[]
      readonly revs: ReadonlyMap<string, string | null>
      readonly reason: string
      /** Packed into one file beside the backup first. */
      readonly evidence?: readonly { readonly path: string; readonly bytes: Uint8Array }[]
    },
  ): Promise<Backup>
  /** Takes such a change back, and backs up what it replaces. Throws `stale` when a file was written since. */
  restoreDocuments(
    document: string,
    options: { readonly backup: string; readonly reason: string },
  ): Promise<Backup>
  /** Newest first. */
  documentBackups(document: string): Promise<readonly DocumentBackup[]>
  /** Finishes changes that were cut short, or takes them back where nothing was written yet, and says which. */
  settleDocuments(): Promise<readonly SettledChange[]>
}
