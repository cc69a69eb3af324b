import { Timestamp } from '../../../schema/json.ts'
import { numberOf, stringOf, type TextNode } from '../text/parseText.ts'

/** The moment of epoch seconds, to the millisecond; null when it is none. */
export function momentOfSeconds(node: TextNode | null): Timestamp | null {
  const seconds = numberOf(node)
  return seconds === null ? null : timestamp(Math.round(seconds * 1000))
}

/** The moment of an ISO time as Python writes it, with microseconds; without a zone it is taken for UTC. Null when it is none. */
export function momentOfIso(node: TextNode | null): Timestamp | null {
  const [, day, clock, fraction, zone] = isoPattern.exec(stringOf(node) ?? '') ?? []
  if (day === undefined || clock === undefined) return null
  return momentOfParts({ day, clock, fraction, zone })
}

const isoPattern = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?$/

export type TimeParts = {
  readonly day: string
  /** With its seconds. */
  readonly clock: string
  /** Digits of any number. */
  readonly fraction: string | undefined
  /** Left out: UTC. */
  readonly zone: string | undefined
}

/** Null for a day that no calendar has. */
export function momentOfParts({
  day,
  clock,
  fraction = '',
  zone = 'Z',
}: TimeParts): Timestamp | null {
  const time = timestamp(
    Date.parse(`${day}T${clock}.${fraction.slice(0, 3).padEnd(3, '0')}${zone}`),
  )
  // 30 February is taken for a day in March: then the day does not come back as it was written.
  return zone === 'Z' && time?.startsWith(day) === false ? null : time
}

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
