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

describe('a summary', () => {
  test('[C16] it is one exactly where the schema says so', () => {
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
      { seed: 1, numRuns: 3000 },
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
