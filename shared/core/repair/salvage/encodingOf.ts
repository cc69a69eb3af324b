export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/**
 * [R51] What bytes are written in. UTF-16 is only told where it is certain: by its mark and a first character that begins
 * JSON, or, without a mark, by the first two characters of an object or a list. No single damage makes that of UTF-8.
 */
export function encodingOf(bytes: Uint8Array): TextEncoding {
  return (['utf-16le', 'utf-16be'] as const).find((one) => isUtf16(bytes, one)) ?? 'utf-8'
}

/** The unit at an index; -1 behind the last one. */
export function unitAt(bytes: Uint8Array, index: number, encoding: TextEncoding): number {
  const [first, second] = [bytes[2 * index], bytes[2 * index + 1]]
  if (first === undefined || second === undefined) return -1
  return encoding === 'utf-16le' ? first | (second << 8) : (first << 8) | second
}

const mark = 0xfeff
const ends: readonly number[] = [-1, 0]

function isUtf16(bytes: Uint8Array, encoding: TextEncoding): boolean {
  const hasMark = unitAt(bytes, 0, encoding) === mark
  const first = skipSpace(bytes, hasMark ? 1 : 0, encoding)
  const unit = unitAt(bytes, first, encoding)
  if (hasMark) return ends.includes(unit) || isOneOf('{["-0123456789tfn', unit)
  const next = unitAt(bytes, skipSpace(bytes, first + 1, encoding), encoding)
  if (unit === 0x7b) return isOneOf('"}', next)
  return unit === 0x5b && isOneOf('{["]-0123456789tfn', next)
}

/** So many units at most: a text that begins with more space is none of a program. */
const mostSpace = 4096

function skipSpace(bytes: Uint8Array, from: number, encoding: TextEncoding): number {
  let index = from
  while (index < from + mostSpace && isOneOf(' \t\n\r', unitAt(bytes, index, encoding))) index += 1
  return index
}

function isOneOf(characters: string, unit: number): boolean {
  return unit > 0 && characters.includes(String.fromCharCode(unit))
}
