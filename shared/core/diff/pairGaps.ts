import type { Json } from '../../schema/json.ts'
import { isSame } from './isSame.ts'
import { isList, isRecord, type JsonList, type JsonRecord } from './jsonShape.ts'
import type { Pairing } from './pairing.ts'
import type { Walk } from './walk.ts'

type Gaps = {
  readonly before: JsonList
  readonly after: JsonList
  /** Targets of the items that stayed; -1 for the others. */
  readonly anchors: Int32Array
}

/** Between two items that stayed, what is left on both sides is paired in order: an item that was changed in place. */
export function pairGaps(walk: Walk, { before, after, anchors }: Gaps, pairing: Pairing): void {
  let [from, to] = [0, 0]
  for (let next = 0; next <= before.length; next += 1) {
    const anchor = next === before.length ? after.length : (anchors[next] ?? -1)
    if (anchor === -1) continue
    const one = leftIn(pairing.targets, from, next)
    const other = leftIn(pairing.sources, to, anchor)
    if (one.length > 0 && other.length > 0) pairLeft(walk, { one, other, before, after }, pairing)
    from = next + 1
    to = anchor + 1
  }
}

function leftIn(partners: Int32Array, start: number, end: number): readonly number[] {
  const left: number[] = []
  for (let place = start; place < end; place += 1) if (partners[place] === -1) left.push(place)
  return left
}

type Left = {
  readonly one: readonly number[]
  readonly other: readonly number[]
  readonly before: JsonList
  readonly after: JsonList
}

/** Pairs of items that are looked at to find who became whom. */
const mostPairs = 1024

function pairLeft(walk: Walk, left: Left, pairing: Pairing): void {
  const { one, other } = left
  const isSingle = one.length === 1 && other.length === 1
  const isSmall = one.length * other.length <= mostPairs && walk.budget > 0
  const pairs = isSingle || !isSmall ? inOrder(left) : byLikeness(walk, left)
  for (const [from, to] of pairs) pairing.pair(one[from] ?? 0, other[to] ?? 0)
}

type IndexPairs = readonly (readonly [from: number, to: number])[]

/** Where one side is longer, it gives up items of another kind than their partner. */
function inOrder({ one, other, before, after }: Left): IndexPairs {
  const pairs: [number, number][] = []
  let [from, to] = [0, 0]
  while (from < one.length && to < other.length) {
    const surplus = one.length - from - (other.length - to)
    const isAlike = kindOf(before[one[from] ?? 0]) === kindOf(after[other[to] ?? 0])
    if (isAlike || surplus === 0) pairs.push([from, to])
    if (isAlike || surplus >= 0) from += 1
    if (isAlike || surplus <= 0) to += 1
  }
  return pairs
}

/** The pairs that do not cross and have least to be told of them; a removed and an added item are two things to tell. */
function byLikeness(walk: Walk, { one, other, before, after }: Left): IndexPairs {
  walk.budget -= one.length * other.length
  const width = other.length + 1
  const cost = (from: number, to: number) =>
    unlikeness(before[one[from] ?? 0], after[other[to] ?? 0])
  const least = new Float64Array((one.length + 1) * width)
  const way = new Uint8Array(least.length)
  for (let from = one.length; from >= 0; from -= 1) {
    for (let to = other.length; to >= 0; to -= 1) {
      const at = from * width + to
      const paired = from < one.length && to < other.length
      const best = [
        paired ? cost(from, to) + (least[at + width + 1] ?? 0) : Infinity,
        from < one.length ? 1 + (least[at + width] ?? 0) : Infinity,
        to < other.length ? 1 + (least[at + 1] ?? 0) : Infinity,
      ]
      const lowest = Math.min(...best)
      way[at] = best.indexOf(lowest)
      least[at] = lowest === Infinity ? 0 : lowest
    }
  }
  const pairs: [number, number][] = []
  let [from, to] = [0, 0]
  while (from < one.length && to < other.length) {
    const step = way[from * width + to]
    if (step === 0) pairs.push([from, to])
    if (step !== 2) from += 1
    if (step !== 1) to += 1
  }
  return pairs
}

/** 0 for equal values to 2 for such as have nothing in common: as much as to remove one and add the other. */
function unlikeness(one: Json | undefined, other: Json | undefined): number {
  if (isList(one) && isList(other)) return listUnlikeness(one, other)
  if (isRecord(one) && isRecord(other)) return recordUnlikeness(one, other)
  return kindOf(one) === kindOf(other) ? 1 : 1.5
}

function recordUnlikeness(one: JsonRecord, other: JsonRecord): number {
  let [differing, total] = [0, 0]
  for (const key in one) {
    total += 1
    if (!Object.hasOwn(other, key) || !isSame(one[key], other[key])) differing += 1
  }
  for (const key in other) {
    if (Object.hasOwn(one, key)) continue
    total += 1
    differing += 1
  }
  return shareOf(differing, total)
}

function listUnlikeness(one: JsonList, other: JsonList): number {
  const total = Math.max(one.length, other.length)
  const shorter = Math.min(one.length, other.length)
  let same = 0
  while (same < shorter && isSame(one[same], other[same])) same += 1
  let behind = 0
  while (behind < shorter - same && isSame(one.at(-1 - behind), other.at(-1 - behind))) behind += 1
  return shareOf(total - same - behind, total)
}

function shareOf(differing: number, total: number): number {
  if (differing <= 1) return differing
  return (2 * differing) / total
}

function kindOf(value: Json | undefined): string {
  return isList(value) ? 'list' : isRecord(value) ? 'record' : 'scalar'
}
