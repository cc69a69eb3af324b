import { keyNamesAt, keyOf, type ItemKey } from './itemKey.ts'
import type { ListMiddle } from './listMiddle.ts'
import { createPairing, type Pairing } from './pairing.ts'
import { pairByContent } from './pairByContent.ts'
import type { Walk } from './walk.ts'

/** Which item between the equal ends became which; indices count from there. */
export function pairItems(walk: Walk, middle: ListMiddle): Pairing {
  for (const name of keyNamesAt(walk.keys, walk.from)) {
    if (!hasKey(middle, name)) continue
    const pairing = isAligned(middle, name) ? pairInPlace(middle) : pairByKey(middle, name)
    if (pairing !== null) return pairing
  }
  return pairByContent(walk, middle)
}

/** What is equal at the ends need only be looked at on one side. */
function hasKey({ before, after, beforeEnd }: ListMiddle, name: string): boolean {
  if (before.length === 0) return false
  for (let index = 0; index < beforeEnd; index += 1)
    if (keyOf(before[index], name) === undefined) return false
  for (const item of after) if (keyOf(item, name) === undefined) return false
  return true
}

/** The same keys in the same order: nothing came, went or moved. */
function isAligned(middle: ListMiddle, name: string): boolean {
  const { before, after, start, beforeEnd, afterEnd } = middle
  if (beforeEnd !== afterEnd) return false
  for (let index = start; index < beforeEnd; index += 1)
    if (keyOf(before[index], name) !== keyOf(after[index], name)) return false
  return true
}

function pairInPlace({ start, beforeEnd }: ListMiddle): Pairing {
  const length = beforeEnd - start
  const pairing = createPairing(length, length)
  for (let index = 0; index < length; index += 1) pairing.pair(index, index)
  return pairing
}

/** Null when a key stands twice, so that it does not tell what became of its items. */
function pairByKey(middle: ListMiddle, name: string): Pairing | null {
  const { before, after, start, beforeEnd, afterEnd } = middle
  const pairing = createPairing(beforeEnd - start, afterEnd - start)
  const places = new Map<ItemKey | undefined, number>()
  for (let to = start; to < afterEnd; to += 1) places.set(keyOf(after[to], name), to - start)
  if (places.size < afterEnd - start) return null
  for (let from = start; from < beforeEnd; from += 1) {
    const to = places.get(keyOf(before[from], name))
    if (to === undefined) continue
    if (pairing.sources[to] !== -1) return null
    pairing.pair(from - start, to)
  }
  return isApart(middle, name, places) ? pairing : null
}

/** Whether no item of the equal ends has a key of the items between them. */
function isApart(
  { after, start, afterEnd }: ListMiddle,
  name: string,
  places: ReadonlyMap<ItemKey | undefined, number>,
): boolean {
  for (let index = 0; index < after.length; index += 1) {
    if (index === start) index = afterEnd
    if (places.has(keyOf(after[index], name))) return false
  }
  return true
}
