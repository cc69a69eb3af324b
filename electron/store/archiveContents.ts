// What an archive holds, written behind its last frame: so that one file of it is found and read without all that is before it.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import { RunId } from '../../shared/schema/ids.ts'
import { parseJsonIfAny } from '../../shared/schema/parseJson.ts'
import { skippableFrame } from './compressZstd.ts'
import { decodeText, encodeText, readRange } from './files.ts'
import type { OpenFile } from './fileSystem.ts'

const Count = z.number().int().min(0)

export const ArchiveContents = z.looseObject({
  /** 2: what is in it is one file, the encrypted archive. */
  version: z.literal([1, 2]),
  run: RunId,
  at: z.string(),
  /** In the order of the tar that they are together. */
  frames: z.array(z.looseObject({ offset: Count, sizeBytes: Count, plainBytes: Count })),
  files: z.array(
    z.looseObject({
      path: z.string(),
      /** Of its content, in the tar. */
      offset: Count,
      sizeBytes: Count,
      digest: z.string(),
      mode: Count,
      /** Milliseconds since 1970. */
      modifiedAt: z.number(),
    }),
  ),
})
export type ArchiveContents = z.infer<typeof ArchiveContents>
export type ArchivedFile = ArchiveContents['files'][number]

/** A frame that decompression passes over: the contents, then their digest and size, and a mark. */
export function encodeContents(contents: ArchiveContents): Uint8Array {
  const text = encodeText(JSON.stringify(contents))
  const size = Buffer.alloc(4)
  size.writeUInt32LE(text.byteLength)
  return skippableFrame(Buffer.concat([text, sumOf(text), size, mark]))
}

/** Throws `corrupt` when they are damaged. */
export async function readContents(file: OpenFile, path: string): Promise<ArchiveContents> {
  const { sizeBytes } = await file.status()
  const foot = Buffer.from(await readRange(file, Math.max(0, sizeBytes - footBytes), footBytes))
  const isMarked = foot.byteLength === footBytes && foot.subarray(-mark.length).equals(mark)
  const textBytes = isMarked ? foot.readUInt32LE(footBytes - mark.length - 4) : sizeBytes
  const offset = sizeBytes - footBytes - textBytes
  if (!isMarked || offset < 0) throw damagedArchive(path, 'its end is not there')
  if (textBytes > largestContents) throw damagedArchive(path, 'its table of contents is too large')
  const text = await readRange(file, offset, textBytes)
  if (!sumOf(text).equals(foot.subarray(0, sumBytes)))
    throw damagedArchive(path, `its table of contents, at byte ${offset}, does not fit its digest`)
  const contents = ArchiveContents.safeParse(parseJsonIfAny(decodeText(text)))
  if (contents.success) return contents.data
  throw damagedArchive(path, 'its table of contents is of another version')
}

/** What can be done with any damaged archive, whoever finds it. */
export function damagedArchive(path: string, what: string): AppError {
  const message = `The archive ${path} is damaged: ${what}. Nothing was changed. Put a copy of it in its place, or take out what can be read: zstd -dc ${path} | tar x`
  return new AppError('corrupt', message, { path })
}

function sumOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}

/** Of some 300,000 files. It is held in memory whole, whoever made it. */
const largestContents = 64 * 1024 * 1024
const mark = Buffer.from('unstuck1')
const sumBytes = 32
const footBytes = sumBytes + 4 + mark.length
