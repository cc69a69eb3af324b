import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../unit/electron/store/storeFixtures.ts'
import { noObstacle, runCampaign, type Campaign } from './campaigns/campaign.ts'
import { openResults, piecesOf, type PieceResult } from './campaigns/results.ts'

const counting: Campaign = {
  name: 'counting',
  unit: 'a number',
  sizes: { test: 3, full: 10 },
  piece: 4,
  obstacle: noObstacle,
  run: async ({ from, to, report }) => {
    for (let index = from; index < to; index += 1) report.count(`number ${index}`)
  },
}

test('[T42] the pieces of all shards are the whole campaign, each once', () => {
  const shards = [1, 2].map((number) => piecesOf(counting, { number, of: 2 }))

  expect(shards).toEqual([
    [
      { from: 0, to: 4 },
      { from: 8, to: 10 },
    ],
    [{ from: 4, to: 8 }],
  ])
})

test('[T42] results that were cut in the middle of a line are read up to there, and written on', async () => {
  const folder = await temporaryFolder()
  const [first, second] = await Promise.all([
    resultOf({ from: 0, to: 4, seed: 1 }),
    resultOf({ from: 4, to: 8, seed: 1 }),
  ])
  openResults(folder).write(first)
  await appendFile(join(folder, 'counting.jsonl'), '{"campaign":"counting","from":4')
  openResults(folder).write(second)

  expect(openResults(folder).read(counting, 1)).toEqual([first, second])
  expect(openResults(folder).read(counting, 2)).toEqual([])
})

async function resultOf(part: {
  readonly from: number
  readonly to: number
  readonly seed: number
}): Promise<PieceResult> {
  const outcome = await runCampaign(counting, part)
  return { campaign: 'counting', ...part, seconds: 0, at: '', ...outcome }
}
