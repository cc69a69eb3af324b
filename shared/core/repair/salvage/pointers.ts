import { unquote } from '../../codec/pointer.ts'
import { maxJsonDepth } from '../../../schema/json.ts'
import { pointer } from '../../../schema/pointer.ts'
import { expects, type Scan } from './scanState.ts'

/** The value that is read now, or its object when no key of it is known; null where it lies too deep. */
export function pointerOf(scan: Scan, depth: number): string | null {
  if (depth > maxJsonDepth) return null
  const parts: (string | number)[] = []
  for (let level = 0; level < depth; level += 1) {
    if (scan.isObject[level] !== 1) {
      parts.push(Math.max(0, (scan.counts[level] ?? 0) - 1))
      continue
    }
    // Keys of what is open further in stand behind those of this level.
    const above = level + 1 < scan.depth ? (scan.keyBases[level + 1] ?? 0) : scan.keyTop
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
export function keyText({ text }: Scan, start: number, end: number): string {
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
