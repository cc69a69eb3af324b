import { describe, expect, it } from 'vitest'
import { applyDiff } from '../../../../../shared/core/diff/applyDiff.ts'
import type { Change } from '../../../../../shared/core/diff/change.ts'
import { diff } from '../../../../../shared/core/diff/diff.ts'
import { invert } from '../../../../../shared/core/diff/invert.ts'
import { under } from '../../../../../shared/core/diff/under.ts'
import type { Json } from '../../../../../shared/schema/json.ts'
import { deepFreeze } from './deepFreeze.ts'

function changesOf(before: Json, after: Json) {
  return diff(deepFreeze(before), deepFreeze(after)).changes
}

/** Parsed, so that `__proto__` is an own key. */
function json(text: string): Json {
  return JSON.parse(text)
}

function changedAt(path: string): Change {
  return { kind: 'changed', path, before: 1, after: 2 }
}

const nested = (depth: number, leaf: number) =>
  json(`${'['.repeat(depth)}${leaf}${']'.repeat(depth)}`)

describe('diff', () => {
  it('[D1] equal values have no change, whatever the order of their keys', () => {
    const found = diff({ a: 1, b: [{ id: 'x', c: null }] }, { b: [{ c: null, id: 'x' }], a: 1 })
    expect(found).toEqual({
      changes: [],
      counts: { added: 0, removed: 0, changed: 0, moved: 0 },
      coarse: false,
    })
  })

  it('[D2] keys are compared one by one: removed, changed and added', () => {
    const found = diff({ gone: 1, other: 1, same: 1 }, { other: 2, same: 1, fresh: [1] })
    expect(found.changes).toEqual([
      { kind: 'removed', path: '/gone', before: 1 },
      { kind: 'changed', path: '/other', before: 1, after: 2 },
      { kind: 'added', path: '/fresh', after: [1] },
    ])
    expect(found.counts).toEqual({ added: 1, removed: 1, changed: 1, moved: 0 })
  })

  it('[D3] a step added and removed again is no change', () => {
    const before: Json = { steps: { build: { status: 'pending' } } }
    const between = applyDiff(before, [
      { kind: 'added', path: '/steps/test', after: { status: 'pending' } },
    ])
    const after = applyDiff(between, [
      { kind: 'removed', path: '/steps/test', before: { status: 'pending' } },
    ])
    expect(changesOf(before, after)).toEqual([])
  })

  it('[D4] items with an id are told apart by it: one put in front changes no other', () => {
    const before: Json = [{ id: 'a', n: 1 }, { id: 'b', n: 1 }] // oxfmt-ignore
    const after: Json = [{ id: 'z' }, { id: 'a', n: 1 }, { id: 'b', n: 2 }]
    expect(changesOf(before, after)).toEqual([
      { kind: 'added', path: '/0', after: { id: 'z' } },
      { kind: 'changed', path: '/1/n', to: '/2/n', before: 1, after: 2 },
    ])
  })

  it.each(['id', 'name', 'key', 'seq', 'number'])('[D4] items are told apart by %s too', (key) => {
    const before: Json = [{ [key]: 1 }, { [key]: 2 }, { [key]: 3 }]
    const after: Json = [{ [key]: 1 }, { [key]: 3 }]
    expect(changesOf(before, after)).toEqual([
      { kind: 'removed', path: '/1', before: { [key]: 2 } },
    ])
  })

  it('[D4] by its key an item is the same, however much of it another is like', () => {
    const before: Json = [{ id: 1, a: 1, b: 1 }, { id: 2, a: 5, b: 5 }] // oxfmt-ignore
    expect(changesOf(before, [{ id: 2, a: 1, b: 1 }])).toEqual([
      { kind: 'removed', path: '/0', before: { id: 1, a: 1, b: 1 } },
      { kind: 'changed', path: '/1/a', to: '/0/a', before: 5, after: 1 },
      { kind: 'changed', path: '/1/b', to: '/0/b', before: 5, after: 1 },
    ])
  })

  it.each([true, null, ['x']])(
    '[D4] what is neither a text nor a number, as %j, is no key',
    (id) => {
      const before: Json = [{ id: 'a', n: 1 }, { id, n: 2 }, 'end'] // oxfmt-ignore
      expect(
        changesOf(before, [{ id, n: 1 }, 'end']).map(({ kind, path }) => [kind, path]),
      ).toEqual([
        ['removed', '/1'],
        ['changed', '/0/id'],
      ])
    },
  )

  it('[D4] an id that two items share tells nothing apart: they are compared by content', () => {
    const before: Json = [{ id: 'a', n: 1 }, { id: 'a', n: 2 }] // oxfmt-ignore
    const after: Json = [{ id: 'a', n: 2 }]
    expect(changesOf(before, after)).toEqual([
      { kind: 'removed', path: '/0', before: { id: 'a', n: 1 } },
    ])
  })

  it('[D5] an item that stands elsewhere moved; what changed inside it has rows of its own', () => {
    const before: Json = [{ id: 'a' }, { id: 'b' }, { id: 'c', n: 1 }]
    const after: Json = [{ id: 'c', n: 2, m: 0 }, { id: 'a' }, { id: 'b' }]
    expect(changesOf(before, after)).toEqual([
      { kind: 'moved', path: '/0', from: '/2' },
      { kind: 'changed', path: '/2/n', to: '/0/n', before: 1, after: 2 },
      { kind: 'added', path: '/0/m', after: 0 },
    ])
  })

  it('[D6] in a list without keys what is equal on both sides is kept', () => {
    expect(changesOf(['a', 'b', 'c', 'd'], ['a', 'x', 'y', 'b', 'd'])).toEqual([
      { kind: 'removed', path: '/2', before: 'c' },
      { kind: 'added', path: '/1', after: 'x' },
      { kind: 'added', path: '/2', after: 'y' },
    ])
  })

  it('[D7] an item without a key that was changed in place is changed inside', () => {
    expect(changesOf([1, { a: 1, b: 2 }, 3], [1, { a: 1, b: 9 }, 3])).toEqual([
      { kind: 'changed', path: '/1/b', before: 2, after: 9 },
    ])
  })

  it('[D8] zero and minus zero differ', () => {
    const [change] = changesOf({ n: 0 }, { n: -0 })
    expect(change).toEqual({ kind: 'changed', path: '/n', before: 0, after: -0 })
    expect(changesOf([0, 1, 0], [0, 1, -0, 0])).toEqual([{ kind: 'added', path: '/2', after: -0 }])
  })

  it('[D9] any key is followed: empty, with / and ~, numeric, __proto__, beyond ASCII', () => {
    const before = json('{"":{"a/b":{"m~n":{"__proto__":{"0":{"š🚀":1}}}}},"__proto__":1}')
    const after = json('{"":{"a/b":{"m~n":{"__proto__":{"0":{"š🚀":2}}}}},"constructor":1}')
    const changes = changesOf(before, after)
    expect(changes).toEqual([
      { kind: 'changed', path: '//a~1b/m~0n/__proto__/0/š🚀', before: 1, after: 2 },
      { kind: 'removed', path: '/__proto__', before: 1 },
      { kind: 'added', path: '/constructor', after: 1 },
    ])
    expect(JSON.stringify(applyDiff(before, changes))).toBe(JSON.stringify(after))
    expect(JSON.stringify(applyDiff(after, invert(changes)))).toBe(JSON.stringify(before))
  })

  it('[D10] when the budget ends the changes are coarse, and still exact', () => {
    const before: Json = { a: { b: { c: 1, d: 2 } }, same: [1] }
    const after: Json = { a: { b: { c: 1, d: 3 } }, same: [1] }
    const found = diff(before, after, { maxNodes: 2 })
    expect(found.coarse).toBe(true)
    expect(found.changes).toEqual([
      { kind: 'changed', path: '/a', before: { b: { c: 1, d: 2 } }, after: { b: { c: 1, d: 3 } } },
    ])
    expect(applyDiff(before, found.changes)).toEqual(after)
  })

  it('[D10] a list too long for the budget is paired by position', () => {
    const before: Json = Array.from({ length: 300 }, (_, index) => [index])
    const after: Json = Array.from({ length: 301 }, (_, index) => [index * 7])
    const found = diff(before, after, { maxNodes: 500 })
    expect(found.coarse).toBe(true)
    expect(found.counts).toEqual({ added: 1, removed: 0, changed: 299, moved: 0 })
    expect(applyDiff(before, found.changes)).toEqual(after)
  })

  it('[D11] inverted changes lead back', () => {
    const before: Json = { l: [{ id: 1, v: 'x' }, { id: 2 }, { id: 3 }], k: 1 }
    const after: Json = { l: [{ id: 3 }, { id: 4 }, { id: 1, v: 'y' }], j: 2 }
    const changes = changesOf(before, after)
    expect(applyDiff(deepFreeze(after), invert(changes))).toEqual(before)
    expect(invert(invert(changes))).toEqual(changes)
  })

  it('[D12] changes found on another value are refused as a bug', () => {
    const changes = changesOf({ a: [1, 2, 3] }, { a: [2] })
    expect(() => applyDiff({ a: 1 }, changes)).toThrow('do not fit')
    expect(() => applyDiff({ a: [1] }, changes)).toThrow('do not fit')
    const removed = [{ kind: 'removed', path: '/b', before: 1 }] as const
    expect(() => applyDiff({ a: 1 }, removed)).toThrow('do not fit')
  })

  it.each<[string, Json, readonly Change[], string]>([
    ['all of it gone', [1], [{ kind: 'removed', path: '', before: [1] }], 'stand for itself'],
    ['into a key that is not there', {}, [changedAt('/a/b')], 'it has no key a'],
    ['into a scalar', { a: 1 }, [changedAt('/a/b')], 'lead into a scalar'],
    ['an item behind the last', [1], [changedAt('/1')], 'an item is missing'],
    ['what is no item', [1], [changedAt('/x')], 'an item is missing'],
    [
      'into an item that is gone',
      [{ a: 1 }],
      [{ kind: 'removed', path: '/0', before: { a: 1 } }, changedAt('/0/a')],
      'an item is missing',
    ],
    ['of the item behind the last', [1], [{ kind: 'removed', path: '/1', before: 1 }], 'missing'],
    ['a hole', [], [{ kind: 'added', path: '/1', after: 1 }], 'its length differs'],
    [
      'one item in two places',
      ['a', 'b'],
      [
        { kind: 'moved', path: '/0', from: '/0' },
        { kind: 'moved', path: '/1', from: '/0' },
      ],
      'its length differs',
    ],
    [
      'into an item that is new',
      [1],
      [
        { kind: 'added', path: '/0', after: {} },
        { kind: 'added', path: '/0/a', after: 1 },
      ],
      'an item is missing',
    ],
  ])('[D12] what leads nowhere is refused, and says why: %s', (_, before, changes, reason) => {
    expect(() => applyDiff(before, changes)).toThrow(reason)
  })

  it('[D14] only changes at or below a pointer, on either side', () => {
    const before: Json = [{ id: 'a', n: 1 }, { id: 'b' }, { id: 'ab' }]
    const after: Json = [{ id: 'ab' }, { id: 'a', n: 2 }, { id: 'b' }]
    const changes = changesOf(before, after)
    expect(under(changes, '')).toEqual(changes)
    expect(under(changes, '/2')).toEqual([{ kind: 'moved', path: '/0', from: '/2' }])
    expect(under(changes, '/1').map(({ path }) => path)).toEqual(['/0/n'])
    expect(under(changes, '/nowhere')).toEqual([])
  })

  it('[D15] a value that became of another kind is one change', () => {
    expect(changesOf({ a: [1, 2] }, { a: { 0: 1 } })).toEqual([
      { kind: 'changed', path: '/a', before: [1, 2], after: { 0: 1 } },
    ])
    expect(changesOf(1, [])).toEqual([{ kind: 'changed', path: '', before: 1, after: [] }])
    expect(changesOf(null, { a: 1 })).toEqual([
      { kind: 'changed', path: '', before: null, after: { a: 1 } },
    ])
  })

  it('[D16] pointers lead into the earlier value, those of what is new into the later one', () => {
    const before: Json = ['gone', { a: 1 }, 'x', 'y', 'z']
    const after: Json = [{ a: 2 }, 'x', 'y', 'z', 'new']
    expect(changesOf(before, after)).toEqual([
      { kind: 'removed', path: '/0', before: 'gone' },
      { kind: 'changed', path: '/1/a', to: '/0/a', before: 1, after: 2 },
      { kind: 'added', path: '/4', after: 'new' },
    ])
  })

  it('[D17] nesting of any depth is compared, as a whole where it is too deep', () => {
    const found = diff(nested(900, 1), nested(900, 2))
    expect(found.coarse).toBe(true)
    expect(found.counts.changed).toBe(1)
    expect(diff(nested(5000, 1), nested(5000, 1)).changes).toEqual([])
    expect(diff(nested(5000, 1), nested(5000, 2)).counts.changed).toBe(1)
  })

  it('[D18] a key that is set to undefined is not there', () => {
    const loose = { a: undefined, b: 1 } as unknown as Json // what code may hand over beside JSON
    expect(changesOf(loose, { b: 1 })).toEqual([])
    expect(changesOf({ b: 1, a: 2 }, loose)).toEqual([{ kind: 'removed', path: '/a', before: 2 }])
  })
})
