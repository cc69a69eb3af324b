// Finds values of JSON in bytes, from a place on. Whatever is written in another way than this version writes it is not found.
import { isUtf8 } from 'node:buffer'

/** These very bytes stand there. */
export function hasBytes(bytes: Uint8Array, at: number, expected: Uint8Array): boolean {
  const { length } = expected
  for (let place = 0; place < length; place++)
    if (bytes[at + place] !== expected[place]) return false
  return true
}

/** The place of a text's last quote; -1 for anything else, and for a text with escapes or beyond ASCII. */
export function endOfText(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== quote) return -1
  for (let next = at + 1; ; next++) {
    const byte = bytes[next] ?? 0
    if (byte === quote) return next
    if (byte < 0x20 || byte >= 0x7f || byte === backslash) return -1
  }
}

/** The same of a text of any language; -1 also where its bytes are no UTF-8. */
export function endOfProse(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== quote) return -1
  let isPlain = true
  for (let next = at + 1; ; next++) {
    const byte = bytes[next] ?? 0
    if (byte === quote) return isPlain || isUtf8(bytes.subarray(at + 1, next)) ? next : -1
    if (byte < 0x20 || byte === 0x7f || byte === backslash) return -1
    if (byte >= 0x80) isPlain = false
  }
}

/** Where a whole number ends; -1 for anything else. */
export function endOfCount(bytes: Uint8Array, at: number): number {
  let next = at
  for (;;) {
    const byte = bytes[next] ?? 0
    if (byte < digit0 || byte > digit9) break
    next++
  }
  const length = next - at
  const isOne = length > 0 && length < 16 && (length === 1 || bytes[at] !== digit0)
  return isOne ? next : -1
}

/** What these digits say. */
export function countAt(bytes: Uint8Array, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at++) value = value * 10 + (bytes[at] ?? 0) - digit0
  return value
}

/** A time as every clock here writes it, in milliseconds; NaN for anything else. */
export function timeAt(bytes: Uint8Array, at: number): number {
  for (let place = 0; place < timeLength; place++) {
    const byte = bytes[at + place] ?? 0
    const mark = timeMarks[place] ?? 0
    if (mark === digit0 ? byte < digit0 || byte > digit9 : byte !== mark) return Number.NaN
  }
  const hours = countAt(bytes, at + 12, at + 14)
  const minutes = countAt(bytes, at + 15, at + 17)
  const seconds = countAt(bytes, at + 18, at + 20)
  const ms = countAt(bytes, at + 21, at + 24)
  if (hours > 23 || minutes > 59 || seconds > 59) return Number.NaN
  return dayAt(bytes, at + 1) + hours * 3_600_000 + minutes * 60_000 + seconds * 1000 + ms
}

/** Bytes of a time, with its quotes. */
export const timeLength = '"0000-00-00T00:00:00.000Z"'.length

/** When a day begins; NaN for one that its month does not have, and before 1970. */
function dayAt(bytes: Uint8Array, at: number): number {
  const year = countAt(bytes, at, at + 4)
  const month = countAt(bytes, at + 5, at + 7)
  const date = countAt(bytes, at + 8, at + 10)
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const before = daysBefore[month - 1]
  const after = daysBefore[month]
  if (before === undefined || after === undefined || year < 1970 || date === 0) return Number.NaN
  if (date > after - before + (isLeap && month === 2 ? 1 : 0)) return Number.NaN
  const leapDays = leapDaysBefore(year) - leapDaysBefore(1970) + (isLeap && month > 2 ? 1 : 0)
  return ((year - 1970) * 365 + leapDays + before + date - 1) * 86_400_000
}

function leapDaysBefore(year: number): number {
  const last = year - 1
  return Math.floor(last / 4) - Math.floor(last / 100) + Math.floor(last / 400)
}

/** Days of a year before each month, and of all of it. */
const daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365]

const quote = 0x22
const backslash = 0x5c
const digit0 = 0x30
const digit9 = 0x39
/** Zeros stand for any digit. */
const timeMarks = Uint8Array.from(Buffer.from('"0000-00-00T00:00:00.000Z"'))
