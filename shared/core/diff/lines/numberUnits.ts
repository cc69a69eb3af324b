import type { Blocks, LeftUnit } from './alignUnits.ts'
import { isSamePiece, unitPiece, type ByteTools, type Piece } from './lineTable.ts'

/** Units of which the bytes stand on both sides, and a number for each: the same for the same bytes. */
export type UnitNumbers = { readonly before: Numbered; readonly after: Numbered }
export type Numbered = { readonly units: readonly LeftUnit[]; readonly numbers: readonly number[] }

/** What stands on one side only is left out: it is no part of what is common. */
export function numberUnits(
  { tools, before, after }: Blocks,
  left: readonly LeftUnit[],
  right: readonly LeftUnit[],
): UnitNumbers {
  const pieces = createPieceNumbers(tools)
  const one = left.map((unit) => pieces.numberOf(unitPiece(before, unit.line)))
  const knownBefore = pieces.count()
  const other = right.map((unit) => pieces.numberOf(unitPiece(after, unit.line)))
  const isInAfter = new Set(other)
  return {
    before: pick(left, one, (number) => isInAfter.has(number)),
    after: pick(right, other, (number) => number < knownBefore),
  }
}

function pick(
  units: readonly LeftUnit[],
  numbers: readonly number[],
  isWanted: (number: number) => boolean,
): Numbered {
  const places = [...numbers.keys()].filter((place) => isWanted(numbers[place] ?? -1))
  return {
    units: places.flatMap((place) => units[place] ?? []),
    numbers: places.map((place) => numbers[place] ?? -1),
  }
}

/** More pieces than these that only seem alike are not told from one another, but called different. */
const mostAlike = 16

function createPieceNumbers(tools: ByteTools) {
  const alike = new Map<number, { readonly piece: Piece; readonly number: number }[]>()
  let next = 0
  return {
    count: () => next,
    numberOf(piece: Piece): number {
      const hash = hashOf(piece)
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

const samples = 24

/** Of its length and some of its bytes: texts that are alike in these are compared whole. */
function hashOf({ bytes, from, to }: Piece): number {
  const step = Math.max(1, (to - from) / samples)
  let hash = to - from
  for (let at = from; at < to; at += step)
    hash = Math.imul(hash ^ (bytes[Math.floor(at)] ?? 0), 0x01000193)
  return hash
}
