/** What the language itself does slowly with bytes; whoever reads them has it. */
export type ByteTools = {
  readonly isSame: (one: Piece, other: Piece) => boolean
  readonly textOf: (piece: Piece) => string
}

export type Piece = { readonly bytes: Uint8Array; readonly from: number; readonly to: number }

/** The part of a text that is in memory, and how far of it was used. */
export type TextWindow = {
  readonly bytes: Uint8Array
  at: number
  readonly end: number
  /** Nothing of the text comes behind it. */
  readonly isLast: boolean
}

/** In the place of an end: it is not in memory yet. */
export const needsMore = -1
/** In the place of an end: the text ends before, or its lines are no units. */
export const unfit = -2

/** Behind the line that begins here. */
export function lineEnd({ bytes, end, isLast }: TextWindow, from: number): number {
  if (from >= end) return isLast ? unfit : needsMore
  const found = bytes.indexOf(lineFeed, from)
  if (found !== -1 && found < end) return found + 1
  return isLast ? end : needsMore
}

/** Behind the unit that begins here: one line, or what a line opens up to the line that closes it. */
export function unitEnd(window: TextWindow, from: number): number {
  const { bytes } = window
  let depth = 0
  for (let at = from; ;) {
    const end = lineEnd(window, at)
    if (end < 0) return end
    if (depth === 0 && isClosing(bytes, at)) return unfit
    depth += depthOf(bytes, at, end)
    if (depth === 0) return end
    at = end
  }
}

/** Without what stands between a unit and the next one: the last of its block has no comma. */
export function unitPiece(bytes: Uint8Array, from: number, end: number): Piece {
  const to = bytes[end - 1] === lineFeed ? end - 1 : end
  return { bytes, from, to: bytes[to - 1] === comma ? to - 1 : to }
}

export function isSamePiece(tools: ByteTools, one: Piece, other: Piece): boolean {
  return one.to - one.from === other.to - other.from && tools.isSame(one, other)
}

export function isClosing(bytes: Uint8Array, from: number): boolean {
  const first = bytes[from]
  return first === closeBrace || first === closeBracket
}

export type Kind = 'list' | 'record'

/** What the line that ends here opens: its last byte. */
export function opensAt(bytes: Uint8Array, end: number): Kind | null {
  const last = bytes[end - 2]
  return last === openBrace ? 'record' : last === openBracket ? 'list' : null
}

/** Whether a line is the bracket alone that closes such a block. */
export function closesAlone({ bytes, from, to }: Piece, kind: Kind): boolean {
  const content = unitPiece(bytes, from, to)
  return content.to === from + 1 && bytes[from] === (kind === 'list' ? closeBracket : closeBrace)
}

/** Whether a line is a key and opens a block, and nothing else: the lines up to the one that closes it are its value. */
export function isHead(bytes: Uint8Array, from: number, end: number): boolean {
  if (opensAt(bytes, end) === null) return false
  const behind = keyEnd(bytes, from, end)
  if (behind === null) return false
  const colonAndSpace = bytes[behind + 1] === space ? 2 : 1
  return end - behind === colonAndSpace + '[\n'.length
}

/** The key that a line begins with; null where it begins with none, or with a damaged one. */
export function keyOfLine(tools: ByteTools, line: Piece): string | null {
  return entryOf(tools, line)?.key ?? null
}

/** The key of an entry, and its value; null where the line begins with no key. */
export function entryOf(
  tools: ByteTools,
  { bytes, from, to }: Piece,
): { readonly key: string; readonly value: Piece } | null {
  const end = keyEnd(bytes, from, to)
  const key = end === null ? null : keyIn(tools.textOf({ bytes, from, to: end }))
  return end === null || key === null ? null : { key, value: { bytes, from: end + 1, to } }
}

function keyIn(quoted: string): string | null {
  try {
    return String(JSON.parse(quoted))
  } catch (error) {
    // Whether the text is sound is asked once all of it was read.
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** The last byte of the key's quotes is before it. */
function keyEnd(bytes: Uint8Array, from: number, end: number): number | null {
  if (bytes[from] !== quote) return null
  for (let at = from + 1; at < end; at += 1) {
    if (bytes[at] === backslash) at += 1
    else if (bytes[at] === quote) return bytes[at + 1] === colon ? at + 1 : null
  }
  return null
}

/** By how many blocks a line is deeper behind it than before it. */
export function depthOf(bytes: Uint8Array, from: number, end: number): number {
  return (opensAt(bytes, end) === null ? 0 : 1) - (isClosing(bytes, from) ? 1 : 0)
}

export const lineFeed = 0x0a
const [comma, quote, backslash, colon, space] = [0x2c, 0x22, 0x5c, 0x3a, 0x20]
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d]
