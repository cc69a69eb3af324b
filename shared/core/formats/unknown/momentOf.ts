import { Timestamp } from '../../../schema/json.ts'
import { stringOf, type TextNode } from '../text/parseText.ts'

/** How a time is written, as evidence. */
export type Moment = { readonly at: Timestamp; readonly written: string }

/** The moment that a value can be read as, between 2000 and 2100; null when it is none. */
export function momentOf(node: TextNode | null): Moment | null {
  if (node?.kind !== 'scalar') return null
  const text = stringOf(node)
  if (text === null) return ofNumber(node.lexeme)
  return isoLike.test(text) ? plausible(isoMs(text), 'ISO 8601') : ofNumber(text)
}

const isoLike =
  /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?)?$/

/** Without a zone it is taken for UTC. */
function isoMs(text: string): number {
  const [, day = '', clock = '00:00', seconds = ':00', fraction = '', zone = 'Z'] =
    /^(\S{10})(?:[T ](\d\d:\d\d)(:\d\d)?([.,]\d+)?)? ?(Z|UTC|[+-]\d\d:?\d\d)?$/.exec(text) ?? []
  const offset = zone === 'UTC' ? 'Z' : zone.replace(/^([+-]\d\d):?(\d\d)$/, '$1:$2')
  return Date.parse(`${day}T${clock}${seconds}.${fraction.slice(1, 4).padEnd(3, '0')}${offset}`)
}

function ofNumber(lexeme: string): Moment | null {
  if (!/^\d{9,19}(?:\.\d+)?$/.test(lexeme)) return null
  const number = Number(lexeme)
  const unit = units.find(({ perMs }) => isPlausible(number / perMs))
  return unit === undefined ? null : plausible(number / unit.perMs, unit.written)
}

const units = [
  { perMs: 0.001, written: 'seconds since 1970' },
  { perMs: 1, written: 'milliseconds since 1970' },
  { perMs: 1000, written: 'microseconds since 1970' },
  { perMs: 1_000_000, written: 'nanoseconds since 1970' },
] as const

const year2000 = 946_684_800_000
const year2100 = 4_102_444_800_000

function isPlausible(epochMs: number): boolean {
  return epochMs >= year2000 && epochMs < year2100
}

function plausible(epochMs: number, written: string): Moment | null {
  if (!isPlausible(epochMs)) return null
  const parsed = Timestamp.safeParse(new Date(Math.round(epochMs)).toISOString())
  return parsed.success ? { at: parsed.data, written } : null
}
