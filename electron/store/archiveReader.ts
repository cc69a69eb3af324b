// Reads single files out of an archive, a frame at a time.
import { createHash } from 'node:crypto'
import { AppError } from '../../shared/errors.ts'
import {
  damagedArchive,
  readContents,
  type ArchiveContents,
  type ArchivedFile,
} from './archiveContents.ts'
import { decompressFrame } from './compressZstd.ts'
import { isFileOf, sealedName, type RunPlace } from './archivePlaces.ts'
import { readRange } from './files.ts'
import type { OpenFile } from './fileSystem.ts'
import { checkedPath } from './paths.ts'
import type { StoreContext } from './storeContext.ts'
import { asReadError } from './storeErrors.ts'

export type Archive = {
  /** Relative to the root. */
  readonly path: string
  readonly sizeBytes: number
  readonly contents: ArchiveContents
  /** Bytes of a file from a position on, at least one and at most to the end of a frame; none at its end. */
  readonly read: (file: ArchivedFile, position: number) => Promise<Uint8Array>
}

/** Reads the table of contents. Throws `corrupt` when the archive is damaged, `not-found` when there is none. */
export function openArchive(
  context: StoreContext,
  path: string,
  place: RunPlace,
): Promise<Archive> {
  return openArchiveIn((work) => withFile(context, path, work), path, place)
}

/** Opens the file that an archive is in, and closes it when the work is done. */
export type ArchiveFile = <T>(work: (file: OpenFile) => Promise<T>) => Promise<T>

/** The same of an archive that lies elsewhere; `path` is what it is called. */
export async function openArchiveIn(
  within: ArchiveFile,
  path: string,
  place: RunPlace,
): Promise<Archive> {
  const found = await within(async (file) => ({
    contents: await readContents(file, path),
    sizeBytes: (await file.status()).sizeBytes,
  }))
  checkTable(path, found, place)
  let last: { readonly index: number; readonly bytes: Uint8Array } | null = null
  const readFrame = async (index: number): Promise<Uint8Array> => {
    if (last?.index !== index)
      last = { index, bytes: await inflate(within, { path, ...found }, index) }
    return last.bytes
  }
  return {
    path,
    ...found,
    read: async (file, position) => {
      if (position >= file.sizeBytes) return new Uint8Array()
      const at = file.offset + position
      const frame = frameAt(found.contents, at)
      if (frame === null) throw damagedArchive(path, `${file.path} is not in it`)
      const bytes = await readFrame(frame.index)
      const begin = at - frame.begin
      return bytes.subarray(begin, begin + file.sizeBytes - position)
    },
  }
}

/** `sha256:<hex>` of a file's content, a frame at a time. */
export async function digestArchived(archive: Archive, file: ArchivedFile): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of partsOf(archive, file)) hash.update(part)
  return `sha256:${hash.digest('hex')}`
}

/** The content of a file in pieces. Throws `corrupt` where it is shorter than it should be. */
export async function* partsOf(archive: Archive, file: ArchivedFile): AsyncGenerator<Uint8Array> {
  let position = 0
  while (position < file.sizeBytes) {
    const part = await archive.read(file, position)
    if (part.byteLength === 0) throw damagedArchive(archive.path, `${file.path} ends too early`)
    position += part.byteLength
    yield part
  }
}

type Found = Pick<Archive, 'contents' | 'sizeBytes'>

async function inflate(
  within: ArchiveFile,
  { path, contents }: Found & { readonly path: string },
  index: number,
): Promise<Uint8Array> {
  const frame = contents.frames[index]
  if (frame === undefined) throw damagedArchive(path, `frame ${index} is not in it`)
  const bytes = await within((file) => readRange(file, frame.offset, frame.sizeBytes))
  const content = await decompressFrame(bytes, frame.plainBytes)
  if (content !== null) return content
  const last = frame.offset + frame.sizeBytes - 1
  throw damagedArchive(path, `its frame in bytes ${frame.offset} to ${last} cannot be decompressed`)
}

/** No number of the table leads out of the file, or to more memory than a frame takes; no path to what is not the run's. */
function checkTable(path: string, { contents, sizeBytes }: Found, place: RunPlace): void {
  const isInside = contents.frames.every(
    (frame) =>
      frame.offset + frame.sizeBytes <= sizeBytes &&
      frame.plainBytes <= largestFrame &&
      frame.sizeBytes <= largestPacked,
  )
  const plainBytes = contents.frames.reduce((sum, frame) => sum + frame.plainBytes, 0)
  const isWhole = contents.files.every((file) => file.offset + file.sizeBytes <= plainBytes)
  if (!isInside || !isWhole) throw damagedArchive(path, 'its table of contents leads out of it')
  const own = (file: ArchivedFile): boolean =>
    contents.version === 2 ? file.path === sealedName(place.run) : isFileOf(place, file.path)
  const foreign = contents.files.find((file) => !own(file))
  if (contents.run === place.run && foreign === undefined) return
  const what = foreign === undefined ? `the run ${contents.run}` : `the file ${foreign.path}`
  throw damagedArchive(path, `it holds ${what}, which does not belong to run ${place.run}`)
}

function frameAt(
  { frames }: ArchiveContents,
  at: number,
): { readonly index: number; readonly begin: number } | null {
  let begin = 0
  for (const [index, { plainBytes }] of frames.entries()) {
    if (at < begin + plainBytes) return { index, begin }
    begin += plainBytes
  }
  return null
}

async function withFile<T>(
  context: StoreContext,
  path: string,
  work: (file: OpenFile) => Promise<T>,
): Promise<T> {
  const absolutePath = await checkedPath(context, path)
  try {
    const file = await context.fileSystem.open(absolutePath, 'read')
    try {
      return await work(file)
    } finally {
      await file.close()
    }
  } catch (error) {
    throw error instanceof AppError ? error : asReadError(error, `${path} could not be read`)
  }
}

/** Of the content of one frame; those that are written are smaller. */
const largestFrame = 16 * 1024 * 1024
/** What cannot be compressed becomes a little more. */
const largestPacked = largestFrame + 1024 * 1024
