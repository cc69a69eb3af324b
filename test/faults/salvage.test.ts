import { expect, test } from 'vitest'
import { runCampaign, type Campaign, type Outcome } from './campaigns/campaign.ts'
import { salvageAny } from './campaigns/salvageAny.ts'
import { salvageCuts } from './campaigns/salvageCuts.ts'
import { salvageBlocks, salvageFlips } from './campaigns/salvageDamage.ts'

test('[R45] of a document cut at any byte everything complete is certain, and no leaf that was not', async () => {
  expect((await run(salvageCuts)).violations).toEqual([])
})

test('[R46] a changed bit makes no leaf certain that the document did not say, but for the one it is in', async () => {
  expect((await run(salvageFlips)).violations).toEqual([])
})

test('[R46] neither does a zeroed block, nor another write', async () => {
  expect((await run(salvageBlocks)).violations).toEqual([])
})

test('[R47] any text and any bytes are a value, items, or both, and any choice of items is JSON', async () => {
  expect((await run(salvageAny)).violations).toEqual([])
})

function run(campaign: Campaign): Promise<Outcome> {
  return runCampaign(campaign, { from: 0, to: campaign.sizes.test, seed: 1 })
}
