import { expect, test } from 'vitest'
import { formatBytes } from '../../../../renderer/ui/formatBytes.ts'
import { formatCoarse, formatDuration } from '../../../../renderer/ui/formatDuration.ts'
import { formatTime } from '../../../../renderer/ui/formatTime.ts'
import { splitMatches } from '../../../../renderer/ui/splitMatches.ts'

test.each([
  [0, '0 B'],
  [940, '940 B'],
  [1843, '1.8 kB'],
  [52_300_000, '52 MB'],
] as const)('%i bytes are %s', (size, text) => expect(formatBytes(size)).toBe(text))

test.each([
  [-5, '0 ms'],
  [340, '340 ms'],
  [4200, '4.2 s'],
  [59_900, '1 min'],
  [200_000, '3 min 20 s'],
  [18_720_000, '5 h 12 min'],
  [273_600_000, '3 d 4 h'],
] as const)('%i ms are %s', (ms, text) => expect(formatDuration(ms)).toBe(text))

test.each([
  [-5, '0 s'],
  [340, '0 s'],
  [4200, '4 s'],
  [59_900, '59 s'],
  [200_000, '3 min'],
  [18_720_000, '5 h'],
  [273_600_000, '3 d'],
] as const)('%i ms are coarsely %s', (ms, text) => expect(formatCoarse(ms)).toBe(text))

const now = Date.parse('2026-01-02T12:00:00.000Z')

test.each([
  ['2026-01-02T11:59:58.000Z', 'just now'],
  ['2026-01-02T11:59:30.000Z', '30 s ago'],
  ['2026-01-02T11:56:40.000Z', '3 min ago'],
  ['2026-01-03T12:00:00.000Z', 'in 1 d'],
  ['yesterday', 'yesterday'],
] as const)('%s is %s', (at, text) => expect(formatTime(at, 'relative', now)).toBe(text))

test('UTC says that it is UTC', () => {
  expect(formatTime('2026-01-02T03:04:05.678Z', 'utc', now)).toBe('2026-01-02 03:04:05Z')
})

test('every place of a search is found, whatever the case', () => {
  expect(splitMatches('Error: no ERROR', 'error')).toEqual([
    { text: 'Error', isMatch: true },
    { text: ': no ', isMatch: false },
    { text: 'ERROR', isMatch: true },
  ])
})
