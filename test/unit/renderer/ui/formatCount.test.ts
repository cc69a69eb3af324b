import { expect, test } from 'vitest'
import { formatCount } from '../../../../renderer/ui/formatCount.ts'

test.each([0, 7, 999, 1000, 12_345, 100_000, 1_234_567, -1000])(
  '%i is told as everywhere',
  (count) => {
    expect(formatCount(count)).toBe(count.toLocaleString('en'))
  },
)
