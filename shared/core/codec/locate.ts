/** Where an index stands: byte of UTF-8 from 0, line and column from 1. */
export type Place = { readonly offset: number; readonly line: number; readonly column: number }

/** Byte offset, line and column of a UTF-16 index; columns count UTF-16 units, as editors do. */
export function locate(text: string, index: number): Place {
  const end = Math.min(Math.max(index, 0), text.length)
  let line = 1
  let lineStart = 0
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) {
    line += 1
    lineStart = at + 1
  }
  return { offset: utf8Length(text, end), line, column: end - lineStart + 1 }
}

/** Bytes of UTF-8 of the UTF-16 units before `end`; half a pair counts as the three bytes of U+FFFD. */
export function utf8Length(text: string, end: number = text.length, start: number = 0): number {
  let bytes = 0
  for (let index = start; index < end; index += 1) {
    const code = text.charCodeAt(index)
    if (code < 0x80) bytes += 1
    else if (code < 0x800) bytes += 2
    else if (isPairAt(text, index, end)) {
      bytes += 4
      index += 1
    } else bytes += 3
  }
  return bytes
}

function isPairAt(text: string, index: number, end: number): boolean {
  if (index + 1 >= end || (text.charCodeAt(index) & 0xfc00) !== 0xd800) return false
  return (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00
}
