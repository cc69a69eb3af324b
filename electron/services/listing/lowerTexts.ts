// Lower-case copies of pooled texts, made of many at once.
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

type Lower = { bytes: Buffer; ends: Uint32Array; size: number }

export function createLowerTexts(texts: PooledTexts): LowerTexts {
  const lower: Lower = { bytes: Buffer.alloc(0), ends: new Uint32Array(1 << 10), size: 1 }
  return {
    prepare: () => bringUpToDate(texts, lower),
    find: (word, hits, from) => {
      bringUpToDate(texts, lower)
      if (!isWellFormed(word)) return findOdd(texts, word, hits)
      findIn(lower, word, { hits, from })
      if (texts.odd.size > 0) findOdd(texts, word, hits)
    },
    contains: (code, word) => {
      bringUpToDate(texts, lower)
      const { bytes, ends } = lower
      return bytes.subarray(startOf(ends, code), endOf(ends, code) - 1).includes(word)
    },
  }
}

function bringUpToDate(texts: PooledTexts, lower: Lower): void {
  if (lower.size === texts.size) return
  if (texts.size > lower.ends.length)
    lower.ends = new Uint32Array(longer(lower.ends, texts.ends.length * 4))
  lower.bytes = withRoom(lower.bytes, endOf(texts.ends, texts.size - 1))
  if (texts.isAscii) addAscii(texts, lower)
  else while (lower.size < texts.size) addNext(texts, lower)
}

/** Of bytes where they are ASCII: a string is made only of the few texts that are not. */
function addNext(texts: PooledTexts, lower: Lower): void {
  const [from, to] = [startOf(texts.ends, lower.size), endOf(texts.ends, lower.size)]
  const start = startOf(lower.ends, lower.size)
  lower.bytes = withRoom(lower.bytes, start + to - from)
  const { bytes } = lower
  for (let at = from; at < to; at++) {
    const byte = texts.bytes[at] ?? 0
    if (byte >= 0x80) return addText(lower, textOf(texts, lower.size).toLowerCase())
    bytes[start + at - from] = byte >= 65 && byte <= 90 ? byte + 32 : byte
  }
  lower.ends[lower.size] = start + to - from
  lower.size += 1
}

/** Lower case is as long as the text: both lie at the same places. */
function addAscii(texts: PooledTexts, lower: Lower): void {
  const [start, end] = [startOf(texts.ends, lower.size), endOf(texts.ends, texts.size - 1)]
  const { bytes } = lower
  const from = texts.bytes
  for (let at = start; at < end; at++) {
    const byte = from[at] ?? 0
    bytes[at] = byte >= 65 && byte <= 90 ? byte + 32 : byte
  }
  lower.ends.set(texts.ends.subarray(lower.size, texts.size), lower.size)
  lower.size = texts.size
}

function addText(lower: Lower, text: string): void {
  const start = startOf(lower.ends, lower.size)
  lower.bytes = withRoom(lower.bytes, start + text.length * 3 + 1)
  const end = start + lower.bytes.write(text, start)
  lower.bytes[end] = lineFeed
  lower.ends[lower.size] = end + 1
  lower.size += 1
}

function findIn(
  lower: Lower,
  word: string,
  { hits, from }: { readonly hits: Uint8Array; readonly from: TextCode },
): void {
  const needle = Buffer.from(word)
  const used = lower.bytes.subarray(0, endOf(lower.ends, lower.size - 1))
  let code = from
  let at = used.indexOf(needle, startOf(lower.ends, code))
  while (at !== -1) {
    code = codeAt(lower, code, at)
    hits[code] = 1
    at = used.indexOf(needle, endOf(lower.ends, code))
  }
}

/** Replacement characters stand for what bytes of UTF-8 cannot say, so these texts are looked at as they are. */
function findOdd({ odd }: PooledTexts, word: string, hits: Uint8Array): void {
  for (const [code, text] of odd) hits[code] = text.toLowerCase().includes(word) ? 1 : 0
}

/** The code whose text stands at a place of the lower-case bytes, at or behind a code before it. */
function codeAt({ ends, size }: Lower, from: TextCode, at: number): TextCode {
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
