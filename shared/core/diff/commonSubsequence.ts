export type IndexPair = { readonly from: number; readonly to: number }

/** The longest common subsequence by Myers' greedy search; `pairs` is null when the budget of steps ends it first. */
export function commonSubsequence(
  before: readonly number[],
  after: readonly number[],
  budget: number,
): { readonly pairs: readonly IndexPair[] | null; readonly cost: number } {
  const fronts: Int32Array[] = []
  let front = new Int32Array(3)
  let cost = 0
  for (let edits = 0; ; edits += 1) {
    cost += 2 * edits + 1
    if (cost > budget) return { pairs: null, cost: budget }
    fronts.push(front)
    const next = advance(front, edits, { before, after })
    if (next === null) return { pairs: trace(fronts, before, after), cost }
    front = next
  }
}

/**
 * `front[k + edits + 1]` is the furthest index of `before` reached on diagonal `k` with `edits - 1` edits; the result is
 * the same for one edit more, or null when both ends are reached.
 */
function advance(
  front: Int32Array,
  edits: number,
  { before, after }: { before: readonly number[]; after: readonly number[] },
): Int32Array<ArrayBuffer> | null {
  const next = new Int32Array(2 * edits + 5)
  for (let k = -edits; k <= edits; k += 2) {
    let from = startOn(front, edits, k)
    let to = from - k
    while (from < before.length && to < after.length && before[from] === after[to]) {
      from += 1
      to += 1
    }
    next[k + edits + 2] = from
    if (from >= before.length && to >= after.length) return null
  }
  return next
}

function startOn(front: Int32Array, edits: number, k: number): number {
  if (edits === 0) return 0
  return isDown(front, edits, k) ? at(front, edits, k + 1) : at(front, edits, k - 1) + 1
}

function isDown(front: Int32Array, edits: number, k: number): boolean {
  return k === -edits || (k !== edits && at(front, edits, k - 1) < at(front, edits, k + 1))
}

function at(front: Int32Array, edits: number, k: number): number {
  return front[k + edits + 1] ?? 0
}

function trace(
  fronts: readonly Int32Array[],
  before: readonly number[],
  after: readonly number[],
): readonly IndexPair[] {
  const pairs: IndexPair[] = []
  let from = before.length
  let to = after.length
  for (let edits = fronts.length - 1; edits >= 0; edits -= 1) {
    const front = fronts[edits]
    if (front === undefined) break
    const k = from - to
    const start = startOn(front, edits, k)
    while (from > start && to > 0) {
      from -= 1
      to -= 1
      pairs.push({ from, to })
    }
    if (edits > 0) {
      const wentDown = isDown(front, edits, k)
      from = wentDown ? start : start - 1
      to = from - (wentDown ? k + 1 : k - 1)
    }
  }
  return pairs.toReversed()
}
