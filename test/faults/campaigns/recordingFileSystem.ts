// Writes down what happens to a disk, so that what a power cut may leave of it can be worked out.
import { dirname, basename } from 'node:path'
import type { FileSystem, OpenFile } from '../../../electron/store/fileSystem.ts'

/** A file or folder, by its inode. */
export type Node = bigint

export type DiskOperation =
  | { readonly kind: 'write'; readonly file: Node; readonly bytes: Uint8Array }
  | { readonly kind: 'truncate'; readonly file: Node; readonly sizeBytes: number }
  | { readonly kind: 'syncFile'; readonly file: Node }
  /** One step of the disk: what it does in several folders is done in all or in none. */
  | { readonly kind: 'names'; readonly changes: readonly NameChange[] }
  | { readonly kind: 'syncFolder'; readonly folder: Node }

export type NameChange = {
  readonly folder: Node
  readonly name: string
  /** What the name stands for from now on; null when it is gone. */
  readonly to: { readonly node: Node; readonly kind: 'file' | 'folder' } | null
}

export interface RecordingFileSystem extends FileSystem {
  readonly operations: readonly DiskOperation[]
}

export function createRecordingFileSystem(inner: FileSystem): RecordingFileSystem {
  const operations: DiskOperation[] = []
  const nodeAt = async (path: string): Promise<Node> => (await inner.status(path)).inode
  const named = async (path: string, kind: 'file' | 'folder' | null): Promise<NameChange> => ({
    folder: await nodeAt(dirname(path)),
    name: basename(path),
    to: kind === null ? null : { node: await nodeAt(path), kind },
  })
  const recordFile = (file: OpenFile, node: Node): OpenFile => ({
    ...file,
    write: async (bytes) => {
      const copy = Uint8Array.from(bytes)
      const count = await file.write(bytes)
      operations.push({ kind: 'write', file: node, bytes: copy.subarray(0, count) })
      return count
    },
    truncate: async (sizeBytes) => {
      await file.truncate(sizeBytes)
      operations.push({ kind: 'truncate', file: node, sizeBytes })
    },
    syncData: async () => {
      await file.syncData()
      operations.push({ kind: 'syncFile', file: node })
    },
    sync: async () => {
      await file.sync()
      operations.push({ kind: 'syncFile', file: node })
    },
  })
  return {
    ...inner,
    operations,
    open: async (path, mode) => {
      const isNew = mode !== 'read' && !inner.existsNow(path)
      const file = await inner.open(path, mode)
      if (isNew) operations.push({ kind: 'names', changes: [await named(path, 'file')] })
      return recordFile(file, await nodeAt(path))
    },
    makeFolder: async (path) => {
      await inner.makeFolder(path)
      operations.push({ kind: 'names', changes: [await named(path, 'folder')] })
    },
    rename: async (from, to) => {
      const { kind } = await inner.status(from)
      await inner.rename(from, to)
      const added = await named(to, kind === 'folder' ? 'folder' : 'file')
      operations.push({ kind: 'names', changes: [added, await named(from, null)] })
    },
    link: async (from, to) => {
      await inner.link(from, to)
      operations.push({ kind: 'names', changes: [await named(to, 'file')] })
    },
    remove: async (path) => {
      await inner.remove(path)
      operations.push({ kind: 'names', changes: [await named(path, null)] })
    },
    removeFolder: async (path) => {
      await inner.removeFolder(path)
      operations.push({ kind: 'names', changes: [await named(path, null)] })
    },
    copy: async (from, to) => {
      await inner.copy(from, to)
      const added = await named(to, 'file')
      operations.push({ kind: 'names', changes: [added] })
      if (added.to === null) return
      const bytes = await readAll(inner, to)
      operations.push({ kind: 'write', file: added.to.node, bytes })
    },
    syncFile: async (path) => {
      await inner.syncFile(path)
      operations.push({ kind: 'syncFile', file: await nodeAt(path) })
    },
    syncFolder: async (path) => {
      await inner.syncFolder(path)
      operations.push({ kind: 'syncFolder', folder: await nodeAt(path) })
    },
  }
}

async function readAll(disk: FileSystem, path: string): Promise<Uint8Array> {
  const file = await disk.open(path, 'read')
  const { sizeBytes } = await file.status()
  const bytes = new Uint8Array(sizeBytes)
  await file.read(bytes, 0)
  await file.close()
  return bytes
}
