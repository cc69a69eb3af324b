import { execFileSync } from 'node:child_process'
import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openResults } from '../../bench/keptResults.ts'
import { temporaryFolder } from '../electron/store/storeFixtures.ts'

const result = {
  id: 'a',
  what: 'one thing',
  peer: 'another',
  ratio: 0.5,
  goal: '<= 1',
  met: true,
  detail: '1 ms beside 2 ms',
}

test('a result is found again until a source changes, also behind a line that was cut', async () => {
  const repository = await temporaryFolder()
  const folder = join(repository, 'dist', 'bench')
  execFileSync('git', ['init', '-q'], { cwd: repository })
  await mkdir(join(repository, 'shared'))
  await writeFile(join(repository, 'shared/x.ts'), '1')

  openResults(folder, repository).keep(result)
  await appendFile(join(folder, 'results.jsonl'), '{"key":"cut\n')
  openResults(folder, repository).keep({ ...result, id: 'b' })

  const again = openResults(folder, repository)
  expect([again.find('a'), again.find('b')?.id, again.find('c')]).toEqual([result, 'b', null])
  await writeFile(join(repository, 'shared/x.ts'), '2')
  const later = openResults(folder, repository)
  expect(later.find('a')).toBeNull()
  expect(later.newest('a')).toMatchObject({ result, at: expect.stringMatching(/^\d{4}-/) })
})
