import type { TextEncoding } from './encodingOf.ts'
import { holdsEscapedByte } from './scanStrict.ts'

export type Place = { readonly offset: number; readonly line: number; readonly column: number }

/** Byte offset, line and column of each index, in one pass over the text. */
export function placesOf(
  text: string,
  indices: readonly number[],
  source: { readonly hasEscapedBytes: boolean; readonly encoding: TextEncoding },
): ReadonlyMap<number, Place> {
  const places = new Map<number, Place>()
  let [at, offset, line, lineStart] = [0, 0, 1, 0]
  for (const index of indices.toSorted((a, b) => a - b)) {
    for (
      let end = text.indexOf('\n', at);
      end !== -1 && end < index;
      end = text.indexOf('\n', end + 1)
    ) {
      line += 1
      lineStart = end + 1
    }
    const part = { from: at, to: index, ...source }
    // Every unit of UTF-16 has two bytes, in pairs too.
    offset += source.encoding === 'utf-8' ? byteLength(text, part) : 2 * Math.max(0, index - at)
    at = Math.max(at, index)
    places.set(index, { offset, line, column: index - lineStart + 1 })
  }
  return places
}

type Part = { readonly from: number; readonly to: number; readonly hasEscapedBytes: boolean }

function byteLength(text: string, { from, to, hasEscapedBytes }: Part): number {
  const part = text.slice(from, to)
  const beyondAscii = /[\u0080-\uffff]/g
  let bytes = part.length
  for (let index = 0; index < part.length; index += 1) {
    if (part.charCodeAt(index) < 0x80) {
      beyondAscii.lastIndex = index
      const found = beyondAscii.exec(part)
      if (found === null) break
      index = found.index
    }
    const code = part.charCodeAt(index)
    if (code < 0x800) bytes += 1
    else if ((code & 0xfc00) === 0xd800 && (part.charCodeAt(index + 1) & 0xfc00) === 0xdc00) {
      bytes += 2
      index += 1
    } else if (!hasEscapedBytes || !holdsEscapedByte(part.charAt(index))) bytes += 2
  }
  return bytes
}
