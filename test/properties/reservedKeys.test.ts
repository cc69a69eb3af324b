import * as fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { createHash } from 'node:crypto'
import { applyDiff } from '../../shared/core/diff/applyDiff.ts'
import { diff } from '../../shared/core/diff/diff.ts'
import { invert } from '../../shared/core/diff/invert.ts'
import { toPatch } from '../../shared/core/diff/toPatch.ts'
import { planEdit } from '../../shared/core/edit/planEdit.ts'
import { evaluateExpression } from '../../shared/core/expression/evaluateExpression.ts'
import { readUnknown } from '../../shared/core/formats/unknown/readUnknown.ts'
import { takeSteps } from '../../shared/core/migrate/upcast.ts'
import { matchState } from '../../shared/core/query/matchState.ts'
import { parseQuery } from '../../shared/core/query/parseQuery.ts'
import { applyPatch } from '../../shared/core/run/applyPatch.ts'
import { changeSettings } from '../../shared/core/settings/changeSettings.ts'
import { readSettingsText, withValue } from '../../shared/core/settings/readSettings.ts'
import { ownValue, type Json } from '../../shared/schema/json.ts'
import { pointer } from '../../shared/schema/pointer.ts'
import { failedRun } from '../unit/shared/core/edit/editedRuns.ts'
import { scope } from '../unit/shared/core/expression/scopeSample.ts'
import { moment } from '../unit/shared/core/run/sampleRun.ts'

const runs = { numRuns: 300, seed: 20260102 }
const reserved = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf']
const key = fc.constantFrom(...reserved, 'polluted', 'a', 'steps', 'status', 'id')

/** Entries, so that `__proto__` becomes an own key. */
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Json>(null, true, 1, 'polluted', 'failed'),
    fc.array(tie('json'), { maxLength: 3 }),
    fc
      .uniqueArray(fc.tuple(key, tie('json')), { maxLength: 5, selector: ([name]) => name })
      .map((entries): Json => Object.fromEntries(entries)),
  ),
}))
const path = fc.array(key, { minLength: 1, maxLength: 3 })

const shared = [Object.prototype, Array.prototype, Function.prototype, Object, Array] as const
const before = shared.map((one) => Reflect.ownKeys(one).map(String).join())

/** What every object inherits is what it was. */
afterEach(() => {
  expect(shared.map((one) => Reflect.ownKeys(one).map(String).join())).toEqual(before)
  expect('polluted' in {}).toBe(false)
})

test('[T166] diff, its inverse and its patch keep keys that objects inherit', () => {
  fc.assert(
    fc.property(json, json, (one, other) => {
      const { changes } = diff(one, other)
      const patched = applyPatch(one, toPatch(one, changes))
      expect(textOf(applyDiff(one, changes))).toBe(textOf(other))
      expect(textOf(patched)).toBe(textOf(other))
      expect(textOf(applyDiff(other, invert(changes)))).toBe(textOf(one))
    }),
    runs,
  )
})

test('[T166] an edit writes such a key as any other, and reaches nothing beyond the run', () => {
  fc.assert(
    fc.property(fc.constantFrom('inputs', 'variables'), path, json, (area, keys, value) => {
      const edit = {
        kind: 'add',
        path: pointer(area, ...keys),
        json: JSON.stringify(value),
      } as const
      const { outcome } = planEdit({
        run: failedRun,
        edits: [edit],
        asOf: moment(50),
        held: null,
        traces: {},
        base: null,
      })
      if (outcome === null || keys.length !== 1) return
      const [name = ''] = keys
      expect(textOf(ownValue(outcome.run[area], name))).toBe(textOf(value))
    }),
    runs,
  )
})

test('[T166] migrating and reading documents of unknown programs keep them apart', () => {
  fc.assert(
    fc.property(json, fc.constantFrom('1.0', 1, 2, null), (value, version) => {
      const text = JSON.stringify({
        version,
        format: 'unstuck',
        workflow_name: 'a',
        status: 'failed',
        steps: value,
        state: value,
        inputs: value,
        metadata: value,
      })
      takeSteps(text, { sha256, document: 'runs/a.json', now: moment(50) } as never)
      const file = { path: 'a.json', sizeBytes: text.length, modifiedAt: moment(1) }
      const set = {
        document: 'a.json',
        item: null,
        files: [file],
        texts: new Map([['a.json', text]]),
      }
      const { run } = readUnknown(set, { sha256, now: moment(50), mappings: [] })
      expect(Object.getPrototypeOf(run?.steps ?? {})).toBe(Object.prototype)
    }),
    runs,
  )
})

test('[T166] settings, their changes and the line in which runs are searched know only own keys', () => {
  fc.assert(
    fc.property(json, path, (value, keys) => {
      readSettingsText(JSON.stringify(value))
      const name = ['resume', 'commands', ...keys].join('.')
      const { after } = changeSettings('{}', [{ key: name, json: '"run me"' }])
      if (after !== null) expect(JSON.parse(after)).not.toHaveProperty('polluted')
      expect(textOf(withValue({}, keys, 'x'))).toContain(JSON.stringify(keys.at(-1)))
      parseQuery(`state:${keys.join('.')}=x ${keys[0]}:x`, 0)
      const condition = { kind: 'state', op: 'is', value: 'x', isNot: false } as const
      const isThere = matchState({}, { ...condition, path: pointer(...keys) } as never)
      expect(isThere).toBe(false)
    }),
    runs,
  )
})

test('[T166] an expression sees no key that a value only inherits', () => {
  for (const name of reserved) {
    const found = evaluateExpression(`has(inputs.map.${name})`, scope)
    const indexed = evaluateExpression(`inputs.map["${name}"]`, scope)
    expect('problem' in found || found.value === false, name).toBe(true)
    expect('problem' in indexed, name).toBe(true)
  }
})

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** With the keys in order: the order of keys is no matter of a change. */
function textOf(value: Json | undefined): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1))
      : inner,
  )
}
