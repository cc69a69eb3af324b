import type { Json } from '../../../schema/json.ts'
import { keyNamesAt, keyOf, type ItemKey } from '../itemKey.ts'
import { createItemClasses } from '../itemClasses.ts'
import type { ListMiddle } from '../listMiddle.ts'
import { pairRest } from '../pairByContent.ts'
import { createPairing, type Pairing } from '../pairing.ts'
import type { Walk } from '../walk.ts'
import type { Section } from './section.ts'

/** An item that was read, because no equal one stands in its place. */
export type ReadItem = { readonly index: number; readonly value: Json }
type Read = { readonly gone: readonly ReadItem[]; readonly come: readonly ReadItem[] }

/** Who became whom in two lists of which only some items were read; the others are equal, by the runs. */
export function pairLeftItems(
  walk: Walk,
  { runs, lengths }: Pick<Section, 'runs' | 'lengths'>,
  read: Read,
): { readonly middle: ListMiddle; readonly pairing: Pairing } {
  const { gone, come } = read
  const start = Math.min(gone[0]?.index ?? Infinity, come[0]?.index ?? Infinity, lengths.before)
  const beforeEnd = lengths.before
  const middle = {
    before: listOf(gone),
    after: listOf(come),
    start,
    beforeEnd,
    afterEnd: lengths.after,
  }
  const pairing = createPairing(beforeEnd - start, lengths.after - start)
  pairRuns(runs, start, pairing)
  if (!pairByKey(walk, read, { start, pairing })) pairOthers(walk, read, { middle, pairing })
  return { middle, pairing }
}

/** With holes for what was not read: it is never looked at. */
function listOf(items: readonly ReadItem[]): readonly Json[] {
  const list: Json[] = []
  for (const { index, value } of items) list[index] = value
  return list
}

function pairRuns(runs: readonly number[], start: number, pairing: Pairing): void {
  for (let run = 0; run < runs.length; run += 3) {
    const [from = 0, to = 0, count = 0] = runs.slice(run, run + 3)
    for (let at = Math.max(0, start - from); at < count; at += 1)
      pairing.pairEqual(from + at - start, to + at - start)
  }
}

type Into = { readonly start: number; readonly pairing: Pairing }

/** By the first name under which every item that was read has a text or a number of its own. */
function pairByKey(walk: Walk, { gone, come }: Read, { start, pairing }: Into): boolean {
  for (const name of keyNamesAt(walk.keys, walk.from)) {
    const [earlier, later] = [placesByKey(gone, name), placesByKey(come, name)]
    if (earlier === null || later === null) continue
    for (const [key, from] of earlier) {
      const to = later.get(key)
      if (to !== undefined) pairing.pair(from - start, to - start)
    }
    return true
  }
  return false
}

function placesByKey(
  items: readonly ReadItem[],
  name: string,
): ReadonlyMap<ItemKey, number> | null {
  const places = new Map<ItemKey, number>()
  for (const { index, value } of items) {
    const key = keyOf(value, name)
    if (key === undefined || places.has(key)) return null
    places.set(key, index)
  }
  return places
}

function pairOthers(
  walk: Walk,
  { gone, come }: Read,
  { middle, pairing }: { readonly middle: ListMiddle; readonly pairing: Pairing },
): void {
  const { start } = middle
  const classes = createItemClasses()
  const numbersOf = (items: readonly ReadItem[], length: number) => {
    const numbers = new Int32Array(length).fill(-1)
    const found = classes.of(items.map(({ value }) => value))
    items.forEach(({ index }, place) => {
      numbers[index - start] = found[place] ?? -1
    })
    return numbers
  }
  const numbers = {
    before: numbersOf(gone, pairing.targets.length),
    after: numbersOf(come, pairing.sources.length),
  }
  pairRest(walk, { ...middle, numbers }, pairing)
}
