import type { Json } from '../../schema/json.ts'
import { commonSubsequence } from './commonSubsequence.ts'
import { createNumbering } from './numbering.ts'
import { isEqualJson, isList, isRecord, type JsonList } from './jsonShape.ts'
import type { IndexPair } from './stablePairs.ts'

type ItemMatch = {
  readonly pairs: readonly IndexPair[]
  readonly cost: number
  readonly coarse: boolean
}

/**
 * Pairs the items of two lists without keys: equal ones along their longest common subsequence, and what stands between
 * two of those one by one. Pairs never cross. When `budget` does not suffice, items are paired by position.
 */
export function matchItems(before: JsonList, after: JsonList, budget: number): ItemMatch {
  const shorter = Math.min(before.length, after.length)
  const start = countEqual(shorter, (index) => [before[index], after[index]])
  const end = countEqual(shorter - start, (index) => [before.at(-1 - index), after.at(-1 - index)])
  const middle = matchMiddle(
    before.slice(start, before.length - end),
    after.slice(start, after.length - end),
    budget,
  )
  const anchors = [
    ...range(start, (index) => ({ from: index, to: index })),
    ...middle.pairs.map(({ from, to }) => ({ from: from + start, to: to + start })),
    ...range(end, (index) => ({
      from: before.length - end + index,
      to: after.length - end + index,
    })),
  ]
  const pairs = fillGaps(anchors, before, after)
  return { pairs, cost: middle.cost + shorter, coarse: middle.coarse }
}

function matchMiddle(before: JsonList, after: JsonList, budget: number): ItemMatch {
  if (before.length === 0 || after.length === 0) return { pairs: [], cost: 0, coarse: false }
  const numbering = createNumbering(budget)
  const one = numbering.numbersOf(before)
  const other = numbering.numbersOf(after)
  if (one === null || other === null) return { pairs: [], cost: budget, coarse: true }
  const common = commonSubsequence(one, other, budget - numbering.cost())
  const cost = numbering.cost() + common.cost
  return { pairs: common.pairs ?? [], cost, coarse: common.pairs === null }
}

/** Between two anchors, what is left on both sides is paired in order: an item that was changed in place. */
function fillGaps(
  anchors: readonly IndexPair[],
  before: JsonList,
  after: JsonList,
): readonly IndexPair[] {
  const end: IndexPair = { from: before.length, to: after.length }
  const pairs: IndexPair[] = []
  let next: IndexPair = { from: 0, to: 0 }
  for (const anchor of [...anchors, end]) {
    const first = next
    const one = before.slice(first.from, anchor.from).map(kindOf)
    const other = after.slice(first.to, anchor.to).map(kindOf)
    for (const { from, to } of pairInOrder(one, other))
      pairs.push({ from: first.from + from, to: first.to + to })
    if (anchor !== end) pairs.push(anchor)
    next = { from: anchor.from + 1, to: anchor.to + 1 }
  }
  return pairs
}

/** Where one side is longer, it gives up items of another kind than their partner. */
function pairInOrder(one: readonly string[], other: readonly string[]): readonly IndexPair[] {
  const pairs: IndexPair[] = []
  let [from, to] = [0, 0]
  while (from < one.length && to < other.length) {
    const surplus = one.length - from - (other.length - to)
    const isAlike = one[from] === other[to]
    if (isAlike || surplus === 0) pairs.push({ from, to })
    if (isAlike || surplus >= 0) from += 1
    if (isAlike || surplus <= 0) to += 1
  }
  return pairs
}

function kindOf(value: Json): string {
  return isList(value) ? 'list' : isRecord(value) ? 'record' : 'scalar'
}

function countEqual(
  most: number,
  pairAt: (index: number) => readonly [JsonList[number] | undefined, JsonList[number] | undefined],
): number {
  let count = 0
  while (count < most) {
    const [one, other] = pairAt(count)
    if (one === undefined || other === undefined || !isEqualJson(one, other)) return count
    count += 1
  }
  return count
}

function range<T>(length: number, item: (index: number) => T): readonly T[] {
  return Array.from({ length: Math.max(0, length) }, (_, index) => item(index))
}
