import { Timestamp } from '../../schema/json.ts'

const isoPattern =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)?$/

/** Epoch seconds of an ISO 8601 time, to the millisecond; without a zone it is UTC. Null when it is no time. */
export function secondsOf(text: string): number | null {
  const parts = isoPattern.exec(text.trim())
  if (parts === null) return null
  const [, year, month, day, hour, minute, second = '00', fraction = '', zone = 'Z'] = parts
  const ms = fraction.slice(1, 4).padEnd(3, '0')
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`
  const epochMs = Date.parse(written)
  // A day such as 30 February is taken for the next one: then the time does not come back as it was written.
  if (!Number.isFinite(epochMs) || new Date(epochMs).toISOString() !== written) return null
  return (epochMs - zoneMs(zone)) / 1000
}

/** A time that says no zone: it is taken as UTC, and may have meant another. */
export function hasNoZone(text: string): boolean {
  const parts = isoPattern.exec(text.trim())
  return parts !== null && parts[8] === undefined
}

function zoneMs(zone: string): number {
  if (zone === 'Z' || zone === 'z') return 0
  const sign = zone.startsWith('-') ? -1 : 1
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))) * 60_000
}

const maxEpochMs = 8.64e15

/** The timestamp of epoch seconds, to the millisecond. Null when no year of four digits has it. */
export function timestampOf(seconds: number): Timestamp | null {
  const epochMs = Math.round(seconds * 1000)
  if (Math.abs(epochMs) > maxEpochMs) return null
  return Timestamp.safeParse(new Date(epochMs).toISOString()).data ?? null
}
