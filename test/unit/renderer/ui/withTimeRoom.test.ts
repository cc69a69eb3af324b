import { expect, test } from 'vitest'
import { withTimeRoom } from '../../../../renderer/ui/withTimeRoom.ts'

test('[L245] a column of times is as wide as a date with a time of day, where these are shown', () => {
  const columns = [{ width: 90, isTime: true }, { width: 200, isTime: true }, { width: 90 }]
  const widths = (mode: 'relative' | 'utc') => withTimeRoom(columns, mode).map(({ width }) => width)
  expect([widths('relative'), widths('utc')]).toEqual([
    [90, 200, 90],
    [178, 200, 90],
  ])
})
