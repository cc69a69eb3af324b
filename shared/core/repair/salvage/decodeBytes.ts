import { encodingOf, unitAt, type TextEncoding } from './encodingOf.ts'

export type DecodedBytes = {
  readonly text: string
  readonly hasEscapedBytes: boolean
  readonly encoding: TextEncoding
}

const blockUnits = 8192

/** The text of bytes, in the encoding that they are in. */
export function decodeBytes(bytes: Uint8Array): DecodedBytes {
  const encoding = encodingOf(bytes)
  return encoding === 'utf-8'
    ? { ...decodeUtf8(bytes), encoding }
    : { ...decodeUtf16(bytes, encoding), encoding }
}

type Decoded = Omit<DecodedBytes, 'encoding'>

/**
 * UTF-8 as text. A byte that is none becomes one unit of U+DC80 to U+DCFF, which no UTF-8 holds: it can be told, counted as
 * one byte, and written back. Nothing is dropped and a BOM stays.
 */
function decodeUtf8(bytes: Uint8Array): Decoded {
  const parts: string[] = []
  const block = new Uint16Array(blockUnits + 2)
  let hasEscapedBytes = false
  let used = 0
  let index = 0
  while (index < bytes.length) {
    const byte = bytes[index] ?? 0
    const point = byte < 0x80 ? byte : pointAt(bytes, index)
    if (point === -1) {
      hasEscapedBytes = true
      block[used++] = 0xdc00 + byte
      index += 1
    } else if (point > 0xffff) {
      block[used++] = 0xd800 + ((point - 0x10000) >> 10)
      block[used++] = 0xdc00 + ((point - 0x10000) & 0x3ff)
      index += 4
    } else {
      block[used++] = point
      index += point < 0x80 ? 1 : point < 0x800 ? 2 : 3
    }
    if (used < blockUnits) continue
    parts.push(String.fromCharCode(...block.subarray(0, used)))
    used = 0
  }
  parts.push(String.fromCharCode(...block.subarray(0, used)))
  return { text: parts.join(''), hasEscapedBytes }
}

/** In UTF-16 half a pair, and half a unit at the end, are no character: they stand as a byte that no encoding has. */
function decodeUtf16(bytes: Uint8Array, encoding: TextEncoding): Decoded {
  const parts: string[] = []
  const block = new Uint16Array(blockUnits + 2)
  const units = bytes.length >> 1
  let hasEscapedBytes = false
  let used = 0
  const put = (unit: number): void => {
    block[used++] = unit
  }
  for (let index = 0; index < units; index += 1) {
    const unit = unitAt(bytes, index, encoding)
    const isHigh = (unit & 0xfc00) === 0xd800
    const next = isHigh ? unitAt(bytes, index + 1, encoding) : -1
    if (isHigh && next !== -1 && (next & 0xfc00) === 0xdc00) {
      put(unit)
      put(next)
      index += 1
    } else if ((unit & 0xf800) === 0xd800) {
      hasEscapedBytes = true
      put(noCharacter)
    } else put(unit)
    if (used < blockUnits) continue
    parts.push(String.fromCharCode(...block.subarray(0, used)))
    used = 0
  }
  parts.push(String.fromCharCode(...block.subarray(0, used)))
  if (bytes.length % 2 === 1) {
    const isZero = bytes.at(-1) === 0
    hasEscapedBytes ||= !isZero
    parts.push(String.fromCharCode(isZero ? 0 : noCharacter))
  }
  return { text: parts.join(''), hasEscapedBytes }
}

/** Windows-1252 has no character for 0x81 either. */
const noCharacter = 0xdc81

/** The code point of two to four bytes, in the shortest form and no surrogate, or -1. */
function pointAt(bytes: Uint8Array, index: number): number {
  const first = bytes[index] ?? 0
  if (first < 0xc2 || first > 0xf4) return -1
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
  let point = first & (0xff >> (length + 1))
  for (let at = 1; at < length; at += 1) {
    const next = bytes[index + at] ?? 0
    if ((next & 0xc0) !== 0x80) return -1
    point = (point << 6) | (next & 0x3f)
  }
  const least = length === 2 ? 0x80 : length === 3 ? 0x800 : 0x10000
  const isSurrogate = point >= 0xd800 && point <= 0xdfff
  return point < least || point > 0x10ffff || isSurrogate ? -1 : point
}
