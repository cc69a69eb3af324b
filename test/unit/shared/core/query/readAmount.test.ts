import { expect, test } from 'vitest'
import {
  readBytes,
  readCount,
  readDuration,
  readMoment,
} from '../../../../../shared/core/query/readAmount.ts'

test.each<[string, number | null]>([
  ['250ms', 250],
  ['1.5 s', 1500],
  ['10m', 600_000],
  ['10min', 600_000],
  ['24h', 86_400_000],
  ['3d', 259_200_000],
  ['2w', 1_209_600_000],
  ['10', null],
  ['1y', null],
  ['-1h', null],
])('[L80] %s as a length of time', (text, ms) => {
  expect(readDuration(text)).toBe(ms)
})

test.each<[string, string | null]>([
  ['2026-01-02', '2026-01-02T00:00:00.000Z'],
  ['2026-01-02T03:04', '2026-01-02T03:04:00.000Z'],
  ['2026-01-02T03:04:05.678', '2026-01-02T03:04:05.678Z'],
  ['2026-01-02T03:04Z', '2026-01-02T03:04:00.000Z'],
  ['2026-01-02T03:04+01:30', '2026-01-02T01:34:00.000Z'],
  ['2026-13-02', null],
  ['2026-01-02T25:00', null],
  ['yesterday', null],
])('[L80] %s as a moment', (text, at) => {
  expect(readMoment(text)).toBe(at === null ? null : Date.parse(at))
})

test.each<[string, number | null]>([
  ['500', 500],
  ['500b', 500],
  ['1.5kB', 1500],
  ['2 MB', 2_000_000],
  ['2m', 2_000_000],
  ['1GB', 1_000_000_000],
  ['1tb', 1_000_000_000_000],
  ['1pb', null],
  ['much', null],
])('[L80] %s as a size', (text, bytes) => {
  expect(readBytes(text)).toBe(bytes)
})

test('[L80] a count is a whole number', () => {
  expect(['7', '1.5', '-1', ''].map(readCount)).toEqual([7, null, null, null])
})
