import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openFileStore, temporaryFolder } from './storeFixtures.ts'

const files = [
  'runs/2026-01-01/deploy-20260101t100000z-aaaaaa.json',
  'runs/2026-01-02/deploy-20260102t100000z-bbbbbb.json',
  'runs/2026-01-02/deploy-20260102t100000z-bbbbbb.jsonl',
  'runs/2026-01-02/deploy-20260102t110000z-cccccc.jsonl',
  'runs/2026-01-02/deploy-web-20260102t120000z-dddddd.json',
  'runs/2026-01-02/deploy-by-hand.json',
  'runs/2026-01-02/etl-20260102t120000z-eeeeee.json',
]

test('[G60] the newest runs of a workflow are found by their ids, newest first', async () => {
  const root = await temporaryFolder()
  const store = await openFileStore(root)
  expect(await store.newestRuns('deploy', 5)).toEqual([])
  for (const file of files) {
    await mkdir(join(root, file, '..'), { recursive: true })
    await writeFile(join(root, file), '')
  }
  expect(await store.newestRuns('deploy', 5)).toEqual([
    'deploy-20260102t110000z-cccccc',
    'deploy-20260102t100000z-bbbbbb',
    'deploy-20260101t100000z-aaaaaa',
  ])
  expect(await store.newestRuns('deploy', 1)).toEqual(['deploy-20260102t110000z-cccccc'])
})
