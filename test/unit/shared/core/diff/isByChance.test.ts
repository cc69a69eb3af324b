import { expect, test } from 'vitest'
import type { Change } from '../../../../../shared/core/diff/change.ts'
import { isByChance } from '../../../../../shared/core/diff/isByChance.ts'
import type { Json } from '../../../../../shared/schema/json.ts'

const own = ['/home/ada/flows']

function changed(path: string, before: Json, after: Json): Change {
  return { kind: 'changed', path, before, after }
}

test('[D65] a change is one by chance where its name, its text or its own folder says so', () => {
  expect(
    [
      changed('/orderId', 'a', 'b'),
      changed('/steps/build/finishedAt', 1, 2),
      changed('/log', 'took 12 ms', 'took 3 s'),
      changed('/file', '/home/ada/flows/a', '/home/ada/flows/a'),
      changed('', { id: 1 }, { id: 2 }),
    ].map((change) => isByChance(change, own)),
  ).toEqual([true, true, true, true, true])
})

test('[D65] items of a list are called as the list is, whatever their number', () => {
  expect(isByChance(changed('/orderId/0', 'a', 'b'), own)).toBe(true)
  expect(isByChance(changed('/orderId/12/3', 'a', 'b'), own)).toBe(true)
  expect(isByChance(changed('/orders/12', 'a', 'b'), own)).toBe(false)
  expect(isByChance(changed('/at/x1', 'a', 'b'), own)).toBe(false)
  expect(isByChance(changed('/at/1x', 'a', 'b'), own)).toBe(false)
})

test('[D65] what says something else is none, and what came, went or moved never is', () => {
  expect(isByChance(changed('/total', 1, 2), own)).toBe(false)
  expect(isByChance(changed('/orderId', 'a', null), own)).toBe(false)
  expect(isByChance({ kind: 'added', path: '/id', after: 1 }, own)).toBe(false)
  expect(isByChance({ kind: 'removed', path: '/id', before: 1 }, own)).toBe(false)
  expect(isByChance({ kind: 'moved', path: '/id/0', from: '/id/1' }, own)).toBe(false)
})
