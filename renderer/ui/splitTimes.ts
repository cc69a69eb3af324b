/** A part of a text, and where it begins. */
export type TimePart = {
  readonly kind: 'text' | 'time'
  readonly text: string
  readonly at: number
}

/** Parts of a text in which each moment in ISO 8601 stands by itself. */
export function splitTimes(text: string): readonly TimePart[] {
  const parts: TimePart[] = []
  let start = 0
  for (const { 0: found, index } of text.matchAll(moment)) {
    if (index > start) parts.push({ kind: 'text', text: text.slice(start, index), at: start })
    parts.push({ kind: 'time', text: found, at: index })
    start = index + found.length
  }
  if (start < text.length) parts.push({ kind: 'text', text: text.slice(start), at: start })
  return parts
}

const moment = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g
