// Goes on behind what is no JSON: each way of doing so is an item, and moves forward by at least one character or one token.
import { addEdit, addItem, breakHere, takeBack } from './found.ts'
import { mendSecondWrite } from './secondWrite.ts'
import { mendToken, untrusted } from './mendToken.ts'
import { expects, type Scan, type TextEdit } from './scanState.ts'
import { dropValue, retractLast, skipSpace } from './steps.ts'

/** What stands at `scan.index` is no JSON there. Afterwards the strict scan goes on, or `scan.stopped` says why not. */
export function mend(scan: Scan): void {
  const { text, index } = scan
  const code = text.charCodeAt(index)
  if (code === 0xfeff && index === 0) return passOver(scan, 'bom', 1)
  if (code === 0) return mendZeros(scan)
  if (code === 0x2f && mendComment(scan)) return
  if (mendSecondWrite(scan)) return
  if (code === 0x23) return passOver(scan, 'hashComment', lineEnd(scan) - index)
  switch (scan.expected) {
    case expects.after:
      return mendAfter(scan, code)
    case expects.colon:
      return mendColon(scan, code)
    default:
      return mendBegin(scan, code)
  }
}

function passOver(scan: Scan, kind: 'bom' | 'comment' | 'hashComment', length: number): void {
  const [start, end] = [scan.index, scan.index + length]
  if (!addItem(scan, kind, { start, end, pointer: null })) return
  addEdit(scan, start, end, '')
  scan.index = end
}

function lineEnd({ text, index, end }: Scan): number {
  const found = text.indexOf('\n', index)
  return found === -1 ? end : Math.min(found, end)
}

/** [R26] False when no comment begins here. */
export function mendComment(scan: Scan): boolean {
  const { text, index, end } = scan
  if (text.startsWith('//', index)) {
    passOver(scan, 'comment', lineEnd(scan) - index)
    return true
  }
  if (!text.startsWith('/*', index)) return false
  const close = text.indexOf('*/', index + 2)
  passOver(scan, 'comment', (close === -1 ? end : Math.min(close + 2, end)) - index)
  return true
}

/** [R37] Behind the zeros the text goes on anywhere: the next line or comma is where it may be understood again. */
function mendZeros(scan: Scan): void {
  const { text, index: start } = scan
  let end = start
  while (end < scan.end && text.charCodeAt(end) === 0) end += 1
  if (!addItem(scan, 'zeroed', { start, end })) return
  const resume = nextSeparator(scan, end)
  breakHere(scan, { start, end })
  dropValue(scan, resume)
}

function nextSeparator({ text, end }: Scan, from: number): number {
  let index = from
  while (index < end && !',\n'.includes(text.charAt(index))) index += 1
  return index
}

/** [R34] [R36] */
function mendAfter(scan: Scan, code: number): void {
  const { text, index, depth } = scan
  if (code === 0x7d || code === 0x5d) {
    const level = levelOf(scan, code === 0x7d ? 1 : 0)
    const found = { start: index, end: index + 1 }
    if (level === -1) return skip(scan, 'strayBracket', index + 1)
    if (!addItem(scan, 'missingBracket', found)) return
    breakHere(scan, { start: index, end: index })
    scan.edits.push({ start: index, end: index, text: closersBelow(scan, level), isCloser: true })
    scan.depth = level + 1
    scan.keyTop = keyTopOf(scan, level + 1, depth)
    scan.safeEnd = index
    scan.safeDepth = scan.depth
    scan.safeStart = -1
    return
  }
  if (index === scan.safeEnd && scan.safeStart !== -1 && !/["{[]/.test(text.charAt(index)))
    return retractGlued(scan)
  if (!/["'{[\w-]/.test(text.charAt(index))) return skip(scan, 'garbage', garbageEnd(scan))
  if (!addItem(scan, 'missingComma', { start: index, end: index + 1 })) return
  breakHere(scan, { start: index, end: index })
  insertComma(scan)
  scan.expected = scan.isObject[depth - 1] === 1 ? expects.key : expects.value
}

/**
 * Something stands right behind a value: the value is damaged too. A text that ends like the space between two members has
 * lost its closing quote, and what ended it opens the next member; else a quote inside it was not escaped.
 */
function retractGlued(scan: Scan): void {
  const { text, safeStart: start, safeEnd: end } = scan
  const kind = text.charAt(start) === '"' ? 'untrustedString' : 'untrustedNumber'
  const isOverrun = /[,:[{]\s*"$/.test(text.slice(Math.max(start + 1, end - 100), end))
  const resume = kind === 'untrustedNumber' ? garbageEnd(scan) : isOverrun ? end - 1 : lateEnd(scan)
  retractLast(scan)
  scan.index = start
  scan.expected = valueExpected(scan)
  untrusted(scan, kind, resume)
}

/** The last expectation again, before a value that is taken back. */
function valueExpected(scan: Scan): number {
  return scan.depth > 0 && scan.isObject[scan.depth - 1] === 1 ? expects.value : expects.firstItem
}

/** Behind the next quote in this line that looks like the end of a text. */
function lateEnd(scan: Scan): number {
  const { text, index } = scan
  const found = /^[^\n\0]{0,10000}?"(?=[ \t]*(?:[,}\]]|\r?\n))/.exec(
    text.slice(index, index + 10_100),
  )
  return found === null ? garbageEnd(scan) : Math.min(scan.end, index + found[0].length)
}

/** Right behind the last value, so that it goes with that value. */
function insertComma(scan: Scan): void {
  const { safeEnd, edits } = scan
  const later: TextEdit[] = []
  for (let last = edits.at(-1); last !== undefined && last.start >= safeEnd; last = edits.at(-1)) {
    if (last.isCloser === true) break
    later.unshift(last)
    edits.pop()
  }
  addEdit(scan, safeEnd, safeEnd, ',')
  edits.push(...later)
}

/** The innermost open level of this kind, or -1. */
function levelOf(scan: Scan, isObject: number): number {
  for (let level = scan.depth - 1; level >= 0; level -= 1)
    if (scan.isObject[level] === isObject) return level
  return -1
}

function closersBelow(scan: Scan, level: number): string {
  const parts: string[] = []
  for (let open = scan.depth - 1; open > level; open -= 1)
    parts.push(scan.isObject[open] === 1 ? '}' : ']')
  return parts.join('')
}

function keyTopOf(scan: Scan, level: number, depth: number): number {
  for (const known of scan.wide.keys()) if (known >= level) scan.wide.delete(known)
  return level < depth ? (scan.keyBases[level] ?? 0) : scan.keyTop
}

/** [R34] [R35] */
function mendColon(scan: Scan, code: number): void {
  const { text, index } = scan
  if (code === 0x2c || code === 0x7d || code === 0x5d) return missingValue(scan)
  const length = text.startsWith('=>', index) ? 2 : code === 0x3d ? 1 : 0
  const next = text.charAt(skipSpace(scan, index + length))
  if (!/["'{[\w-]/.test(next)) return skip(scan, 'garbage', garbageEnd(scan))
  if (!addItem(scan, 'missingColon', { start: index, end: index + Math.max(1, length) })) return
  breakHere(scan, { start: index, end: index + length })
  addEdit(scan, index, index + length, ':')
  scan.index = index + length
  scan.expected = expects.value
}

function missingValue(scan: Scan): void {
  const { index } = scan
  addItem(scan, 'missingValue', { start: index, end: index + 1 })
  dropValue(scan, index)
}

/** A key or a value was expected. */
function mendBegin(scan: Scan, code: number): void {
  const { index, depth, expected } = scan
  const isMember = depth > 0 && scan.isObject[depth - 1] === 1
  if (isMember && expected === expects.value && (code === 0x2c || code === 0x7d || code === 0x5d))
    return missingValue(scan)
  if ((code === 0x7d || code === 0x5d) && depth > 0) {
    const isFirst = expected === expects.firstItem || expected === expects.firstKey
    if (isFirst && levelOf(scan, code === 0x7d ? 1 : 0) === -1)
      return skip(scan, 'strayBracket', index + 1)
    if (isFirst) scan.expected = expects.after
    else dropComma(scan, index)
    return
  }
  if (code === 0x2c && depth > 0) {
    if (!addItem(scan, 'extraComma', { start: index, end: index + 1 })) return
    addEdit(scan, index, index + 1, '')
    scan.index = index + 1
    return
  }
  if (!mendToken(scan, code)) skip(scan, 'garbage', garbageEnd(scan))
}

/** [R27] What stands between the last value and its closing bracket goes, the comma among it. */
function dropComma(scan: Scan, at: number): void {
  const { text, safeEnd } = scan
  const comma = text.indexOf(',', safeEnd)
  if (comma !== -1 && comma < at) addItem(scan, 'trailingComma', { start: comma, end: comma + 1 })
  let end = at
  while (end > safeEnd && ' \n\r\t'.includes(text.charAt(end - 1))) end -= 1
  takeBack(scan, safeEnd)
  addEdit(scan, safeEnd, end, '')
  scan.expected = expects.after
}

/** [R36] */
function skip(scan: Scan, kind: 'garbage' | 'strayBracket', end: number): void {
  const start = scan.index
  if (!addItem(scan, kind, { start, end })) return
  breakHere(scan, { start, end })
  addEdit(scan, start, end, '')
  scan.index = end
}

function garbageEnd({ text, index, end }: Scan): number {
  let next = index + 1
  while (next < end && !'{}[]",:\n\0'.includes(text.charAt(next))) next += 1
  return next
}
