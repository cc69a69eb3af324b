import { expect, test } from 'vitest'
import { batchResume } from './campaigns/batchResume.ts'
import { runCampaign } from './campaigns/campaign.ts'

/** A loaded machine takes many times as long. */
const patienceMs = 300_000

test.skipIf(batchResume.obstacle() !== null)(
  '[R110] a batch whose host is killed half way goes on with the next one, and each run is resumed once',
  async () => {
    const { violations, counts } = await runCampaign(batchResume, {
      from: 0,
      to: batchResume.sizes.test,
      seed: 1,
    })
    expect(violations).toEqual([])
    expect(counts).toEqual({ 'hosts killed': 1, runs: batchResume.sizes.test })
  },
  patienceMs,
)
