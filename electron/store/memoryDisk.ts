// The tree of files that the file system in memory works on.
import { fileMode, folderMode, type WatchObserver } from './fileSystem.ts'

export type MemoryNode = {
  readonly kind: 'file' | 'folder'
  readonly inode: bigint
  bytes: Uint8Array
  durableBytes: Uint8Array
  readonly names: Map<string, MemoryNode>
  readonly durableNames: Map<string, MemoryNode>
  mode: number
  modifiedNs: bigint
  readonly observers: Set<WatchObserver>
}

export interface Disk {
  readonly top: MemoryNode
  createNode(kind: MemoryNode['kind']): MemoryNode
  has(path: string): boolean
  /** Gives a node a name; fails when the name is taken. */
  place(path: string, node: MemoryNode): void
  take(path: string): void
  /** A node's bytes changed under this name. */
  touch(path: string, node: MemoryNode): void
  durableCopy(): Disk
  twin(): Disk
  /** Equal for disks that nobody can tell apart before a power cut. */
  contents(): string
}

export function createDisk(): Disk {
  const ticks = createTicks()
  return createDiskOver(createNode('folder', ticks), ticks)
}

export function nodeAt(disk: Disk, path: string): MemoryNode {
  const node = find(disk.top, partsOf(path))
  if (node === null) throw failure('ENOENT')
  return node
}

export function partsOf(path: string): readonly string[] {
  const parts = path.includes('\\') ? path.split(/[\\/]/) : path.split('/')
  return parts.filter((part) => part !== '')
}

function nameOf(parts: readonly string[]): string {
  return parts.at(-1) ?? ''
}

function createDiskOver(top: MemoryNode, ticks: Ticks): Disk {
  const parentOf = (path: string): { readonly folder: MemoryNode; readonly name: string } => {
    const parts = partsOf(path)
    const folder = find(top, parts.slice(0, -1))
    if (folder === null) throw failure('ENOENT')
    return { folder, name: nameOf(parts) }
  }
  const notify = (folder: MemoryNode, name: string): void => {
    folder.modifiedNs = ticks.next()
    for (const { onChange } of folder.observers) onChange(name)
  }
  return {
    top,
    createNode: (kind) => createNode(kind, ticks),
    has: (path) => find(top, partsOf(path)) !== null,
    place: (path, node) => {
      const { folder, name } = parentOf(path)
      if (folder.names.has(name)) throw failure('EEXIST')
      folder.names.set(name, node)
      notify(folder, name)
    },
    take: (path) => {
      const { folder, name } = parentOf(path)
      const node = folder.names.get(name)
      if (node === undefined) throw failure('ENOENT')
      folder.names.delete(name)
      notify(folder, name)
      for (const { onEnd } of node.observers) onEnd(null)
      node.observers.clear()
    },
    touch: (path, node) => {
      node.modifiedNs = ticks.next()
      const parts = partsOf(path)
      const folder = find(top, parts.slice(0, -1))
      const name = nameOf(parts)
      if (folder?.names.get(name) === node) notify(folder, name)
    },
    durableCopy: () => createDiskOver(durableCopy(top, new Map()), ticks),
    twin: () => createDiskOver(twinOf(top, new Map()), createTicks(ticks.last())),
    contents: () => contentsOf('', top),
  }
}

type Ticks = { next(): bigint; last(): bigint }

/** Inodes and times: each is new, and later than the one before. */
function createTicks(before = 1_700_000_000_000_000_000n): Ticks {
  let last = before
  return {
    last: () => last,
    next: () => {
      last += 1_000_000n
      return last
    },
  }
}

function createNode(kind: MemoryNode['kind'], ticks: Ticks): MemoryNode {
  return {
    kind,
    inode: ticks.next(),
    bytes: new Uint8Array(),
    durableBytes: new Uint8Array(),
    names: new Map(),
    durableNames: new Map(),
    mode: kind === 'file' ? fileMode : folderMode,
    modifiedNs: ticks.next(),
    observers: new Set(),
  }
}

/** A file with two names is still one file. */
function durableCopy(node: MemoryNode, copies: Map<MemoryNode, MemoryNode>): MemoryNode {
  const known = copies.get(node)
  if (known !== undefined) return known
  const bytes = node.durableBytes.slice()
  const copy: MemoryNode = {
    ...node,
    bytes,
    durableBytes: bytes,
    names: new Map(),
    durableNames: new Map(),
    observers: new Set(),
  }
  copies.set(node, copy)
  for (const [name, named] of node.durableNames) {
    const next = durableCopy(named, copies)
    copy.names.set(name, next)
    copy.durableNames.set(name, next)
  }
  return copy
}

function twinOf(node: MemoryNode, copies: Map<MemoryNode, MemoryNode>): MemoryNode {
  const known = copies.get(node)
  if (known !== undefined) return known
  const copy: MemoryNode = {
    ...node,
    bytes: node.bytes.slice(),
    durableBytes: node.durableBytes.slice(),
    names: new Map(),
    durableNames: new Map(),
    observers: new Set(),
  }
  copies.set(node, copy)
  for (const names of ['names', 'durableNames'] as const)
    for (const [name, named] of node[names]) copy[names].set(name, twinOf(named, copies))
  return copy
}

function contentsOf(name: string, node: MemoryNode): string {
  const { inode, mode, modifiedNs, bytes, names } = node
  const own = [name, inode, mode, modifiedNs, bytes.byteLength].join('/')
  const below = [...names].map(([next, named]) => contentsOf(next, named))
  return `${own}\n${Buffer.from(bytes).toString('latin1')}{${below.join('')}}`
}

function find(top: MemoryNode, parts: readonly string[]): MemoryNode | null {
  let node: MemoryNode | undefined = top
  for (const part of parts) node = node?.names.get(part)
  return node ?? null
}

/** As the system's own, without a stack: most only say that nothing is there, and are asked for more often than files are. */
export function failure(code: string): Error {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  try {
    return Object.assign(new Error(code), { code })
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}
