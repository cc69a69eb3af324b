// Zstandard frames: bytes compressed and back again, bounded, and as much as can be had of what is damaged.
import { promisify } from 'node:util'
import { constants, zstdCompress, zstdDecompress, type ZstdOptions } from 'node:zlib'
import { AppError } from '../../shared/errors.ts'
import { errorCode } from './storeErrors.ts'

/** A frame of its own, with its size and a checksum of its content. */
export function compressFrame(bytes: Uint8Array): Promise<Buffer> {
  return compress(bytes, {
    params: { [constants.ZSTD_c_checksumFlag]: 1 },
    pledgedSrcSize: bytes.byteLength,
  })
}

/** A frame that every reader of Zstandard passes over. */
export function skippableFrame(content: Uint8Array): Buffer {
  const frame = Buffer.alloc(headerBytes + content.byteLength)
  frame.writeUInt32LE(skippableMagic, 0)
  frame.writeUInt32LE(content.byteLength, 4)
  frame.set(content, headerBytes)
  return frame
}

/** The first bytes of a head, through the line of its summary: all that a row of the list needs. */
export function headStartOf(head: Uint8Array): Uint8Array {
  const start = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, headStartBytes))
  const summary = start.indexOf('"summary"')
  const end = summary === -1 ? -1 : start.indexOf('\n', summary)
  return start.subarray(0, end === -1 ? start.byteLength : end + 1)
}

/**
 * The content of compressed bytes. Throws `corrupt` when they are damaged, or would become more than any file of a run does:
 * what is small and becomes huge was made to fill the memory.
 */
export async function decompressAll(bytes: Uint8Array, what: string): Promise<Uint8Array> {
  const limitBytes = largestContent(bytes.byteLength)
  const tried = await tryDecompress(framesOf(bytes), { maxOutputLength: limitBytes })
  if (tried.kind === 'content') return tried.content
  if (tried.kind === 'too-large') throw tooLargeError(what, { bytes, limitBytes })
  const why = tried.cause.message.replace(/\.$/, '').toLowerCase()
  throw new AppError('corrupt', `${what} is damaged: ${why}.`, {}, { cause: tried.cause })
}

/** The content of one frame of a known size; null when it is damaged or of another size. */
export async function decompressFrame(
  bytes: Uint8Array,
  plainBytes: number,
): Promise<Uint8Array | null> {
  const tried = await tryDecompress(bytes, { maxOutputLength: Math.max(1, plainBytes) })
  return tried.kind === 'content' && tried.content.byteLength === plainBytes ? tried.content : null
}

/** The content up to where the damage begins, in blocks of up to 128 KiB. */
export async function decompressStart(bytes: Uint8Array, what: string): Promise<Uint8Array> {
  const frames = framesOf(bytes)
  const limitBytes = largestContent(bytes.byteLength)
  let [good, bad] = [0, frames.byteLength + 1]
  let content: Uint8Array = new Uint8Array()
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2)
    const start = await contentOf(frames.subarray(0, middle), limitBytes, what)
    if (start === null) bad = middle
    else [good, content] = [middle, start]
  }
  return content
}

/** How much compressed bytes may become. What would become more is not compressed. */
export function largestContent(compressedBytes: number): number {
  return Math.min(largestBytes, Math.max(alwaysBytes, compressedBytes * largestRatio))
}

const [largestBytes, alwaysBytes, largestRatio] = [1024 ** 3, 16 * 1024 ** 2, 1000]
const [skippableMagic, headerBytes, headStartBytes] = [0x184d2a50, 8, 4096]
const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)

/** Null when the bytes are damaged. */
async function contentOf(
  bytes: Uint8Array,
  limitBytes: number,
  what: string,
): Promise<Uint8Array | null> {
  const options = { finishFlush: constants.ZSTD_e_flush, maxOutputLength: limitBytes }
  const tried = await tryDecompress(bytes, options)
  if (tried.kind === 'too-large') throw tooLargeError(what, { bytes, limitBytes })
  return tried.kind === 'content' ? tried.content : null
}

type Tried =
  | { readonly kind: 'content'; readonly content: Uint8Array }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'damaged'; readonly cause: Error }

async function tryDecompress(bytes: Uint8Array, options: ZstdOptions): Promise<Tried> {
  try {
    return { kind: 'content', content: await decompress(bytes, options) }
  } catch (error) {
    const code = errorCode(error)
    if (code === 'ERR_BUFFER_TOO_LARGE') return { kind: 'too-large' }
    const isDamage = code === 'Z_BUF_ERROR' || code?.startsWith('ZSTD_error_') === true
    if (isDamage && error instanceof Error) return { kind: 'damaged', cause: error }
    throw error
  }
}

/** Behind the skippable frames: the decompression of Node ends with the first of them. */
function framesOf(bytes: Uint8Array): Uint8Array {
  let offset = 0
  for (let end = endOfSkipped(bytes, 0); end !== null; end = endOfSkipped(bytes, offset)) {
    offset = end
  }
  return bytes.subarray(offset)
}

/** Where the skippable frame at a place ends; null when there is another frame, or none. */
function endOfSkipped(bytes: Uint8Array, offset: number): number | null {
  if (bytes.byteLength < offset + headerBytes) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset)
  const isSkippable = (view.getUint32(0, true) & skippableMask) >>> 0 === skippableMagic
  if (!isSkippable) return null
  return Math.min(offset + headerBytes + view.getUint32(4, true), bytes.byteLength)
}

// Sixteen numbers mark a frame to be passed over; other programs use the others.
const skippableMask = 0xfffffff0

function tooLargeError(
  what: string,
  { bytes, limitBytes }: { readonly bytes: Uint8Array; readonly limitBytes: number },
): AppError {
  const message = `${what} was not decompressed: its ${bytes.byteLength} bytes would become more than ${limitBytes}, the most that is taken (1,000 times their size, and never over 1 GiB). Look at it with: zstd --list`
  return new AppError('corrupt', message, { sizeBytes: bytes.byteLength, limitBytes })
}
