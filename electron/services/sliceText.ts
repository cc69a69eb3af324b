import type { TextSlice } from '../../shared/contract/call.ts'
import { decodeLossy, wholeCharacters } from './decodeUtf8.ts'

type SliceOptions = { readonly offset: number; readonly limitBytes: number }

/** A piece of a text by bytes of UTF-8; never cuts a character in two. */
export function sliceText(text: string, options: SliceOptions): TextSlice {
  const bytes = new TextEncoder().encode(text)
  const piece = bytes.subarray(options.offset, options.offset + options.limitBytes)
  return sliceOf({ bytes: piece, sizeBytes: bytes.length }, options.offset)
}

/** The same of bytes that were read from a file; what is not UTF-8 becomes U+FFFD. */
export function sliceOf(
  read: { readonly bytes: Uint8Array; readonly sizeBytes: number },
  offset: number,
): TextSlice {
  const end = offset + read.bytes.length
  const isLast = end >= read.sizeBytes
  const whole = isLast ? read.bytes.length : wholeCharacters(read.bytes)
  return {
    text: decodeLossy(read.bytes.subarray(0, whole)),
    offset,
    nextOffset: isLast ? null : offset + whole,
    sizeBytes: read.sizeBytes,
  }
}
