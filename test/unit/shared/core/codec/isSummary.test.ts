import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeHead } from '../../../../../shared/core/codec/encodeHead.ts'
import { isSummary } from '../../../../../shared/core/codec/isSummary.ts'
import { readSummary } from '../../../../../shared/core/codec/summaryLine.ts'
import { decodeHead } from '../../../../../shared/core/codec/decodeHead.ts'
import { Summary } from '../../../../../shared/schema/head.ts'
import { anyRun } from '../../../../properties/arbitraryRun.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const reason = { rule: 'G29', sentence: 'Completed 0 s ago.', severity: 'resting' } as const

const [run] = fc.sample(anyRun, { seed: 5, numRuns: 1 })
if (run === undefined) throw new Error('There is no run.')
const whole = readSummary(encodeHead(run, sha256, { journalBytes: 7, reason }), sha256)
const values = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    '',
    'completed',
    'fork',
    1.5,
    -0,
    2 ** 60,
    true,
    [],
    {},
    reason,
    { ...reason, severity: 'bad' },
    '2026-02-30T00:00:00.000Z',
    '2028-02-29T23:59:59.999Z',
    '2026-01-01T00:00:00Z',
    '2026-04-31T00:00:00.000Z',
    'con',
    '../a',
  ),
  fc.jsonValue(),
)

/** Each is none of the schema's times by one character, or is one that a fast look cannot tell. */
const oddTimes = [
  'x2026-01-01T00:00:00.000Z',
  '2026-01-01T00:00:00.000Zx',
  'x026-01-01T00:00:00.000Z',
  '2026-00-01T00:00:00.000Z',
  '2026-13-01T00:00:00.000Z',
  '2026-01-00T00:00:00.000Z',
  '2026-02-29T00:00:00.000Z',
  '2026-01-1xT00:00:00.000Z',
  '2026-01-32T00:00:00.000Z',
  '2026-01-01T24:00:00.000Z',
  '2026-01-01T34:00:00.000Z',
  '2026-01-01T0x:00:00.000Z',
  '2026-01-01T00:60:00.000Z',
  '2026-01-01T00:0x:00.000Z',
  '2026-01-01T00:00:60.000Z',
  '2026-01-01T00:00:0x.000Z',
  '2026-01-01T00:00:00x000Z',
  '2026-01-01T00:00:00.0Z',
  '2026-01-01T00:00:00.xxxZ',
  'xxxx-01-01T00:00:00.000Z',
  ['2026-01-01T00:00:00.000Z'],
  '6-01-01T00:00:00.000Z',
  'text',
  0,
  null,
  true,
  {},
]
const goodTimes = [
  '2028-02-29T23:59:59.999Z',
  '2026-12-31T09:05:00.123Z',
  '0001-10-20T13:07:08.009Z',
]
const someValues = [null, undefined, '', 'completed', 'fork', 1.5, -0, 2 ** 60, true, [], {}, 'con']
const someReasons = [
  reason,
  { ...reason, more: 1 },
  null,
  [],
  7,
  'x',
  { ...reason, severity: 'bad' },
  { ...reason, rule: 1 },
  { ...reason, sentence: null },
  { rule: 'a' },
]
const someMarks = [
  { colour: null, tags: ['a'], note: 'x' },
  { colour: 1, tags: [], note: null },
]

describe('a summary', () => {
  test('[C16] it is one exactly where the schema says so, whichever field has another value', () => {
    const tries: readonly (readonly [key: string, value: unknown])[] = [
      ...Object.keys(Summary.shape).flatMap((key) =>
        someValues.map((value) => [key, value] as const),
      ),
      ...[...oddTimes, ...goodTimes].map((value) => ['createdAt', value] as const),
      ...someReasons.map((value) => ['reason', value] as const),
      ...someMarks.map((value) => ['marks', value] as const),
    ]
    const changed = tries.map(([key, value]) => ({ ...whole, [key]: value }))
    expect(changed.map(isSummary)).toEqual(changed.map((one) => Summary.safeParse(one).success))
    expect(oddTimes.filter((updatedAt) => isSummary({ ...whole, updatedAt }))).toEqual([])
    expect(goodTimes.filter((updatedAt) => isSummary({ ...whole, updatedAt }))).toEqual(goodTimes)
  })

  test('[C16] it is one exactly where the schema says so, whatever JSON stands there', () => {
    expect(isSummary(whole)).toBe(true)
    const keys = [...Object.keys(Summary.shape), 'more', '__proto__']
    fc.assert(
      fc.property(fc.constantFrom(...keys), values, fc.boolean(), (key, value, isGone) => {
        const entries = Object.entries(whole ?? {}).filter(([name]) => name !== key)
        const changed = Object.fromEntries(isGone ? entries : [...entries, [key, value]])
        expect(isSummary(changed), `${key}: ${String(value)}`).toBe(
          Summary.safeParse(changed).success,
        )
      }),
      { seed: 1, numRuns: 500 },
    )
    for (const value of [null, 1, 'a', [], undefined]) expect(isSummary(value)).toBe(false)
  })

  test('[C17] what the list needs besides stands in it as far as it fits, and is no part of what the run says', () => {
    fc.assert(
      fc.property(anyRun, (given) => {
        const head = encodeHead(given, sha256, { journalBytes: 123_456, reason })
        const start = Buffer.from(head).subarray(0, 1024).toString()
        const summary = readSummary(start, sha256)
        expect(summary).not.toBeNull()
        expect([undefined, 123_456]).toContain(summary?.journalBytes)
        if (summary?.reason !== undefined) expect(summary.reason).toEqual(reason)
        expect(decodeHead(head, sha256)).toMatchObject({ kind: 'ok', findings: [] })
      }),
      { seed: 2, numRuns: 100 },
    )
    expect(whole).toMatchObject({ journalBytes: 7, reason })
    expect(encodeHead(run, sha256, { reason })).toBe(encodeHead(run, sha256))
  })
})
