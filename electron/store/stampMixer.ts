import { rowLength } from './walkLook.ts'

/** Makes one number of 2^53 of files: of how each ends, and of its numbers. */
export type StampMixer = {
  /** `words`: the numbers of all files of a folder, as words; `place`: which of them. */
  readonly mix: (name: string, words: Uint32Array, place: number) => void
  /** The number of what was mixed since the last one. */
  readonly take: () => number
}

export function createStampMixer(): StampMixer {
  let low = lowStart
  let high = highStart
  const mixWord = (word: number): void => {
    low = Math.imul(low ^ word, 0x85ebca6b)
    low ^= low >>> 15
    high = Math.imul(high ^ word ^ low, 0xc2b2ae35)
    high ^= high >>> 13
  }
  return {
    mix: (name, words, place) => {
      for (let at = name.lastIndexOf('.'); at < name.length; at += 1) mixWord(name.charCodeAt(at))
      const from = place * wordsOfRow
      for (let at = from; at < from + wordsOfRow; at += 1) mixWord(words[at] ?? 0)
    },
    take: () => {
      const stamp = (high & 0x1fffff) * 2 ** 32 + (low >>> 0)
      low = lowStart
      high = highStart
      return stamp
    },
  }
}

const lowStart = 0x811c9dc5
const highStart = 0xcbf29ce4
const wordsOfRow = rowLength * 2
