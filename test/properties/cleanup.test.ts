import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CleanupPolicy } from '../../shared/core/cleanup/cleanupPlan.ts'
import { planCleanup, type CleanupEntry } from '../../shared/core/cleanup/planCleanup.ts'
import { RunId } from '../../shared/schema/ids.ts'
import { runStatuses } from '../../shared/schema/run.ts'
import { deepFreeze } from '../unit/shared/core/diff/deepFreeze.ts'

const settings = { seed: 20260102, numRuns: 1000 } as const
const now = '2026-02-01T00:00:00.000Z'

const time = fc
  .integer({ min: -2, max: 60 })
  .map((days) => new Date(Date.parse(now) - days * 86_400_000).toISOString())
const entryBody = fc.record({
  workflow: fc.constantFrom('a', 'b'),
  status: fc.constantFrom(...runStatuses, 'completed' as const, 'failed' as const),
  finishedAt: fc.option(time),
  updatedAt: time,
  sizeBytes: fc.nat({ max: 1000 }),
  rev: fc.constant('rev'),
  archived: rarely(),
  pinned: rarely(),
  locked: rarely(),
  healthy: rarely().map((one) => !one),
  liveness: fc.constantFrom('none', 'none', 'none', 'alive', 'interrupted', 'unknown'),
  hasLiveFork: rarely(),
})
const entries = fc
  .array(entryBody, { maxLength: 25 })
  .map((bodies): readonly CleanupEntry[] =>
    deepFreeze(bodies.map((body, index) => ({ ...body, run: RunId.parse(`run-${index}`) }))),
  )
const limit = fc.option(fc.nat({ max: 40 }))
const policy: fc.Arbitrary<CleanupPolicy> = fc.record({
  days: fc.record({ completed: limit, failed: limit, cancelled: limit }),
  maxRunsPerWorkflow: fc.option(fc.nat({ max: 4 })),
  maxBytes: fc.option(fc.nat({ max: 8000 })),
})

function rarely(): fc.Arbitrary<boolean> {
  return fc.nat({ max: 5 }).map((number) => number === 0)
}

describe('planCleanup', () => {
  it('[K6] no exempt run is ever chosen', () => {
    fc.assert(
      fc.property(entries, policy, (all, limits) => {
        const chosen = new Set(planCleanup(all, limits, now).victims.map(({ run }) => run))
        for (const entry of all.filter(({ run }) => chosen.has(run))) {
          expect(['completed', 'failed', 'cancelled']).toContain(entry.status)
          expect(entry).toMatchObject({
            archived: false,
            pinned: false,
            locked: false,
            healthy: true,
            hasLiveFork: false,
            liveness: 'none',
          })
        }
      }),
      settings,
    )
  })

  it('[K11] what was planned once leaves nothing for the same policy to do', () => {
    fc.assert(
      fc.property(entries, policy, (all, limits) => {
        const chosen = new Set(planCleanup(all, limits, now).victims.map(({ run }) => run))
        const left = all.filter(({ run }) => !chosen.has(run))
        expect(planCleanup(left, limits, now).victims).toEqual([])
      }),
      settings,
    )
  })

  it('[K12] the size is that of the victims, and every run is a victim or has a reason to stay', () => {
    fc.assert(
      fc.property(entries, policy, (all, limits) => {
        const { victims, sizeBytes, kept } = planCleanup(all, limits, now)
        expect(sizeBytes).toBe(victims.reduce((sum, one) => sum + one.sizeBytes, 0))
        expect(victims.length + kept.reduce((sum, one) => sum + one.count, 0)).toBe(all.length)
        expect(new Set(victims.map(({ run }) => run)).size).toBe(victims.length)
      }),
      settings,
    )
  })

  it('[K13] the order in which the runs are listed changes nothing', () => {
    fc.assert(
      fc.property(entries, policy, (all, limits) => {
        const turned = planCleanup(all.toReversed(), limits, now)
        expect(turned).toEqual(planCleanup(all, limits, now))
      }),
      settings,
    )
  })
})
