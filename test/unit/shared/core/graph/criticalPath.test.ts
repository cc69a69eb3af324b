import { expect, test } from 'vitest'
import { criticalPath, type PathStep } from '../../../../../shared/core/graph/criticalPath.ts'

const ended = (id: string, finishedAt: string, needs: readonly string[] = []): PathStep => ({
  id,
  needs,
  isSettled: true,
  finishedAt,
})
const open = (id: string, needs: readonly string[] = []): PathStep => ({
  id,
  needs,
  isSettled: false,
  finishedAt: null,
})

test.each<[string, PathStep[], string[]]>([
  [
    'the need that ended last decides',
    [ended('a', '1'), ended('b', '2'), open('end', ['a', 'b'])],
    ['b', 'end'],
  ],
  [
    'also where it is written first',
    [ended('a', '2'), ended('b', '1'), open('end', ['a', 'b'])],
    ['a', 'end'],
  ],
  [
    'of equal needs the first',
    [ended('a', '1'), ended('b', '1'), open('end', ['a', 'b'])],
    ['a', 'end'],
  ],
  [
    'one that has not ended well before any other',
    [ended('a', '9'), open('b'), ended('c', '10'), open('end', ['a', 'b', 'c'])],
    ['b', 'end'],
  ],
  [
    'along the whole chain',
    [ended('a', '1'), ended('b', '2', ['a']), open('end', ['b'])],
    ['a', 'b', 'end'],
  ],
  ['a need that is no step is passed over', [open('end', ['gone'])], ['end']],
  ['a circle is gone round once', [open('a', ['end']), open('end', ['a'])], ['a', 'end']],
  [
    'of equal needs without an end the first',
    [open('a'), open('b'), open('end', ['a', 'b'])],
    ['a', 'end'],
  ],
])('[G68] %s', (_, steps, path) => {
  expect(criticalPath(steps, 'end')).toEqual(path)
})

test('[G68] a step that is not there has no path', () => {
  expect(criticalPath([], 'end')).toEqual([])
})
