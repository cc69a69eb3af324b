// Texts one behind the other, as bytes in one buffer; a text's code is its place in their order.

/** A text's place in the pool. 0 stands for no text at all. */
export type TextCode = number

/** What texts are made of again: they take these arrays for their own. */
export type SavedPool = {
  readonly bytes: Uint8Array
  readonly ends: Uint32Array
  /** Texts that bytes of UTF-8 cannot say, by code. */
  readonly odd: readonly (readonly [TextCode, string])[]
}

export type PooledTexts = {
  bytes: Buffer
  /** Where each text ends in `bytes`; a line feed stands behind each. */
  ends: Uint32Array
  /** Codes that are given, the one for no text among them. */
  size: number
  isAscii: boolean
  /** No text has a character from U+E000 on: the order of bytes is that of UTF-16 code units. */
  isInByteOrder: boolean
  readonly odd: Map<TextCode, string>
}

export function createPooledTexts(): PooledTexts {
  return {
    bytes: Buffer.from(new ArrayBuffer(1 << 16)),
    ends: new Uint32Array(1 << 10),
    size: 1,
    isAscii: true,
    isInByteOrder: true,
    odd: new Map(),
  }
}

export function endOf(ends: Uint32Array, code: TextCode): number {
  return ends[code] ?? 0
}

/** Where the text of a code begins: behind the line feed of the one before. */
export function startOf(ends: Uint32Array, code: TextCode): number {
  return code === 0 ? 0 : endOf(ends, code - 1)
}

export function textOf(texts: PooledTexts, code: TextCode): string {
  const odd = texts.odd.size === 0 ? undefined : texts.odd.get(code)
  if (odd !== undefined) return odd
  const encoding = texts.isAscii ? 'latin1' : 'utf8'
  return texts.bytes.toString(encoding, startOf(texts.ends, code), endOf(texts.ends, code) - 1)
}

export function appendText(texts: PooledTexts, text: string): TextCode {
  const start = startOf(texts.ends, texts.size)
  texts.bytes = withRoom(texts.bytes, start + text.length * 3 + 1)
  if (writeAscii(texts.bytes, text, start)) return appended(texts, start + text.length)
  const end = start + texts.bytes.write(text, start)
  if (end - start !== text.length) {
    texts.isAscii = false
    if (texts.isInByteOrder) texts.isInByteOrder = !hasLateByte(texts.bytes.subarray(start, end))
    if (!isWellFormed(text)) texts.odd.set(texts.size, text)
  }
  return appended(texts, end)
}

/** What begins a character from U+E000 on, or stands for what UTF-8 cannot say. */
export function hasLateByte(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte >= 0xee)
}

/** The same, for bytes of ASCII. */
export function appendBytes(
  texts: PooledTexts,
  { bytes, from, to }: { readonly bytes: Uint8Array; readonly from: number; readonly to: number },
): TextCode {
  const start = startOf(texts.ends, texts.size)
  texts.bytes = withRoom(texts.bytes, start + to - from + 1)
  const own = texts.bytes
  for (let at = from; at < to; at++) own[start + at - from] = bytes[at] ?? 0
  return appended(texts, start + to - from)
}

function appended(texts: PooledTexts, end: number): TextCode {
  const code = texts.size
  if (code === texts.ends.length) texts.ends = new Uint32Array(longer(texts.ends, code * 8))
  texts.bytes[end] = lineFeed
  texts.ends[code] = end + 1
  texts.size += 1
  return code
}

/** In one pass, which for a short text takes less than the calls that write any text. False for others. */
function writeAscii(bytes: Buffer, text: string, start: number): boolean {
  if (text.length > shortText) return false
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit >= 0x80) return false
    bytes[start + at] = unit
  }
  return true
}

const shortText = 256
export const lineFeed = 10

/** Half a surrogate pair cannot be said in UTF-8. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text)
}

export function withRoom(bytes: Buffer, needed: number): Buffer {
  if (needed <= bytes.length) return bytes
  return Buffer.from(longer(bytes, Math.max(roomBeyond(bytes.length), needed)))
}

/** Of a few bytes there is soon twice as much; of many, what is never used would only stay taken. */
function roomBeyond(sizeBytes: number): number {
  return sizeBytes < manyBytes ? sizeBytes * 2 : sizeBytes + (sizeBytes >> 2)
}

const manyBytes = 4 * 1024 * 1024

/**
 * A longer buffer with the same bytes. The old one is given up at once: what waits for a collection would be there as long as
 * nothing else fills the heap.
 */
export function longer(
  { buffer, byteOffset, byteLength }: ArrayBufferView,
  size: number,
): ArrayBuffer {
  const isWhole = byteOffset === 0 && byteLength === buffer.byteLength
  const own: Transferable = buffer
  if (isWhole && own.transfer !== undefined) return own.transfer(size)
  const copy = new ArrayBuffer(size)
  new Uint8Array(copy).set(new Uint8Array(buffer, byteOffset, byteLength))
  return copy
}

/** An array buffer, as ES2024 has it; one that is shared cannot be given up. */
type Transferable = ArrayBufferLike & { readonly transfer?: (size: number) => ArrayBuffer }

/** In the order of UTF-16 code units, as `<` has it. */
export function compareTexts(texts: PooledTexts, one: TextCode, other: TextCode): number {
  if (one === other) return 0
  if (texts.isInByteOrder) return compareBytes(texts, one, other)
  const [left, right] = [textOf(texts, one), textOf(texts, other)]
  return left < right ? -1 : left > right ? 1 : 0
}

function compareBytes({ bytes, ends }: PooledTexts, one: TextCode, other: TextCode): number {
  let a = startOf(ends, one)
  let b = startOf(ends, other)
  const last = Math.min(endOf(ends, one) - 1 - a, endOf(ends, other) - 1 - b)
  for (let at = 0; at < last; at++, a++, b++) {
    const difference = (bytes[a] ?? 0) - (bytes[b] ?? 0)
    if (difference !== 0) return difference
  }
  return endOf(ends, one) - 1 - a - (endOf(ends, other) - 1 - b)
}
