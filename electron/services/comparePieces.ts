// Two canonical texts compared by their lines while they are read: only pieces of them are in memory.
import type { Difference } from '../../shared/core/diff/diff.ts'
import {
  createLineComparison,
  type LineDiffOptions,
} from '../../shared/core/diff/lines/lineComparison.ts'
import { lineTools } from './lineTools.ts'

export type PieceSource = {
  readonly sizeBytes: number
  /** Fills bytes from a position; how many, 0 at the end. */
  readonly read: (into: Uint8Array, position: number) => Promise<number>
  /** Is shown all that is read, in its order. */
  readonly onPiece?: (piece: Buffer) => void
  /** Asked once all was read. */
  readonly isSound?: () => boolean
}

/** Null where the lines do not help, or one of the texts is not sound. */
export async function comparePieces(
  before: PieceSource,
  after: PieceSource,
  options: Omit<LineDiffOptions, 'tools'> & {
    /** How much of each text is in memory at once, where nothing needs more. */
    readonly pieceBytes?: number
  },
): Promise<Difference | null> {
  const sizeBytes = before.sizeBytes + after.sizeBytes
  const comparison = createLineComparison({ ...options, tools: lineTools, sizeBytes })
  const roomBytes = options.pieceBytes ?? defaultPieceBytes
  const one = createPieceWindow(before, roomBytes)
  const other = createPieceWindow(after, roomBytes)
  for (;;) {
    await Promise.all([one.fill(), other.fill()])
    const step = comparison.advance({ before: one.window, after: other.window })
    if (step === 'unfit') return null
    if (step === 'on') break
    if (one.window.at > 0 || other.window.at > 0) continue
    // Neither got further: more has to be in memory at once.
    const hasGrown = [one.grow(), other.grow()]
    if (!hasGrown.includes(true)) return null
  }
  const isSound = [before, after].every((source) => source.isSound?.() ?? true)
  return isSound ? comparison.finish() : null
}

const defaultPieceBytes = 2 ** 20

function createPieceWindow(source: PieceSource, roomBytes: number) {
  let bytes = Buffer.allocUnsafeSlow(roomBytes)
  let position = 0
  const window = { bytes, at: 0, end: 0, isLast: false }

  /** Moves what was not used to the front, and reads behind it as much as there is room for. */
  async function fill(): Promise<void> {
    if (window.at > 0) bytes.copyWithin(0, window.at, window.end)
    window.end -= window.at
    window.at = 0
    while (!window.isLast && window.end < bytes.byteLength) {
      const count = await source.read(bytes.subarray(window.end), position)
      source.onPiece?.(bytes.subarray(window.end, window.end + count))
      window.end += count
      position += count
      window.isLast = count === 0 || position >= source.sizeBytes
    }
  }

  /** Twice the room; false where all is in memory. */
  function grow(): boolean {
    if (window.isLast) return false
    const more = Buffer.allocUnsafeSlow(2 * bytes.byteLength)
    bytes.copy(more, 0, 0, window.end)
    bytes = more
    window.bytes = more
    return true
  }

  return { window, fill, grow }
}
