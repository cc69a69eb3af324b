import {
  isClosing,
  isHead,
  isSamePiece,
  lineEnd,
  unitEnd,
  unitPiece,
  type ByteTools,
  type Kind,
  type Piece,
  type TextWindow,
} from './textWindow.ts'

/** What comes next in a block. No look goes beyond a line that opens the block of a key, or closes this one. */
export type Stop = {
  readonly kind: 'unit' | 'head' | 'close'
  readonly piece: Piece
  readonly end: number
}

/** Units that are looked at on each side to find where both go on alike, and the one behind them. */
const windowSize = 17

/** A number where that is not all in memory: `needsMore` or `unfit`. */
export function lookAhead(
  kind: Kind,
  window: TextWindow,
  most = windowSize,
): readonly Stop[] | number {
  const stops: Stop[] = []
  let at = window.at
  while (stops.length <= most) {
    const stop = stopAt(kind, window, at)
    if (typeof stop === 'number') return stop
    stops.push(stop)
    if (stop.kind !== 'unit') break
    at = stop.end
  }
  return stops
}

function stopAt(block: Kind, window: TextWindow, from: number): Stop | number {
  const { bytes } = window
  const line = lineEnd(window, from)
  if (line < 0) return line
  const isClose = isClosing(bytes, from)
  const kind = isClose ? 'close' : block === 'record' && isHead(bytes, from, line) ? 'head' : 'unit'
  const end = kind === 'unit' ? unitEnd(window, from) : line
  return end < 0 ? end : { kind, piece: unitPiece(bytes, from, end), end }
}

/** All units up to the line that closes this block; or those of so many bytes. */
export function lookToEnd(window: TextWindow, mostBytes = Infinity): readonly Stop[] | number {
  const stops: Stop[] = []
  for (let at = window.at; ;) {
    if (at - window.at >= mostBytes) return stops
    // In a list a unit may also be the block of a key: here nothing is walked into.
    const stop = stopAt('list', window, at)
    if (typeof stop === 'number') return stop
    if (stop.kind === 'close') return stops
    stops.push(stop)
    at = stop.end
  }
}

/** After how many units both sides are alike again; null when that is too far away. */
export function findMeeting(
  tools: ByteTools,
  left: readonly Stop[],
  right: readonly Stop[],
): { readonly left: number; readonly right: number } | null {
  for (let far = 1; far < left.length + right.length - 1; far += 1) {
    const last = Math.min(far, left.length - 1)
    for (let from = Math.max(0, far - right.length + 1); from <= last; from += 1)
      if (isMeeting(tools, left.slice(from, from + 2), right.slice(far - from, far - from + 2)))
        return { left: from, right: far - from }
  }
  return null
}

/** Two units one after the other: a single one, such as a zero in a list, may be the same by chance. */
function isMeeting(
  tools: ByteTools,
  [one, next]: readonly Stop[],
  [other, following]: readonly Stop[],
): boolean {
  if (one === undefined || other === undefined || !isSameStop(tools, one, other)) return false
  if (one.kind !== 'unit') return true
  return next !== undefined && following !== undefined && isSameStop(tools, next, following)
}

export function isSameStop(tools: ByteTools, one: Stop, other: Stop): boolean {
  if (one.kind !== other.kind) return false
  return one.kind === 'close' || isSamePiece(tools, one.piece, other.piece)
}
