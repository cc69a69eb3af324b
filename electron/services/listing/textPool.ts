// A pool keeps each text once, as bytes in one buffer, and finds all texts that contain a word in one pass over them.

import { putStartKeys } from './startKeys.ts'

/** A text's place in the pool. 0 stands for no text at all. */
export type TextCode = number

export type TextPool = {
  /** Codes that are given, the one for no text among them. */
  readonly size: () => number
  readonly sizeBytes: () => number
  readonly intern: (text: string | null) => TextCode
  /** The same, for a text that is unlikely to come again. */
  readonly internUnique: (text: string) => TextCode
  /** The code of a text that is there; -1 when it is not. */
  readonly codeOf: (text: string) => TextCode
  readonly textOf: (code: TextCode) => string | null
  /** Marks, in `hits`, each code from `from` on whose lower-case text contains the word; the word has no white space. */
  readonly find: (word: string, hits: Uint8Array, from?: TextCode) => void
  readonly contains: (code: TextCode, word: Buffer) => boolean
  /** In the order of UTF-16 code units, as `<` has it. */
  readonly compare: (one: TextCode, other: TextCode) => number
  /** Numbers, by row, that sort as the texts of these rows do where they differ. False, with nothing said, where texts are not ASCII. */
  readonly startKeys: (rows: Int32Array, codes: Int32Array, keys: Float64Array) => boolean
  readonly save: () => SavedPool
}

/** What a pool is made of again: it takes these arrays for its own. */
export type SavedPool = {
  readonly bytes: Uint8Array
  readonly ends: Uint32Array
  /** Texts that bytes of UTF-8 cannot say, by code. */
  readonly odd: readonly (readonly [TextCode, string])[]
}

type State = {
  bytes: Buffer
  /** Where each text ends in `bytes`; a line feed stands behind each. */
  ends: Uint32Array
  readonly isSearched: boolean
  lower: Buffer
  lowerEnds: Uint32Array
  /** Hash table of codes, twice as large as what is in it at least; 0: free. */
  slots: Int32Array
  size: number
  isAscii: boolean
  readonly odd: Map<TextCode, string>
  /** Codes of texts that were given lately. */
  readonly lately: Map<string, TextCode>
}

/** A pool of which `find` is never asked has no lower-case texts. */
export function createTextPool(
  options: { readonly isSearched: boolean },
  saved: SavedPool | null = null,
): TextPool {
  const state: State = {
    bytes: Buffer.alloc(1 << 16),
    ends: new Uint32Array(1 << 10),
    lower: Buffer.alloc(0),
    lowerEnds: new Uint32Array(1 << 10),
    isSearched: options.isSearched,
    slots: new Int32Array(1 << 11),
    size: 1,
    isAscii: true,
    odd: new Map(),
    lately: new Map(),
  }
  if (saved !== null) load(state, saved)
  return {
    size: () => state.size,
    sizeBytes: () => endOf(state.ends, state.size - 1),
    intern: (text) => (text === null ? 0 : intern(state, text)),
    internUnique: (text) => internNew(state, text),
    codeOf: (text) => {
      const found = state.slots[slotOf(state, text)] ?? 0
      return found === 0 ? -1 : found
    },
    textOf: (code) => (code === 0 ? null : textOf(state, code)),
    startKeys: (rows, codes, keys) => {
      if (state.isAscii) putStartKeys(state, { rows, codes, keys })
      return state.isAscii
    },
    find: (word, hits, from = 1) => find(state, word, { hits, from }),
    contains: (code, word) => lowerOf(state, code).includes(word),
    compare: (one, other) => compare(state, one, other),
    save: () => ({
      bytes: state.bytes.subarray(0, endOf(state.ends, state.size - 1)),
      ends: state.ends.subarray(0, state.size),
      odd: [...state.odd],
    }),
  }
}

function endOf(ends: Uint32Array, code: TextCode): number {
  return ends[code] ?? 0
}

/** Where the text of a code begins: behind the line feed of the one before. */
function startOf(ends: Uint32Array, code: TextCode): number {
  return code === 0 ? 0 : endOf(ends, code - 1)
}

function textOf(state: State, code: TextCode): string {
  const odd = state.odd.size === 0 ? undefined : state.odd.get(code)
  if (odd !== undefined) return odd
  const encoding = state.isAscii ? 'latin1' : 'utf8'
  return state.bytes.toString(encoding, startOf(state.ends, code), endOf(state.ends, code) - 1)
}

function lowerOf(state: State, code: TextCode): Buffer {
  return state.lower.subarray(startOf(state.lowerEnds, code), endOf(state.lowerEnds, code) - 1)
}

function intern(state: State, text: string): TextCode {
  const lately = state.lately.get(text)
  if (lately !== undefined) return lately
  const code = internNew(state, text)
  if (state.lately.size === latelyKept) state.lately.clear()
  state.lately.set(text, code)
  return code
}

/** Most columns have few texts: these are found by the engine's own table. */
const latelyKept = 512

function internNew(state: State, text: string): TextCode {
  const slot = slotOf(state, text)
  const known = state.slots[slot] ?? 0
  if (known !== 0) return known
  const code = append(state, text)
  state.slots[slot] = code
  if (state.size * 2 > state.slots.length) rehash(state)
  return code
}

function append(state: State, text: string): TextCode {
  const code = state.size
  if (code === state.ends.length) {
    state.ends = grown(state.ends)
    if (state.isSearched) state.lowerEnds = grown(state.lowerEnds)
  }
  const start = startOf(state.ends, code)
  state.bytes = withRoom(state.bytes, start + text.length * 3 + 1)
  if (appendAscii(state, text, { code, start })) return code
  const end = start + state.bytes.write(text, start)
  if (end - start !== text.length) {
    state.isAscii = false
    if (!isWellFormed(text)) state.odd.set(code, text)
  }
  state.bytes[end] = lineFeed
  state.ends[code] = end + 1
  if (state.isSearched) appendLower(state, code, text.toLowerCase())
  state.size += 1
  return code
}

/** In one pass, which for a short text takes less than the calls that write any text. False, with nothing said, for others. */
function appendAscii(
  state: State,
  text: string,
  { code, start }: { readonly code: TextCode; readonly start: number },
): boolean {
  if (text.length > shortText) return false
  const { bytes, isSearched } = state
  const end = start + text.length
  const lowerStart = isSearched ? startOf(state.lowerEnds, code) : 0
  if (isSearched) state.lower = withRoom(state.lower, lowerStart + text.length * 3 + 1)
  const { lower } = state
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit >= 0x80) return false
    bytes[start + at] = unit
    if (isSearched) lower[lowerStart + at] = unit >= 65 && unit <= 90 ? unit + 32 : unit
  }
  bytes[end] = lineFeed
  state.ends[code] = end + 1
  if (isSearched) {
    lower[lowerStart + text.length] = lineFeed
    state.lowerEnds[code] = lowerStart + text.length + 1
  }
  state.size += 1
  return true
}

const shortText = 256

function appendLower(state: State, code: TextCode, lower: string): void {
  const start = startOf(state.lowerEnds, code)
  state.lower = withRoom(state.lower, start + lower.length * 3 + 1)
  const end = start + state.lower.write(lower, start)
  state.lower[end] = lineFeed
  state.lowerEnds[code] = end + 1
}

const lineFeed = 10

/** Half a surrogate pair cannot be said in UTF-8. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text)
}

function grown(ends: Uint32Array): Uint32Array {
  const larger = new Uint32Array(ends.length * 2)
  larger.set(ends)
  return larger
}

function withRoom(bytes: Buffer, needed: number): Buffer {
  if (needed <= bytes.length) return bytes
  const larger = Buffer.allocUnsafeSlow(Math.max(Math.ceil(bytes.length * 1.5), needed))
  larger.set(bytes)
  return larger
}

/** The slot that has the text, or the free one where it belongs. */
function slotOf(state: State, text: string): number {
  const mask = state.slots.length - 1
  let slot = hashOf(text) & mask
  for (;;) {
    const code = state.slots[slot] ?? 0
    if (code === 0 || isText(state, code, text)) return slot
    slot = (slot + 1) & mask
  }
}

function isText(state: State, code: TextCode, text: string): boolean {
  const start = startOf(state.ends, code)
  const sizeBytes = endOf(state.ends, code) - 1 - start
  if (sizeBytes < text.length) return false
  if (sizeBytes > text.length) return textOf(state, code) === text
  let bits = 0
  for (let at = 0; at < sizeBytes; at++) {
    const byte = state.bytes[start + at] ?? 0
    if (byte !== text.charCodeAt(at)) return false
    bits |= byte
  }
  return bits < 0x80 || textOf(state, code) === text
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash ^ (hash >>> 15)) >>> 0
}

function rehash(state: State): void {
  state.slots = new Int32Array(state.slots.length * 2)
  for (let code = 1; code < state.size; code++) {
    const slot = state.isAscii ? freeSlot(state, code) : slotOf(state, textOf(state, code))
    state.slots[slot] = code
  }
}

function find(
  state: State,
  word: string,
  { hits, from }: { readonly hits: Uint8Array; readonly from: TextCode },
): void {
  if (!isWellFormed(word)) return findOdd(state, word, hits)
  const needle = Buffer.from(word)
  const used = state.lower.subarray(0, endOf(state.lowerEnds, state.size - 1))
  let code = from
  let at = used.indexOf(needle, startOf(state.lowerEnds, code))
  while (at !== -1) {
    code = codeAt(state, code, at)
    hits[code] = 1
    at = used.indexOf(needle, endOf(state.lowerEnds, code))
  }
  if (state.odd.size > 0) findOdd(state, word, hits)
}

/** Replacement characters stand for what bytes of UTF-8 cannot say, so these texts are looked at as they are. */
function findOdd(state: State, word: string, hits: Uint8Array): void {
  for (const [code, text] of state.odd) hits[code] = text.toLowerCase().includes(word) ? 1 : 0
}

/** The code whose text stands at a place of the lower-case bytes, at or behind a code before it. */
function codeAt(state: State, from: TextCode, at: number): TextCode {
  const { lowerEnds } = state
  // Hits in texts that stand near each other are frequent: small steps first.
  let step = 1
  let low = from
  while (low + step < state.size && endOf(lowerEnds, low + step) <= at) {
    low += step
    step *= 2
  }
  let high = Math.min(low + step, state.size - 1)
  while (low < high) {
    const middle = (low + high) >> 1
    if (endOf(lowerEnds, middle) > at) high = middle
    else low = middle + 1
  }
  return low
}

function compare(state: State, one: TextCode, other: TextCode): number {
  if (one === other) return 0
  if (state.isAscii) {
    const { bytes, ends } = state
    let a = startOf(ends, one)
    let b = startOf(ends, other)
    const last = Math.min(endOf(ends, one) - 1 - a, endOf(ends, other) - 1 - b)
    for (let at = 0; at < last; at++, a++, b++) {
      const difference = (bytes[a] ?? 0) - (bytes[b] ?? 0)
      if (difference !== 0) return difference
    }
    return endOf(ends, one) - 1 - a - (endOf(ends, other) - 1 - b)
  }
  const [left, right] = [textOf(state, one), textOf(state, other)]
  return left < right ? -1 : left > right ? 1 : 0
}

function load(state: State, saved: SavedPool): void {
  const { bytes, ends, odd } = saved
  let slots = state.slots.length
  while (slots < ends.length * 2) slots *= 2
  state.slots = new Int32Array(slots)
  if (odd.length === 0 && bytes.every((byte) => byte < 0x80)) loadAscii(state, saved)
  else loadTexts(state, saved)
}

/** Lower case is as long as the text: both lie at the same places. */
function loadAscii(state: State, { bytes, ends }: SavedPool): void {
  state.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  state.ends = ends
  if (state.isSearched) {
    state.lower = Buffer.from(bytes)
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0
      if (byte >= 65 && byte <= 90) state.lower[at] = byte + 32
    }
    state.lowerEnds = ends.slice()
  }
  state.size = ends.length
  for (let code = 1; code < state.size; code++) state.slots[freeSlot(state, code)] = code
}

/** All texts are different: the first free slot is the one. */
function freeSlot(state: State, code: TextCode): number {
  const mask = state.slots.length - 1
  let slot = hashOfBytes(state, code) & mask
  while (state.slots[slot] !== 0) slot = (slot + 1) & mask
  return slot
}

/** As `hashOf` has it, for a text of ASCII. */
function hashOfBytes({ bytes, ends }: State, code: TextCode): number {
  const end = endOf(ends, code) - 1
  let hash = 0x811c9dc5
  for (let at = startOf(ends, code); at < end; at++)
    hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193)
  return (hash ^ (hash >>> 15)) >>> 0
}

function loadTexts(state: State, { bytes, ends, odd }: SavedPool): void {
  const texts = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const oddTexts = new Map(odd)
  for (let code = 1; code < ends.length; code++) {
    const text =
      oddTexts.get(code) ?? texts.toString('utf8', ends[code - 1] ?? 0, (ends[code] ?? 1) - 1)
    state.slots[slotOf(state, text)] = append(state, text)
  }
}
