import { expect, test } from 'vitest'
import { choiceOf, layoutOf } from '../../../../../renderer/features/runs/columnChoice.ts'
import { plainLayout } from '../../../../../renderer/ui/tableLayout.ts'

const columns = [{ id: 'status' }, { id: 'id' }, { id: 'owner' }]

test('[L190] columns as they were chosen are words, and the same again when these are read', () => {
  const layout = {
    order: ['owner', 'id'],
    shown: { owner: true, status: false },
    widths: { id: 90 },
  }
  expect(choiceOf(layout, columns)).toEqual(['owner!', 'id:90'])
  expect(layoutOf(['owner!', 'id:90'], columns)).toEqual(layout)
})

test('[L190] columns as they are at first need no words, and words that name none change nothing', () => {
  expect(choiceOf(plainLayout, columns)).toBe(null)
  expect(layoutOf(['colour', 'id:wide', ''], columns)).toEqual(plainLayout)
})
