import type { Json } from '../../schema/json.ts'
import { isSame } from './isSame.ts'
import { isList, isRecord, type JsonList, type JsonRecord } from './jsonShape.ts'
import type { ListMiddle } from './listMiddle.ts'
import type { Pairing } from './pairing.ts'
import type { Walk } from './walk.ts'

type Gaps = Pick<ListMiddle, 'before' | 'after' | 'start'> & {
  /** Targets of the items that stayed; -1 for the others. */
  readonly anchors: Int32Array
}

/** Between two items that stayed, what is left on both sides is paired: an item that was changed in place. */
export function pairGaps(walk: Walk, gaps: Gaps, pairing: Pairing): void {
  const { before, after, start, anchors } = gaps
  const { targets, sources } = pairing
  let [from, to] = [0, 0]
  for (let next = 0; next <= targets.length; next += 1) {
    const anchor = next === targets.length ? sources.length : (anchors[next] ?? -1)
    if (anchor === -1) continue
    if (from < next && to < anchor) {
      const one = leftIn(targets, [from, next], (place) => before[start + place])
      const other = leftIn(sources, [to, anchor], (place) => after[start + place])
      pairLeft(walk, { one, other }, pairing)
    }
    from = next + 1
    to = anchor + 1
  }
}

type LeftItem = { readonly place: number; readonly value: Json | undefined }
type Left = { readonly one: readonly LeftItem[]; readonly other: readonly LeftItem[] }

function leftIn(
  partners: Int32Array,
  [start, end]: readonly [start: number, end: number],
  valueAt: (place: number) => Json | undefined,
): readonly LeftItem[] {
  const left: LeftItem[] = []
  for (let place = start; place < end; place += 1)
    if (partners[place] === -1) left.push({ place, value: valueAt(place) })
  return left
}

/** Pairs of items that are looked at to find who became whom. */
const mostPairs = 1024

function pairLeft(walk: Walk, left: Left, pairing: Pairing): void {
  const { one, other } = left
  const isSingle = one.length === 1 && other.length === 1
  const isSmall = one.length * other.length <= mostPairs && walk.budget > 0
  const pairs = isSingle || !isSmall ? inOrder(left) : byLikeness(walk, left)
  for (const [from, to] of pairs) pairing.pair(from.place, to.place)
}

type ItemPairs = readonly (readonly [from: LeftItem, to: LeftItem])[]

/** Where one side is longer, it gives up items of another kind than their partner. */
function inOrder({ one, other }: Left): ItemPairs {
  const pairs: [LeftItem, LeftItem][] = []
  let [from, to] = [0, 0]
  for (;;) {
    const [earlier, later] = [one[from], other[to]]
    if (earlier === undefined || later === undefined) return pairs
    const surplus = one.length - from - (other.length - to)
    const isAlike = kindOf(earlier.value) === kindOf(later.value)
    if (isAlike || surplus === 0) pairs.push([earlier, later])
    if (isAlike || surplus >= 0) from += 1
    if (isAlike || surplus <= 0) to += 1
  }
}

/** What can become of the items from here on: two are a pair, the earlier is gone, or the later is new. */
const [asPair, asGone, asNew] = [0, 1, 2]

/** The pairs that do not cross and have least to be told of them; a removed and an added item are two things to tell. */
function byLikeness(walk: Walk, { one, other }: Left): ItemPairs {
  walk.budget -= one.length * other.length
  const width = other.length + 1
  const least = new Float64Array((one.length + 1) * width)
  const ways = new Uint8Array(least.length)
  for (let from = one.length; from >= 0; from -= 1) {
    for (let to = other.length; to >= 0; to -= 1) {
      const [earlier, later] = [one[from], other[to]]
      const at = from * width + to
      if (earlier === undefined || later === undefined) {
        least[at] = one.length - from + other.length - to
        continue
      }
      const paired = unlikeness(earlier.value, later.value) + (least[at + width + 1] ?? 0)
      const gone = 1 + (least[at + width] ?? 0)
      const come = 1 + (least[at + 1] ?? 0)
      least[at] = Math.min(paired, gone, come)
      ways[at] = paired === least[at] ? asPair : gone === least[at] ? asGone : asNew
    }
  }
  return follow(ways, { one, other })
}

function follow(ways: Uint8Array, { one, other }: Left): ItemPairs {
  const pairs: [LeftItem, LeftItem][] = []
  let [from, to] = [0, 0]
  for (;;) {
    const [earlier, later] = [one[from], other[to]]
    if (earlier === undefined || later === undefined) return pairs
    const way = ways[from * (other.length + 1) + to]
    if (way === asPair) pairs.push([earlier, later])
    if (way !== asNew) from += 1
    if (way !== asGone) to += 1
  }
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
