import { parseJson } from '../../../schema/parseJson.ts'
import type { Json } from '../../../schema/json.ts'
import { addListChanges, compareValues } from '../compareValues.ts'
import { ownValue } from '../jsonShape.ts'
import { addAdded, addRemoved, enter, leave, type Walk } from '../walk.ts'
import { alignUnits, type Blocks, type LeftUnit, type Range } from './alignUnits.ts'
import { unitPiece, type LineTable } from './lineTable.ts'
import { pairLeftItems, type ReadItem } from './pairLeftItems.ts'
import { entryAt, type Entry } from './recordEntry.ts'

/** Compares blocks of lines; false when their lines do not help. */
export type BlockWalk = { readonly compareRecords: (one: Range, other: Range) => boolean }

/** `without`: keys of the outermost record that are left out. */
export function createBlockWalk(
  texts: Omit<Blocks, 'mayLeave'>,
  walk: Walk,
  without: ReadonlySet<string>,
): BlockWalk {
  const { tools, before, after } = texts
  const blocks: Blocks = { ...texts, mayLeave: (bytes) => bytes <= unread }
  let unread = (before.bytes.length + after.bytes.length) / 4

  /** False once so much had to be read that reading both texts whole is the shorter way. */
  function mayRead(table: LineTable, units: readonly { readonly line: number }[]): boolean {
    for (const { line } of units) {
      const { from, to } = unitPiece(table, line)
      unread -= to - from
    }
    return unread >= 0
  }

  function compareRecords(one: Range, other: Range): boolean {
    const aligned = alignUnits(blocks, one, other)
    if (aligned === null) return false
    const gone = entriesOf(before, aligned.before)
    const come = entriesOf(after, aligned.after)
    if (gone === null || come === null) return false
    const places = new Map(come.map((entry) => [entry.key, entry]))
    for (const entry of gone) {
      const later = places.get(entry.key)
      places.delete(entry.key)
      if (later === undefined) addRemoved(walk, entry.key, valueOf(before, entry))
      else if (!compareEntries(entry, later)) return false
    }
    for (const entry of places.values()) addAdded(walk, entry.key, valueOf(after, entry))
    return true
  }

  /** Null where a unit is no key with its value, or too much would have to be read. */
  function entriesOf(table: LineTable, left: readonly LeftUnit[]): readonly Entry[] | null {
    const entries: Entry[] = []
    for (const { line } of left) {
      const entry = entryAt(table, line, tools)
      if (entry === null) return null
      if (walk.from.length === 0 && without.has(entry.key)) continue
      if (entry.inside === null && !mayRead(table, [entry])) return null
      entries.push(entry)
    }
    return entries
  }

  function compareEntries(one: Entry, other: Entry): boolean {
    enter(walk, one.key, one.key)
    const isDone = compareInside(one, other)
    leave(walk)
    return isDone
  }

  function compareInside(one: Entry, other: Entry): boolean {
    const [left, right] = [one.inside, other.inside]
    if (left !== null && right !== null && left.kind === right.kind)
      return left.kind === 'list' ? compareLists(left, right) : compareRecords(left, right)
    compareValues(walk, valueOf(before, one), valueOf(after, other))
    return true
  }

  function compareLists(one: Range, other: Range): boolean {
    const aligned = alignUnits(blocks, one, other)
    if (aligned === null) return false
    if (!mayRead(before, aligned.before) || !mayRead(after, aligned.after)) return false
    const gone = aligned.before.map((unit) => itemOf(before, unit))
    const come = aligned.after.map((unit) => itemOf(after, unit))
    const { middle, pairing } = pairLeftItems(walk, aligned, { gone, come })
    addListChanges(walk, middle, pairing)
    return true
  }

  function itemOf(table: LineTable, { line, index }: LeftUnit): ReadItem {
    return { index, value: parseJson(tools.textOf(unitPiece(table, line))) as Json } // what JSON says is one
  }

  function valueOf(table: LineTable, { key, line }: Entry): Json {
    const text = `{${tools.textOf(unitPiece(table, line))}}`
    const entry = parseJson(text) as { readonly [key: string]: Json } // an entry in braces
    return ownValue(entry, key) ?? null
  }

  return { compareRecords }
}
