import type { TextSlice } from '../../../shared/contract/call.ts'
import type { Finding } from '../../../shared/core/integrity/finding.ts'
import type { CodeMark } from '../../ui/CodeLine.tsx'

/** Where findings stand in a window of a file, in lines as they are shown. */
export type PlacedFindings = {
  /** Number of the window's first line in the file; null when nothing tells it. */
  readonly firstLine: number | null
  readonly marks: readonly CodeMark[]
  readonly firstMarked: number | null
}

type Place = Pick<Finding, 'offset' | 'line'>
type Window = Pick<TextSlice, 'text' | 'offset'>

export function placeFindings(window: Window, findings: readonly Finding[]): PlacedFindings {
  const bytes = new TextEncoder().encode(window.text)
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
  placed: readonly { readonly finding: Finding; readonly index: number }[],
): number | null {
  const known = placed.find(({ finding }) => finding.line !== null)
  return known === undefined || known.finding.line === null
    ? null
    : known.finding.line - known.index
}

/** Index of the line in the window at which a finding stands; null when it stands elsewhere. */
function lineIndex(offset: number, bytes: Uint8Array, finding: Place): number | null {
  // From the beginning lines are exact, also where bytes that are no UTF-8 move the offsets.
  if (offset === 0 && finding.line !== null) return finding.line - 1
  if (finding.offset === null) return null
  const end = finding.offset - offset
  if (end < 0 || end > bytes.length) return null
  return bytes.subarray(0, end).filter((byte) => byte === lineFeed).length
}

const lineFeed = 10
