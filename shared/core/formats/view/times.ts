import { Timestamp } from '../../../schema/json.ts'
import { numberOf, stringOf, type TextNode } from '../text/parseText.ts'

/** The moment of epoch seconds, to the millisecond; null when it is none. */
export function momentOfSeconds(node: TextNode | null): Timestamp | null {
  const seconds = numberOf(node)
  return seconds === null ? null : timestamp(Math.round(seconds * 1000))
}

/** The moment of an ISO time as Python writes it, with microseconds; without a zone it is taken for UTC. Null when it is none. */
export function momentOfIso(node: TextNode | null): Timestamp | null {
  const text = stringOf(node)
  const parts = text === null ? null : isoPattern.exec(text)
  if (parts === null) return null
  const [, day, time, fraction = '', zone = 'Z'] = parts
  return timestamp(Date.parse(`${day}T${time}.${fraction.slice(1, 4).padEnd(3, '0')}${zone}`))
}

const isoPattern = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?$/

function timestamp(epochMs: number): Timestamp | null {
  if (!(Math.abs(epochMs) <= 8.64e15)) return null
  return Timestamp.safeParse(new Date(epochMs).toISOString()).data ?? null
}

/** The earliest of some moments; null of none. ISO times of one shape sort as texts. */
export function earliest(...moments: readonly (Timestamp | null)[]): Timestamp | null {
  return moments.filter((one) => one !== null).toSorted()[0] ?? null
}

export function latest(...moments: readonly (Timestamp | null)[]): Timestamp | null {
  return (
    moments
      .filter((one) => one !== null)
      .toSorted()
      .at(-1) ?? null
  )
}
