/** What the language itself does slowly with bytes; whoever reads them has it. */
export type ByteTools = {
  readonly isSame: (one: Piece, other: Piece) => boolean
  readonly textOf: (piece: Piece) => string
}

export type Piece = { readonly bytes: Uint8Array; readonly from: number; readonly to: number }

/** Where the lines of a canonical text begin, and which of them belong together. */
export type LineTable = {
  readonly bytes: Uint8Array
  readonly count: number
  /** Byte at which each line begins, and the end of the last one. */
  readonly starts: Uint32Array
  /** Of a line that opens an object or a list: the line that closes it; 0 for any other. */
  readonly closes: Uint32Array
}

/** Null for a text of which the lines are no units: one of them opens or closes more than can be told from its ends. */
export function readLines(bytes: Uint8Array): LineTable | null {
  const room = Math.max(1024, bytes.length >> 7)
  let starts = new Uint32Array(room)
  let closes = new Uint32Array(room)
  const open: number[] = []
  let count = 0
  for (let at = 0; at < bytes.length; count += 1) {
    if (count + 1 === starts.length) {
      starts = doubled(starts)
      closes = doubled(closes)
    }
    const first = bytes[at]
    if (first === closeBrace || first === closeBracket) {
      const opener = open.pop()
      if (opener === undefined) return null
      closes[opener] = count
    }
    const found = bytes.indexOf(lineFeed, at)
    at = found === -1 ? bytes.length : found + 1
    starts[count + 1] = at
    const last = bytes[at - 2]
    if (last === openBrace || last === openBracket) open.push(count)
  }
  return open.length === 0 ? { bytes, count, starts, closes } : null
}

function doubled(numbers: Uint32Array): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(2 * numbers.length)
  more.set(numbers)
  return more
}

/** The line behind a unit: one line, or what a line opens up to the line that closes it. */
export function unitEnd({ closes }: LineTable, line: number): number {
  let last = line
  for (let close = closes[last] ?? 0; close > 0; close = closes[last] ?? 0) last = close
  return last + 1
}

export function linesPiece({ bytes, starts }: LineTable, line: number, end: number): Piece {
  return { bytes, from: starts[line] ?? 0, to: starts[end] ?? 0 }
}

/** A unit without what stands between it and the next one: the last of its block has no comma. */
export function unitPiece(table: LineTable, line: number, end = unitEnd(table, line)): Piece {
  const { bytes, starts } = table
  return { bytes, from: starts[line] ?? 0, to: contentEnd(table, end) }
}

/** Where the last line before this one ends, without comma and line feed. */
export function contentEnd({ bytes, starts }: LineTable, line: number): number {
  const end = starts[line] ?? 0
  const newline = bytes[end - 1] === lineFeed ? 1 : 0
  return bytes[end - 1 - newline] === commaByte ? end - newline - 1 : end - newline
}

export function isSamePiece(tools: ByteTools, one: Piece, other: Piece): boolean {
  return one.to - one.from === other.to - other.from && tools.isSame(one, other)
}

/** What a line opens: its last byte. */
export function opens({ bytes, starts }: LineTable, line: number): 'list' | 'record' | null {
  const last = bytes[(starts[line + 1] ?? 0) - 2]
  return last === openBrace ? 'record' : last === openBracket ? 'list' : null
}

const [lineFeed, commaByte] = [0x0a, 0x2c]
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d]
