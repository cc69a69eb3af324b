import type { Json } from '../../schema/json.ts'
import { isSame } from './isSame.ts'
import { keyNamesAt, keyOf, sharedKey, type ItemKey } from './itemKey.ts'
import type { JsonList } from './jsonShape.ts'
import { createPairing, type Pairing } from './pairing.ts'
import { pairByContent } from './pairByContent.ts'
import { stableItems } from './stableItems.ts'
import { addAdded, addMoved, addRemoved, enter, leave, type Walk } from './walk.ts'

export type Lists = { readonly before: JsonList; readonly after: JsonList }
type CompareItems = (walk: Walk, before: Json, after: Json) => void

/** What is equal at both ends is no matter of keys or of a search. */
export function compareLists(walk: Walk, lists: Lists, compare: CompareItems): void {
  const { before, after } = lists
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && isSame(before[start], after[start])) start += 1
  if (start === before.length && start === after.length) return
  let end = 0
  while (end < shorter - start && isSame(before.at(-1 - end), after.at(-1 - end))) end += 1
  const middle = {
    before: start + end === 0 ? before : before.slice(start, before.length - end),
    after: start + end === 0 ? after : after.slice(start, after.length - end),
  }
  const pairing = pairItems(walk, lists, middle)
  addListChanges(walk, pairing, { ...middle, start, compare })
}

function pairItems(walk: Walk, whole: Lists, middle: Lists): Pairing {
  const names = keyNamesAt(walk.keys, walk.from)
  const aligned = names.find((name) => isAligned(middle, name))
  if (aligned !== undefined) return pairInPlace(middle.before.length)
  const key = sharedKey(whole.before, whole.after, names)
  return key === null ? pairByContent(walk, middle) : pairByKey(middle, key)
}

/** The same keys in the same order: nothing came, went or moved. */
function isAligned({ before, after }: Lists, name: string): boolean {
  if (before.length !== after.length || keyOf(before[0], name) === undefined) return false
  return before.every((item, index) => {
    const key = keyOf(item, name)
    return key !== undefined && key === keyOf(after[index], name)
  })
}

function pairInPlace(length: number): Pairing {
  const pairing = createPairing(length, length)
  for (let index = 0; index < length; index += 1) pairing.pair(index, index)
  return pairing
}

function pairByKey({ before, after }: Lists, name: string): Pairing {
  const pairing = createPairing(before.length, after.length)
  const places = new Map<ItemKey | undefined, number>()
  for (let to = 0; to < after.length; to += 1) places.set(keyOf(after[to], name), to)
  for (let from = 0; from < before.length; from += 1) {
    const to = places.get(keyOf(before[from], name))
    if (to !== undefined) pairing.pair(from, to)
  }
  return pairing
}

/** Items that are paired are compared; those among them that left the common order are also `moved`. */
function addListChanges(
  walk: Walk,
  { targets, sources, equal }: Pairing,
  { before, after, start, compare }: Lists & { start: number; compare: CompareItems },
): void {
  const stable = stableItems(targets)
  for (let from = 0; from < before.length; from += 1)
    if (targets[from] === -1) addRemoved(walk, start + from, before[from] ?? null)
  for (let to = 0; to < after.length; to += 1) {
    const from = sources[to] ?? -1
    if (from === -1) addAdded(walk, start + to, after[to] ?? null)
    else {
      if (stable[from] !== 1) addMoved(walk, start + from, start + to)
      if (equal[from] === 1) continue
      enter(walk, start + from, start + to)
      compare(walk, before[from] ?? null, after[to] ?? null)
      leave(walk)
    }
  }
}
