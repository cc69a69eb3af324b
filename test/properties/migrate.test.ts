import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checksumV2 } from '../../shared/core/migrate/checksumV2.ts'
import { planMigration } from '../../shared/core/migrate/planMigration.ts'
import { upcast } from '../../shared/core/migrate/upcast.ts'
import { decodeHead } from '../../shared/core/codec/decodeHead.ts'
import { encodeHead } from '../../shared/core/codec/encodeHead.ts'
import { DocumentV1 } from '../../shared/schema/versions/v1.ts'
import { DocumentV2 } from '../../shared/schema/versions/v2.ts'
import { sha256 } from '../unit/shared/core/run/sampleRun.ts'
import { json, recordOfJson, text as anyText } from './arbitraryRun.ts'

const settings = { seed: 20260102, numRuns: 200 } as const

const text = fc.oneof(anyText, fc.constantFrom('a', 'a b', '__proto__', '..', 'con'))
const time = fc.oneof(
  text,
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.constantFrom(null, '2025-01-02T10:15:00Z', '2025-13-02T10:15:00+99:99'),
)
const seconds = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: 0, max: 4e9, noNaN: true }),
  fc.constant(null),
)
const part = { requiredKeys: [] }

const stateV1 = fc.record(
  {
    status: fc.oneof(text, fc.constantFrom('pending', 'running', 'completed', 'failed')),
    output: json,
    error: fc.option(text),
    exit_code: fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
    attempt: fc.oneof(
      fc.integer({ min: -2, max: 200 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    ),
    started_at: time,
    completed_at: time,
    odd: json,
  },
  { requiredKeys: ['status'] },
)
const version1 = fc
  .record(
    {
      workflow_id: text,
      workflow_name: text,
      status: fc.constantFrom('pending', 'running', 'completed', 'failed'),
      states: fc
        .uniqueArray(fc.tuple(text, stateV1), { maxLength: 4, selector: ([name]) => name })
        .map((entries) => Object.fromEntries(entries)),
      current_state: fc.option(text),
      started_at: time,
      updated_at: time,
      completed_at: time,
      inputs: recordOfJson(json),
      checkpoints: json,
      steps: json,
    },
    { requiredKeys: ['workflow_id', 'status', 'states'] },
  )
  .map((document) => ({ schema: DocumentV1, document }))

const stepV2 = fc.record(
  {
    id: text,
    status: fc.constantFrom('pending', 'running', 'success', 'failure', 'skipped', 'cancelled'),
    attempts: fc.oneof(
      fc.integer({ min: -2, max: 200 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    ),
    result: json,
    error: fc.option(text),
    started_at: seconds,
    completed_at: seconds,
    exit_code: json,
    kept_from_v1: json,
  },
  { requiredKeys: ['id', 'status'] },
)
const checkpointV2 = fc.record(
  {
    id: fc.oneof(text, fc.constant('x'.repeat(300))),
    step: fc.option(text),
    trigger: text,
    progress: fc.double({ noNaN: true, noDefaultInfinity: true }),
    timestamp: fc.double({ noNaN: true, noDefaultInfinity: true }),
    odd: json,
  },
  { requiredKeys: ['id', 'timestamp'] },
)
const version2 = fc
  .record(
    {
      version: fc.constant(2),
      workflow_id: text,
      workflow_version: fc.option(text),
      status: fc.constantFrom(
        'pending',
        'running',
        'waiting',
        'paused',
        'failed',
        'completed',
        'cancelled',
      ),
      steps: fc.array(stepV2, { maxLength: 4 }),
      started_at: seconds,
      updated_at: seconds,
      completed_at: seconds,
      variables: recordOfJson(json),
      branches: fc.record({ active_branches: json }, part),
      checkpoints: fc.array(checkpointV2, { maxLength: 3 }),
      metadata: recordOfJson(json),
      kept_from_v1: json,
    },
    { requiredKeys: ['version', 'workflow_id', 'status', 'steps'] },
  )
  .map((document) => ({ schema: DocumentV2, document }))

const options = {
  document: 'old.json',
  at: '2026-01-01T00:00:00.000Z',
  sha256,
  isTaken: (id: string) => id.startsWith('a'),
}

describe('migration', () => {
  it('[M11] makes a whole run of every document that its frozen schema takes', () => {
    fc.assert(
      fc.property(fc.oneof(version1, version2), ({ schema, document }) => {
        const old = JSON.stringify(document)
        expect(schema.safeParse(JSON.parse(old)).success).toBe(true)
        const { row, run } = planMigration(old, options)
        const isTaken = row.problem?.startsWith('Runs named after') === true
        if (!isTaken) expect(row.problem).toBeNull()
        if (run === null) return
        expect(decodeHead(encodeHead(run, sha256), sha256)).toMatchObject({ kind: 'ok', run })
        expect(upcast(old, options)).toEqual(run)
      }),
      settings,
    )
  })

  it('[M3] a document with its own checksum is taken, with any other it is not', () => {
    fc.assert(
      fc.property(version2, ({ document }) => {
        const checksum = checksumV2(JSON.stringify(document), sha256)
        const fits = planMigration(JSON.stringify({ checksum, ...document }), options)
        expect(fits.row.problem ?? '').not.toContain('checksum')
        const wrong = JSON.stringify({ ...document, checksum: checksum.replaceAll('a', 'b') + '0' })
        expect(planMigration(wrong, options).run).toBeNull()
      }),
      settings,
    )
  })

  it('[M11] never throws, whatever the text', () => {
    const anyOld = fc.oneof(
      anyText,
      json.map((value) => JSON.stringify(value)),
      fc
        .tuple(fc.oneof(version1, version2), fc.nat(500))
        .map(([{ document }, at]) => JSON.stringify(document).slice(0, at)),
      fc
        .tuple(json, json)
        .map(([a, b]) =>
          JSON.stringify({ version: 2, workflow_id: a, steps: b, states: a, status: b }),
        ),
    )
    fc.assert(
      fc.property(anyOld, (old) => {
        const { row, run } = planMigration(old, options)
        expect(run === null).toBe(row.problem !== null)
      }),
      settings,
    )
  })
})
