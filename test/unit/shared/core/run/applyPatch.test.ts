import { describe, expect, test } from 'vitest'
import {
  applyPatch,
  tryPatch,
  type PatchOperation,
} from '../../../../../shared/core/run/applyPatch.ts'
import type { Json } from '../../../../../shared/schema/json.ts'
import { deepFreeze } from '../diff/deepFreeze.ts'

type Row = readonly [name: string, before: Json, patch: readonly PatchOperation[], after: Json]

/** The examples of RFC 6902, appendix A, and what they leave out. */
const rows: readonly Row[] = [
  ['adds a member', { foo: 'bar' }, [add('/baz', 'qux')], { foo: 'bar', baz: 'qux' }],
  ['adds an item', { foo: [1, 3] }, [add('/foo/1', 2)], { foo: [1, 2, 3] }],
  ['adds at the end', { foo: [1] }, [add('/foo/-', [2])], { foo: [1, [2]] }],
  ['removes a member', { a: 1, b: 2 }, [{ op: 'remove', path: '/a' }], { b: 2 }],
  ['removes an item', [1, 2, 3], [{ op: 'remove', path: '/1' }], [1, 3]],
  ['replaces a value', { a: [1] }, [{ op: 'replace', path: '/a/0', value: 2 }], { a: [2] }],
  ['replaces the whole', { a: 1 }, [{ op: 'replace', path: '', value: [] }], []],
  [
    'moves a member',
    { foo: { bar: 1 }, qux: {} },
    [{ op: 'move', from: '/foo/bar', path: '/qux/thud' }],
    { foo: {}, qux: { thud: 1 } },
  ],
  ['moves an item', [1, 2, 3], [{ op: 'move', from: '/0', path: '/2' }], [2, 3, 1]],
  ['moves to the same place', { a: 1 }, [{ op: 'move', from: '/a', path: '/a' }], { a: 1 }],
  [
    'copies',
    { a: { b: 1 } },
    [{ op: 'copy', from: '/a', path: '/c' }],
    { a: { b: 1 }, c: { b: 1 } },
  ],
  [
    'tests and goes on',
    { a: [1, { b: null }] },
    [check('/a', [1, { b: null }])],
    { a: [1, { b: null }] },
  ],
  ['reads ~0 and ~1', { 'a/b': { 'm~n': 1 } }, [add('/a~1b/m~0n', 2)], { 'a/b': { 'm~n': 2 } }],
  ['knows the empty key', { '': 1 }, [{ op: 'replace', path: '/', value: 2 }], { '': 2 }],
]

function add(path: string, value: Json): PatchOperation {
  return { op: 'add', path, value }
}

function check(path: string, value: Json): PatchOperation {
  return { op: 'test', path, value }
}

describe('applyPatch', () => {
  test.each(rows)('[J30] %s', (_name, before, patch, after) => {
    expect(applyPatch(deepFreeze(before), deepFreeze(patch))).toEqual(after)
  })

  test('[J30] writes a key __proto__ as any other', () => {
    const patched = applyPatch({ a: 1 }, [add('/__proto__', { polluted: true })])
    expect(JSON.stringify(patched)).toBe('{"a":1,"__proto__":{"polluted":true}}')
    expect('polluted' in {}).toBe(false)
  })

  test.each<readonly [string, Json, PatchOperation]>([
    ['a missing parent', {}, add('/a/b', 1)],
    ['an index beyond the end', [1], add('/2', 1)],
    ['an index with a leading zero', [1, 2], { op: 'remove', path: '/01' }],
    ['a missing member to remove', {}, { op: 'remove', path: '/a' }],
    ['a missing member to replace', {}, { op: 'replace', path: '/a', value: 1 }],
    ['an inherited member', {}, { op: 'remove', path: '/toString' }],
    ['the end of a list to replace', [1], { op: 'replace', path: '/-', value: 1 }],
    ['a test that fails', { a: 1 }, check('/a', '1')],
    ['a test of an absent member', {}, check('/a', null)],
    ['a move into itself', { a: { b: {} } }, { op: 'move', from: '/a', path: '/a/b/c' }],
    ['a missing source', {}, { op: 'copy', from: '/a', path: '/b' }],
    ['a pointer without a slash', { a: 1 }, { op: 'remove', path: 'a' }],
    ['a tilde that escapes nothing', { 'a~': 1 }, { op: 'remove', path: '/a~' }],
    ['a missing value', {}, { op: 'add', path: '/a' }],
  ])('[J30] nothing is changed by %s', (_name, before, operation) => {
    const patched = tryPatch(deepFreeze(before), [add('/new', 1), operation].slice(-1))
    expect(patched.kind).toBe('failed')
  })

  test('[J30] names the operation that does not fit', () => {
    expect(tryPatch({}, [add('/a', 1), { op: 'remove', path: '/b' }])).toEqual({
      kind: 'failed',
      operation: 1,
      sentence: 'Operation 2 (remove /b) does not fit.',
    })
  })
})
