/** Which earlier item of a list became which later one. */
export type Pairing = {
  /** The later index of each earlier item, and the other way round; -1 where there is none. */
  readonly targets: Int32Array
  readonly sources: Int32Array
  /** 1 for earlier items that are known to be equal to their partner. */
  readonly equal: Uint8Array
  readonly pair: (from: number, to: number) => void
  readonly pairEqual: (from: number, to: number) => void
}

export function createPairing(before: number, after: number): Pairing {
  const targets = new Int32Array(before).fill(-1)
  const sources = new Int32Array(after).fill(-1)
  const equal = new Uint8Array(before)
  const pair = (from: number, to: number): void => {
    targets[from] = to
    sources[to] = from
  }
  return {
    targets,
    sources,
    equal,
    pair,
    pairEqual: (from, to) => {
      pair(from, to)
      equal[from] = 1
    },
  }
}
