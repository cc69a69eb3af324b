import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { decodeHead } from '../../../../../shared/core/codec/decodeHead.ts'
import { encodeHead } from '../../../../../shared/core/codec/encodeHead.ts'
import { detectFormat } from '../../../../../shared/core/formats/detectFormat.ts'
import { check } from '../../../../../shared/core/integrity/check.ts'
import { checksumV2 } from '../../../../../shared/core/migrate/checksumV2.ts'
import { planMigration } from '../../../../../shared/core/migrate/planMigration.ts'
import { DocumentV1, StateV1 } from '../../../../../shared/schema/versions/v1.ts'
import { CheckpointV2, DocumentV2, StepV2 } from '../../../../../shared/schema/versions/v2.ts'
import { sha256 } from '../run/sampleRun.ts'

const fixtures = new URL('../../../../fixtures/versions/', import.meta.url)
type Fields = { [key: string]: unknown }
const read = (path: string) => JSON.parse(readFileSync(new URL(path, fixtures), 'utf8')) as Fields // an object by its fixture

/** The parts that a schema lets away; a fixture with all of them is what one is taken from. */
function optionalKeys(schema: z.ZodObject): readonly string[] {
  const parts: Readonly<Record<string, z.ZodType>> = schema.shape
  return Object.entries(parts).flatMap(([key, part]) =>
    part.safeParse(undefined).success ? [key] : [],
  )
}

type Part = { readonly key: string; readonly of: (document: Fields) => readonly Fields[] }

const root = (document: Fields): readonly Fields[] => [document]
const items =
  (key: string) =>
  (document: Fields): readonly Fields[] =>
    Object.values((document[key] ?? {}) as Record<string, Fields>) // a list or a record of objects by the fixture
const partsOf = (schema: z.ZodObject, of: Part['of']): readonly Part[] =>
  optionalKeys(schema).map((key) => ({ key, of }))

const versions = [
  {
    file: '1/whole.json',
    version: 1,
    parts: [...partsOf(DocumentV1, root), ...partsOf(StateV1, items('states'))],
  },
  {
    file: '2/whole.json',
    version: 2,
    parts: [
      ...partsOf(DocumentV2, root),
      ...partsOf(StepV2, items('steps')),
      ...partsOf(CheckpointV2, items('checkpoints')),
    ],
  },
] as const

function without(document: Fields, parts: readonly Part[]): string {
  const copy = structuredClone(document)
  for (const { key, of } of parts) for (const fields of of(copy)) delete fields[key]
  if (copy['checksum'] === undefined) return JSON.stringify(copy)
  return JSON.stringify({ ...copy, checksum: checksumV2(JSON.stringify(copy), sha256) })
}

function expectWhole(text: string): readonly string[] {
  expect(detectFormat(text).problem).toBeNull()
  const options = { document: 'old.json', at: '2026-01-01T00:00:00.000Z', sha256 }
  const { row, run } = planMigration(text, { ...options, isTaken: () => false })
  expect([row.problem, row.cause]).toEqual([null, null])
  if (run === null) throw new Error(row.document)
  expect(decodeHead(encodeHead(run, sha256), sha256)).toMatchObject({ kind: 'ok', findings: [] })
  expect(check(run)).toEqual([])
  return row.notes
}

describe.each(versions)('$file', ({ file, version, parts }) => {
  const whole = read(file)

  test('[M18] has every optional part of its version', () => {
    const missing = parts.filter(({ key, of }) => !of(whole).some((fields) => key in fields))
    expect(missing.map(({ key }) => key)).toEqual([])
    expect(detectFormat(JSON.stringify(whole)).version).toBe(version)
  })

  test('[M18] opens and migrates with all of them, and with none', () => {
    expectWhole(without(whole, []))
    expectWhole(without(whole, parts))
  })

  test('[M18] opens and migrates without any one of them, and without any two', () => {
    for (const [index, part] of parts.entries())
      for (const other of parts.slice(index)) expectWhole(without(whole, [part, other]))
  })

  test('[M16] says where what has no place is kept', () => {
    const notes = expectWhole(without({ ...whole, owner: 'ada' }, [])).join('\n')
    expect(notes).toMatch(/owner.*kept under \/migratedFrom\/fields/)
  })
})

test('[M16] a time without a zone is named', () => {
  const whole = { ...read('1/whole.json'), started_at: '2025-01-02 10:15:00' }
  expect(expectWhole(without(whole, []))).toContain(
    'started_at is "2025-01-02 10:15:00", without a zone: it is taken as UTC.',
  )
})
