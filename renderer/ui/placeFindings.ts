import { isUtf16, type ByteFinding, type ByteWindow } from './byteWindow.ts'
import type { CodeMark } from './CodeLine.tsx'

/** Where findings stand in a window of a file, in lines as they are shown. */
export type PlacedFindings = {
  /** Number of the window's first line in the file; null when nothing tells it. */
  readonly firstLine: number | null
  readonly marks: readonly CodeMark[]
  readonly firstMarked: number | null
}

type Window = Pick<ByteWindow, 'text' | 'offset' | 'written'>

export function placeFindings(window: Window, findings: readonly ByteFinding[]): PlacedFindings {
  const bytes = isUtf16(window) ? bytesOfUnits(window.text) : new TextEncoder().encode(window.text)
  const placed = findings.flatMap((finding) => {
    const index = lineIndex(window.offset, bytes, finding)
    return index === null ? [] : [{ finding, index }]
  })
  const firstLine = window.offset === 0 ? 1 : firstLineOf(placed)
  const marks = placed.map(({ finding, index }) => ({
    line: index + (firstLine ?? 1),
    severity: finding.severity,
    text: finding.sentence,
  }))
  return { firstLine, marks, firstMarked: marks[0]?.line ?? null }
}

function firstLineOf(
  placed: readonly { readonly finding: ByteFinding; readonly index: number }[],
): number | null {
  const known = placed.find(({ finding }) => finding.line !== null)
  return known === undefined || known.finding.line === null
    ? null
    : known.finding.line - known.index
}

/** Index of the line in the window at which a finding stands; null when it stands elsewhere. */
function lineIndex(offset: number, bytes: Uint8Array, finding: ByteFinding): number | null {
  // From the beginning lines are exact, also where bytes that are no UTF-8 move the offsets.
  if (offset === 0 && finding.line !== null) return finding.line - 1
  if (finding.offset === null) return null
  const end = finding.offset - offset
  if (end < 0 || end > bytes.length) return null
  return bytes.subarray(0, end).filter((byte) => byte === lineFeed).length
}

/** Two a unit, of which only line feeds are told. */
function bytesOfUnits(text: string): Uint8Array {
  const bytes = new Uint8Array(2 * text.length)
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1))
    bytes[2 * at] = lineFeed
  return bytes
}

const lineFeed = 10
