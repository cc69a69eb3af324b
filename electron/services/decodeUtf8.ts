import { countNewlines } from './newlines.ts'
import { encodingOf } from '../../shared/core/repair/salvage/encodingOf.ts'
import type { UnreadableText } from '../../shared/core/reading/readRun.ts'

export type DecodedText = { readonly text: string } | Required<UnreadableText>

/** Text of UTF-8 bytes, or the first byte that is none. A byte order mark stays part of the text. */
export function decodeUtf8(bytes: Uint8Array): DecodedText {
  if (bytes.byteLength > largestTextBytes) {
    const [has, most] = [bytes.byteLength, largestTextBytes].map((size) => Math.round(size / 1e6))
    const problem = `It has ${has} MB, and at most ${most} MB can be read at once. Its bytes can be seen in Raw.`
    return { problem, offset: 0, line: 1, column: 1, rule: 'F11' }
  }
  const encoding = encodingOf(bytes)
  if (encoding !== 'utf-8') {
    const order = encoding === 'utf-16le' ? 'little-endian' : 'big-endian'
    const problem = `It is written in UTF-16 (${order}), not in UTF-8.`
    return { problem, offset: 0, line: 1, column: 1, rule: 'F8' }
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    const offset = firstInvalidByte(bytes)
    return { problem: `Byte ${offset} is not valid UTF-8.`, rule: 'F8', ...placeOf(bytes, offset) }
  }
}

/** The longest text that there can be has 2^29 - 24 characters. */
const largestTextBytes = 512 * 1024 * 1024 - 24

/** Text of bytes that may be damaged or cut: what is not UTF-8 becomes U+FFFD. */
export function decodeLossy(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

/** Length without the incomplete character at the end, so that a slice never cuts one in two. */
export function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(4, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if ((byte & 0xc0) === 0x80) continue
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return needed > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

/** Of a byte before which all is UTF-8. */
function placeOf(bytes: Uint8Array, offset: number) {
  const before = bytes.subarray(0, offset)
  const column = decodeLossy(before.subarray(before.lastIndexOf(lineFeed) + 1)).length + 1
  return { offset, line: countNewlines(before) + 1, column }
}

const lineFeed = 0x0a

function firstInvalidByte(bytes: Uint8Array): number {
  let low = 0
  let high = bytes.length
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (isPrefix(bytes.subarray(0, middle + 1))) low = middle + 1
    else high = middle
  }
  return low
}

function isPrefix(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true })
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}
