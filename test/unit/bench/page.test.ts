import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writePage } from '../../bench/page.ts'
import { rows } from '../../bench/rows.ts'
import { temporaryFolder } from '../electron/store/storeFixtures.ts'

const at = '2026-01-31T10:00:00.000Z'

test('the page has every row: its newest result, whether it met its goal, or that there is none', async () => {
  const path = join(await temporaryFolder(), 'bench.md')
  const result = {
    id: 'diff-any-10',
    what: 'one thing',
    peer: 'another',
    ratio: 1.5,
    goal: '<= 1.35',
    met: false,
    detail: '3 ms | beside\n2 ms',
  }
  await writePage(path, {
    find: () => null,
    keep: () => {},
    newest: (id) => (id === result.id ? { at, result } : null),
  })

  const page = await readFile(path, 'utf8')
  const lines = page.split('\n')
  const missing = rows.filter(({ id }) => !lines.some((line) => line.startsWith(`| \`${id}\` `)))
  expect(missing).toEqual([])
  const line = lines.find((each) => each.startsWith('| `diff-any-10` '))?.replaceAll(/ +/g, ' ')
  expect(line).toContain('| 1.500 | <= 1.35 **missed** | 3 ms \\| beside 2 ms |')
  expect(lines.filter((each) => each.includes('not measured on this machine'))).toHaveLength(
    rows.length - 1,
  )
  expect(page).toMatch(/\| Measured +\| 2026-01-31 +\|/)
})
