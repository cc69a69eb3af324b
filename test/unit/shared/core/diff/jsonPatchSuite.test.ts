// The public test suite of RFC 6902: its documents for our comparison, its operations for our applier.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import fastJsonPatch from 'fast-json-patch'
import { describe, expect, it } from 'vitest'
import { applyDiff } from '../../../../../shared/core/diff/applyDiff.ts'
import { diff } from '../../../../../shared/core/diff/diff.ts'
import { toPatch } from '../../../../../shared/core/diff/toPatch.ts'
import { tryPatch, type PatchOperation } from '../../../../../shared/core/run/applyPatch.ts'
import { RecordBody } from '../../../../../shared/schema/journal.ts'
import type { Json } from '../../../../../shared/schema/json.ts'

type SuiteCase = {
  readonly comment?: string
  readonly doc: Json
  readonly patch: readonly PatchOperation[]
  readonly expected?: Json
  readonly error?: string
  readonly disabled?: boolean
}

const require = createRequire(import.meta.url)
const files = [
  require.resolve('json-patch-test-suite/tests.json'),
  require.resolve('json-patch-test-suite/spec_tests.json'),
]
const cases = files.flatMap((path) => {
  const all: readonly SuiteCase[] = JSON.parse(readFileSync(path, 'utf8'))
  return all
    .filter((one) => 'doc' in one && one.disabled !== true)
    .map((one, index) => ({
      ...one,
      title: `${basename(path)} ${index}: ${one.comment ?? one.error ?? ''}`,
    }))
})
const pairs = cases.flatMap((one) =>
  one.expected === undefined ? [] : { ...one, expected: one.expected },
)
const refused = cases.filter(({ error }) => error !== undefined)

describe('the JSON Patch test suite', () => {
  it('[D21] has documents to compare', () => {
    expect(pairs.length).toBeGreaterThan(60)
  })

  it.each(pairs)(
    '[D21] what was found makes the expected document: $title',
    ({ doc, expected }) => {
      expect(applyDiff(doc, diff(doc, expected).changes)).toEqual(expected)
    },
  )

  it.each(pairs)('[D21] another program applies our patch of it: $title', ({ doc, expected }) => {
    const patch = toPatch(doc, diff(doc, expected).changes)
    const copy: unknown = JSON.parse(JSON.stringify(doc))
    const operations = JSON.parse(JSON.stringify(patch))
    const { newDocument } = fastJsonPatch.applyPatch(copy, operations, true)
    expect(newDocument).toEqual(expected)
  })

  it.each(pairs)('[D22] its operations do what it says: $title', ({ doc, patch, expected }) => {
    expect(tryPatch(doc, patch)).toEqual({ kind: 'ok', value: expected })
  })

  it.each(refused)('[D22] its wrong operations are refused: $title', ({ doc, patch }) => {
    // What is no operation at all does not get past the schema of the record that carries it.
    const edited = { type: 'edited', patch, by: 'suite', reason: null }
    const isRefused = !RecordBody.safeParse(edited).success
    expect(isRefused || tryPatch(doc, patch).kind === 'failed').toBe(true)
  })
})
