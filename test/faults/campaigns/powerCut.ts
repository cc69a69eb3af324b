// Works out one of the states that a power cut may legally leave behind.
import type { FileSystem } from '../../../electron/store/fileSystem.ts'
import {
  createMemoryFileSystem,
  type MemoryFileSystem,
} from '../../../electron/store/memoryFileSystem.ts'
import { memoryRoot } from '../../../electron/store/memoryStore.ts'
import type { DiskOperation, NameChange, Node } from './recordingFileSystem.ts'
import type { Random } from './random.ts'

/**
 * The disk after these operations and a power cut. What was synced is there. Of what was not, bytes may be missing, cut at
 * any byte or sector, or zeros; names may be old, in the order of the disk's own journal or in none; of a rename both
 * names may stand, but never neither.
 */
export async function cutPower(
  operations: readonly DiskOperation[],
  root: Node,
  random: Random,
): Promise<MemoryFileSystem> {
  const names = survivingNames(operations, random)
  const disk = createMemoryFileSystem(memoryRoot)
  await build(disk, { path: memoryRoot, folder: root, names, operations, random, made: new Map() })
  return disk
}

type Names = ReadonlyMap<Node, ReadonlyMap<string, NonNullable<NameChange['to']>>>

function survivingNames(operations: readonly DiskOperation[], random: Random): Names {
  const isKept = chooseNames(operations, random)
  const names = new Map<Node, Map<string, NonNullable<NameChange['to']>>>()
  for (const [index, operation] of operations.entries()) {
    if (operation.kind !== 'names') continue
    for (const change of operation.changes) {
      if (!isKept(index, change)) continue
      const folder = names.get(change.folder) ?? new Map<string, NonNullable<NameChange['to']>>()
      names.set(change.folder, folder)
      if (change.to === null) folder.delete(change.name)
      else folder.set(change.name, change.to)
    }
  }
  return names
}

function chooseNames(
  operations: readonly DiskOperation[],
  random: Random,
): (index: number, change: NameChange) => boolean {
  const lastSync = new Map<Node, number>()
  for (const [index, operation] of operations.entries())
    if (operation.kind === 'syncFolder') lastSync.set(operation.folder, index)
  const isSynced = (index: number, { folder }: NameChange): boolean =>
    (lastSync.get(folder) ?? -1) > index
  // A disk with a journal of its own keeps a first part of the changes; others any of them.
  const inOrderUntil = random.chance(0.5) ? random.below(operations.length + 1) : null
  const isLucky = operations.map((_, index) =>
    inOrderUntil === null ? random.chance(0.5) : index < inOrderUntil,
  )
  const keepsBoth = operations.map(() => random.chance(0.2))
  return (index, change) => {
    if (isSynced(index, change)) return true
    const operation = operations[index]
    const changes = operation?.kind === 'names' ? operation.changes : []
    const isBegun = isLucky[index] === true || changes.some((other) => isSynced(index, other))
    return isBegun && !(change.to === null && changes.length > 1 && keepsBoth[index] === true)
  }
}

type Building = {
  readonly path: string
  readonly folder: Node
  readonly names: Names
  readonly operations: readonly DiskOperation[]
  readonly random: Random
  /** Where a file with several names was made first. */
  readonly made: Map<Node, string>
}

async function build(disk: FileSystem, building: Building): Promise<void> {
  const { names, operations, random, made } = building
  for (const [name, { node, kind }] of names.get(building.folder) ?? []) {
    const path = `${building.path}/${name}`
    const first = made.get(node)
    if (kind === 'folder') {
      // A folder whose move lost only its removal stands in both places; its files are in the first.
      if (first !== undefined) continue
      await disk.makeFolder(path)
      made.set(node, path)
      await build(disk, { ...building, path, folder: node })
    } else if (first !== undefined) {
      await disk.link(first, path)
    } else {
      made.set(node, path)
      const file = await disk.open(path, 'create')
      const bytes = survivingBytes(operations, node, random)
      if (bytes.byteLength > 0) await file.write(bytes)
      await file.sync()
      await file.close()
    }
    await disk.syncFolder(building.path)
  }
}

function survivingBytes(
  operations: readonly DiskOperation[],
  file: Node,
  random: Random,
): Uint8Array {
  let [bytes, synced] = [new Uint8Array(), new Uint8Array()]
  let isCut = false
  for (const operation of operations) {
    if (!('file' in operation) || operation.file !== file) continue
    if (operation.kind === 'write') bytes = joined(bytes, operation.bytes)
    else if (operation.kind === 'truncate') {
      bytes = bytes.slice(0, operation.sizeBytes)
      isCut ||= bytes.byteLength < synced.byteLength
    } else [synced, isCut] = [bytes, false]
  }
  const outcome = random.below(4)
  if (outcome === 0) return synced
  if (outcome === 1 || isCut) return bytes
  const end = synced.byteLength + random.below(bytes.byteLength - synced.byteLength + 1)
  if (outcome === 2) return bytes.slice(0, end)
  return withHoles(bytes, synced.byteLength, random)
}

/** Sectors that were not written are zeros, up to the file's last size or to a sector before it. */
function withHoles(bytes: Uint8Array, from: number, random: Random): Uint8Array {
  const holed = Uint8Array.from(bytes)
  let end = bytes.byteLength
  for (let sector = Math.floor(from / sectorSize); sector * sectorSize < end; sector += 1) {
    const start = Math.max(from, sector * sectorSize)
    if (random.chance(0.5)) holed.fill(0, start, (sector + 1) * sectorSize)
    if (random.chance(0.1)) end = Math.min(end, (sector + 1) * sectorSize)
  }
  return holed.subarray(0, Math.max(from, end))
}

const sectorSize = 512

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.byteLength + other.byteLength)
  both.set(one)
  both.set(other, one.byteLength)
  return both
}
