import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CleanupPolicy } from '../../shared/core/cleanup/cleanupPlan.ts'
import { planCleanup, type CleanupEntry } from '../../shared/core/cleanup/planCleanup.ts'
import { isOlder } from '../../shared/core/cleanup/cleanupEntry.ts'
import { overrideOf } from '../../shared/core/cleanup/limits.ts'
import { RunId } from '../../shared/schema/ids.ts'
import { runStatuses } from '../../shared/schema/headWords.ts'
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
  checkpoints: fc.nat({ max: 6 }),
  hasForks: rarely(),
})
const entries = fc
  .array(entryBody, { maxLength: 25 })
  .map((bodies): readonly CleanupEntry[] =>
    deepFreeze(bodies.map((body, index) => ({ ...body, run: RunId.parse(`run-${index}`) }))),
  )
const limit = fc.option(fc.nat({ max: 40 }))
const days = fc.record({ completed: limit, failed: limit, cancelled: limit }, { requiredKeys: [] })
const override = fc.record(
  { keepAll: fc.boolean(), days, maxRunsPerWorkflow: fc.option(fc.nat({ max: 4 })) },
  { requiredKeys: [] },
)
const policy: fc.Arbitrary<CleanupPolicy> = fc
  .record({
    days,
    maxRunsPerWorkflow: fc.option(fc.nat({ max: 4 })),
    maxBytes: fc.option(fc.nat({ max: 8000 })),
    minDays: fc.option(fc.nat({ max: 10 })),
    archive: fc.option(fc.record({ days: limit })),
    thin: fc.option(fc.record({ days: fc.nat({ max: 20 }), every: fc.constant(null) })),
    workflows: fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), override),
  })
  .map((given) => deepFreeze(CleanupPolicy.parse(given)))

/** What thinning would find in every run. */
const thinnings = new Map(
  Array.from({ length: 25 }, (_, index) => [
    `run-${index}`,
    { kept: 2, gone: 3, savedBytes: 10 + index },
  ]),
)

function plan(all: readonly CleanupEntry[], limits: CleanupPolicy) {
  return planCleanup(all, limits, now, thinnings)
}

/** The runs as they are when the plan was carried out. */
function carriedOut(
  all: readonly CleanupEntry[],
  { victims }: ReturnType<typeof plan>,
): readonly CleanupEntry[] {
  const actions = new Map(victims.map(({ run, action }) => [run, action]))
  return all.flatMap((entry) => {
    const action = actions.get(entry.run)
    if (action === 'trash') return []
    return [action === 'archive' ? { ...entry, archived: true } : entry]
  })
}

function rarely(): fc.Arbitrary<boolean> {
  return fc.nat({ max: 5 }).map((number) => number === 0)
}

describe('planCleanup', () => {
  it('[K6] [X29] [X31] no exempt run is ever chosen', () => {
    fc.assert(
      fc.property(entries, policy, (all, limits) => {
        const actions = new Map(plan(all, limits).victims.map(({ run, action }) => [run, action]))
        for (const entry of all.filter(({ run }) => actions.has(run))) {
          expect(['completed', 'failed', 'cancelled']).toContain(entry.status)
          const isYoung = !isOlder(entry, limits.minDays ?? Number.NEGATIVE_INFINITY, now)
          expect(isYoung && limits.minDays !== null).toBe(false)
          expect(overrideOf(limits, entry.workflow)?.keepAll).not.toBe(true)
          // Only from the archive, and only as old as the policy says, does an archived run go.
          if (entry.archived)
            expect([
              actions.get(entry.run),
              isOlder(entry, limits.archive?.days ?? Infinity, now),
            ]).toEqual(['trash', true])
          if (actions.get(entry.run) === 'thin') expect(entry.hasForks).toBe(false)
          expect(entry).toMatchObject({
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
        const left = carriedOut(all, plan(all, limits))
        // What was thinned has nothing more to thin.
        expect(planCleanup(left, limits, now).victims).toEqual([])
      }),
      settings,
    )
  })

  it('[K12] the size is that of the victims, and every run is a victim or has a reason to stay', () => {
    fc.assert(
      fc.property(entries, policy, (all, limits) => {
        const { victims, total, sizeBytes, sums, kept } = plan(all, limits)
        const parts = Object.values(sums)
        expect(parts.reduce((sum, one) => sum + one.sizeBytes, 0)).toBe(sizeBytes)
        expect([total, parts.reduce((sum, one) => sum + one.count, 0)]).toEqual([
          victims.length,
          victims.length,
        ])
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
        expect(plan(all.toReversed(), limits)).toEqual(plan(all, limits))
      }),
      settings,
    )
  })
})
