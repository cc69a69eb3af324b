import { commonSubsequence } from './commonSubsequence.ts'
import { createItemClasses } from './itemClasses.ts'
import { pairGaps } from './pairGaps.ts'
import type { ListMiddle } from './listMiddle.ts'
import { createPairing, type Pairing } from './pairing.ts'
import { stableItems } from './stableItems.ts'
import type { Walk } from './walk.ts'

/** More steps of the search would take longer than their result is worth. */
const mostSteps = 4_000_000

/**
 * Pairs the items of two lists without keys: equal ones along their longest common subsequence, then equal ones that stand
 * elsewhere, then what stands between two of the first, one by one.
 */
export function pairByContent(walk: Walk, middle: ListMiddle): Pairing {
  const { start, beforeEnd, afterEnd } = middle
  const before = middle.before.slice(start, beforeEnd)
  const after = middle.after.slice(start, afterEnd)
  const pairing = createPairing(before.length, after.length)
  if (before.length === 0 || after.length === 0) return pairing
  if (before.length === 1 && after.length === 1) {
    pairing.pair(0, 0)
    return pairing
  }
  walk.budget -= before.length + after.length
  if (walk.budget <= 0) {
    walk.coarse = true
    for (let at = 0; at < Math.min(before.length, after.length); at += 1) pairing.pair(at, at)
    return pairing
  }
  const classes = createItemClasses()
  const numbers = { before: classes.of(before), after: classes.of(after) }
  pairCommon(walk, numbers, pairing)
  pairRest(walk, { ...middle, numbers }, pairing)
  return pairing
}

/** Pairs what is left of two lists whose common items are paired; the indices of the pairing count from `start`. */
export function pairRest(
  walk: Walk,
  lists: Pick<ListMiddle, 'before' | 'after' | 'start'> & { readonly numbers: Numbers },
  pairing: Pairing,
): void {
  const anchors = pairing.targets.slice()
  pairElsewhere(lists.numbers, pairing)
  pairGaps(walk, { ...lists, anchors }, pairing)
}

/** Of each item, which class it belongs to. */
type Numbers = { readonly before: Int32Array; readonly after: Int32Array }

/** What stands on one side only is no part of what is common, and would only make the search long. */
function pairCommon(walk: Walk, { before, after }: Numbers, pairing: Pairing): void {
  const from = placesOfKnown(before, new Set(after))
  const to = placesOfKnown(after, new Set(before))
  const one = from.map((place) => before[place] ?? -1)
  const other = to.map((place) => after[place] ?? -1)
  const { pairs, cost } = commonSubsequence(one, other, Math.min(walk.budget, mostSteps))
  walk.budget -= cost
  walk.coarse ||= pairs === null
  for (const pair of pairs ?? pairsOfSingles(one, other))
    pairing.pairEqual(from[pair.from] ?? 0, to[pair.to] ?? 0)
}

function placesOfKnown(numbers: Int32Array, known: ReadonlySet<number>): readonly number[] {
  const places: number[] = []
  numbers.forEach((number, place) => {
    if (known.has(number)) places.push(place)
  })
  return places
}

/** What stands once on each side, as far as it keeps its order: quick for lists of any length. */
function pairsOfSingles(before: readonly number[], after: readonly number[]) {
  const [inBefore, inAfter] = [singlesOf(before), singlesOf(after)]
  const targets = Int32Array.from(before, (number, from) =>
    inBefore.get(number) === from ? (inAfter.get(number) ?? -1) : -1,
  )
  const stable = stableItems(targets)
  return [...stable.keys()]
    .filter((from) => stable[from] === 1)
    .map((from) => ({ from, to: targets[from] ?? -1 }))
}

/** Where each number stands that stands there only once; -1 for the others. */
function singlesOf(numbers: readonly number[]): ReadonlyMap<number, number> {
  const places = new Map<number, number>()
  numbers.forEach((number, place) => places.set(number, places.has(number) ? -1 : place))
  return places
}

/** An item that is left on both sides was moved. */
function pairElsewhere({ before, after }: Numbers, pairing: Pairing): void {
  const left = new Map<number, number[]>()
  after.forEach((number, to) => {
    if (pairing.sources[to] !== -1) return
    const places = left.get(number)
    if (places === undefined) left.set(number, [to])
    else places.push(to)
  })
  for (const places of left.values()) places.reverse()
  before.forEach((number, from) => {
    if (pairing.targets[from] !== -1) return
    const to = left.get(number)?.pop()
    if (to !== undefined) pairing.pairEqual(from, to)
  })
}
