import { describe, expect, it } from 'vitest'
import { applyDiff } from '../../../../../shared/core/diff/applyDiff.ts'
import type { Change } from '../../../../../shared/core/diff/change.ts'
import { diff } from '../../../../../shared/core/diff/diff.ts'
import type { Json } from '../../../../../shared/schema/json.ts'
import { deepFreeze } from './deepFreeze.ts'

function rows(...skus: string[]): Json {
  return skus.map((sku, place) => ({ id: `row ${place}`, sku }))
}

/** Each change with its places. */
function shown(changes: readonly Change[]): readonly string[] {
  return changes.map((change) => {
    const to = change.kind === 'changed' && change.to !== undefined ? ` to ${change.to}` : ''
    return `${change.kind} ${change.path}${to}`
  })
}

const made = (count: number, shift: number) =>
  Array.from({ length: count }, (_, index) => ({
    a: index + shift,
    b: -index - shift,
    c: shift,
  }))

const keyedBy = (word: string) => Array.from({ length: 40 }, (_, at): Json => ({ [word]: at }))

const between = (list: readonly Json[], ...more: readonly Json[]): Json => [
  ...list.slice(0, 20),
  ...more,
  ...list.slice(20),
  'end',
]

const tops = (before: Json, after: Json) =>
  shown(diff(before, after).changes).filter((one) => /\/\d+$|to/.test(one))

const inner = (...skus: readonly string[]) =>
  skus.map((sku, place) => ({ id: place, sku, text: `text ${sku}` }))

const shifted = (count: number) => {
  const [before, after] = [made(count, 1), made(count, 0)]
  return diff([...before, 'end'], [...after, 'end']).counts
}

describe('diff of lists', () => {
  it('[D23] an equal item without a key that stands elsewhere is moved', () => {
    const before: Json = [{ a: 1 }, { b: 2 }, { c: 3 }, { d: 4 }]
    const after: Json = [{ b: 2 }, { c: 3 }, { a: 1 }, { d: 4 }]
    expect(diff(deepFreeze(before), deepFreeze(after)).changes).toEqual([
      { kind: 'moved', path: '/2', from: '/0' },
    ])
  })

  it('[D24] of items without a key the likest are the same: one put before a changed one is new', () => {
    const before: Json = [{ at: 1, text: 'paid', by: 'x' }, 'end']
    const after: Json = [{ at: 9, text: 'new', by: 'y' }, { at: 1, text: 'paid', by: 'z' }, 'end']
    expect(diff(before, after).changes).toEqual([
      { kind: 'added', path: '/0', after: { at: 9, text: 'new', by: 'y' } },
      { kind: 'changed', path: '/0/by', to: '/1/by', before: 'x', after: 'z' },
    ])
  })

  it.each<[string, Json, Json, readonly unknown[]]>([
    [
      'lists, by what they have in common at both ends',
      [[1, 2, 3], 'end'],
      [[9, 9, 9], [0, 2, 3], 'end'],
      ['added /0', 'changed /0/0 to /1/0'],
    ],
    [
      'lists of which one has one item more',
      [[1, 2, 3, 4], 'end'],
      [[1, 9, 9, 9], [1, 2, 0, 3, 4], 'end'],
      ['added /0', 'added /1/2'],
    ],
    [
      'lists in which an item stands twice: it counts once',
      [[1, 1], 'end'],
      [[1, 2], [1, 1, 1], 'end'],
      ['changed /0/1', 'added /1'],
    ],
    [
      'records, by the share of keys that are the same',
      [{ a: 1, b: 2, c: 3, d: 4 }, 'end'],
      [{ a: 1, b: 2, x: 0, y: 0, z: 0 }, { a: 1, b: 2, c: 0, d: 0 }, 'end'],
      ['added /0', 'changed /0/c to /1/c', 'changed /0/d to /1/d'],
    ],
    [
      'records, where a key is there and another is not',
      [{ a: 1, b: 2 }, 'end'],
      [{ a: 1, b: 2, c: 3, d: 4, e: 5 }, { a: 1, b: 0 }, 'end'],
      ['added /0', 'changed /0/b to /1/b'],
    ],
    [
      'values of one kind',
      [{ a: 1, c: 1 }, [1], 'x', 'end'],
      ['y', { a: 2, c: 1 }, [2], 'z', 'end'],
      ['added /0', 'changed /0/a to /1/a', 'changed /1/0 to /2/0', 'changed /2 to /3'],
    ],
  ])('[D24] the likest are the same of %s', (_, before, after, told) => {
    expect(shown(diff(before, after).changes)).toEqual(told)
  })

  it('[D24] as many as can be looked at, item by item; of more the first is the first', () => {
    expect(shifted(32)).toEqual({ added: 1, removed: 1, changed: 31, moved: 0 })
    expect(shifted(33)).toEqual({ added: 0, removed: 0, changed: 99, moved: 0 })
  })

  it('[D24] in a long gap the longer side gives up items of another kind than their partner', () => {
    const [old, fresh] = [keyedBy('old'), keyedBy('new')]
    expect(tops(between(old), between(fresh, 'note'))).toEqual(['added /20'])
    expect(tops(between(old, 'note'), between(fresh))).toEqual(['removed /20'])
    expect(tops(between(old), between(fresh, { new: 'note' }))).toEqual(['added /40'])
    expect(tops(between(old, { old: 'note' }), between(fresh))).toEqual(['removed /40'])
    expect(tops(between(old, [1]), between(fresh, 'note'))).toEqual(['changed /20'])
  })

  it('[D25] a key that was chosen for a list tells its items apart, there and nowhere else', () => {
    const before: Json = { rows: rows('a', 'b'), other: rows('a', 'b') }
    const after: Json = { rows: rows('b', 'a'), other: rows('b', 'a') }
    const keys = [{ path: '/rows', key: 'sku' }]
    const { changes } = diff(before, after, { keys })
    expect(changes.filter(({ path }) => path.startsWith('/rows'))).toEqual([
      { kind: 'changed', path: '/rows/1/id', to: '/rows/0/id', before: 'row 1', after: 'row 0' },
      { kind: 'moved', path: '/rows/1', from: '/rows/0' },
      { kind: 'changed', path: '/rows/0/id', to: '/rows/1/id', before: 'row 0', after: 'row 1' },
    ])
    expect(changes.filter(({ path }) => path.startsWith('/other'))).toEqual([
      { kind: 'changed', path: '/other/0/sku', before: 'a', after: 'b' },
      { kind: 'changed', path: '/other/1/sku', before: 'b', after: 'a' },
    ])
  })

  it('[D25] a star in the place of a chosen key stands for any key', () => {
    const before: Json = { one: { rows: [{ sku: 'a', n: 2, m: 3 }, { sku: 'b', n: 1, m: 3 }] } } // oxfmt-ignore
    const after: Json = { one: { rows: [{ sku: 'b', n: 2, m: 3 }] } }
    const { changes } = diff(before, after, { keys: [{ path: '/*/rows', key: 'sku' }] })
    expect(changes).toEqual([
      { kind: 'removed', path: '/one/rows/0', before: { sku: 'a', n: 2, m: 3 } },
      { kind: 'changed', path: '/one/rows/1/n', to: '/one/rows/0/n', before: 1, after: 2 },
    ])
  })

  it('[D25] a key that was chosen for a list is none of the lists inside of it', () => {
    const before: Json = { rows: [{ sku: 'one', parts: inner('a', 'b') }] }
    const after: Json = { rows: [{ sku: 'one', parts: inner('b', 'a') }] }
    const { counts } = diff(before, after, { keys: [{ path: '/rows', key: 'sku' }] })
    expect(counts).toEqual({ added: 0, removed: 0, changed: 4, moved: 0 })
  })

  it('[D26] a list that is to be compared by content is, whatever keys it has', () => {
    const before: Json = [{ id: 1, text: 'a' }, { id: 2, text: 'b' }] // oxfmt-ignore
    const after: Json = [{ id: 2, text: 'a' }]
    const { changes } = diff(before, after, { keys: [{ path: '', key: null }] })
    expect(changes).toEqual([
      { kind: 'removed', path: '/1', before: { id: 2, text: 'b' } },
      { kind: 'changed', path: '/0/id', before: 1, after: 2 },
    ])
  })

  it('[D27] what stands once on each side and keeps its order stays where it is, the others are moved', () => {
    const items = Array.from({ length: 40 }, (_, index) => `item ${index}`)
    const twice = ['twin', ...items, 'twin']
    const after = [...items.slice(25), 'twin', 'twin', ...items.slice(0, 25)]
    const found = diff(twice, after, { maxNodes: 400 })
    expect(found.coarse).toBe(true)
    expect(found.counts).toEqual({ added: 0, removed: 0, changed: 0, moved: 16 })
    expect(applyDiff(twice, found.changes)).toEqual(after)
    expect(diff(twice, after).coarse).toBe(false)
  })

  it('[D27] a long list in another order is compared without a search, coarse and exact', () => {
    const items = Array.from({ length: 9000 }, (_, index) => `item ${(index * 7919) % 9000}`)
    const { changes, coarse } = diff(items, items.toReversed(), { maxNodes: 1_000_000 })
    expect(coarse).toBe(true)
    expect(changes.length).toBeLessThan(9000)
    expect(changes.every(({ kind }) => kind === 'moved')).toBe(true)
  })
})
