import type { SalvageKind } from './salvageResult.ts'
import type { Scan } from './scanState.ts'
import { skipSpace } from './steps.ts'
import { windows1252 } from './windows1252.ts'

/** A string as JSON writes it, and what was changed for that; `text` is null when it is damaged up to `end`. */
export type OddString = {
  readonly text: string | null
  readonly end: number
  readonly kinds: readonly SalvageKind[]
}

/** Reads a string in either kind of quotes that holds what JSON does not allow. */
export function readOddString(scan: Scan, start: number): OddString {
  const { text, end } = scan
  const quote = text.charCodeAt(start)
  const kinds = new Set<SalvageKind>(quote === 0x27 ? ['singleQuotes'] : [])
  const parts: string[] = ['"']
  let copied = start + 1
  let index = start + 1
  const put = (piece: string, length: number): void => {
    parts.push(text.slice(copied, index), piece)
    index += length
    copied = index
  }
  while (index < end) {
    const code = text.charCodeAt(index)
    if (code === quote) {
      if (!isEnded(scan, index + 1)) return { text: null, end: damagedEnd(scan, start), kinds: [] }
      parts.push(text.slice(copied, index), '"')
      return { text: parts.join(''), end: index + 1, kinds: [...kinds] }
    }
    if (code === 0) break
    if (code === 0x22) put('\\"', 1)
    else if (code < 0x20) {
      kinds.add('controlCharacter')
      put(JSON.stringify(text.charAt(index)).slice(1, -1), 1)
    } else if (code === 0x5c) {
      const length = escapeLength(text, index)
      if (text.charCodeAt(index + 1) === 0x27) {
        if (quote === 0x22) kinds.add('badEscape')
        put("'", 2)
      } else if (length > 0) index += length
      else {
        kinds.add('badEscape')
        put('\\\\', 1)
      }
    } else if (scan.hasEscapedBytes && (code & 0xfc00) === 0xd800) index += 2
    else if (scan.hasEscapedBytes && code >= 0xdc80 && code <= 0xdcff) {
      const meant = windows1252(code - 0xdc00)
      kinds.add(meant === null ? 'invalidUtf8' : 'windows1252')
      put(meant ?? '\uFFFD', 1)
    } else index += 1
  }
  return { text: null, end: damagedEnd(scan, start), kinds: [] }
}

/** A quote is the end where a delimiter follows: another quote may be one that was never escaped. */
function isEnded(scan: Scan, after: number): boolean {
  const next = skipSpace(scan, after)
  return next < scan.end && ',:]}/'.includes(scan.text.charAt(next))
}

const escapes = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

function escapeLength(text: string, index: number): number {
  escapes.lastIndex = index
  return escapes.exec(text)?.[0].length ?? 0
}

/** Writers of JSON put no line ends into strings: where a line ends, a damaged string has ended too. */
function damagedEnd({ text, end }: Scan, start: number): number {
  let index = start + 1
  while (index < end && text.charCodeAt(index) !== 0x0a && text.charCodeAt(index) !== 0) index += 1
  return index
}
