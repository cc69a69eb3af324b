import { expect, test } from 'vitest'
import {
  inOrder,
  layOut,
  moveColumn,
  plainLayout,
  readLayout,
  resizeColumn,
  showColumn,
} from '../../../../renderer/ui/tableLayout.ts'

const columns = [
  { id: 'status', width: 100 },
  { id: 'run', width: 180, least: 90 },
  { id: 'owner', width: 80, yields: 1 },
]

function ids(order: readonly string[]): readonly string[] {
  return inOrder(columns, order).map(({ id }) => id)
}

test('[L113] columns stand as they were put, and one that nobody placed stays behind its neighbour', () => {
  expect(ids([])).toEqual(['status', 'run', 'owner'])
  expect(ids(['owner', 'status'])).toEqual(['owner', 'status', 'run'])
  expect(ids(['gone', 'run'])).toEqual(['status', 'run', 'owner'])
  expect(moveColumn(['a', 'b', 'c'], 'a', { by: 5 })).toEqual(['b', 'c', 'a'])
})

test('[L113] a column that was chosen, and a width that was chosen, give way to nothing', () => {
  const layout = resizeColumn(showColumn(plainLayout, 'owner', true), 'run', 20)

  expect(layOut(columns, layout)).toEqual([
    { id: 'status', width: 100 },
    { id: 'run', width: 48 },
    { id: 'owner', width: 80 },
  ])
  expect(layOut(columns, showColumn(layout, 'status', false)).map(({ id }) => id)).toEqual([
    'run',
    'owner',
  ])
})

test('[L113] what was kept is read again, and what does not fit is as if nothing was chosen', () => {
  const layout = resizeColumn(plainLayout, 'run', 250)

  expect(readLayout(JSON.stringify(layout))).toEqual(layout)
  expect(readLayout('{"order":["a",7],"shown":{"b":"yes"},"widths":{"c":-1}}')).toEqual({
    ...plainLayout,
    order: ['a'],
  })
  expect(readLayout('{')).toEqual(plainLayout)
  expect(readLayout(null)).toEqual(plainLayout)
})
