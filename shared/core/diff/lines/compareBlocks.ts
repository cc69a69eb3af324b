import type { Json } from '../../../schema/json.ts'
import { addListChanges, compareValues } from '../compareValues.ts'
import { ownValue } from '../jsonShape.ts'
import { addAdded, addRemoved, enter, leave, type Walk } from '../walk.ts'
import { alignUnits, type Blocks, type LeftUnit, type Range } from './alignUnits.ts'
import { linesPiece, opens, unitEnd, unitPiece, type LineTable } from './lineTable.ts'
import { pairLeftItems } from './pairLeftItems.ts'

/** Compares blocks of lines; false when their lines do not help. */
export type BlockWalk = { readonly compareRecords: (one: Range, other: Range) => boolean }

/** A key of a record and the unit of lines that has its value. */
type Entry = { readonly key: string; readonly line: number }

export function createBlockWalk(
  blocks: Blocks,
  walk: Walk,
  without: ReadonlySet<string>,
): BlockWalk {
  const { tools, before, after } = blocks
  let unread = (before.bytes.length + after.bytes.length) / 2

  /** False once so much was read that both texts could have been read whole. */
  function mayRead(table: LineTable, left: readonly { readonly line: number }[]): boolean {
    for (const { line } of left) {
      const { from, to } = unitPiece(table, line)
      unread -= to - from
    }
    return unread >= 0
  }

  function compareRecords(one: Range, other: Range): boolean {
    const aligned = alignUnits(blocks, one, other)
    if (aligned === null) return false
    const [gone, come] = [entriesOf(before, aligned.before), entriesOf(after, aligned.after)]
    if (gone === null || come === null) return false
    const places = new Map(come.map((entry) => [entry.key, entry]))
    for (const entry of gone) {
      const later = places.get(entry.key)
      places.delete(entry.key)
      if (later !== undefined) {
        if (!compareEntries(entry, later)) return false
      } else {
        if (!mayRead(before, [entry])) return false
        addRemoved(walk, entry.key, valueOf(before, entry))
      }
    }
    if (!mayRead(after, [...places.values()])) return false
    for (const entry of places.values()) addAdded(walk, entry.key, valueOf(after, entry))
    return true
  }

  function entriesOf(table: LineTable, left: readonly LeftUnit[]): readonly Entry[] | null {
    const entries: Entry[] = []
    for (const { line } of left) {
      const key = keyOfLine(table, line)
      if (key === null) return null
      // Only what is compared as a whole leaves something out.
      if (walk.from.length > 0 || !without.has(key)) entries.push({ key, line })
    }
    return entries
  }

  function keyOfLine(table: LineTable, line: number): string | null {
    const { bytes, from, to } = linesPiece(table, line, line + 1)
    const end = endOfKey(bytes, from, to)
    if (end === null) return null
    const key: unknown = JSON.parse(tools.textOf({ bytes, from, to: end }))
    return typeof key === 'string' ? key : null
  }

  function compareEntries(one: Entry, other: Entry): boolean {
    const [left, right] = [insideOf(before, one), insideOf(after, other)]
    if (left !== null && right !== null && left.kind === right.kind) {
      enter(walk, one.key, one.key)
      const isDone = left.kind === 'list' ? compareLists(left, right) : compareRecords(left, right)
      leave(walk)
      return isDone
    }
    if (!mayRead(before, [one]) || !mayRead(after, [other])) return false
    enter(walk, one.key, one.key)
    compareValues(walk, valueOf(before, one), valueOf(after, other))
    leave(walk)
    return true
  }

  /** The lines inside a value that stands on lines of its own from its first to its last bracket. */
  function insideOf(
    table: LineTable,
    { key, line }: Entry,
  ): (Range & { kind: 'list' | 'record' }) | null {
    const kind = opens(table, line)
    const close = table.closes[line] ?? 0
    if (kind === null || close + 1 !== unitEnd(table, line)) return null
    const { from, to } = unitPiece(table, close, close + 1)
    const head = tools.textOf(linesPiece(table, line, line + 1))
    const bracket = kind === 'list' ? '[' : '{'
    const isAlone =
      head === `${JSON.stringify(key)}: ${bracket}\n` ||
      head === `${JSON.stringify(key)}:${bracket}\n`
    return isAlone && to - from === 1 ? { kind, line: line + 1, end: close } : null
  }

  function compareLists(one: Range, other: Range): boolean {
    const aligned = alignUnits(blocks, one, other)
    if (aligned === null) return false
    if (!mayRead(before, aligned.before) || !mayRead(after, aligned.after)) return false
    const [gone, come] = [
      aligned.before.map((unit) => itemOf(before, unit)),
      aligned.after.map((unit) => itemOf(after, unit)),
    ]
    const { middle, pairing } = pairLeftItems(walk, aligned, { gone, come })
    addListChanges(walk, middle, pairing)
    return true
  }

  function itemOf(table: LineTable, { line, index }: LeftUnit) {
    const value: Json = JSON.parse(tools.textOf(unitPiece(table, line)))
    return { index, value }
  }

  function valueOf(table: LineTable, { key, line }: Entry): Json {
    const entry: { readonly [key: string]: Json } = JSON.parse(
      `{${tools.textOf(unitPiece(table, line))}}`,
    )
    return ownValue(entry, key) ?? null
  }

  return { compareRecords }
}

/** Where the quotes of a key end, at the start of a line; null for a line that does not begin with a key. */
function endOfKey(bytes: Uint8Array, from: number, to: number): number | null {
  if (bytes[from] !== quote) return null
  for (let at = from + 1; at < to; at += 1) {
    if (bytes[at] === backslash) at += 1
    else if (bytes[at] === quote) return bytes[at + 1] === colon ? at + 1 : null
  }
  return null
}

const [quote, backslash, colon] = [0x22, 0x5c, 0x3a]
