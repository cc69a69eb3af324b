import type { Blocks, LeftUnit, Range } from './alignUnits.ts'
import {
  contentEnd,
  isSamePiece,
  unitEnd,
  unitPiece,
  type ByteTools,
  type LineTable,
  type Piece,
} from './lineTable.ts'

/** Units that seem to stand on both sides, and a number for each: the same for the same bytes. */
export type UnitNumbers = { readonly before: Numbered; readonly after: Numbered }
export type Numbered = { readonly units: readonly LeftUnit[]; readonly numbers: readonly number[] }

type Units = { readonly before: readonly LeftUnit[]; readonly after: readonly LeftUnit[] }

/**
 * About how many bytes of both sides have no equal unit on the other one. Only some units are looked at, chosen by their
 * bytes, so that a unit that stands on both sides is chosen on both.
 */
export function lonelyBytes({ before, after }: Blocks, one: Range, other: Range): number {
  const hashes = new Set<number>()
  for (let line = other.line; line < other.end; line = unitEnd(after, line))
    if (isChosen(after, line)) hashes.add(fullHashAt(after, line))
  let [chosen, lonely] = [0, 0]
  for (let line = one.line; line < one.end; line = unitEnd(before, line)) {
    if (!isChosen(before, line)) continue
    const bytes = contentEnd(before, unitEnd(before, line)) - (before.starts[line] ?? 0)
    chosen += bytes
    if (!hashes.has(fullHashAt(before, line))) lonely += bytes
  }
  const [earlier, later] = [blockBytes(before, one), blockBytes(after, other)]
  if (chosen === 0) return 0
  const alone = (lonely / chosen) * earlier
  return alone + Math.max(0, later - (earlier - alone))
}

function blockBytes({ starts }: LineTable, { line, end }: Range): number {
  return (starts[end] ?? 0) - (starts[line] ?? 0)
}

const oneOf = 16

function isChosen(table: LineTable, line: number): boolean {
  return (hashAt(table, line) >>> 8) % oneOf === 0
}

/** What stands on one side only is left out: it is no part of what is common. */
export function numberUnits({ tools, before, after }: Blocks, units: Units): UnitNumbers {
  const inBefore = new Set(units.before.map(({ line }) => hashAt(before, line)))
  const inAfter = new Set(units.after.map(({ line }) => hashAt(after, line)))
  const pieces = createPieceNumbers(tools)
  const numbered = (table: LineTable, all: readonly LeftUnit[], others: ReadonlySet<number>) => {
    const shared = all.filter(({ line }) => others.has(hashAt(table, line)))
    const numbers = shared.map(({ line }) =>
      pieces.numberOf(unitPiece(table, line), hashAt(table, line)),
    )
    return { units: shared, numbers }
  }
  return {
    before: numbered(before, units.before, inAfter),
    after: numbered(after, units.after, inBefore),
  }
}

/** More pieces than these that only seem alike are not told from one another, but called different. */
const mostAlike = 16

function createPieceNumbers(tools: ByteTools) {
  const alike = new Map<number, { readonly piece: Piece; readonly number: number }[]>()
  let next = 0
  return {
    numberOf(piece: Piece, hash: number): number {
      const known = alike.get(hash)
      const same = known?.find((one) => isSamePiece(tools, one.piece, piece))
      if (same !== undefined) return same.number
      const number = next
      next += 1
      if (known === undefined) alike.set(hash, [{ piece, number }])
      else if (known.length < mostAlike) known.push({ piece, number })
      return number
    },
  }
}

const samples = 12

/** Of the length of a unit and some of its bytes. */
function hashAt(table: LineTable, line: number): number {
  const from = table.starts[line] ?? 0
  const to = contentEnd(table, unitEnd(table, line))
  return hashOf(table.bytes, { from, to, step: Math.max(1, ((to - from) / samples) | 0) })
}

function fullHashAt(table: LineTable, line: number): number {
  const from = table.starts[line] ?? 0
  return hashOf(table.bytes, { from, to: contentEnd(table, unitEnd(table, line)), step: 1 })
}

type Steps = { readonly from: number; readonly to: number; readonly step: number }

function hashOf(bytes: Uint8Array, { from, to, step }: Steps): number {
  let hash = to - from
  for (let at = from; at < to; at += step) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193)
  return hash
}
