// A pool keeps each text once, as bytes in one buffer, and finds all texts that contain a word in one pass over them.
import { isAscii } from 'node:buffer'
import { createLowerTexts } from './lowerTexts.ts'
import {
  appendBytes,
  appendText,
  compareTexts,
  createPooledTexts,
  endOf,
  hasLateByte,
  textOf,
  type PooledTexts,
  type SavedPool,
  type TextCode,
} from './pooledTexts.ts'
import { putStartKeys } from './startKeys.ts'
import { createTextSlots, type AsciiText } from './textSlots.ts'

export type TextPool = {
  /** Codes that are given, the one for no text among them. */
  readonly size: () => number
  readonly sizeBytes: () => number
  readonly intern: (text: string | null) => TextCode
  /** The same, for a text that is unlikely to come again. */
  readonly internUnique: (text: string) => TextCode
  /** The same, for bytes of ASCII, of which no string is made. `likely`: the code that is looked at first; 0: none is. */
  readonly internBytes: (text: AsciiText, likely: TextCode) => TextCode
  /** The code of a text that is there; -1 when it is not. */
  readonly codeOf: (text: string) => TextCode
  readonly textOf: (code: TextCode) => string | null
  /** Marks, in `hits`, each code from `from` on whose lower-case text contains the word; the word has no white space. */
  readonly find: (word: string, hits: Uint8Array, from?: TextCode) => void
  /** Makes what `find` looks into, so that the first word need not wait for it. */
  readonly prepareFind: () => void
  readonly contains: (code: TextCode, word: Buffer) => boolean
  /** In the order of UTF-16 code units, as `<` has it. */
  readonly compare: (one: TextCode, other: TextCode) => number
  /** Numbers, by row, that sort as the texts of these rows do where they differ. False, with nothing said, where these are not ASCII. */
  readonly startKeys: (rows: Int32Array, codes: Int32Array, keys: Float64Array) => boolean
  readonly save: () => SavedPool
}

export function createTextPool(saved: SavedPool | null = null): TextPool {
  const texts = saved === null ? createPooledTexts() : load(saved)
  const slots = createTextSlots(texts)
  const lower = createLowerTexts(texts)
  const lately = new Map<string, TextCode>()
  const internUnique = (text: string): TextCode =>
    slots.codeOrNew(text, () => appendText(texts, text))
  const append = (text: AsciiText): TextCode => appendBytes(texts, text)
  const intern = (text: string): TextCode => {
    const known = lately.get(text)
    if (known !== undefined) return known
    const code = internUnique(text)
    if (lately.size === latelyKept) lately.clear()
    lately.set(text, code)
    return code
  }
  return {
    size: () => texts.size,
    sizeBytes: () => endOf(texts.ends, texts.size - 1),
    intern: (text) => (text === null ? 0 : intern(text)),
    internUnique,
    internBytes: (text, likely) =>
      likely !== 0 && slots.hasBytes(likely, text) ? likely : slots.codeOfBytesOrNew(text, append),
    codeOf: slots.codeOf,
    textOf: (code) => (code === 0 ? null : textOf(texts, code)),
    startKeys: (rows, codes, keys) => putStartKeys(texts, { rows, codes, keys }),
    find: (word, hits, from = 1) => lower.find(word, hits, from),
    prepareFind: lower.prepare,
    contains: lower.contains,
    compare: (one, other) => compareTexts(texts, one, other),
    save: () => ({
      bytes: texts.bytes.subarray(0, endOf(texts.ends, texts.size - 1)),
      ends: texts.ends.subarray(0, texts.size),
      odd: [...texts.odd],
    }),
  }
}

/** Most columns have few texts: these are found by the engine's own table. */
const latelyKept = 512

/** Texts that are not all ASCII are only there as UTF-8: what that cannot say stands beside them. */
function load({ bytes, ends, odd }: SavedPool): PooledTexts {
  const isPlain = odd.length === 0 && isAscii(bytes)
  return {
    bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    ends,
    size: ends.length,
    isAscii: isPlain,
    isInByteOrder: isPlain || !hasLateByte(bytes),
    odd: new Map(odd),
  }
}
