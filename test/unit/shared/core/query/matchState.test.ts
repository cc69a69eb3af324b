import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matchState } from '../../../../../shared/core/query/matchState.ts'
import { stateNeedles } from '../../../../../shared/core/query/stateNeedles.ts'
import type { Json } from '../../../../../shared/schema/json.ts'
import { stateOps, type StateCondition } from '../../../../../shared/schema/runCondition.ts'

const state = {
  inputs: { orderId: 42, customer: 'Ada', tags: ['blue', 'Green'], none: null, on: true },
  steps: { load: { output: { rows: [{ id: 'r-1' }, { id: 'r-2' }] } } },
  at: '2026-01-02T00:00:00.000Z',
}
const ask = (path: string, op: StateCondition['op'], value = '', isNot = false): boolean =>
  matchState(state, { kind: 'state', path, op, value, isNot })

describe('a condition on the state', () => {
  test('[T140] it is looked for at its place; one key or many may be left open', () => {
    expect(ask('/inputs/orderId', 'equals', '42')).toBe(true)
    expect(ask('/inputs/orderId', 'equals', '4')).toBe(false)
    expect(ask('/inputs/*', 'equals', 'Ada')).toBe(true)
    expect(ask('/**/id', 'equals', 'r-2')).toBe(true)
    expect(ask('/steps/load/output/rows/1/id', 'equals', 'r-2')).toBe(true)
    expect(ask('/steps/**', 'equals', '42')).toBe(false)
    expect(ask('/inputs/toString', 'exists')).toBe(false)
    expect(ask('/inputs/none', 'exists')).toBe(true)
  })

  test('[T140] numbers compare as numbers, texts as texts, and what is no single value is equal to nothing', () => {
    expect(ask('/inputs/orderId', 'above', '5')).toBe(true)
    expect(ask('/inputs/orderId', 'equals', '42.0')).toBe(true)
    expect(ask('/inputs/orderId', 'below', '100')).toBe(true)
    expect(ask('/inputs/customer', 'above', '5')).toBe(false)
    expect(ask('/inputs/customer', 'above', 'AA')).toBe(true)
    expect(ask('/at', 'above', '2026-01-01')).toBe(true)
    expect(ask('/inputs/on', 'equals', 'true')).toBe(true)
    expect(ask('/inputs/on', 'above', '0')).toBe(false)
    expect(ask('/inputs/tags', 'equals', '["blue","Green"]')).toBe(false)
  })

  test('[T140] a text is found in values in any case, in keys where any place is meant, and its absence is asked for too', () => {
    expect(ask('/**', 'contains', 'green')).toBe(true)
    expect(ask('/**', 'contains', 'ORDERID')).toBe(true)
    expect(ask('/inputs/tags', 'contains', 'lue')).toBe(true)
    expect(ask('/inputs', 'contains', 'nowhere', true)).toBe(true)
    expect(ask('/inputs/orderId', 'exists', '', true)).toBe(false)
  })

  test.each<[string, StateCondition['op'], string, boolean]>([
    ['/inputs/tags/0', 'equals', 'blue', true],
    ['/inputs/tags/00', 'exists', '', false],
    ['/inputs/tags/x0', 'exists', '', false],
    ['/inputs/tags/0x', 'exists', '', false],
    ['/inputs/tags/2', 'exists', '', false],
    ['/inputs/tags/-', 'exists', '', false],
    ['/inputs/tags/*', 'equals', 'Green', true],
    ['/inputs/customer/0', 'exists', '', false],
    ['/inputs/orderId', 'above', '42', false],
    ['/inputs/orderId', 'below', '42', false],
    ['/inputs/orderId', 'below', '41', false],
    ['/inputs/orderId', 'above', '', false],
    ['/inputs/orderId', 'above', ' ', false],
    ['/inputs/orderId', 'equals', ' ', false],
    ['/inputs/customer', 'equals', 'Ad', false],
    ['/inputs/customer', 'above', 'Ada', false],
    ['/inputs/customer', 'below', 'Ada', false],
    ['/inputs/customer', 'below', 'B', true],
    ['/inputs/customer', 'below', 'A', false],
    ['/inputs/customer', 'below', '5', false],
    ['/inputs/tags', 'below', '["c"]', false],
    ['/inputs/tags', 'above', '["a"]', false],
    ['/inputs/none', 'below', 'x', false],
    ['/inputs/on', 'below', 'z', false],
    ['/inputs', 'contains', 'GREEN', true],
    ['/inputs', 'contains', 'customer', true],
    ['/inputs/on', 'contains', 'RU', true],
    ['/**', 'equals', 'orderId', false],
    ['/**', 'exists', '', true],
    ['/**/customer', 'contains', 'inputs', false],
    ['/*', 'contains', 'inputs', false],
    ['/**/**', 'contains', 'inputs', true],
    ['', 'contains', 'inputs', true],
    ['/**/rows/**', 'equals', 'r-1', true],
  ])('[T140] %s %s “%s” is %s', (path, op, value, isThere) => {
    expect([ask(path, op, value), ask(path, op, value, true)]).toEqual([isThere, !isThere])
  })

  test('[T141] a document without the needles of a condition does not fit it', () => {
    const word = fc.constantFrom('a', 'b', 'id', 'ID', '42', '4.20e1', 'é', 'a"b', 'x y', '')
    const value: fc.Arbitrary<Json> = fc.letrec<{ node: Json }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        word,
        fc.constantFrom<Json>(42, 7, null, true),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(word, tie('node'), { maxKeys: 3 }),
      ),
    })).node
    const condition = fc.record({
      kind: fc.constant('state' as const),
      path: fc
        .array(fc.oneof(word, fc.constantFrom('*', '**', '0')), { maxLength: 3 })
        .map((keys) => keys.map((key) => `/${key}`).join('')),
      op: fc.constantFrom(...stateOps),
      value: word,
      isNot: fc.boolean(),
    })
    let fitting = 0
    fc.assert(
      fc.property(value, condition, (document, asked) => {
        if (!matchState(document, asked)) return
        fitting += 1
        const text = JSON.stringify(document)
        for (const needle of stateNeedles(asked))
          expect(needle.anyCase ? text.toLowerCase() : text).toContain(needle.text)
      }),
      { seed: 2, numRuns: 5000 },
    )
    expect(fitting).toBeGreaterThan(500)
  })
})
