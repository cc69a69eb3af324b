import type { Timestamp } from '../../../schema/json.ts'
import { momentOfParts } from '../view/times.ts'

const written = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)?Z?$/

/**
 * A time as this engine writes it: local without a zone, which is taken for UTC because no file says which zone it was, or
 * `…+00:00Z`, which no other reader takes. Null when it is no time.
 */
export function timeOf(text: string | null): Timestamp | null {
  const [, day, clock = '', fraction, zone] = written.exec(text ?? '') ?? []
  if (day === undefined) return null
  return momentOfParts({ day, clock: clock.length === 5 ? `${clock}:00` : clock, fraction, zone })
}

/** The time of a file's stamp, `20261121-083138`. */
export function stampTime(stamp: string | null): Timestamp | null {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)$/.exec(stamp ?? '') ?? []
  return timeOf(`${year}-${month}-${day}T${hour}:${minute}:${second}`)
}
