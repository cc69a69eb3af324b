import type { TextCode } from './pooledTexts.ts'

/** A place for some codes of a pool; -1 for all others. */
export type CodeMap = {
  readonly get: (code: TextCode) => number
  readonly set: (code: TextCode, place: number) => void
  readonly delete: (code: TextCode) => void
}

/** `codes`: how many there will be at least. */
export function createCodeMap(codes: number): CodeMap {
  let places = new Int32Array(Math.max(512, codes))
  return {
    get: (code) => (code < 0 ? 0 : (places[code] ?? 0)) - 1,
    set: (code, place) => {
      if (code >= places.length) {
        const larger = new Int32Array(Math.max(code + 1, Math.ceil(places.length * 1.5)))
        larger.set(places)
        places = larger
      }
      places[code] = place + 1
    },
    delete: (code) => {
      if (code < places.length) places[code] = 0
    },
  }
}
