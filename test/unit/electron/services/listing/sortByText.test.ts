import { describe, expect, test } from 'vitest'
import { sortByText } from '../../../../../electron/services/listing/sortByText.ts'
import { createTextPool } from '../../../../../electron/services/listing/textPool.ts'
import { timeKey } from '../../../../../electron/services/listing/timeKey.ts'

const count = 10_000

/** Digits of a number that jumps about. */
function digits(at: number, most: number): string {
  return String((at * 7919) % most)
}

function sorted(ids: readonly string[]): readonly string[] {
  const texts = createTextPool()
  const codes = Int32Array.from(ids, (id) => texts.internUnique(id))
  const rows = Int32Array.from(ids.keys())
  const compare = (one: number, other: number): number =>
    texts.compare(codes[one] ?? 0, codes[other] ?? 0) || one - other
  return Array.from(sortByText(rows, { codes, texts, compare }), (row) => ids[row] ?? '')
}

describe('many texts', () => {
  test.each([
    ['that differ late', (at: number) => `deploy-20260101t00${digits(at, 100_003)}`],
    ['of several beginnings', (at: number) => `${['build', 'deploy-of-it', ''][at % 3]}${at}`],
    ['that come again', (at: number) => `run-${digits(at, 7)}`],
    ['all the same', () => 'run'],
    ['with odd bytes', (at: number) => `run-${'\0'.repeat(at % 5)}${digits(at, 31)}`],
    ['that are not ASCII', (at: number) => `läuft-${digits(at, 100_003)}`],
  ])('[E48] %s are sorted as comparing them does', (_, idAt) => {
    const ids = Array.from({ length: count }, (_each, at) => idAt(at))
    expect(sorted(ids)).toEqual(ids.toSorted())
  })
})

describe('the number of a time', () => {
  test.each([
    '2026-02-28T23:59:59.999Z',
    '2026-02-30T00:00:00.000Z',
    '2026-13-01T00:00:00.000Z',
    '2026-01-01T24:00:00.000Z',
    '2026-01-01T00:60:00.000Z',
    '2026-01-01T00:00:0x.000Z',
    '2026-01-01T00:00:00.00xZ',
    '2026-01-01x00:00:00.000Z',
    '2026-01-01T00:00:00+00:00',
    'never',
  ])('[E49] %s is what the engine says', (text) => {
    expect(timeKey(text)).toBe(Date.parse(text))
  })
})
