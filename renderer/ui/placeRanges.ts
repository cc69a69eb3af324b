import { isUtf16, type ByteRange, type ByteWindow } from './byteWindow.ts'

/** A damaged part of one line of the window: lines from 0, columns in UTF-16 units. */
export type PlacedRange<Range extends ByteRange = ByteRange> = {
  readonly range: Range
  readonly line: number
  readonly start: number
  readonly end: number
}

/** [R97] The damage that stands in this window, line by line. What leaves the file as a whole is no such part. */
export function placeRanges<Range extends ByteRange>(
  window: ByteWindow,
  ranges: readonly Range[],
): readonly PlacedRange<Range>[] {
  const end = window.nextOffset ?? window.sizeBytes
  const shown = ranges.filter(
    ({ kind, offset, sizeBytes }) =>
      kind !== 'goes' && offset <= end && offset + sizeBytes >= window.offset,
  )
  if (shown.length === 0) return []
  const indexAt = indexOfBytes(window, end)
  const starts = lineStarts(window.text)
  return shown.flatMap((range) => {
    const from = indexAt(range.offset)
    return linesOf(window.text, starts, { from, to: indexAt(range.offset + range.sizeBytes) }).map(
      (part) => ({ range, ...part }),
    )
  })
}

/** Line, from 0, in which a byte of the file stands in this window; null where it is not in it. */
export function lineAtOffset(window: ByteWindow, offset: number): number | null {
  const end = window.nextOffset ?? window.sizeBytes
  if (offset < window.offset || offset > end) return null
  const index = indexOfBytes(window, end)(offset)
  return lineOfIndex(lineStarts(window.text), index)
}

/** By byte of the file the index in the text. Bytes that are no UTF-8 stand there as one U+FFFD each. */
function indexOfBytes(window: ByteWindow, end: number): (byte: number) => number {
  const { text, offset } = window
  if (isUtf16(window))
    return (byte) => Math.max(0, Math.min(text.length, Math.floor((byte - offset) / 2)))
  const bytes = end - offset
  const whole = new TextEncoder().encode(text).byteLength
  const replaced = whole === bytes ? 3 : 1
  const offsets = new Float64Array(text.length + 1)
  let at = 0
  for (let index = 0; index < text.length; index += 1) {
    offsets[index] = at
    at += sizeAt(text, index, replaced)
  }
  offsets[text.length] = at
  return (byte) => firstAtLeast(offsets, byte - offset)
}

function sizeAt(text: string, index: number, replaced: number): number {
  const code = text.charCodeAt(index)
  if (code < 0x80) return 1
  if (code < 0x800) return 2
  if (code === 0xfffd) return replaced
  // Each half of a pair stands for two of its four bytes.
  return code >= 0xd800 && code < 0xe000 ? 2 : 3
}

function firstAtLeast(offsets: Float64Array, byte: number): number {
  let [low, high] = [0, offsets.length - 1]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((offsets[middle] ?? 0) < byte) low = middle + 1
    else high = middle
  }
  return low
}

function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

function lineOfIndex(starts: readonly number[], index: number): number {
  const next = starts.findIndex((start) => start > index)
  return next === -1 ? starts.length - 1 : next - 1
}

/** The end of the last line is no line of its own: what stands there stands at the end of that line. */
function linesOf(
  text: string,
  starts: readonly number[],
  { from, to }: { readonly from: number; readonly to: number },
): readonly Omit<PlacedRange, 'range'>[] {
  const isAtEnd = from === text.length && text.endsWith('\n')
  const start = isAtEnd ? from - 1 : from
  const end = Math.max(start, isAtEnd ? start : to)
  const parts: Omit<PlacedRange, 'range'>[] = []
  for (let line = lineOfIndex(starts, start); line < starts.length; line += 1) {
    const begin = starts[line] ?? 0
    if (parts.length > 0 && begin >= end) break
    const stop = (starts[line + 1] ?? text.length + 1) - 1
    parts.push({
      line,
      start: Math.max(0, start - begin),
      end: Math.max(start, Math.min(end, stop)) - begin,
    })
  }
  return parts
}
