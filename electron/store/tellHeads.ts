import { readHeadLine } from './headLine.ts'
import type { HeadLines } from './headLines.ts'

/** The heads of a day, of which the columns tell what they say. */
export type ToldHeads = {
  /** Their starts. */
  readonly bytes: Uint8Array
  readonly lines: HeadLines
  /** Says of a file's name that its run is of that day. */
  readonly home: RegExp | null
}

/** Tells what a head says, by its place among the heads. */
export function tellHead(
  { bytes, lines, home }: ToldHeads,
  index: number,
  head: { readonly name: string; readonly from: number; readonly to: number },
): void {
  const { name, from, to } = head
  if (!plainHead.test(name) || !readHeadLine({ bytes, lines, index }, from, to)) return
  if (!isNamed(bytes, lines, { index, name })) return
  lines.isTold[index] = 1
  lines.isHome[index] = home?.test(name) === true ? 1 : 0
}

/** The file has the name of the run that the head tells of. */
function isNamed(
  bytes: Uint8Array,
  { id }: HeadLines,
  { index, name }: { readonly index: number; readonly name: string },
): boolean {
  const from = id[index * 2] ?? 0
  const to = id[index * 2 + 1] ?? 0
  if (to - from !== name.length - headEnding.length) return false
  for (let at = from; at < to; at++) if (bytes[at] !== name.charCodeAt(at - from)) return false
  return true
}

export const headEnding = '.json'

/** The name of a run's head; longer than any name of a device, and of what every id may have: the schema would say the same. */
export const plainHead = /^[a-z0-9_-]{10,128}\.json$/
