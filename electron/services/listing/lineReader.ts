// Reads values of JSON from bytes of ASCII, one behind the other. Whatever is written in another way is not read.

/** Where a text begins in the bytes, and where it ends; both -1 for null. */
export type TextPlace = { from: number; to: number }

export type LineReader = {
  readonly begin: (bytes: Uint8Array, from: number, to: number) => void
  /** Where the next byte stands. */
  readonly at: () => number
  /** Passes over these very bytes; false where others stand. */
  readonly skip: (expected: Uint8Array) => boolean
  readonly skipNull: () => boolean
  /** A text without escapes. */
  readonly text: (place: TextPlace) => boolean
  readonly textOrNull: (place: TextPlace) => boolean
  /** A text that is one of these words. */
  readonly word: (place: TextPlace, words: readonly Uint8Array[]) => boolean
  /** A whole number from 0 on; -1 for anything else. */
  readonly count: () => number
  /** A time as every clock here writes it, in milliseconds; NaN for anything else. */
  readonly time: () => number
  /** Null for anything else. */
  readonly flag: () => boolean | null
}

export function createLineReader(): LineReader {
  let bytes: Uint8Array = new Uint8Array()
  let at = 0
  let end = 0
  const day = { key: Number.NaN, startMs: Number.NaN }

  const skip = (expected: Uint8Array): boolean => {
    const { length } = expected
    if (at + length > end) return false
    for (let place = 0; place < length; place++)
      if (bytes[at + place] !== expected[place]) return false
    at += length
    return true
  }

  const text = (place: TextPlace): boolean => {
    if (bytes[at] !== quote) return false
    const from = at + 1
    for (let next = from; next < end; next++) {
      const byte = bytes[next] ?? 0
      if (byte === quote) {
        place.from = from
        place.to = next
        at = next + 1
        return true
      }
      if (byte < 0x20 || byte >= 0x7f || byte === backslash) return false
    }
    return false
  }

  const digits = (from: number, count: number): number => {
    let value = 0
    for (let place = from; place < from + count; place++) {
      const digit = (bytes[place] ?? 0) - digit0
      if (digit < 0 || digit > 9) return Number.NaN
      value = value * 10 + digit
    }
    return value
  }

  /** When the day at a place of the bytes begins. */
  const dayAt = (from: number): number => {
    const [year, month, date] = [digits(from, 4), digits(from + 5, 2), digits(from + 8, 2)]
    const key = year * 10_000 + month * 100 + date
    if (key === day.key) return day.startMs
    const startMs = year < 1970 ? Number.NaN : Date.UTC(year, month - 1, date)
    // A day that its month does not have is one of the next month.
    const isDay = month > 0 && new Date(startMs).getUTCDate() === date
    if (!isDay || new Date(startMs).getUTCMonth() !== month - 1) return Number.NaN
    day.key = key
    day.startMs = startMs
    return startMs
  }

  const time = (): number => {
    for (let place = 0; place < timeMarks.length; place++) {
      const mark = timeMarks[place]
      if (mark !== digit0 && bytes[at + place] !== mark) return Number.NaN
    }
    const [hours, minutes] = [digits(at + 12, 2), digits(at + 15, 2)]
    const [seconds, ms] = [digits(at + 18, 2), digits(at + 21, 3)]
    if (!(hours < 24 && minutes < 60 && seconds < 60)) return Number.NaN
    const found = dayAt(at + 1) + hours * 3_600_000 + minutes * 60_000 + seconds * 1000 + ms
    at += timeMarks.length
    return found
  }

  const count = (): number => {
    const from = at
    while (at < end && (bytes[at] ?? 0) >= digit0 && (bytes[at] ?? 0) < digit0 + 10) at++
    const length = at - from
    const isOne = length > 0 && length < 16 && (length === 1 || bytes[from] !== digit0)
    return isOne ? digits(from, length) : -1
  }

  return {
    begin: (given, from, to) => {
      bytes = given
      at = from
      end = to
    },
    at: () => at,
    skip,
    skipNull: () => skip(words.null),
    text,
    textOrNull: (place) => {
      if (!skip(words.null)) return text(place)
      place.from = -1
      place.to = -1
      return true
    },
    word: (place, options) => text(place) && options.some((option) => isWord(bytes, place, option)),
    count,
    time,
    flag: () => (skip(words.true) ? true : skip(words.false) ? false : null),
  }
}

function isWord(bytes: Uint8Array, { from, to }: TextPlace, word: Uint8Array): boolean {
  if (to - from !== word.length) return false
  for (let at = 0; at < word.length; at++) if (bytes[from + at] !== word[at]) return false
  return true
}

const [quote, backslash, digit0] = [0x22, 0x5c, 0x30]
const words = { null: Buffer.from('null'), true: Buffer.from('true'), false: Buffer.from('false') }
/** Zeros stand for any digit. */
const timeMarks = Buffer.from('"0000-00-00T00:00:00.000Z"')
