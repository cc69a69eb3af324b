export interface Random {
  /** From 0 up to 1, without 1. */
  next(): number
  /** A whole number from 0 up to `below`, without it. */
  below(below: number): number
  /** True so often. */
  chance(share: number): boolean
}

/** Numbers that depend on the seed and the number of the case only. */
export function createRandom(seed: number, index: number): Random {
  let state = (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    below: (below) => Math.trunc(next() * below),
    chance: (share) => next() < share,
  }
}
