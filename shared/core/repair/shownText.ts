import { utf8Length } from '../codec/locate.ts'

const mostBytes = 256 * 1024

/** The start of a text, at most 256 KiB of it, and the size of all of it. No character is cut in two. */
export function shownText(text: string): { text: string; sizeBytes: number } {
  const sizeBytes = utf8Length(text)
  if (sizeBytes <= mostBytes) return { text, sizeBytes }
  let low = 0
  let high = Math.min(text.length, mostBytes)
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (utf8Length(text, middle) <= mostBytes) low = middle
    else high = middle - 1
  }
  return { text: text.slice(0, low).replace(/[\uD800-\uDBFF]$/, ''), sizeBytes }
}
