/** The part of two texts that differs, from and to whole lines, with some lines around it. */
export type ChangeExcerpt = {
  readonly before: string | null
  readonly after: string | null
  /** Of the first line of both, counted from 1. */
  readonly line: number
  readonly truncated: boolean
}

/** [F210] Null stands for a file that is not there. */
export function changeExcerpt(before: string | null, after: string | null): ChangeExcerpt {
  const [old, now] = [before ?? '', after ?? '']
  const start = lineBefore(old, sameStart(old, now), around)
  const tail = sameEnd(old, now, start)
  const ends = [old, now].map((text) => lineAfter(text, text.length - tail, around))
  const parts = [old, now].map((text, index) => text.slice(start, ends[index]))
  const truncated = parts.some(({ length }) => length > mostCharacters)
  const [one, other] = parts.map((part) => part.slice(0, mostCharacters))
  return {
    before: before === null ? null : (one ?? ''),
    after: after === null ? null : (other ?? ''),
    line: old.slice(0, start).split('\n').length,
    truncated,
  }
}

const around = 3
const mostCharacters = 8_000
/** Of a document on one line, so much before the difference is shown. */
const mostBefore = 200

function sameStart(one: string, other: string): number {
  const most = Math.min(one.length, other.length)
  let at = 0
  while (at < most && one.charCodeAt(at) === other.charCodeAt(at)) at += 1
  return at
}

function sameEnd(one: string, other: string, start: number): number {
  const most = Math.min(one.length, other.length) - start
  let count = 0
  while (
    count < most &&
    one.charCodeAt(one.length - 1 - count) === other.charCodeAt(other.length - 1 - count)
  )
    count += 1
  return count
}

function lineBefore(text: string, from: number, lines: number): number {
  const earliest = Math.max(0, from - mostBefore * (lines + 1))
  let at = from
  for (let left = lines; left >= 0; left -= 1) {
    const lineBreak = at === 0 ? -1 : text.lastIndexOf('\n', at - 1)
    if (lineBreak < earliest) return earliest
    at = lineBreak
  }
  return at + 1
}

function lineAfter(text: string, from: number, lines: number): number {
  let at = from
  for (let left = lines; left >= 0 && at < text.length; left -= 1) {
    const next = text.indexOf('\n', at)
    at = next === -1 ? text.length : next + 1
  }
  return Math.min(at, from + mostBefore * (lines + 1))
}
