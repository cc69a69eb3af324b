import { describe, expect, it } from 'vitest'
import {
  findThinnable,
  planChosen,
  planCleanup,
  type CleanupEntry,
} from '../../../../../shared/core/cleanup/planCleanup.ts'
import { CleanupPlan, CleanupPolicy } from '../../../../../shared/core/cleanup/cleanupPlan.ts'
import { RunId } from '../../../../../shared/schema/ids.ts'
import { deepFreeze } from '../diff/deepFreeze.ts'

const now = '2026-02-01T00:00:00.000Z'

function entry(run: string, given: Partial<CleanupEntry> = {}): CleanupEntry {
  return deepFreeze<CleanupEntry>({
    run: RunId.parse(run),
    workflow: 'shop',
    status: 'completed',
    finishedAt: '2026-01-31T00:00:00.000Z',
    updatedAt: '2026-01-31T00:00:00.000Z',
    sizeBytes: 100,
    rev: `rev-${run}`,
    archived: false,
    pinned: false,
    locked: false,
    healthy: true,
    liveness: 'none',
    hasLiveFork: false,
    checkpoints: 0,
    hasForks: false,
    ...given,
  })
}

function policy(given: Partial<Omit<CleanupPolicy, 'days'>> & Partial<CleanupPolicy['days']>) {
  const { completed = null, failed = null, cancelled = null, ...rest } = given
  const days = { completed, failed, cancelled }
  return deepFreeze(CleanupPolicy.parse({ ...rest, days }))
}

const none = { count: 0, sizeBytes: 0 }
const noSums = { trash: none, archive: none, thin: none }

const on = (day: number) => ({ finishedAt: `2026-01-0${day}T00:00:00.000Z` })
const three = (workflow: string) =>
  [1, 2, 3].map((day) => entry(`${workflow}-${day}`, { ...on(day), workflow }))

const runs = (entries: readonly CleanupEntry[], given: CleanupPolicy) =>
  planCleanup(entries, given, now).victims.map(({ run }) => run)

describe('planCleanup', () => {
  it('[K1] each outcome has its own age, counted from the end of the run', () => {
    const old = { finishedAt: '2026-01-02T00:00:00.000Z' }
    const plan = planCleanup(
      [
        entry('a', old),
        entry('b', { ...old, status: 'failed' }),
        entry('c', { ...old, status: 'cancelled', sizeBytes: 7 }),
        entry('d'),
      ],
      policy({ completed: 31, cancelled: 30 }),
      now,
    )
    expect(plan).toEqual({
      victims: [
        {
          run: 'c',
          workflow: 'shop',
          status: 'cancelled',
          action: 'trash',
          finishedAt: old.finishedAt,
          sizeBytes: 7,
          checkpoints: null,
          rev: 'rev-c',
          rule: 'K1',
          reason: '30 days old, kept for 30.',
        },
      ],
      total: 1,
      sizeBytes: 7,
      sums: { ...noSums, trash: { count: 1, sizeBytes: 7 } },
      kept: [
        {
          rule: 'K10',
          reason: 'Within the limits of the policy.',
          count: 3,
          runs: ['a', 'b', 'd'],
        },
      ],
      ready: true,
    })
  })

  it('[K1] zero days take every finished run of that outcome, but none that ends in the future', () => {
    const future = entry('b', { finishedAt: '2026-03-01T00:00:00.000Z' })
    expect(runs([entry('a'), future], policy({ completed: 0 }))).toEqual(['a'])
  })

  it('[K1] a finished run without an end counts from its last change', () => {
    const found = entry('a', { finishedAt: null, updatedAt: '2026-01-01T00:00:00.000Z' })
    expect(runs([found], policy({ completed: 30 }))).toEqual(['a'])
  })

  it('[K2] the newest runs of each workflow stay, exempt ones not counted', () => {
    const entries = [
      entry('a', on(1)),
      entry('b', on(2)),
      entry('c', on(3)),
      entry('d', { ...on(4), pinned: true }),
      entry('e', { ...on(1), workflow: 'other' }),
    ]
    expect(runs(entries, policy({ maxRunsPerWorkflow: 1 }))).toEqual(['a', 'b'])
    expect(runs(entries, policy({ maxRunsPerWorkflow: 0 }))).toEqual(['a', 'e', 'b', 'c'])
  })

  it('[K3] the oldest go until all that is there, exempt runs too, fits the size', () => {
    const entries = [
      entry('a', on(3)),
      entry('b', on(1)),
      entry('c', on(2)),
      entry('d', { sizeBytes: 150, pinned: true }),
    ]
    const plan = planCleanup(entries, policy({ maxBytes: 300 }), now)
    expect(plan.victims.map(({ run, rule }) => [run, rule])).toEqual([
      ['b', 'K3'],
      ['c', 'K3'],
    ])
    expect(runs(entries, policy({ maxBytes: 450 }))).toEqual([])
    expect(runs(entries, policy({ maxBytes: 0 }))).toEqual(['b', 'c', 'a'])
  })

  it.each([
    [1, '1 byte'],
    [999_999, '999999 bytes'],
    [1e6, '1 MB'],
    [12_346_000, '12.35 MB'],
  ])('[K3] the limit of %d bytes is told as %s', (maxBytes, told) => {
    const [victim] = planCleanup(
      [entry('a', { sizeBytes: 2e7 })],
      policy({ maxBytes }),
      now,
    ).victims
    expect(victim?.reason).toBe(`Oldest, above ${told} together.`)
  })

  it('[K13] of many runs that stay the first by name are told, in whatever order they come', () => {
    const names = Array.from({ length: 30 }, (_, index) => `run-${index + 10}`)
    const first = names.slice(0, 20)
    const shuffled = names.toSorted((one, other) => other.slice(-1).localeCompare(one.slice(-1)))
    for (const order of [names, names.toReversed(), shuffled]) {
      const { kept } = planCleanup(
        order.map((run) => entry(run, { pinned: true })),
        policy({}),
        now,
      )
      expect(kept.map(({ count, runs: named }) => [count, named])).toEqual([[30, first]])
    }
  })

  it('[X32] without a word about it nothing is thinned, however old', () => {
    const old = entry('a', { ...on(1), checkpoints: 9 })
    const told = new Map([['a', { kept: 2, gone: 7, savedBytes: 50 }]])
    expect(planCleanup([old], policy({}), now, told).victims).toEqual([])
    expect(findThinnable([old], policy({}), now)).toEqual([])
  })

  it('a plan is what the contract says, and what is none is refused', () => {
    const plan = planCleanup(
      [entry('a', { ...on(1), checkpoints: 5 }), entry('b')],
      policy({ thin: { days: 1, every: 2 } }),
      now,
      new Map([['a', { kept: 2, gone: 3, savedBytes: 50 }]]),
    )
    const [victim] = plan.victims
    expect(victim?.checkpoints).toEqual({ kept: 2, gone: 3 })
    expect(CleanupPlan.parse(plan)).toEqual(plan)
    const wrong: readonly object[] = [
      { ...plan, total: 'two' },
      { ...plan, sums: { ...plan.sums, thin: { count: 1 } } },
      { ...plan, kept: [{ rule: 'K10' }] },
      { ...plan, victims: [{ ...victim, rev: null }] },
      { ...plan, victims: [{ ...victim, checkpoints: { kept: 2 } }] },
    ]
    expect(wrong.map((one) => CleanupPlan.safeParse(one).success)).toEqual(wrong.map(() => false))
  })

  const all = policy({ completed: 0, failed: 0, cancelled: 0, maxRunsPerWorkflow: 0, maxBytes: 0 })
  function expectKept(rule: string, reason: string, given: Partial<CleanupEntry>) {
    const plan = planCleanup([entry('a', given)], all, now)
    expect(plan.victims).toEqual([])
    expect(plan.kept).toEqual([{ rule, reason, count: 1, runs: ['a'] }])
    expect(plan.ready).toBe(false)
  }

  it('[K20] archived runs stay and are told; no number and no size counts them', () => {
    const archived = { archived: true, healthy: false, ...on(1) }
    const plan = planCleanup(
      [entry('a', archived), entry('b', { ...archived, sizeBytes: 900 }), entry('c', on(2))],
      policy({ completed: 1, maxRunsPerWorkflow: 1, maxBytes: 100 }),
      '2026-01-02T01:00:00.000Z',
    )

    expect(plan.victims).toEqual([])
    expect(plan.kept).toEqual([
      {
        rule: 'K20',
        reason: 'In the archive: it takes little room there.',
        count: 2,
        runs: ['a', 'b'],
      },
      { rule: 'K10', reason: 'Within the limits of the policy.', count: 1, runs: ['c'] },
    ])
  })

  it('[K4] a damaged run stays', () => {
    const reason = 'Damaged or of another version: it stays until it is repaired or migrated.'
    expectKept('K4', reason, { healthy: false })
  })

  it('[K5] a locked run stays', () => {
    const reason = 'Locked: a process holds it, or left its lock when it ended.'
    expectKept('K5', reason, { locked: true })
  })

  it.each(['pending', 'running', 'waiting', 'paused'] as const)(
    '[K6] a run that is %s stays',
    (status) => {
      const reason = 'Not finished: only completed, failed and cancelled runs are taken away.'
      expectKept('K6', reason, { status })
    },
  )

  it.each(['alive', 'unknown', 'interrupted'] as const)(
    '[K7] a run that may still be carried (%s) stays',
    (liveness) => {
      expectKept('K7', 'Perhaps still carried by a process.', { liveness })
    },
  )

  it('[K8] a pinned run stays', () => {
    expectKept('K8', 'Pinned.', { pinned: true })
  })

  it('[K9] a run whose fork is not finished stays', () => {
    expectKept('K9', 'A run that was forked from it is not finished.', { hasLiveFork: true })
  })

  it('[E219] [X31] an encrypted run stays in the archive, however long it has been there', () => {
    const plan = planCleanup(
      [entry('a', { archived: true, sealed: true }), entry('b', { archived: true, sealed: false })],
      policy({ archive: { days: 0 } }),
      now,
    )
    expect(plan.victims.map(({ run }) => run)).toEqual(['b'])
    const reason = 'Encrypted in the archive: only who has its passphrase can bring it back.'
    expect(plan.kept).toEqual([{ rule: 'E219', reason, count: 1, runs: ['a'] }])
  })

  it('[K10] a policy without limits takes nothing, and says that all are within it', () => {
    const plan = planCleanup([entry('a'), entry('b', { pinned: true })], policy({}), now)
    expect(plan).toEqual({
      victims: [],
      total: 0,
      sizeBytes: 0,
      sums: noSums,
      kept: [
        { rule: 'K8', reason: 'Pinned.', count: 1, runs: ['b'] },
        { rule: 'K10', reason: 'Within the limits of the policy.', count: 1, runs: ['a'] },
      ],
      ready: false,
    })
  })
})

describe('what stays', () => {
  it('[L240] why runs stay names the first of them, and counts the others', () => {
    const many = Array.from({ length: 25 }, (_, index) => entry(`p${index}`, { pinned: true }))
    const [row] = planCleanup(many, policy({ completed: 0 }), now).kept
    expect([row?.count, row?.runs.length, row?.runs.slice(0, 3)]).toEqual([
      25,
      20,
      ['p0', 'p1', 'p10'],
    ])
  })
})

describe('planChosen', () => {
  it('[L110] what a person chose goes whatever its age, but for what no policy may take', () => {
    const entries = [entry('new'), entry('pinned', { pinned: true }), entry('other', on(1))]
    const chosen = new Set([RunId.parse('new'), RunId.parse('pinned'), RunId.parse('gone')])

    const plan = planChosen(entries, chosen)

    expect(plan).toMatchObject({
      victims: [{ run: 'new', action: 'trash', rule: 'L110', reason: 'Chosen by hand.' }],
      sizeBytes: 100,
      kept: [{ rule: 'K8', reason: 'Pinned.', count: 1, runs: ['pinned'] }],
      ready: true,
    })
  })

  it('[X29] what ended more recently than the policy says stays, and is not counted', () => {
    const entries = [entry('a', on(1)), entry('b', on(2)), entry('c')]
    const plan = planCleanup(entries, policy({ maxRunsPerWorkflow: 1, minDays: 5 }), now)
    expect(plan.victims.map(({ run }) => run)).toEqual(['a'])
    expect(plan.kept).toEqual([
      { rule: 'X29', reason: 'Ended less than 5 days ago.', count: 1, runs: ['c'] },
      { rule: 'K10', reason: 'Within the limits of the policy.', count: 1, runs: ['b'] },
    ])
  })

  it('[X29] without such a word the time of its end keeps no run, not even one ahead of the clock', () => {
    const future = entry('a', { finishedAt: '2026-03-01T00:00:00.000Z' })
    expect(runs([future], policy({ maxRunsPerWorkflow: 0 }))).toEqual(['a'])
    expect(runs([future], policy({ maxRunsPerWorkflow: 0, minDays: 0 }))).toEqual([])
  })

  it('[X30] what is said of a workflow goes before what is said of all', () => {
    const entries = [
      entry('a', { ...on(1), workflow: 'pay' }),
      entry('b', { ...on(1), workflow: 'mail' }),
      entry('c', { ...on(1), workflow: '__proto__' }),
      entry('d', on(1)),
    ]
    const workflows = { pay: { keepAll: true }, mail: { days: { completed: null } } }
    const plan = planCleanup(entries, policy({ completed: 1, workflows }), now)
    expect(plan.victims.map(({ run }) => run)).toEqual(['c', 'd'])
    expect(plan.kept).toEqual([
      { rule: 'X30', reason: 'All runs of its workflow are kept.', count: 1, runs: ['a'] },
      { rule: 'K10', reason: 'Within the limits of the policy.', count: 1, runs: ['b'] },
    ])
  })

  it('[X31] to the archive first, and from there to the trash once old enough', () => {
    const entries = [
      entry('a', on(1)),
      entry('b', { finishedAt: '2025-01-01T00:00:00.000Z' }),
      entry('c', { finishedAt: '2025-01-01T00:00:00.000Z', archived: true }),
      entry('d', { ...on(1), archived: true }),
    ]
    const given = policy({ completed: 10, archive: { days: 100 } })
    const { victims, kept } = planCleanup(entries, given, now)
    expect(victims.map(({ run, action, rule }) => [run, action, rule])).toEqual([
      ['b', 'trash', 'K1'],
      ['c', 'trash', 'X31'],
      ['a', 'archive', 'K1'],
    ])
    expect(kept).toMatchObject([{ rule: 'K20', count: 1 }])
  })

  it('[X31] without a number of days a run stays in the archive for good', () => {
    const entries = [entry('a', on(1)), entry('b', { ...on(1), archived: true })]
    const { victims } = planCleanup(entries, policy({ completed: 1, archive: { days: null } }), now)
    expect(victims.map(({ run, action }) => [run, action])).toEqual([['a', 'archive']])
  })

  it('[K1] [K2] [K3] [X31] every victim is told which limit takes it', () => {
    const entries = [
      entry('a', { ...on(1), archived: true }),
      entry('b', { ...on(2), status: 'failed' }),
      entry('c', on(3)),
      entry('d', { ...on(4), workflow: 'mail' }),
      entry('e', { ...on(5), workflow: 'mail' }),
      entry('f', on(6)),
    ]
    const limits = {
      failed: 30,
      archive: { days: 1 },
      maxBytes: 250,
      workflows: { mail: { maxRunsPerWorkflow: 1 } },
    }
    const plan = planCleanup(entries, policy(limits), now)
    expect(plan.victims.map(({ run, rule, reason }) => [run, rule, reason])).toEqual([
      ['a', 'X31', 'Archived, ended 1 day ago or more.'],
      ['b', 'K1', '30 days old, kept for 30.'],
      ['c', 'K3', 'Oldest, above 250 bytes together.'],
      ['d', 'K2', 'Beyond the newest 1 of its workflow.'],
    ])
  })

  it('[X30] a workflow without a word of its own about an outcome or a number is as all others', () => {
    const entries = [
      entry('a', on(1)),
      entry('b', on(2)),
      entry('c', { ...on(3), workflow: 'pay' }),
    ]
    const silent = { workflows: { shop: {}, pay: { maxRunsPerWorkflow: null } } }
    expect(runs(entries, policy({ ...silent, completed: 31 }))).toEqual(['a'])
    expect(runs(entries, policy({ ...silent, maxRunsPerWorkflow: 0 }))).toEqual(['a', 'b'])
  })
})

describe('thinning', () => {
  const long = { ...on(1), checkpoints: 3 }
  const thin = { days: 5, every: null }
  const thinning = { kept: 3, gone: 1, savedBytes: 40 }
  const entries = [
    entry('a', long),
    entry('archived', { ...long, archived: true }),
    entry('forked', { ...long, hasForks: true }),
    entry('short', { ...long, checkpoints: 2 }),
    entry('young', { checkpoints: 3 }),
    entry('pinned', { ...long, pinned: true }),
    entry('gone', { ...long, status: 'failed' }),
  ]

  it('[X32] only runs that stay, are old, and whose checkpoints nobody else needs are looked at', () => {
    const found = findThinnable(entries, policy({ failed: 1, thin }), now)
    expect(found.map(({ run }) => run)).toEqual(['a'])
    expect(findThinnable(entries, policy({ failed: 1 }), now)).toEqual([])
  })

  it('[X32] what can be thinned is a victim that stays, with what it saves', () => {
    const thinnings = new Map(entries.map(({ run }) => [String(run), thinning]))
    const plan = planCleanup(entries, policy({ failed: 1, thin }), now, thinnings)
    expect(plan).toEqual({
      victims: [
        {
          ...victimOf('a'),
          action: 'thin',
          sizeBytes: 40,
          checkpoints: { kept: 3, gone: 1 },
          rule: 'X32',
          reason:
            '1 checkpoint of 4 may go; the first, the last, named ones and those before a failure stay.',
        },
        {
          ...victimOf('gone'),
          status: 'failed',
          rule: 'K1',
          reason: '31 days old, kept for 1.',
        },
      ],
      total: 2,
      sizeBytes: 140,
      sums: {
        ...noSums,
        trash: { count: 1, sizeBytes: 100 },
        thin: { count: 1, sizeBytes: 40 },
      },
      kept: [
        {
          rule: 'K20',
          reason: 'In the archive: it takes little room there.',
          count: 1,
          runs: ['archived'],
        },
        { rule: 'K8', reason: 'Pinned.', count: 1, runs: ['pinned'] },
        {
          rule: 'K10',
          reason: 'Within the limits of the policy.',
          count: 3,
          runs: ['forked', 'short', 'young'],
        },
      ],
      ready: true,
    })
    expect(CleanupPlan.parse(plan)).toEqual(plan)
  })

  it('[X30] a workflow keeps as many runs as is said of it alone', () => {
    const workflows = { pay: { maxRunsPerWorkflow: 2 }, mail: { maxRunsPerWorkflow: null } }
    const given = policy({ maxRunsPerWorkflow: 1, workflows })
    expect(runs(['pay', 'mail', 'shop'].flatMap(three), given)).toEqual([
      'pay-1',
      'shop-1',
      'shop-2',
    ])
  })

  it.each([
    ['was not looked at', new Map()],
    ['has nothing to spare', new Map([['a', { ...thinning, gone: 0 }]])],
  ])('[X32] a run that %s stays as it is', (_, thinnings) => {
    const plan = planCleanup(entries, policy({ thin }), now, thinnings)
    expect(plan.victims).toEqual([])
    expect(plan.ready).toBe(false)
  })
})

function victimOf(run: string) {
  return {
    run,
    workflow: 'shop',
    status: 'completed',
    action: 'trash',
    finishedAt: '2026-01-01T00:00:00.000Z',
    sizeBytes: 100,
    checkpoints: null,
    rev: `rev-${run}`,
  }
}
