import { Timestamp } from '../../../schema/json.ts'

/** A time as Go writes it: to the nanosecond, with any offset. */
export type GoTime = {
  /** Nanoseconds since 1970, for comparing. */
  readonly ns: bigint
  /** Go's zero time, which stands for "never". */
  readonly isZero: boolean
  /** To the millisecond; null for "never". */
  readonly at: Timestamp | null
}

const pattern = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:[.,](\d+))?(Z|[+-]\d\d:\d\d)$/

/** Null for what Go's reader refuses as a time. */
export function goTime(text: string): GoTime | null {
  const [, day = '', clock = '', fraction = '', zone = ''] = pattern.exec(text) ?? []
  const ms = Date.parse(`${day}T${clock}Z`)
  // A day such as 30 February would be taken for the next one.
  if (!Number.isFinite(ms) || !new Date(ms).toISOString().startsWith(`${day}T${clock}`)) return null
  const offset = offsetMs(zone)
  if (offset === null) return null
  const ns = BigInt(ms - offset) * 1_000_000n + BigInt(fraction.slice(0, 9).padEnd(9, '0'))
  if (ns === zeroNs) return { ns, isZero: true, at: null }
  return { ns, isZero: false, at: timestampOf(ns) }
}

const zeroNs = BigInt(Date.parse('0001-01-01T00:00:00Z')) * 1_000_000n

function offsetMs(zone: string): number | null {
  if (zone === 'Z') return 0
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4))]
  if (hours > 23 || minutes > 59) return null
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}

function timestampOf(ns: bigint): Timestamp | null {
  const ms = ns / 1_000_000n - (ns % 1_000_000n < 0n ? 1n : 0n)
  return Timestamp.safeParse(new Date(Number(ms)).toISOString()).data ?? null
}

/** A moment as Go writes it: no zeros at the end of the fraction. */
export function goTimeText(at: Timestamp): string {
  return at.replace(/\.?0*Z$/, 'Z')
}
