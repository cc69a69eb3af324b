import { expect, test } from 'vitest'
import { goTime, goTimeText } from '../../../../../../shared/core/formats/awf/goTime.ts'

test.each<[string, string | null]>([
  ['2026-11-21T08:36:48.043383192Z', '2026-11-21T08:36:48.043Z'],
  ['2026-11-21T08:36:48+01:30', '2026-11-21T07:06:48.000Z'],
  ['2026-11-21T08:36:48,5-01:30', '2026-11-21T10:06:48.500Z'],
  ['1969-12-31T23:59:59.9999Z', '1969-12-31T23:59:59.999Z'],
  ['0001-01-01T00:00:00Z', null],
])('[F27] %s is read to the nanosecond and shown to the millisecond', (text, at) => {
  expect(goTime(text)?.at).toBe(at)
})

test.each([
  '',
  'soon',
  '2026-02-30T00:00:00Z',
  '2026-01-01T25:00:00Z',
  '2026-01-01T00:00:00+24:00',
  '2026-01-01T00:00:00+01:60',
  '2026-01-01 00:00:00Z',
])('[F27] %j is no time of Go', (text) => {
  expect(goTime(text)).toBeNull()
})

test('[F27] times that differ by a nanosecond are told apart', () => {
  const [one, other] = [
    goTime('2026-11-21T08:36:48.000000001Z'),
    goTime('2026-11-21T08:36:48.000000002Z'),
  ]
  expect([one?.at === other?.at, (other?.ns ?? 0n) - (one?.ns ?? 0n)]).toEqual([true, 1n])
  expect(goTimeText('2026-11-21T08:36:48.500Z')).toBe('2026-11-21T08:36:48.5Z')
})
