import { Timestamp } from '../../../schema/json.ts'

const written = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)?Z?$/

/**
 * A time as this engine writes it: local without a zone, which is taken for UTC because no file says which zone it was, or
 * `…+00:00Z`, which no other reader takes. Null when it is no time.
 */
export function timeOf(text: string | null): Timestamp | null {
  if (text === null) return null
  const [, day, clock = '', fraction = '', zone = 'Z'] = written.exec(text) ?? []
  if (day === undefined) return null
  const seconds = clock.length === 5 ? `${clock}:00` : clock
  const epochMs = Date.parse(`${day}T${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}${zone}`)
  if (!Number.isFinite(epochMs)) return null
  const time = new Date(epochMs).toISOString()
  // 30 February is taken for a day in March: then the day does not come back as it was written.
  if (zone === 'Z' && !time.startsWith(day)) return null
  return Timestamp.safeParse(time).data ?? null
}

/** The time of a file's stamp, `20261121-083138`. */
export function stampTime(stamp: string | null): Timestamp | null {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)$/.exec(stamp ?? '') ?? []
  return timeOf(`${year}-${month}-${day}T${hour}:${minute}:${second}`)
}
