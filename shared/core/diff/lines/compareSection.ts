import type { Json } from '../../../schema/json.ts'
import { parseJson } from '../../../schema/parseJson.ts'
import { addListChanges, compareValues } from '../compareValues.ts'
import type { JsonRecord } from '../jsonShape.ts'
import { addAdded, addRemoved, enter, leave, type Walk } from '../walk.ts'
import { pairLeftItems, type ReadItem } from './pairLeftItems.ts'
import type { LeftUnit, Section } from './section.ts'

/** Adds what turns the earlier block into the later one: only what is not the same in both is read as JSON. */
export function compareSection(walk: Walk, section: Section): void {
  if (section.kind === 'list') compareItems(walk, section)
  else compareEntries(walk, section)
}

function compareItems(walk: Walk, { gone, come, runs, lengths }: Section): void {
  const read = { gone: gone.filter(isUnit).map(itemOf), come: come.map(itemOf) }
  const { middle, pairing } = pairLeftItems(walk, { runs, lengths }, read)
  addListChanges(walk, middle, pairing)
}

function compareEntries(walk: Walk, { gone, come }: Section): void {
  const later = new Map(come.flatMap(entriesOf))
  for (const part of gone) {
    if (!isUnit(part)) inside(walk, part.key, () => compareSection(walk, part))
    else for (const [key, value] of entriesOf(part)) compareEntry(walk, later, [key, value])
  }
  for (const [key, value] of later) addAdded(walk, key, value)
}

/** An entry of the later block that has its partner is taken away. */
function compareEntry(
  walk: Walk,
  later: Map<string, Json>,
  [key, value]: readonly [key: string, value: Json],
): void {
  const now = later.get(key)
  later.delete(key)
  if (now === undefined) addRemoved(walk, key, value)
  else inside(walk, key, () => compareValues(walk, value, now))
}

function inside(walk: Walk, key: string, work: () => void): void {
  enter(walk, key, key)
  work()
  leave(walk)
}

function isUnit(part: LeftUnit | Section): part is LeftUnit {
  return 'text' in part
}

function itemOf({ index, text }: LeftUnit): ReadItem {
  return { index, value: parseJson(text) as Json } // what JSON says is one
}

function entriesOf({ text }: LeftUnit): readonly (readonly [string, Json])[] {
  return Object.entries(parseJson(`{${text}}`) as JsonRecord) // entries in braces
}
