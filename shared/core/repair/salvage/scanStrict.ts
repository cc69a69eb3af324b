import { noteKey } from './keys.ts'
import { expects, growLevels, mostLevels, type Scan } from './scanState.ts'

/**
 * `complete`: the root value has ended and something follows. `end`: the text ends; what stands from `index` on is a token
 * that touches the end, or nothing. `flaw`: what stands at `index` is no JSON there.
 */
export type Stop = 'complete' | 'end' | 'flaw'

const touchesEnd = -1
const isFlawed = -2

/** Goes on as far as the text is RFC 8259 JSON. Each character is looked at once; no closures, so that all stays in registers. */
export function scanStrict(scan: Scan): Stop {
  const { text, end } = scan
  let { index, expected, depth, safeEnd, safeDepth, safeStart, priorEnd, priorDepth } = scan
  let stop: Stop = 'end'
  while (index < end) {
    const code = text.charCodeAt(index)
    if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
      index += 1
      continue
    }
    if (expected === expects.after && depth === 0) {
      stop = 'complete'
      break
    }
    if (code === 0x7d || code === 0x5d) {
      const isObject = depth > 0 && scan.isObject[depth - 1] === 1
      const canClose =
        expected === expects.after || expected === (isObject ? expects.firstKey : expects.firstItem)
      if (depth === 0 || !canClose || code !== (isObject ? 0x7d : 0x5d)) {
        stop = 'flaw'
        break
      }
      depth -= 1
      index += 1
      scan.keyTop = scan.keyBases[depth] ?? 0
      if (scan.wide.size > 0) scan.wide.delete(depth)
      priorEnd = safeEnd
      priorDepth = safeDepth
      safeEnd = index
      safeDepth = depth
      safeStart = -1
      expected = expects.after
      continue
    }
    if (expected === expects.after) {
      if (code !== 0x2c) {
        stop = 'flaw'
        break
      }
      index += 1
      expected = scan.isObject[depth - 1] === 1 ? expects.key : expects.value
      continue
    }
    if (expected === expects.key || expected === expects.firstKey) {
      scan.hasEscape = false
      const after = code === 0x22 ? stringEnd(scan, text, index, end) : isFlawed
      if (after < 0) {
        stop = after === touchesEnd ? 'end' : 'flaw'
        break
      }
      noteKey(scan, depth, index, after)
      index = after
      expected = expects.colon
      continue
    }
    if (expected === expects.colon) {
      if (code !== 0x3a) {
        stop = 'flaw'
        break
      }
      index += 1
      expected = expects.value
      continue
    }
    if (code === 0x7b || code === 0x5b) {
      if (depth === mostLevels) {
        stop = 'flaw'
        break
      }
      if (depth > 0) scan.counts[depth - 1] = (scan.counts[depth - 1] ?? 0) + 1
      if (depth === scan.opens.length) growLevels(scan)
      scan.opens[depth] = index
      scan.isObject[depth] = code === 0x7b ? 1 : 0
      scan.counts[depth] = 0
      scan.keyBases[depth] = scan.keyTop
      depth += 1
      index += 1
      expected = code === 0x7b ? expects.firstKey : expects.firstItem
      continue
    }
    const after =
      code === 0x22
        ? stringEnd(scan, text, index, end)
        : code === 0x2d || (code >= 0x30 && code <= 0x39)
          ? numberEnd(text, index, end)
          : wordEnd(text, index, end)
    if (after < 0) {
      stop = after === touchesEnd ? 'end' : 'flaw'
      break
    }
    if (depth > 0) scan.counts[depth - 1] = (scan.counts[depth - 1] ?? 0) + 1
    priorEnd = safeEnd
    priorDepth = safeDepth
    safeEnd = after
    safeDepth = depth
    safeStart = index
    index = after
    expected = expects.after
  }
  scan.index = index
  scan.expected = expected
  scan.depth = depth
  scan.safeEnd = safeEnd
  scan.safeDepth = safeDepth
  scan.safeStart = safeStart
  scan.priorEnd = priorEnd
  scan.priorDepth = priorDepth
  return stop
}

/** Behind the closing quote of the string that starts here, or why there is none. */
function stringEnd(scan: Scan, text: string, start: number, end: number): number {
  let index = start + 1
  while (index < end) {
    const code = text.charCodeAt(index)
    if (code === 0x22) {
      const isFaulty = scan.hasEscapedBytes && holdsEscapedByte(text.slice(start, index))
      return isFaulty ? isFlawed : index + 1
    }
    if (code < 0x20) return isFlawed
    if (code !== 0x5c) {
      index += 1
      continue
    }
    scan.hasEscape = true
    const after = escapeEnd(text, index, end)
    if (after < 0) return after
    index = after
  }
  return touchesEnd
}

function escapeEnd(text: string, start: number, end: number): number {
  if (start + 1 >= end) return touchesEnd
  switch (text.charCodeAt(start + 1)) {
    case 0x22:
    case 0x5c:
    case 0x2f:
    case 0x62:
    case 0x66:
    case 0x6e:
    case 0x72:
    case 0x74:
      return start + 2
    case 0x75:
      break
    default:
      return isFlawed
  }
  for (let index = start + 2; index < start + 6; index += 1) {
    if (index >= end) return touchesEnd
    if (!isHex(text.charCodeAt(index))) return isFlawed
  }
  return start + 6
}

function isHex(code: number): boolean {
  const lower = code | 0x20
  return (code >= 0x30 && code <= 0x39) || (lower >= 0x61 && lower <= 0x66)
}

/** A number is complete only where something behind it says so: a number at the very end may have lost digits. */
function numberEnd(text: string, start: number, end: number): number {
  let index = start
  if (text.charCodeAt(index) === 0x2d) index += 1
  if (index >= end) return touchesEnd
  if (text.charCodeAt(index) === 0x30) index += 1
  else {
    index = digitsEnd(text, index, end)
    if (index < 0) return index
  }
  if (index < end && text.charCodeAt(index) === 0x2e) {
    index = digitsEnd(text, index + 1, end)
    if (index < 0) return index
  }
  if (index < end && (text.charCodeAt(index) | 0x20) === 0x65) {
    const sign = index + 1 < end ? text.charCodeAt(index + 1) : 0
    index = digitsEnd(text, sign === 0x2b || sign === 0x2d ? index + 2 : index + 1, end)
    if (index < 0) return index
  }
  if (index >= end) return touchesEnd
  return isDelimiter(text.charCodeAt(index)) ? index : isFlawed
}

/** Behind one digit or more. */
function digitsEnd(text: string, start: number, end: number): number {
  let index = start
  while (index < end && isDigit(text.charCodeAt(index))) index += 1
  if (index > start) return index
  return index >= end ? touchesEnd : isFlawed
}

function wordEnd(text: string, start: number, end: number): number {
  const word = wordAt(text.charCodeAt(start))
  if (word === null) return isFlawed
  const after = start + word.length
  if (after < end) {
    return text.startsWith(word, start) && isDelimiter(text.charCodeAt(after)) ? after : isFlawed
  }
  return text.startsWith(word.slice(0, end - start), start) ? touchesEnd : isFlawed
}

function wordAt(code: number): string | null {
  return code === 0x74 ? 'true' : code === 0x66 ? 'false' : code === 0x6e ? 'null' : null
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

/** What may stand right behind a number or a word; a slash, because comments are passed over. */
function isDelimiter(code: number): boolean {
  return (
    code === 0x2c ||
    code === 0x7d ||
    code === 0x5d ||
    code === 0x20 ||
    code === 0x0a ||
    code === 0x0d ||
    code === 0x09 ||
    code === 0x2f
  )
}

/** A byte that was no UTF-8, as `decodeBytes` writes it; the second half of a pair is none. */
const escapedByte = /(?<![\uD800-\uDBFF])[\uDC80-\uDCFF]/

export function holdsEscapedByte(text: string): boolean {
  return escapedByte.test(text)
}
