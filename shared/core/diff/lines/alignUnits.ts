import { commonSubsequence } from '../commonSubsequence.ts'
import {
  isSamePiece,
  linesPiece,
  unitEnd,
  unitPiece,
  type ByteTools,
  type LineTable,
} from './lineTable.ts'
import { lonelyBytes, numberUnits } from './numberUnits.ts'

/** Lines between an opening and a closing one, and the tables that they are of. */
export type Blocks = {
  readonly tools: ByteTools
  readonly before: LineTable
  readonly after: LineTable
  /** Whether so many bytes without an equal partner can be read, or the search is for nothing. */
  readonly mayLeave: (bytes: number) => boolean
}
export type Range = { readonly line: number; readonly end: number }

/** A unit that has no equal one in its place: the line, and which child of its block it is. */
export type LeftUnit = { readonly line: number; readonly index: number }

export type Alignment = {
  readonly before: readonly LeftUnit[]
  readonly after: readonly LeftUnit[]
  /** Runs of equal units: index in the earlier block, in the later one, and how many; three numbers a run. */
  readonly runs: readonly number[]
  readonly lengths: { readonly before: number; readonly after: number }
}

type Cursor = { line: number; index: number; readonly end: number }
type State = {
  readonly blocks: Blocks
  readonly one: Cursor
  readonly other: Cursor
  readonly before: LeftUnit[]
  readonly after: LeftUnit[]
  readonly runs: number[]
}

/** Units that are looked at on each side to find where both go on alike. */
const windowSize = 16

/** Which units of two blocks are the same, in order; null when the search was given up. */
export function alignUnits(blocks: Blocks, one: Range, other: Range): Alignment | null {
  const state: State = {
    blocks,
    one: { ...one, index: 0 },
    other: { ...other, index: 0 },
    before: [],
    after: [],
    runs: [],
  }
  for (;;) {
    passEqual(state)
    if (state.one.line >= one.end || state.other.line >= other.end) break
    if (passChanged(state)) continue
    if (!alignRest(state)) return null
  }
  passLeft(state.one, blocks.before, state.before, Infinity)
  passLeft(state.other, blocks.after, state.after, Infinity)
  const lengths = { before: state.one.index, after: state.other.index }
  return { before: state.before, after: state.after, runs: state.runs, lengths }
}

function passEqual({ blocks, one, other, runs }: State): void {
  const { before, after } = blocks
  const sameEnd = one.line + equalLines(blocks, one, other)
  const [from, to] = [one.index, other.index]
  while (one.line < one.end && other.line < other.end) {
    const next = unitEnd(before, one.line)
    if (next <= sameEnd) other.line += next - one.line
    else if (isEqualUnit(blocks, one.line, other.line)) other.line = unitEnd(after, other.line)
    else break
    one.line = next
    one.index += 1
    other.index += 1
  }
  if (one.index > from) runs.push(from, to, one.index - from)
}

/** How many lines are the same from here on, in steps that grow as long as they are. */
function equalLines({ tools, before, after }: Blocks, one: Cursor, other: Cursor): number {
  const most = Math.min(one.end - one.line, other.end - other.line)
  let count = 0
  let step = 1
  let isGrowing = true
  while (count < most) {
    const lines = Math.min(step, most - count)
    const [left, right] = [one.line + count, other.line + count]
    if (
      isSamePiece(
        tools,
        linesPiece(before, left, left + lines),
        linesPiece(after, right, right + lines),
      )
    ) {
      count += lines
      if (isGrowing) step = Math.min(2 * step, mostLines)
    } else {
      if (lines === 1) return count
      isGrowing = false
      step = lines >> 1
    }
  }
  return count
}

const mostLines = 256

function isEqualUnit({ tools, before, after }: Blocks, one: number, other: number): boolean {
  return isSamePiece(tools, unitPiece(before, one), unitPiece(after, other))
}

/** Leaves out as few units as can be until both sides are alike again; false when that is too far away. */
function passChanged({ blocks, one, other, before, after }: State): boolean {
  const [lines, others] = [windowOf(blocks.before, one), windowOf(blocks.after, other)]
  for (let far = 1; far < lines.length + others.length - 1; far += 1) {
    for (
      let skip = Math.max(0, far - others.length + 1);
      skip <= Math.min(far, lines.length - 1);
      skip += 1
    ) {
      const [left, right] = [lines[skip] ?? 0, others[far - skip] ?? 0]
      if (!isMeeting(blocks, { left, right, leftEnd: one.end, rightEnd: other.end })) continue
      passLeft(one, blocks.before, before, left)
      passLeft(other, blocks.after, after, right)
      return true
    }
  }
  return false
}

/** Lines at which the next units begin; the end of the block is one of them. */
function windowOf(table: LineTable, { line, end }: Cursor): readonly number[] {
  const lines = [line]
  let next = line
  while (next < end && lines.length <= windowSize) {
    next = unitEnd(table, next)
    lines.push(next)
  }
  return lines
}

type Meeting = { left: number; right: number; leftEnd: number; rightEnd: number }

/** Two units one after the other: a single one, such as a zero in a list, may be the same by chance. */
function isMeeting(blocks: Blocks, { left, right, leftEnd, rightEnd }: Meeting): boolean {
  const [isLeftEnd, isRightEnd] = [left >= leftEnd, right >= rightEnd]
  if (isLeftEnd || isRightEnd) return isLeftEnd && isRightEnd
  if (!isEqualUnit(blocks, left, right)) return false
  const [next, other] = [unitEnd(blocks.before, left), unitEnd(blocks.after, right)]
  if (next >= leftEnd || other >= rightEnd) return next >= leftEnd && other >= rightEnd
  return isEqualUnit(blocks, next, other)
}

function passLeft(cursor: Cursor, table: LineTable, left: LeftUnit[], until: number): void {
  while (cursor.line < Math.min(until, cursor.end)) {
    left.push({ line: cursor.line, index: cursor.index })
    cursor.line = unitEnd(table, cursor.line)
    cursor.index += 1
  }
}

/** More steps would take longer than to read both texts. */
const mostSteps = 1_000_000

/** By the longest common subsequence of all units that are left; false when it would be for nothing. */
function alignRest({ blocks, one, other, before, after, runs }: State): boolean {
  if (!blocks.mayLeave(lonelyBytes(blocks, one, other))) return false
  const [left, right]: [LeftUnit[], LeftUnit[]] = [[], []]
  passLeft(one, blocks.before, left, Infinity)
  passLeft(other, blocks.after, right, Infinity)
  const numbered = numberUnits(blocks, { before: left, after: right })
  const [earlier, later] = [numbered.before, numbered.after]
  const { pairs } = commonSubsequence(earlier.numbers, later.numbers, mostSteps)
  if (pairs === null) return false
  const paired = new Set<LeftUnit>()
  for (const pair of pairs) {
    const [from, to] = [earlier.units[pair.from], later.units[pair.to]]
    if (from === undefined || to === undefined) continue
    paired.add(from).add(to)
    runs.push(from.index, to.index, 1)
  }
  before.push(...left.filter((unit) => !paired.has(unit)))
  after.push(...right.filter((unit) => !paired.has(unit)))
  return true
}
