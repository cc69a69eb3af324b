import type { Range } from './alignUnits.ts'
import {
  linesPiece,
  opens,
  unitEnd,
  unitPiece,
  type ByteTools,
  type LineTable,
} from './lineTable.ts'

/** A key of a record and the unit of lines that has its value. */
export type Entry = {
  readonly key: string
  readonly line: number
  /** The lines inside a value that stands on lines of its own from its first to its last bracket; null for any other. */
  readonly inside: (Range & { readonly kind: 'list' | 'record' }) | null
}

/** Null for a line that does not begin with a key. */
export function entryAt(table: LineTable, line: number, tools: ByteTools): Entry | null {
  const { bytes, from, to } = linesPiece(table, line, line + 1)
  const end = endOfKey(bytes, from, to)
  if (end === null) return null
  const key: unknown = JSON.parse(tools.textOf({ bytes, from, to: end }))
  if (typeof key !== 'string') return null
  return { key, line, inside: insideOf(table, line, end) }
}

/** Where the quotes of a key end, at the start of a line. */
function endOfKey(bytes: Uint8Array, from: number, to: number): number | null {
  if (bytes[from] !== quote) return null
  for (let at = from + 1; at < to; at += 1) {
    if (bytes[at] === backslash) at += 1
    else if (bytes[at] === quote) return bytes[at + 1] === colon ? at + 1 : null
  }
  return null
}

function insideOf(table: LineTable, line: number, keyEnd: number): Entry['inside'] {
  const kind = opens(table, line)
  const close = table.closes[line] ?? 0
  if (kind === null || close + 1 !== unitEnd(table, line)) return null
  const { bytes, starts } = table
  const colonAndSpace = bytes[keyEnd + 1] === space ? 2 : 1
  const isHeadAlone = (starts[line + 1] ?? 0) - keyEnd === colonAndSpace + '[\n'.length
  const { from, to } = unitPiece(table, close, close + 1)
  return isHeadAlone && to - from === 1 ? { kind, line: line + 1, end: close } : null
}

const [quote, backslash, colon, space] = [0x22, 0x5c, 0x3a, 0x20]
