// Shows a run that lies compressed or in the archive at the places where its plain files would be, to be read only.
import type { RunId } from '../../shared/schema/ids.ts'
import type { ArchivedFile } from './archiveContents.ts'
import { openArchive, type Archive } from './archiveReader.ts'
import type { RunPlace } from './archivePlaces.ts'
import { isSealed, sealedError } from './archiveSealed.ts'
import { archiveKey, createUnlockedArchives, type UnlockedArchives } from './archiveUnlocked.ts'
import { showFiles, type ShownFile } from './archiveShown.ts'
import { readAtRest } from './atRestRead.ts'
import type { Days } from './days.ts'
import type { FileStatus } from './fileSystem.ts'
import { archivePath, compressedPath, headPath, journalPath } from './layout.ts'
import { findArchiveDay } from './listing.ts'
import { absolute, statusOf } from './paths.ts'
import type { StoreContext } from './storeContext.ts'

export type PackedRun = RunPlace & {
  /** Reads the run's files as if they were plain; refuses every write. */
  readonly context: StoreContext
  /** Null when only head or journal are compressed. */
  readonly archive: Archive | null
  /** It is encrypted, and what is read of it is only in memory. */
  readonly isSealed: boolean
}

export type ArchiveMemory = {
  /** The archives that were read last: their tables of contents, and the frame that was read of each. */
  readonly opened: Map<string, Archive>
  /** Day folders of archived runs, as they were seen last. */
  readonly days: Map<RunId, string>
  readonly unlocked: UnlockedArchives
}

export function createArchiveMemory(): ArchiveMemory {
  return { opened: new Map(), days: new Map(), unlocked: createUnlockedArchives() }
}

/** Null when nothing of the run is compressed, or a plain file stands before all that is. A run is where its head is. */
export async function findPacked(
  context: StoreContext,
  memory: { readonly days: Days; readonly archives: ArchiveMemory },
  run: RunId,
): Promise<PackedRun | null> {
  const known = await findKnown(context, memory.archives, run)
  if (known !== null) return known
  const day = await memory.days.find(run)
  const archived = await findArchived(context, run, day)
  if (archived !== null) return viewArchive(context, memory.archives, archived)
  return day === null ? null : viewAtRest(context, { run, day })
}

/** A run that was in the archive when it was seen last, and still is: without looking for it in every day. */
export async function findKnown(
  context: StoreContext,
  memory: ArchiveMemory,
  run: RunId,
): Promise<PackedRun | null> {
  const day = memory.days.get(run)
  const archived = day === undefined ? null : await findArchived(context, run, day)
  if (archived === null) memory.days.delete(run)
  return archived === null ? null : viewArchive(context, memory, archived)
}

/** Where the archive of a run lies that is not live; null when it is live, or nowhere. */
export async function findArchived(
  context: StoreContext,
  run: RunId,
  day: string | null,
): Promise<RunPlace | null> {
  if (day === null) {
    const archiveDay = await findArchiveDay(context, run)
    return archiveDay === null ? null : { run, day: archiveDay }
  }
  if (await hasHead(context, { run, day })) return null
  return (await statusOf(context, archivePath(day, run))) === null ? null : { run, day }
}

export async function hasHead(context: StoreContext, { run, day }: RunPlace): Promise<boolean> {
  const head = headPath(day, run)
  if ((await statusOf(context, head)) !== null) return true
  return (await statusOf(context, compressedPath(head))) !== null
}

async function viewArchive(
  context: StoreContext,
  memory: ArchiveMemory,
  place: RunPlace,
): Promise<PackedRun | null> {
  const path = archivePath(place.day, place.run)
  const status = await statusOf(context, path)
  if (status === null) return null
  const key = archiveKey(path, status)
  const unlocked = await memory.unlocked.find(place, key)
  if (unlocked !== null)
    return showArchive(context, place, { archive: unlocked, status, isSealed: true })
  const archive = memory.opened.get(key) ?? (await openArchive(context, path, place))
  memory.days.set(place.run, place.day)
  if (isSealed(archive)) throw sealedError(place.run)
  memory.opened.delete(key)
  memory.opened.set(key, archive)
  for (const [oldest] of memory.opened)
    if (memory.opened.size > archivesKept) memory.opened.delete(oldest)
  return showArchive(context, place, { archive, status, isSealed: false })
}

function showArchive(
  context: StoreContext,
  place: RunPlace,
  packed: {
    readonly archive: Archive
    readonly status: FileStatus
    readonly isSealed: boolean
  },
): PackedRun {
  const { archive, status } = packed
  const files = archive.contents.files.map((file): [string, ShownFile] => [
    absolute(context, file.path),
    archivedFile(archive, { file, status }),
  ])
  const fileSystem = showFiles(context.fileSystem, new Map(files))
  return { ...place, archive, isSealed: packed.isSealed, context: { ...context, fileSystem } }
}

/** On the disk it takes its share of the archive. */
function archivedFile(
  archive: Archive,
  { file, status }: { readonly file: ArchivedFile; readonly status: FileStatus },
): ShownFile {
  const plainBytes = archive.contents.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const share = plainBytes === 0 ? 0 : file.sizeBytes / plainBytes
  return {
    status: {
      ...status,
      mode: file.mode,
      sizeBytes: Math.round(share * status.sizeBytes),
      modifiedNs: BigInt(Math.trunc(file.modifiedAt)) * 1_000_000n,
    },
    sizeBytes: async () => file.sizeBytes,
    read: async (into, position) => {
      const part = (await archive.read(file, position)).subarray(0, into.byteLength)
      into.set(part)
      return part.byteLength
    },
  }
}

async function viewAtRest(context: StoreContext, place: RunPlace): Promise<PackedRun | null> {
  const files = new Map<string, ShownFile>()
  for (const path of [headPath(place.day, place.run), journalPath(place.day, place.run)]) {
    const status = await statusOf(context, compressedPath(path))
    const isHidden = status?.kind === 'file' && (await statusOf(context, path)) === null
    if (isHidden) files.set(absolute(context, path), atRestFile(context, path, status))
  }
  if (files.size === 0) return null
  const fileSystem = showFiles(context.fileSystem, files)
  return { ...place, archive: null, isSealed: false, context: { ...context, fileSystem } }
}

function atRestFile(context: StoreContext, path: string, status: FileStatus): ShownFile {
  let content: Promise<Uint8Array> | null = null
  const read = (): Promise<Uint8Array> => {
    content ??= readAtRest(context, path).then((found) => found?.bytes ?? gone())
    return content
  }
  return {
    status,
    sizeBytes: async () => (await read()).byteLength,
    read: async (into, position) => {
      const part = (await read()).subarray(position, position + into.byteLength)
      into.set(part)
      return part.byteLength
    },
  }
}

/** It was put back while it was looked for: whoever reads it looks again. */
function gone(): never {
  throw Object.assign(new Error('it was put back'), { code: 'ENOENT' })
}

const archivesKept = 4
