import { expect, test } from 'vitest'
import { createSortedList } from '../../../../../shared/core/graph/sortedList.ts'

function listOf(...items: readonly number[]) {
  const list = createSortedList<number, number>((a, b) => a - b)
  for (const item of items) list.add(item)
  return list
}

test('items stand in the order of their key, in whatever order they come', () => {
  const list = listOf(5, 1, 9, 3, 7)
  expect([list.size(), list.first(9), list.first(2)]).toEqual([5, [1, 3, 5, 7, 9], [1, 3]])
  expect([list.at(0), list.at(4), list.at(5)]).toEqual([1, 9, undefined])
})

test('what is removed is gone, and removing what is not there changes nothing', () => {
  const list = listOf(1, 3, 5, 7)
  for (const item of [3, 4, 0, 9, 7]) list.remove(item)
  expect(list.first(9)).toEqual([1, 5])
})

test('the first behind a place, and how many stand before it', () => {
  const list = listOf(1, 3, 5, 7)
  expect([0, 1, 2, 7, 8].map((place) => list.after(place))).toEqual([1, 1, 3, 7, undefined])
  expect([0, 1, 2, 7, 8].map((place) => list.countBefore(place))).toEqual([0, 0, 1, 3, 4])
  expect([listOf().after(1), listOf().countBefore(1), listOf().size()]).toEqual([undefined, 0, 0])
})
