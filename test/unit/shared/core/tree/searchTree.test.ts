import { describe, expect, test } from 'vitest'
import { placeOf } from '../../../../../shared/core/tree/jsonTree.ts'
import { searchTree } from '../../../../../shared/core/tree/searchTree.ts'
import type { Json } from '../../../../../shared/schema/json.ts'

const state = {
  id: 'order-7',
  steps: {
    load: { output: { rows: [{ name: 'Order' }, { name: null }], total: 7 } },
    order: { output: 'nothing' },
  },
}

function found(root: Json, query: string, skip = 0) {
  const steps = [...searchTree(root, { query, skip })]
  return steps.flatMap(({ match }) => (match === null ? [] : [[match.pointer, match.where]]))
}

describe('searching a value', () => {
  test('[E163] keys and values are found in document order, whatever the case', () => {
    expect(found(state, 'ORDER')).toEqual([
      ['/id', 'value'],
      ['/steps/load/output/rows/0/name', 'value'],
      ['/steps/order', 'key'],
    ])
    expect(found(state, 'null')).toEqual([['/steps/load/output/rows/1/name', 'value']])
    expect(found(state, '7')).toEqual([
      ['/id', 'value'],
      ['/steps/load/output/total', 'value'],
    ])
  })

  test('[E163] a path is found by its end, the last part as far as it is typed', () => {
    expect(found(state, 'load.output.to')).toEqual([['/steps/load/output/total', 'path']])
    expect(found(state, 'rows[1].name')).toEqual([['/steps/load/output/rows/1/name', 'path']])
    expect(found(state, '/steps/order/output')).toEqual([['/steps/order/output', 'path']])
  })

  test('[E163] pages leave nothing out and bring nothing twice', () => {
    const many = Array.from({ length: 9000 }, (_, index) => ({ hit: index % 3 === 0 ? 'x' : 'y' }))
    const whole = found(many, 'x')
    const pages: unknown[] = []
    for (let skip: number | null = 0; skip !== null;) {
      let next: number | null = null
      for (const { match, looked } of searchTree(many, { query: 'x', skip })) {
        if (match === null) continue
        pages.push([match.pointer, match.where])
        next = looked
        if (pages.length % 700 === 0) break
      }
      skip = next
    }
    expect(whole).toHaveLength(3000)
    expect(pages).toEqual(whole)
  })

  test('[E163] of a long text the part around the place is told', () => {
    const text = `${'a'.repeat(5000)}needle${'b'.repeat(5000)}`
    const [step] = [...searchTree({ text }, { query: 'Needle' })]
    expect(step?.match?.excerpt).toMatch(/^…a+needleb+…$/)
    expect(step?.match?.excerpt?.length).toBeLessThan(200)
  })

  test('[E163] others have a turn while much is looked through', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => index)
    const pauses = [...searchTree(many, { query: 'none' })].filter(({ match }) => match === null)
    expect(pauses.length).toBeGreaterThan(3)
  })

  test('[E165] a child is found by its key', () => {
    expect([placeOf({ a: 1, b: 2 }, 'b'), placeOf([1, 2, 3], '2')]).toEqual([1, 2])
    expect([placeOf({ a: 1 }, 'x'), placeOf([1], '1'), placeOf('text', '0')]).toEqual([-1, -1, -1])
  })
})
