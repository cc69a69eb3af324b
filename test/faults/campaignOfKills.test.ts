import { expect, test } from 'vitest'
import { runCampaign } from './campaigns/campaign.ts'
import { kills } from './campaigns/kills.ts'

/** Hundreds of processes are started, killed and followed by others; beside other tests that takes its time. */
const patienceMs = 1_200_000

test.skipIf(kills.obstacle() !== null)(
  '[T38] [E21] a run whose host is killed again and again loses and repeats no finished step',
  async () => {
    const { violations, counts } = await runCampaign(kills, {
      from: 0,
      to: kills.sizes.test,
      seed: 1,
    })
    expect(violations).toEqual([])
    expect(counts['kills']).toBe(kills.sizes.test)
  },
  patienceMs,
)
