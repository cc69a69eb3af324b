import { expect, test } from 'vitest'
import { fitColumns } from '../../../../renderer/ui/fitColumns.ts'

const columns = [
  { id: 'status', width: 100 },
  { id: 'step', width: 100, yields: 2 },
  { id: 'size', width: 50, yields: 1 },
  { id: 'why', width: 300 },
]

test.each([
  [null, ['status', 'step', 'size', 'why']],
  [550, ['status', 'step', 'size', 'why']],
  [549, ['status', 'step', 'why']],
  [499, ['status', 'why']],
  [10, ['status', 'why']],
])('on %s pixels the columns %j have room', (width, shown) => {
  expect(fitColumns(columns, width).map(({ id }) => id)).toEqual(shown)
})

test.each([
  [620, ['status', 'why', 'age', 'size']],
  [619, ['status', 'why', 'age']],
  [395, ['status', 'why', 'age']],
  [394, ['status', 'why']],
  [10, ['status', 'why']],
])('[L10] on %s pixels, for half of a column that shrinks, %j stay', (width, shown) => {
  const shrinking = [
    { id: 'status', width: 100 },
    { id: 'why', width: 350, least: 100 },
    { id: 'age', width: 120, yields: 'last' as const },
    { id: 'size', width: 50, yields: 1 },
  ]

  expect(fitColumns(shrinking, width).map(({ id }) => id)).toEqual(shown)
})
