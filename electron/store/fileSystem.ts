// The port to the disk: every other file of the store goes through it, so that tests can make any operation fail.
import type { FileBatch } from './walkBatch.ts'

export type FileKind = 'file' | 'folder' | 'link' | 'other'

export type FileStatus = {
  readonly kind: FileKind
  readonly sizeBytes: number
  /** Permission bits. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly inode: bigint
  readonly modifiedNs: bigint
  readonly changedNs: bigint
}

export type Child = { readonly name: string; readonly kind: FileKind }

/** `append`: writes go to the end, the file is made when missing. `create`: fails when anything is there. */
export type OpenMode = 'read' | 'append' | 'create'

/** An open file. Whoever opens it closes it. */
export interface OpenFile {
  /** Reads at a position; resolves with the count, 0 at the end. */
  read(into: Uint8Array, position: number): Promise<number>
  /** Writes at the end (`append`) or behind what was written (`create`). May write less than it was given. */
  write(bytes: Uint8Array): Promise<number>
  /** Bytes and size are on disk when it resolves. */
  syncData(): Promise<void>
  sync(): Promise<void>
  status(): Promise<FileStatus>
  truncate(sizeBytes: number): Promise<void>
  changeMode(mode: number): Promise<void>
  changeOwner(uid: number, gid: number): Promise<void>
  close(): Promise<void>
}

/** Fails as node:fs does: with an error that carries `code`. No operation follows a link in the last part of its path. */
export interface FileSystem {
  /** Of this process; null where the platform has none. */
  readonly userId: number | null
  open(path: string, mode: OpenMode): Promise<OpenFile>
  status(path: string): Promise<FileStatus>
  list(path: string): Promise<readonly Child[]>
  /** The same in pieces, for folders of any size; left out where they are listed whole. */
  readonly listInPieces?: (path: string) => AsyncIterable<readonly Child[]>
  makeFolder(path: string): Promise<void>
  rename(from: string, to: string): Promise<void>
  /** A second name for a file; fails with EEXIST when the name is taken. */
  link(from: string, to: string): Promise<void>
  remove(path: string): Promise<void>
  removeFolder(path: string): Promise<void>
  /** Copies bytes, as a clone where the disk can; fails with EEXIST when the target exists. */
  copy(from: string, to: string): Promise<void>
  changeOwner(path: string, uid: number, gid: number): Promise<void>
  /** Fails when the system says that it may not be read, or written. */
  check(path: string, right: 'read' | 'write'): Promise<void>
  /** Bytes of the file are on disk when it resolves. */
  syncFile(path: string): Promise<void>
  /** Names in the folder are on disk when it resolves. */
  syncFolder(path: string): Promise<void>
  /** For the few answers that must be immediate. */
  listNow(path: string): readonly Child[]
  existsNow(path: string): boolean
  /** Room on the disk of a folder, for this user; left out where the platform does not tell. */
  space?(path: string): Promise<{ readonly freeBytes: number; readonly totalBytes: number }>
  /** Many answers in one call; left out where they are put together from single ones. */
  readonly batch?: FileBatch
  /** Reports names that changed in a folder; null when the platform does not say which. */
  watch(path: string, observer: WatchObserver): () => void
}

export type WatchObserver = {
  readonly onChange: (name: string | null) => void
  /** The watch ended by itself: the folder is gone, or the system refuses. */
  readonly onEnd: (error: Error | null) => void
}

export const fileMode = 0o600
export const folderMode = 0o700
