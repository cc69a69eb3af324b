import { expect, test } from 'vitest'
import { restingIndex } from '../../../../renderer/ui/restingIndex.ts'

test('[L117] keys go on from where the selected row was when it is gone', () => {
  expect([
    restingIndex({ found: 4, isSelected: true, last: 2, count: 9 }),
    restingIndex({ found: -1, isSelected: true, last: 4, count: 9 }),
    restingIndex({ found: -1, isSelected: true, last: 8, count: 3 }),
    restingIndex({ found: -1, isSelected: false, last: 4, count: 9 }),
    restingIndex({ found: -1, isSelected: true, last: -1, count: 9 }),
  ]).toEqual([4, 4, 2, -1, -1])
})
