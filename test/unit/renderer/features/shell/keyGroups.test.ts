import { expect, test } from 'vitest'
import { keyGroups } from '../../../../../renderer/features/shell/keyGroups.ts'

test('[L146] every group has a name of its own and keys, and no key stands in it twice', () => {
  const titles = keyGroups.map(({ title }) => title)
  expect(new Set(titles).size).toBe(titles.length)
  for (const { title, keys } of keyGroups) {
    const all = keys.flatMap((row) => row.keys)
    expect([title, all.length === 0]).toEqual([title, false])
    expect([title, ...new Set(all)]).toEqual([title, ...all])
    const does = keys.map((row) => row.does)
    expect([...new Set(does)]).toEqual(does)
  }
})
