import { member, numberOf, type TextObject } from '../text/parseText.ts'
import { parseState } from './parseState.ts'

/** One line of a log. A line of two records that were glued together, or of a torn one, has no root. */
export type EventLine = {
  /** Counted from 1, as editors do. */
  readonly number: number
  /** Where it begins, in UTF-16 units. */
  readonly start: number
  readonly text: string
  readonly root: TextObject | null
  readonly seq: number | null
}

export function eventLines(text: string): readonly EventLine[] {
  let start = 0
  return text.split('\n').flatMap((line, index) => {
    const at = start
    start += line.length + 1
    if (line.trim() === '') return []
    const parsed = parseState(line)
    const root = parsed.kind === 'ok' ? parsed.root : null
    const seq = numberOf(member(root, 'seq')) ?? numberOf(member(root, 'sequence_number'))
    return [{ number: index + 1, start: at, text: line, root, seq }]
  })
}

/** How the first key of a record of each log is written. */
const starts = /\{"(?:event_type|id|story_id)":/g
/** A line of more is no line that was torn once. */
const mostTries = 20

/** Where a whole record begins inside a line that is none: behind what was torn. Null when there is none. */
export function gluedRecord(line: string): number | null {
  const places = [...line.matchAll(starts)].map(({ index }) => index).filter((at) => at > 0)
  return places.slice(0, mostTries).find((at) => parseState(line.slice(at)).kind === 'ok') ?? null
}
