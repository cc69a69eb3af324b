export type DecodedBytes = { readonly text: string; readonly hasEscapedBytes: boolean }

const blockUnits = 8192

/**
 * UTF-8 as text. A byte that is none becomes one unit of U+DC80 to U+DCFF, which no UTF-8 holds: it can be told, counted as
 * one byte, and written back. Nothing is dropped and a BOM stays.
 */
export function decodeBytes(bytes: Uint8Array): DecodedBytes {
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
