// A file system in memory that knows what a power cut leaves: for stores without a disk, and for tests of the store.
import { dirname } from 'node:path'
import type { Child, FileStatus, FileSystem, OpenFile, OpenMode } from './fileSystem.ts'
import { createDisk, failure, nodeAt, partsOf, type Disk, type MemoryNode } from './memoryDisk.ts'

export interface MemoryFileSystem extends FileSystem {
  /** The same disk after a power cut: only what was synced, names by `syncFolder`, bytes by `sync`. */
  afterPowerCut(): MemoryFileSystem
  /** The same disk once more: what happens to one of them does not happen to the other. */
  twin(): MemoryFileSystem
  /** Equal for disks that nobody can tell apart before a power cut. */
  contents(): string
}

export function createMemoryFileSystem(root: string): MemoryFileSystem {
  const disk = createDisk()
  let folder = disk.top
  for (const name of partsOf(root)) {
    const next = disk.createNode('folder')
    folder.names.set(name, next)
    folder.durableNames.set(name, next)
    folder = next
  }
  return createOver(disk)
}

function createOver(disk: Disk): MemoryFileSystem {
  return {
    ...namesOf(disk),
    userId: null,
    open: async (path, mode) => openFile(disk, path, mode),
    status: async (path) => statusOf(nodeAt(disk, path)),
    list: async (path) => childrenOf(disk, path),
    copy: async (from, to) => {
      const copy = disk.createNode('file')
      copy.bytes = nodeAt(disk, from).bytes.slice()
      disk.place(to, copy)
    },
    changeOwner: async (path) => {
      nodeAt(disk, path)
    },
    check: async (path) => {
      nodeAt(disk, path)
    },
    syncFile: async (path) => {
      const node = nodeAt(disk, path)
      node.durableBytes = node.bytes
    },
    syncFolder: async (path) => {
      const folder = nodeAt(disk, path)
      folder.durableNames.clear()
      for (const [name, node] of folder.names) folder.durableNames.set(name, node)
    },
    listNow: (path) => childrenOf(disk, path),
    existsNow: (path) => disk.has(path),
    watch: (path, observer) => {
      const { observers } = nodeAt(disk, path)
      observers.add(observer)
      return () => observers.delete(observer)
    },
    afterPowerCut: () => createOver(disk.durableCopy()),
    twin: () => createOver(disk.twin()),
    contents: () => disk.contents(),
  }
}

function namesOf(
  disk: Disk,
): Pick<FileSystem, 'makeFolder' | 'rename' | 'link' | 'remove' | 'removeFolder'> {
  return {
    makeFolder: async (path) => disk.place(path, disk.createNode('folder')),
    rename: async (from, to) => {
      const node = nodeAt(disk, from)
      nodeAt(disk, dirname(to))
      if (disk.has(to)) takeReplaced(disk, node, to)
      disk.take(from)
      disk.place(to, node)
    },
    link: async (from, to) => disk.place(to, nodeAt(disk, from)),
    remove: async (path) => {
      if (nodeAt(disk, path).kind === 'folder') throw failure('EPERM')
      disk.take(path)
    },
    removeFolder: async (path) => {
      takeEmptyFolder(disk, path)
    },
  }
}

function takeReplaced(disk: Disk, { kind }: MemoryNode, path: string): void {
  if (kind === 'folder') takeEmptyFolder(disk, path)
  else if (nodeAt(disk, path).kind === 'folder') throw failure('EISDIR')
  else disk.take(path)
}

function takeEmptyFolder(disk: Disk, path: string): void {
  const { kind, names } = nodeAt(disk, path)
  if (kind !== 'folder') throw failure('ENOTDIR')
  if (names.size > 0) throw failure('ENOTEMPTY')
  disk.take(path)
}

function openFile(disk: Disk, path: string, mode: OpenMode): OpenFile {
  if (mode === 'create' && disk.has(path)) throw failure('EEXIST')
  if (mode !== 'read' && !disk.has(path)) disk.place(path, disk.createNode('file'))
  const node = nodeAt(disk, path)
  if (mode !== 'read' && node.kind === 'folder') throw failure('EISDIR')
  let isOpen = true
  const opened = (): MemoryNode => {
    if (!isOpen) throw failure('EBADF')
    return node
  }
  const sync = async (): Promise<void> => {
    node.durableBytes = opened().bytes
  }
  return {
    read: async (into, position) => {
      const part = opened().bytes.subarray(position, position + into.byteLength)
      into.set(part)
      return part.byteLength
    },
    write: async (bytes) => {
      if (mode === 'read') throw failure('EBADF')
      opened().bytes = joined(node.bytes, bytes)
      disk.touch(path, node)
      return bytes.byteLength
    },
    syncData: sync,
    sync,
    status: async () => statusOf(opened()),
    truncate: async (sizeBytes) => {
      opened().bytes = node.bytes.slice(0, sizeBytes)
      disk.touch(path, node)
    },
    changeMode: async (permissions) => {
      opened().mode = permissions
    },
    changeOwner: async () => {
      opened()
    },
    close: async () => {
      opened()
      isOpen = false
    },
  }
}

/** Uses the room behind the bytes, which no view of an earlier state reaches. */
function joined(bytes: Uint8Array, added: Uint8Array): Uint8Array {
  const sizeBytes = bytes.byteLength + added.byteLength
  const hasRoom = bytes.byteOffset === 0 && sizeBytes <= bytes.buffer.byteLength
  const buffer = hasRoom ? new Uint8Array(bytes.buffer) : new Uint8Array(2 * sizeBytes)
  if (!hasRoom) buffer.set(bytes)
  buffer.set(added, bytes.byteLength)
  return buffer.subarray(0, sizeBytes)
}

function childrenOf(disk: Disk, path: string): readonly Child[] {
  const node = nodeAt(disk, path)
  if (node.kind !== 'folder') throw failure('ENOTDIR')
  return [...node.names].map(([name, { kind }]) => ({ name, kind }))
}

function statusOf(node: MemoryNode): FileStatus {
  return {
    kind: node.kind,
    sizeBytes: node.bytes.byteLength,
    mode: node.mode,
    uid: 0,
    gid: 0,
    inode: node.inode,
    modifiedNs: node.modifiedNs,
    changedNs: node.modifiedNs,
  }
}
