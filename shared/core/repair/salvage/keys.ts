import { unquote } from '../../codec/pointer.ts'
import { maxJsonDepth } from '../../../schema/json.ts'
import { pointer } from '../../../schema/pointer.ts'
import { addItem } from './found.ts'
import { expects, growKeys, type Scan } from './scanState.ts'

/** Objects of more keys look them up in a map. */
const narrow = 16

/** Remembers a key of the innermost object, and says when it stands there again. */
export function noteKey(scan: Scan, depth: number, start: number, end: number): void {
  const base = scan.keyBases[depth - 1] ?? 0
  const earlier =
    scan.hasEscape || scan.keyTop - base >= narrow || scan.wide.has(depth - 1)
      ? findWide(scan, depth, start, end)
      : findNarrow(scan, base, start, end)
  if (scan.keyTop === scan.keyStarts.length) growKeys(scan)
  scan.keyStarts[scan.keyTop] = start
  scan.keyEnds[scan.keyTop] = end
  scan.keyTop += 1
  if (earlier >= 0) noteDuplicate(scan, depth, earlier)
}

/** Compares by length and last character first: most keys differ there. */
function findNarrow(scan: Scan, base: number, start: number, end: number): number {
  const { text, keyStarts, keyEnds } = scan
  const length = end - start
  const last = text.charCodeAt(end - 2)
  for (let key = scan.keyTop - 1; key >= base; key -= 1) {
    const from = keyStarts[key] ?? 0
    if ((keyEnds[key] ?? 0) - from !== length) continue
    if (text.charCodeAt(from + length - 2) !== last) continue
    if (isSame(text, from, start, length)) return key
  }
  return -1
}

function isSame(text: string, first: number, second: number, length: number): boolean {
  for (let index = 1; index < length; index += 1)
    if (text.charCodeAt(first + index) !== text.charCodeAt(second + index)) return false
  return true
}

function findWide(scan: Scan, depth: number, start: number, end: number): number {
  const known = scan.wide.get(depth - 1) ?? collectKeys(scan, depth)
  const name = keyText(scan, start, end)
  const earlier = known.get(name) ?? -1
  known.set(name, scan.keyTop)
  return earlier
}

function collectKeys(scan: Scan, depth: number): Map<string, number> {
  const known = new Map<string, number>()
  for (let key = scan.keyBases[depth - 1] ?? 0; key < scan.keyTop; key += 1)
    known.set(keyText(scan, scan.keyStarts[key] ?? 0, scan.keyEnds[key] ?? 0), key)
  scan.wide.set(depth - 1, known)
  return known
}

function noteDuplicate(scan: Scan, depth: number, earlier: number): void {
  const laterStart = scan.keyStarts[scan.keyTop - 1] ?? 0
  const isTaken = addItem(scan, 'duplicateKey', {
    start: laterStart,
    end: scan.keyEnds[scan.keyTop - 1] ?? 0,
    pointer: pointerOf(scan, depth),
  })
  const [start = 0, end = 0] = [scan.keyStarts[earlier], scan.keyStarts[earlier + 1]]
  if (isTaken) scan.duplicates.push({ start, end, laterStart })
}

/** The value that is read now, or its object when no key of it is known; null where it lies too deep. */
export function pointerOf(scan: Scan, depth: number): string | null {
  if (depth > maxJsonDepth) return null
  const parts: (string | number)[] = []
  for (let level = 0; level < depth; level += 1) {
    if (scan.isObject[level] !== 1) {
      parts.push(Math.max(0, (scan.counts[level] ?? 0) - 1))
      continue
    }
    const above = level + 1 < depth ? (scan.keyBases[level + 1] ?? 0) : scan.keyTop
    const key = above - 1
    if (key < (scan.keyBases[level] ?? 0)) break
    parts.push(keyText(scan, scan.keyStarts[key] ?? 0, scan.keyEnds[key] ?? 0))
  }
  return pointer(...parts)
}

/** The value that the grammar expects next, or the object or array in which something else is expected. */
export function pointerHere(scan: Scan): string | null {
  const { depth, expected } = scan
  if (depth === 0) return ''
  if (expected === expects.colon) return pointerOf(scan, depth)
  const isItem = expected === expects.value || expected === expects.firstItem
  if (!isItem) return pointerOf(scan, depth - 1)
  if (scan.isObject[depth - 1] === 1) return pointerOf(scan, depth)
  const holder = pointerOf(scan, depth - 1)
  return holder === null ? null : `${holder}${pointer(scan.counts[depth - 1] ?? 0)}`
}

/** The text of a key, quoted in whatever way. */
function keyText({ text }: Scan, start: number, end: number): string {
  const lexeme = text.slice(start, end)
  if (!/^["']/.test(lexeme)) return lexeme
  const inner = lexeme.slice(1, -1)
  return inner.includes('\\') && lexeme.startsWith('"') ? unescaped(lexeme) : inner
}

function unescaped(lexeme: string): string {
  try {
    return unquote(lexeme)
  } catch (error) {
    // A key of which the escapes are damaged is named as it is written.
    if (error instanceof SyntaxError) return lexeme.slice(1, -1)
    throw error
  }
}
