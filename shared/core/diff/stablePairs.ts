export type IndexPair = { readonly from: number; readonly to: number }

/** The most pairs that keep their order on both sides: the longest subsequence, by `from`, whose `to` grows. */
export function stablePairs(pairs: readonly IndexPair[]): readonly IndexPair[] {
  const ends: number[] = []
  const before: number[] = []
  pairs.forEach((pair, index) => {
    const length = firstNotBelow(ends, pairs, pair.to)
    before.push(length === 0 ? -1 : (ends[length - 1] ?? -1))
    ends[length] = index
  })
  const kept: IndexPair[] = []
  for (let index = ends.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) {
    const pair = pairs[index]
    if (pair !== undefined) kept.push(pair)
  }
  return kept.toReversed()
}

function firstNotBelow(ends: readonly number[], pairs: readonly IndexPair[], to: number): number {
  let low = 0
  let high = ends.length
  while (low < high) {
    const middle = (low + high) >> 1
    const end = pairs[ends[middle] ?? 0]
    if (end !== undefined && end.to < to) low = middle + 1
    else high = middle
  }
  return low
}
