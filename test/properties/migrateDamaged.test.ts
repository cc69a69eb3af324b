import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decodeUtf8 } from '../../electron/services/decodeUtf8.ts'
import { check } from '../../shared/core/integrity/check.ts'
import { planMigration } from '../../shared/core/migrate/planMigration.ts'
import { DocumentV1 } from '../../shared/schema/versions/v1.ts'
import { DocumentV2 } from '../../shared/schema/versions/v2.ts'
import { sha256 } from '../unit/shared/core/run/sampleRun.ts'

const fixtures = new URL('../fixtures/versions/', import.meta.url)
const files = [
  { file: '1/whole.json', schema: DocumentV1 },
  { file: '2/whole.json', schema: DocumentV2 },
] as const

const migrate = (text: string) =>
  planMigration(text, {
    document: 'old.json',
    at: '2026-01-01T00:00:00.000Z',
    sha256,
    isTaken: () => false,
  })

test.each(files)('[M19] $file cut at any byte becomes nothing', ({ file }) => {
  const bytes = readFileSync(new URL(file, fixtures))
  const end = bytes.lastIndexOf('}')
  for (let length = 0; length <= end; length += 1) {
    const { row, run } = migrate(bytes.subarray(0, length).toString('utf8'))
    expect([length, run, row.run, row.cause]).toEqual([length, null, null, 'It is no whole JSON.'])
  }
})

test.each(files)(
  '[M19] $file with any bit turned is whole, or becomes nothing',
  ({ file, schema }) => {
    const bytes = readFileSync(new URL(file, fixtures))
    const whole = migrate(bytes.toString('utf8')).row.target
    let migrated = 0
    // Each byte has one of its bits turned: which one goes round, so that every bit is met many times.
    for (let at = 0; at < bytes.length; at += 1) {
      const flipped = Buffer.from(bytes)
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8))
      const decoded = decodeUtf8(flipped)
      if ('problem' in decoded) continue
      const { row, run } = migrate(decoded.text)
      expect(run === null).toBe(row.problem !== null)
      expect(row.cause === null).toBe(row.problem === null)
      if (run === null) continue
      migrated += 1
      expect(schema.safeParse(JSON.parse(decoded.text)).success).toBe(true)
      expect(check(run).filter(({ severity }) => severity === 'error')).toEqual([])
      // What has a checksum is only migrated where the bit changed nothing that it says.
      if (file === '2/whole.json' && 'checksum' in JSON.parse(decoded.text))
        expect(row.target).toEqual(whole)
    }
    expect(migrated).toBeGreaterThan(0)
  },
)
