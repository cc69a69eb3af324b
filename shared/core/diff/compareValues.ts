// Here nearly all the time of a comparison goes. What is equal is passed over without making anything: of two large
// documents that were just parsed, every object more makes the garbage collector go over all of them once more.
import type { Json } from '../../schema/json.ts'
import { countDefined, isSame } from './isSame.ts'
import { isEqualJson, isInherited, isList, isRecord, ownValue } from './jsonShape.ts'
import type { JsonList, JsonRecord } from './jsonShape.ts'
import type { ListMiddle } from './listMiddle.ts'
import { pairItems } from './pairItems.ts'
import type { Pairing } from './pairing.ts'
import { stableItems } from './stableItems.ts'
import { addAdded, addChanged, addMoved, addRemoved, enter, leave, type Walk } from './walk.ts'

/** Deeper values are compared as a whole: neither finding nor applying a change may exhaust the call stack. */
const maxDepth = 400

/** Adds what turns one value into the other. */
export function compareValues(walk: Walk, before: Json, after: Json): void {
  if (Object.is(before, after)) return
  walk.budget -= 1
  const bothLists = isList(before) && isList(after)
  if (!bothLists && !(isRecord(before) && isRecord(after))) return addChanged(walk, before, after)
  if (walk.budget <= 0 || walk.from.length >= maxDepth) return compareWhole(walk, before, after)
  if (bothLists) return compareLists(walk, before, after)
  if (isRecord(before) && isRecord(after)) compareRecords(walk, before, after)
}

function compareWhole(walk: Walk, before: Json, after: Json): void {
  if (isEqualJson(before, after)) return
  walk.coarse = true
  addChanged(walk, before, after)
}

function compareRecords(walk: Walk, before: JsonRecord, after: JsonRecord): void {
  let shared = 0
  for (const key in before) {
    const one = before[key]
    if (one === undefined) continue
    const other = after[key]
    // Only an own value counts, and no value of JSON is what every object inherits.
    if (other === undefined || isInherited(other)) addRemoved(walk, key, one)
    else {
      shared += 1
      if (one === other && one !== 0) continue
      enter(walk, key, key)
      compareValues(walk, one, other)
      leave(walk)
    }
  }
  if (shared < countDefined(after)) addMissing(walk, before, after)
}

function addMissing(walk: Walk, before: JsonRecord, after: JsonRecord): void {
  for (const key in after) {
    const value = ownValue(after, key)
    if (value !== undefined && ownValue(before, key) === undefined) addAdded(walk, key, value)
  }
}

/** What is equal at both ends is no matter of keys or of a search. */
function compareLists(walk: Walk, before: JsonList, after: JsonList): void {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && isSame(before[start], after[start])) start += 1
  if (start === before.length && start === after.length) return
  let [last, other] = [before.length, after.length]
  while (last > start && other > start && isSame(before[last - 1], after[other - 1])) {
    last -= 1
    other -= 1
  }
  const middle = { before, after, start, beforeEnd: last, afterEnd: other }
  addListChanges(walk, middle, pairItems(walk, middle))
}

/** Items that are paired are compared; those among them that left the common order are also `moved`. */
export function addListChanges(
  walk: Walk,
  middle: ListMiddle,
  { targets, sources, equal }: Pairing,
): void {
  const { before, after, start } = middle
  const stable = stableItems(targets)
  for (let from = 0; from < targets.length; from += 1)
    if (targets[from] === -1) addRemoved(walk, start + from, before[start + from] ?? null)
  for (let to = 0; to < sources.length; to += 1) {
    const from = sources[to] ?? -1
    if (from === -1) addAdded(walk, start + to, after[start + to] ?? null)
    else {
      if (stable[from] !== 1) addMoved(walk, start + from, start + to)
      const [one, other] = [before[start + from], after[start + to]]
      // Nearly all items are the same, and to see that takes less than to walk into them.
      if (equal[from] === 1 || isSame(one, other)) continue
      enter(walk, start + from, start + to)
      compareValues(walk, one ?? null, other ?? null)
      leave(walk)
    }
  }
}
