import { expect, test } from 'vitest'
import { runCampaign, type Campaign, type Outcome } from './campaigns/campaign.ts'
import { crashStates, createCrashStates } from './campaigns/crashStates.ts'
import { bitFlips, blocks } from './campaigns/damage.ts'
import { foreignCuts, foreignFlips } from './campaigns/foreign.ts'
import { errors } from './campaigns/errors.ts'
import { callsNotMade } from './campaigns/storeCallNames.ts'
import { truncation } from './campaigns/truncation.ts'

/** A loaded machine takes ten times as long. */
const patienceMs = 1_200_000

test(
  '[T34] [X42] [B60] [E236] any operation of any store call that fails leaves the old or the new state, and says what failed',
  async () => {
    expect((await run(errors)).violations).toEqual([])
  },
  patienceMs,
)

test('[T34] but for those that touch no disk, or only watch it, every call of a store is among them', async () => {
  expect(await callsNotMade()).toEqual([
    'close',
    'continueAfter',
    'holderState',
    'isHeldHere',
    'isKeyframeDue',
    'journalBytes',
    'watch',
  ])
})

test(
  '[T35] a power cut anywhere in up to three store calls leaves what was acknowledged as durable',
  async () => {
    expect((await run(crashStates)).violations).toEqual([])
  },
  patienceMs,
)

test.each(['syncFile', 'syncFolder'] as const)(
  '[T35] a program that leaves out every %s is found out',
  async (kind) => {
    const careless = createCrashStates((all) => all.filter((operation) => operation.kind !== kind))
    const { violations } = await runCampaign(careless, { from: 0, to: 100, seed: 1 })
    expect(violations.length).toBeGreaterThan(10)
  },
  patienceMs,
)

test(
  '[T36] head and journal, cut at any byte, are read as a state that the run was in',
  async () => {
    expect((await run(truncation)).violations).toEqual([])
  },
  patienceMs,
)

test(
  '[T37] a changed bit is a finding with its place, or changes no meaning',
  async () => {
    expect((await run(bitFlips)).violations).toEqual([])
  },
  patienceMs,
)

test(
  '[T37] a zeroed or doubled block is a finding with its place, or changes no meaning',
  async () => {
    expect((await run(blocks)).violations).toEqual([])
  },
  patienceMs,
)

test.each([foreignCuts, foreignFlips])(
  "[F209] another engine's document that is damaged is answered, and what is no JSON is told ($name)",
  async (campaign) => {
    expect((await run(campaign)).violations).toEqual([])
  },
  patienceMs,
)

function run(campaign: Campaign): Promise<Outcome> {
  return runCampaign(campaign, { from: 0, to: campaign.sizes.test, seed: 1 })
}
