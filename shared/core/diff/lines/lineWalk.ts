import { enter as enterPlace, leave as leavePlace, type Walk } from '../walk.ts'
import { alignRest } from './alignRest.ts'
import { compareAligned } from './compareAligned.ts'
import { equalLinesEnd } from './equalLines.ts'
import { findMeeting, isSameStop, lookAhead, lookToEnd, type Stop } from './lookAhead.ts'
import { areUnlike } from './numberUnits.ts'
import { addEqual, addLeft, createSection, type OpenSection, type SideName } from './openSection.ts'
import type { Section } from './section.ts'
import { stepOf, type Step } from './step.ts'
import {
  closesAlone,
  depthOf,
  isClosing,
  isHead,
  keyOfLine,
  lineEnd,
  lineFeed,
  opensAt,
  unfit,
  unitEnd,
  unitPiece,
  type ByteTools,
  type Piece,
  type TextWindow,
} from './textWindow.ts'

/** What of both texts is in memory. */
export type Windows = { readonly before: TextWindow; readonly after: TextWindow }

export type LineWalk = {
  /** Goes on as far as the windows allow; `on` once the blocks have ended. */
  readonly advance: (windows: Windows) => Step
  /** What was found; whole once the blocks have ended. */
  readonly root: Section
}

export type LineWalkOptions = {
  readonly tools: ByteTools
  /** Gets the changes of what is compared at once. */
  readonly walk: Walk
  /** Bytes that may have no equal partner: where there are more, it is shorter to parse both texts. */
  readonly mostLeftBytes: number
  /** Keys of the outermost record that are left out. */
  readonly without: ReadonlySet<string>
}

/**
 * Walks two blocks of lines beside each other, from behind the line that opens them. Only what has no equal partner in its
 * place is kept: texts of any size need little memory.
 */
export function createLineWalk({ tools, walk, mostLeftBytes, without }: LineWalkOptions): LineWalk {
  const root = createSection('record', '')
  const open: OpenSection[] = [root]
  /** How deep each side is in a value that is left out. */
  const skipped = { before: 0, after: 0 }
  let mayLeave = mostLeftBytes

  function advance(windows: Windows): Step {
    for (let section = open.at(-1); section !== undefined; section = open.at(-1)) {
      const skip = skipLeftOut(windows)
      if (skip !== 'on') return skip
      if (passEqualLines(windows)) continue
      const step = passUnlike(section, windows)
      if (step !== 'on') return step
    }
    return 'on'
  }

  function skipLeftOut(windows: Windows): Step {
    for (const side of ['before', 'after'] as const) {
      const window = windows[side]
      while (skipped[side] > 0) {
        const end = lineEnd(window, window.at)
        if (end < 0) return stepOf(end)
        skipped[side] += depthOf(window.bytes, window.at, end)
        window.at = end
      }
    }
    return 'on'
  }

  /** Lines that are the same bytes on both sides; false where there is none that can be passed. */
  function passEqualLines({ before, after }: Windows): boolean {
    const start = before.at
    const until = equalLinesEnd(tools, before, after)
    for (let section = open.at(-1); section !== undefined; section = open.at(-1)) {
      if (before.at >= until || skipped.before > 0) break
      const end = passEqual(section, before, until)
      if (end < 0) break
      before.at = end
    }
    after.at += before.at - start
    return before.at > start
  }

  /** Behind a unit, or a line that opens or closes a block. */
  function passEqual(section: OpenSection, { bytes, at }: TextWindow, until: number): number {
    const line = { bytes, from: at, to: bytes.indexOf(lineFeed, at) + 1 }
    if (isClosing(bytes, at)) return close(section, line) ? line.to : unfit
    const opened = opensAt(bytes, line.to)
    if (opened !== null && section.kind === 'record' && isHead(bytes, at, line.to)) {
      enter(section, line)
      return line.to
    }
    const rest = { bytes, at, end: until, isLast: false }
    const end = opened === null ? line.to : unitEnd(rest, at)
    if (end > 0) addEqual(section)
    return end
  }

  function enter(section: OpenSection, line: Piece): void {
    const key = keyOfLine(tools, line) ?? ''
    if (section === root && without.has(key)) {
      skipped.before = 1
      skipped.after = 1
      return
    }
    const inner = createSection(opensAt(line.bytes, line.to) ?? 'record', key)
    section.gone.push(inner)
    open.push(inner)
    enterPlace(walk, key, key)
  }

  function close(section: OpenSection, ...lines: readonly Piece[]): boolean {
    if (!lines.every((line) => closesAlone(line, section.kind))) return false
    if (open.pop() !== root) leavePlace(walk)
    return true
  }

  function passUnlike(section: OpenSection, windows: Windows): Step {
    if (section.isAligned) return passAligned(section, windows)
    const { before, after } = windows
    const [left, right] = [lookAhead(section.kind, before), lookAhead(section.kind, after)]
    if (typeof left === 'number') return stepOf(left)
    if (typeof right === 'number') return stepOf(right)
    const [one, other] = [left[0], right[0]]
    if (one === undefined || other === undefined) return 'unfit'
    if (isSameStop(tools, one, other)) return passSame(section, windows, [one, other])
    if (one.kind === 'close') return passLone(section, 'after', after)
    if (other.kind === 'close') return passLone(section, 'before', before)
    const meeting = findMeeting(tools, left, right)
    if (meeting === null) return passRest(section, windows)
    const [lefts, rights] = [left.slice(0, meeting.left), right.slice(0, meeting.right)]
    before.at = lefts.at(-1)?.end ?? before.at
    after.at = rights.at(-1)?.end ?? after.at
    return leave(section, lefts, rights) ? 'on' : 'unfit'
  }

  /** The same but for the comma behind it. */
  function passSame(section: OpenSection, { before, after }: Windows, [one, other]: Pair): Step {
    if (one.kind === 'close' && !close(section, one.piece, other.piece)) return 'unfit'
    if (one.kind === 'unit') addEqual(section)
    before.at = one.end
    after.at = other.end
    return 'on'
  }

  /** A unit for which the other side has none: its block ends there. */
  function passLone(section: OpenSection, side: SideName, window: TextWindow): Step {
    const end = unitEnd(window, window.at)
    if (end < 0) return stepOf(end)
    const piece = unitPiece(window.bytes, window.at, end)
    window.at = end
    return leaveUnit(section, side, piece) ? 'on' : 'unfit'
  }

  /** All units that are left of a block, where both sides go on alike too far away to be seen. */
  function passRest(section: OpenSection, { before, after }: Windows): Step {
    const unlike = seemUnlike(before, after)
    if (typeof unlike === 'number') return stepOf(unlike)
    // Of the outermost block some keys may be left out.
    section.isAligned = unlike && section !== root
    if (unlike) return section.isAligned ? 'on' : 'unfit'
    const [left, right] = [lookToEnd(before), lookToEnd(after)]
    if (typeof left === 'number') return stepOf(left)
    if (typeof right === 'number') return stepOf(right)
    const units = { before: left.map(pieceOf), after: right.map(pieceOf) }
    const pairs = alignRest(tools, units, (bytes) => bytes <= mayLeave)
    if (pairs === null) return 'unfit'
    let [from, to] = [0, 0]
    for (const pair of pairs) {
      if (!leave(section, left.slice(from, pair.from), right.slice(to, pair.to))) return 'unfit'
      addEqual(section)
      from = pair.from + 1
      to = pair.to + 1
    }
    before.at = left.at(-1)?.end ?? before.at
    after.at = right.at(-1)?.end ?? after.at
    return leave(section, left.slice(from), right.slice(to)) ? 'on' : 'unfit'
  }

  /** `unfit` where something came, went or moved: then all has to be known to tell what became of what. */
  function passAligned(section: OpenSection, { before, after }: Windows): Step {
    const { kind } = section
    const [left, right] = [lookAhead(kind, before, sideBySide), lookAhead(kind, after, sideBySide)]
    if (typeof left === 'number') return stepOf(left)
    if (typeof right === 'number') return stepOf(right)
    const [one, other] = [left.filter(isOfUnit), right.filter(isOfUnit)]
    const count = Math.min(one.length, other.length)
    section.isAligned = count > 0
    if (count === 0) return 'on'
    const units = { before: one.slice(0, count), after: other.slice(0, count) }
    if (!compareAligned({ walk, tools, section }, units)) return 'unfit'
    before.at = units.before.at(-1)?.end ?? before.at
    after.at = units.after.at(-1)?.end ?? after.at
    for (let passed = 0; passed < count; passed += 1) addEqual(section)
    return 'on'
  }

  function leave(section: OpenSection, left: readonly Stop[], right: readonly Stop[]): boolean {
    return (
      left.every(({ piece }) => leaveUnit(section, 'before', piece)) &&
      right.every(({ piece }) => leaveUnit(section, 'after', piece))
    )
  }

  /** False once so much had to be kept that parsing both texts is the shorter way. */
  function leaveUnit(section: OpenSection, side: SideName, piece: Piece): boolean {
    const key = section.kind === 'record' ? keyOfLine(tools, piece) : ''
    if (key === null) return false
    if (section === root && without.has(key)) return true
    mayLeave -= piece.to - piece.from
    if (mayLeave >= 0) addLeft(section, side, tools.textOf(piece))
    return mayLeave >= 0
  }

  return { advance, root }
}

/** Whether nothing of much is alike; a number where that is not in memory. */
function seemUnlike(before: TextWindow, after: TextWindow): boolean | number {
  const [left, right] = [lookToEnd(before, muchBytes), lookToEnd(after, muchBytes)]
  if (typeof left === 'number') return left
  if (typeof right === 'number') return right
  const isMuch = bytesOf(before, left) >= muchBytes && bytesOf(after, right) >= muchBytes
  return isMuch && areUnlike({ before: left.map(pieceOf), after: right.map(pieceOf) })
}

/** Units that are read at once: what becomes of so few the garbage collector never has to move. */
const sideBySide = 64
const muchBytes = 4 * 2 ** 20

function bytesOf({ at }: TextWindow, stops: readonly Stop[]): number {
  return (stops.at(-1)?.end ?? at) - at
}

type Pair = readonly [one: Stop, other: Stop]

function isOfUnit({ kind }: Stop): boolean {
  return kind === 'unit'
}

function pieceOf({ piece }: Stop): Piece {
  return piece
}
