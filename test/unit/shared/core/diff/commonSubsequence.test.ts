import { expect, test } from 'vitest'
import { commonSubsequence } from '../../../../../shared/core/diff/commonSubsequence.ts'

function lengthOf(one: readonly number[], other: readonly number[]): number {
  const row = Array.from({ length: other.length + 1 }, () => 0)
  for (const item of one) {
    let corner = 0
    for (const [index, candidate] of other.entries()) {
      const above = row[index + 1] ?? 0
      row[index + 1] = item === candidate ? corner + 1 : Math.max(above, row[index] ?? 0)
      corner = above
    }
  }
  return row.at(-1) ?? 0
}

/** Every list of so many of these numbers. */
function lists(length: number, of: readonly number[]): readonly (readonly number[])[] {
  if (length === 0) return [[]]
  return [[], ...lists(length - 1, of).flatMap((rest) => of.map((first) => [first, ...rest]))]
}

test('[D6] the pairs are of equal items, in the order of both, and as many as can be', () => {
  const all = [...new Set(lists(4, [1, 2, 3]).map((list) => list.join()))].map((text) =>
    text === '' ? [] : text.split(',').map(Number),
  )
  for (const one of all)
    for (const other of all.slice(0, 60)) {
      const pairs = commonSubsequence(one, other, 1000).pairs ?? []
      expect(pairs.map(({ from }) => one[from])).toEqual(pairs.map(({ to }) => other[to]))
      for (const [index, { from, to }] of pairs.entries()) {
        const before = pairs[index - 1]
        expect(before === undefined || (before.from < from && before.to < to)).toBe(true)
      }
      expect(pairs).toHaveLength(lengthOf(one, other))
    }
})

test('[D10] the search ends where its budget does, and takes no more than it', () => {
  expect(commonSubsequence([1, 2], [1, 2], 1)).toEqual({
    pairs: [
      { from: 0, to: 0 },
      { from: 1, to: 1 },
    ],
    cost: 1,
  })
  expect(commonSubsequence([1, 2], [1, 2], 0)).toEqual({ pairs: null, cost: 0 })
  expect(commonSubsequence([1], [2], 9)).toEqual({ pairs: [], cost: 9 })
  expect(commonSubsequence([1], [2], 8)).toEqual({ pairs: null, cost: 8 })
  expect(commonSubsequence([], [], 1)).toEqual({ pairs: [], cost: 1 })
})
