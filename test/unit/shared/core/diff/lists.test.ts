import { describe, expect, it } from 'vitest'
import { diff } from '../../../../../shared/core/diff/diff.ts'
import type { Json } from '../../../../../shared/schema/json.ts'
import { deepFreeze } from './deepFreeze.ts'

function rows(...skus: string[]): Json {
  return skus.map((sku, place) => ({ id: `row ${place}`, sku }))
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
    const before: Json = { one: { rows: [{ sku: 'a' }, { sku: 'b', n: 1 }] } }
    const after: Json = { one: { rows: [{ sku: 'b', n: 2 }] } }
    const { changes } = diff(before, after, { keys: [{ path: '/*/rows', key: 'sku' }] })
    expect(changes).toEqual([
      { kind: 'removed', path: '/one/rows/0', before: { sku: 'a' } },
      { kind: 'changed', path: '/one/rows/1/n', to: '/one/rows/0/n', before: 1, after: 2 },
    ])
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

  it('[D27] a long list in another order is compared without a search, coarse and exact', () => {
    const items = Array.from({ length: 9000 }, (_, index) => `item ${(index * 7919) % 9000}`)
    const { changes, coarse } = diff(items, items.toReversed(), { maxNodes: 1_000_000 })
    expect(coarse).toBe(true)
    expect(changes.length).toBeLessThan(9000)
    expect(changes.every(({ kind }) => kind === 'moved')).toBe(true)
  })
})
