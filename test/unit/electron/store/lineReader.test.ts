import { expect, test } from 'vitest'
import {
  countAt,
  endOfCount,
  endOfProse,
  endOfText,
  hasBytes,
  timeAt,
} from '../../../../electron/store/lineReader.ts'

const bytesOf = (text: string) => Buffer.from(text)

/** What a platform makes of it; NaN of what is no time, or not written as every clock here writes it. */
function timeByPlatform(text: string): number {
  const time = Date.parse(text)
  return !Number.isNaN(time) && time >= 0 && new Date(time).toISOString() === text
    ? time
    : Number.NaN
}

const years = [1969, 1970, 1971, 1972, 1999, 2000, 2001, 2004, 2024, 2026, 2100, 2400]
const dates = ['00', '01', '28', '29', '30', '31', '32']

test('[E51] a time is read from bytes as a platform reads its text, each day of a month that there is', () => {
  const wrong: string[] = []
  for (const year of years)
    for (let month = 0; month <= 13; month++)
      for (const date of dates) {
        const text = `${year}-${String(month).padStart(2, '0')}-${date}T12:34:56.789Z`
        const [found, expected] = [timeAt(bytesOf(`x"${text}"`), 1), timeByPlatform(text)]
        if (!Object.is(found, expected)) wrong.push(`${text} ${found} ${expected}`)
      }
  expect(wrong).toEqual([])
})

test.each([
  ['2026-01-02T00:00:00.000Z', true],
  ['2026-01-02T23:59:59.999Z', true],
  ['2026-01-02T24:00:00.000Z', false],
  ['2026-01-02T00:60:00.000Z', false],
  ['2026-01-02T00:00:60.000Z', false],
  ['2026-01-02T00:00:00.00Z"', false],
  ['2026-01-02T00:00:00.000z', false],
  ['2026-01-02 00:00:00.000Z', false],
  ['2026/01/02T00:00:00.000Z', false],
  ['202:-01-02T00:00:00.000Z', false],
  ['+026-01-02T00:00:00.000Z', false],
])('[E51] only what every clock here writes is a time: %s', (text, isTime) => {
  const found = timeAt(bytesOf(`"${text}"`), 0)
  expect(found).toBe(isTime ? Date.parse(text) : Number.NaN)
  expect(timeAt(bytesOf(`"${text}`), 0)).toBeNaN()
})

test.each([
  ['"abc"', 4, 4],
  ['""', 1, 1],
  ['"grüße"', -1, 8],
  ['"漢😀"', -1, 8],
  ['"~\u007f"', -1, -1],
  ['"a\\n"', -1, -1],
  ['"a\nb"', -1, -1],
  ['"a\u001f"', -1, -1],
  ['"a', -1, -1],
  ["'a'", -1, -1],
  ['', -1, -1],
])('[E51] where a text ends: %j', (text, asText, asProse) => {
  const bytes = bytesOf(text)
  expect([endOfText(bytes, 0), endOfProse(bytes, 0)]).toEqual([asText, asProse])
})

test('[E51] a text whose bytes are no UTF-8 is none', () => {
  const bytes = Uint8Array.of(0x22, 0xc3, 0x22)
  expect([endOfText(bytes, 0), endOfProse(bytes, 0)]).toEqual([-1, -1])
})

test.each([
  ['0,', 1, 0],
  ['7', 1, 7],
  ['10}', 2, 10],
  ['123456789012345,', 15, 123_456_789_012_345],
  ['1234567890123456', -1, null],
  ['01', -1, null],
  ['-1', -1, null],
  ['x', -1, null],
  ['', -1, null],
])('[E51] where a whole number ends: %j', (text, end, value) => {
  const bytes = bytesOf(text)
  expect(endOfCount(bytes, 0)).toBe(end)
  if (value !== null) expect(countAt(bytes, 0, end)).toBe(value)
})

test('[E51] bytes that stand somewhere are those and no others', () => {
  const bytes = bytesOf('{"rev"')
  expect([0, 1, 2].map((at) => hasBytes(bytes, at, bytesOf('"rev"')))).toEqual([false, true, false])
  expect(hasBytes(bytes, 3, bytesOf('ev":'))).toBe(false)
})
