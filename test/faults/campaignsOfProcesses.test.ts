import { expect, test } from 'vitest'
import { runCampaign, type Campaign, type Outcome } from './campaigns/campaign.ts'
import { freeSpace } from './campaigns/freeSpace.ts'
import { hardToFool } from './campaigns/hardToFool.ts'
import { killedHolders, lockRaces, lockUpdates } from './campaigns/locks.ts'

/** A loaded machine takes five times as long. */
const patienceMs = 1_200_000

test(
  '[T39] updates of eight processes on one workspace are all kept',
  async () => {
    const { violations, counts } = await run(lockUpdates)
    expect(violations).toEqual([])
    expect(counts['updates kept']).toBe(lockUpdates.sizes.test)
  },
  patienceMs,
)

test(
  '[T18] of four processes that take over a stale lock exactly one holds it',
  async () => {
    expect((await run(lockRaces)).violations).toEqual([])
  },
  patienceMs,
)

test(
  '[T19] the lock of a killed holder is free as soon as its process is gone',
  async () => {
    const { violations, measures } = await run(killedHolders)
    expect(violations).toEqual([])
    expect(measures['lock free after ms']).toHaveLength(killedHolders.sizes.test)
  },
  patienceMs,
)

test.skipIf(hardToFool.obstacle() !== null)(
  '[T40] a workspace that was made to fool the program is shown as what it is',
  async () => {
    expect((await run(hardToFool)).violations).toEqual([])
  },
  patienceMs,
)

test.skipIf(freeSpace.obstacle() !== null)(
  '[T41] a disk that is nearly full destroys nothing',
  async () => {
    expect((await run(freeSpace)).violations).toEqual([])
  },
  patienceMs,
)

function run(campaign: Campaign): Promise<Outcome> {
  return runCampaign(campaign, { from: 0, to: campaign.sizes.test, seed: 1 })
}
