import { isSamePiece, type ByteTools, type Piece } from './textWindow.ts'

/** Units that seem to stand on both sides, and a number for each: the same for the same bytes. */
export type UnitNumbers = { readonly before: Numbered; readonly after: Numbered }
/** Which of the units, and their numbers. */
export type Numbered = { readonly indices: readonly number[]; readonly numbers: readonly number[] }

/** All units that are left of a block, on both sides. */
export type Units = { readonly before: readonly Piece[]; readonly after: readonly Piece[] }

/**
 * About how many bytes of both sides have no equal unit on the other one. Only some units are looked at, chosen by their
 * bytes, so that a unit that stands on both sides is chosen on both.
 */
export function lonelyBytes({ before, after }: Units): number {
  const { chosen, lonely } = sampled({ before, after })
  const [earlier, later] = [blockBytes(before), blockBytes(after)]
  if (chosen === 0) return 0
  const alone = (lonely / chosen) * earlier
  return alone + Math.max(0, later - (earlier - alone))
}

/** No unit that is looked at stands on both sides, and some are looked at. */
export function areUnlike(units: Units): boolean {
  const { chosen, lonely } = sampled(units)
  return chosen > 0 && lonely === chosen
}

/** Bytes of the earlier units that are looked at, and of those that the later ones do not have. */
function sampled({ before, after }: Units): { readonly chosen: number; readonly lonely: number } {
  const hashes = new Set(after.filter(isChosen).map(fullHashOf))
  let [chosen, lonely] = [0, 0]
  for (const piece of before.filter(isChosen)) {
    chosen += sizeOf(piece)
    if (!hashes.has(fullHashOf(piece))) lonely += sizeOf(piece)
  }
  return { chosen, lonely }
}

function sizeOf({ from, to }: Piece): number {
  return to - from
}

function blockBytes(pieces: readonly Piece[]): number {
  return (pieces.at(-1)?.to ?? 0) - (pieces[0]?.from ?? 0)
}

const oneOf = 16

function isChosen(piece: Piece): boolean {
  return (hashOf(piece) >>> 8) % oneOf === 0
}

/** What stands on one side only is left out: it is no part of what is common. */
export function numberUnits(tools: ByteTools, { before, after }: Units): UnitNumbers {
  const [earlier, later] = [before.map(hashOf), after.map(hashOf)]
  const pieces = createPieceNumbers(tools)
  const numbered = (
    units: readonly Piece[],
    hashes: readonly number[],
    others: ReadonlySet<number>,
  ): Numbered => {
    const [indices, numbers]: [number[], number[]] = [[], []]
    for (const [index, piece] of units.entries()) {
      const hash = hashes[index] ?? 0
      if (!others.has(hash)) continue
      indices.push(index)
      numbers.push(pieces.numberOf(piece, hash))
    }
    return { indices, numbers }
  }
  return {
    before: numbered(before, earlier, new Set(later)),
    after: numbered(after, later, new Set(earlier)),
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
function hashOf(piece: Piece): number {
  return mixed(piece, Math.max(1, (sizeOf(piece) / samples) | 0))
}

function fullHashOf(piece: Piece): number {
  return mixed(piece, 1)
}

function mixed({ bytes, from, to }: Piece, step: number): number {
  let hash = to - from
  for (let at = from; at < to; at += step) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193)
  return hash
}
