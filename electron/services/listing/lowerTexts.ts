// Finds words in the lower-case form of pooled texts. A copy is kept only of a text that has another form than its own: whatever
// is found in a text as it is written stands in its lower-case form too, because the word is in lower case.
import {
  endOf,
  isWellFormed,
  lineFeed,
  longer,
  startOf,
  textOf,
  withRoom,
  type PooledTexts,
  type TextCode,
} from './pooledTexts.ts'

export type LowerTexts = {
  /** Marks, in `hits`, each code from `from` on whose lower-case text contains the word; the word has no white space. */
  readonly find: (word: string, hits: Uint8Array, from: TextCode) => void
  readonly contains: (code: TextCode, word: Buffer) => boolean
  /** Makes the copies now, so that the first word that is looked for need not wait for them. */
  readonly prepare: () => void
}

/** Texts one behind the other; the first place is of none. */
type Texts = { readonly bytes: Buffer; readonly ends: Uint32Array; readonly size: number }

type Copies = {
  bytes: Buffer
  ends: Uint32Array
  size: number
  /** By place, in order: of which text it is. */
  codes: Int32Array
  /** Texts below this code have a copy, or need none. */
  looked: TextCode
}

export function createLowerTexts(texts: PooledTexts): LowerTexts {
  const copies: Copies = {
    bytes: Buffer.from(new ArrayBuffer(0)),
    ends: new Uint32Array(1 << 6),
    size: 1,
    codes: new Int32Array(1 << 6),
    looked: 1,
  }
  return {
    prepare: () => bringUpToDate(texts, copies),
    find: (word, hits, from) => {
      bringUpToDate(texts, copies)
      if (!isWellFormed(word)) return findOdd(texts, word, hits)
      findIn(texts, word, { from, found: (code) => (hits[code] = 1) })
      const first = placeFor(copies, from)
      findIn(copies, word, { from: first, found: (place) => (hits[copies.codes[place] ?? 0] = 1) })
      if (texts.odd.size > 0) findOdd(texts, word, hits)
    },
    contains: (code, word) => {
      bringUpToDate(texts, copies)
      if (bytesOf(texts, code).includes(word)) return true
      const place = placeFor(copies, code)
      return copies.codes[place] === code && bytesOf(copies, place).includes(word)
    },
  }
}

function bytesOf({ bytes, ends }: Texts, at: number): Buffer {
  return bytes.subarray(startOf(ends, at), endOf(ends, at) - 1)
}

function bringUpToDate(texts: PooledTexts, copies: Copies): void {
  for (; copies.looked < texts.size; copies.looked++) {
    const lower = lowerForm(texts, copies.looked)
    if (lower !== null) append(copies, copies.looked, lower)
  }
}

/** Null where it is the text itself. A string is made only of the few texts that have another one. */
function lowerForm(texts: PooledTexts, code: TextCode): string | null {
  const end = endOf(texts.ends, code) - 1
  for (let at = startOf(texts.ends, code); at < end; at++) {
    const byte = texts.bytes[at] ?? 0
    if (byte < 65 || (byte > 90 && byte < 0x80)) continue
    const text = textOf(texts, code)
    const lower = text.toLowerCase()
    return lower === text ? null : lower
  }
  return null
}

function append(copies: Copies, code: TextCode, text: string): void {
  const { size } = copies
  const start = startOf(copies.ends, size)
  copies.bytes = withRoom(copies.bytes, start + text.length * 3 + 1)
  if (size === copies.ends.length) {
    copies.ends = new Uint32Array(longer(copies.ends, size * 8))
    copies.codes = new Int32Array(longer(copies.codes, size * 8))
  }
  const end = start + copies.bytes.write(text, start)
  copies.bytes[end] = lineFeed
  copies.ends[size] = end + 1
  copies.codes[size] = code
  copies.size += 1
}

/** The first place whose text has this code or a later one; behind the last where there is none. */
function placeFor({ codes, size }: Copies, code: TextCode): number {
  let low = 1
  let high = size
  while (low < high) {
    const middle = (low + high) >> 1
    if ((codes[middle] ?? 0) < code) low = middle + 1
    else high = middle
  }
  return low
}

function findIn(
  texts: Texts,
  word: string,
  { from, found }: { readonly from: number; readonly found: (at: number) => void },
): void {
  if (from >= texts.size) return
  const needle = Buffer.from(word)
  const used = texts.bytes.subarray(0, endOf(texts.ends, texts.size - 1))
  const start = startOf(texts.ends, from)
  let place = from
  let at = used.indexOf(needle, start)
  for (let hits = 1; at !== -1; hits++) {
    place = placeAt(texts, place, at)
    found(place)
    if (hits >= fewHits && at - start < hits * denseBytes)
      return findDense(texts, needle, { from: place + 1, found })
    at = used.indexOf(needle, endOf(texts.ends, place))
  }
}

/** To ask the engine for the next hit costs as much as to look at so many bytes one by one. */
const denseBytes = 150
const fewHits = 500

/** As above, text by text: for a word that most of them have. */
function findDense(
  { bytes, ends, size }: Texts,
  needle: Buffer,
  { from, found }: { readonly from: number; readonly found: (at: number) => void },
): void {
  const first = needle[0]
  for (let place = from; place < size; place++) {
    const last = endOf(ends, place) - 1 - needle.length
    for (let at = startOf(ends, place); at <= last; at++) {
      if (bytes[at] !== first || !isAt(bytes, needle, at)) continue
      found(place)
      break
    }
  }
}

function isAt(bytes: Buffer, needle: Buffer, at: number): boolean {
  for (let index = 1; index < needle.length; index++)
    if (bytes[at + index] !== needle[index]) return false
  return true
}

/** Replacement characters stand for what bytes of UTF-8 cannot say, so these texts are looked at as they are. */
function findOdd({ odd }: PooledTexts, word: string, hits: Uint8Array): void {
  for (const [code, text] of odd) hits[code] = text.toLowerCase().includes(word) ? 1 : 0
}

/** The place whose text stands at these bytes, at or behind a place before it. */
function placeAt({ ends, size }: Texts, from: number, at: number): number {
  // Hits in texts that stand near each other are frequent: small steps first.
  let step = 1
  let low = from
  while (low + step < size && endOf(ends, low + step) <= at) {
    low += step
    step *= 2
  }
  let high = Math.min(low + step, size - 1)
  while (low < high) {
    const middle = (low + high) >> 1
    if (endOf(ends, middle) > at) high = middle
    else low = middle + 1
  }
  return low
}
