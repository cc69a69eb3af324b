import type { CodeRange } from './CodeRangeMark.tsx'

export type RangePiece = { readonly text: string; readonly range: CodeRange | null }

/** A line split at its ranges; of two that overlap the first is kept. */
export function splitRanges(text: string, ranges: readonly CodeRange[]): readonly RangePiece[] {
  const pieces: RangePiece[] = []
  let at = 0
  for (const range of ranges.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const start = Math.min(range.start, text.length)
    const end = Math.min(range.end, text.length)
    if (start < at) continue
    if (start > at) pieces.push({ text: text.slice(at, start), range: null })
    pieces.push({ text: text.slice(start, end), range })
    at = end
  }
  if (at < text.length) pieces.push({ text: text.slice(at), range: null })
  return pieces
}
