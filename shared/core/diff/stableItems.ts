/**
 * Which items keep their order, as many as can be. `targets` has the later index of each earlier item, -1 where it has
 * none; 1 in the result marks the items of the longest subsequence whose targets grow.
 */
export function stableItems(targets: Int32Array): Uint8Array {
  const ends = new Int32Array(targets.length)
  const before = new Int32Array(targets.length)
  let length = 0
  const endAt = (index: number): number => targets[ends[index] ?? 0] ?? 0
  for (let from = 0; from < targets.length; from += 1) {
    const to = targets[from] ?? -1
    if (to < 0) continue
    const place = length === 0 || endAt(length - 1) < to ? length : firstAbove(endAt, length, to)
    before[from] = place === 0 ? -1 : (ends[place - 1] ?? -1)
    ends[place] = from
    if (place === length) length += 1
  }
  const stable = new Uint8Array(targets.length)
  let from = length === 0 ? -1 : (ends[length - 1] ?? -1)
  for (let left = length; left > 0; left -= 1) {
    stable[from] = 1
    from = before[from] ?? -1
  }
  return stable
}

function firstAbove(endAt: (index: number) => number, length: number, to: number): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >> 1
    if (endAt(middle) < to) low = middle + 1
    else high = middle
  }
  return low
}
