import { expect, test } from 'vitest'
import { indexAfterKey } from '../../../../renderer/ui/indexAfterKey.ts'

test.each([
  ['j', -1, 0],
  ['ArrowDown', 9, 9],
  ['k', 0, 0],
  ['ArrowUp', 5, 4],
  ['PageDown', 2, 6],
  ['PageUp', 2, 0],
  ['Home', 5, 0],
  ['End', 5, 9],
  ['x', 5, null],
] as const)('%s from row %i goes to %s', (key, active, target) => {
  expect(indexAfterKey(key, { active, page: 4, count: 10 })).toBe(target)
})

test('an empty table has nowhere to go', () => {
  expect(indexAfterKey('j', { active: -1, page: 4, count: 0 })).toBe(null)
})
