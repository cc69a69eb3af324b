import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  advanceBatch,
  claimable,
  countsOf,
  phaseOf,
  readBatch,
  underWayCount,
  type BatchJob,
} from '../../../../../shared/core/batch/batchJob.ts'
import type { BatchOutcome, BatchRecord } from '../../../../../shared/core/batch/batchRecord.ts'
import type { BatchPace } from '../../../../../shared/core/batch/resumeBatchPlan.ts'

const at = '2026-01-02T03:04:05.678Z'

function born(count: number, pace: Partial<BatchPace> = {}): readonly BatchRecord[] {
  const items = Array.from({ length: count }, (_, n) => ({
    document: `etl-${n}`,
    format: 'unstuck' as const,
    item: null,
    workflow: 'etl',
    rev: 'r',
    digest: 'd',
  }))
  return [
    {
      type: 'created',
      at,
      by: 'ada',
      reason: null,
      title: 'status:failed',
      asOf: at,
      options: { definition: 'recorded', stopAfter: null, decisions: [] },
      pace: { parallel: 2, canary: 1, guard: { failures: 3, of: 5 }, ...pace },
      counts: { ready: count, asks: 0, blocked: 0, unneeded: 0 },
      digest: 'd',
    },
    { type: 'items', items },
    { type: 'taken', at, host: 'h', pid: 7 },
  ]
}

function jobOf(records: readonly BatchRecord[]): BatchJob {
  const job = readBatch(records)
  if (job === null) throw new Error('It is no batch.')
  return job
}

function claimed(n: number, attempt = 1): BatchRecord {
  return { type: 'claimed', at, n, attempt }
}

function observed(
  n: number,
  outcome: BatchOutcome = 'completed',
  { key = null, attempt = 1 }: { readonly key?: string | null; readonly attempt?: number } = {},
): BatchRecord {
  return { type: 'observed', at, n, attempt, outcome, sentence: outcome, key }
}

function asked(control: 'pause' | 'continue' | 'cancel'): BatchRecord {
  return { type: 'asked', at, by: 'ada', control, reason: null }
}

test('[R105] only the canary begins; the rest when a person lets it go on', () => {
  const begun = jobOf(born(4))
  const over = advanceBatch(begun, [claimed(0), observed(0)])
  const passed = advanceBatch(over, [asked('continue')])

  expect([phaseOf(begun), claimable(begun)]).toEqual(['canary', [0]])
  expect([phaseOf(over), claimable(over)]).toEqual(['waiting', []])
  expect([phaseOf(passed), claimable(passed)]).toEqual(['running', [1, 2]])
})

test('[R105] a word to go on that comes before the canary is over does not let the rest begin', () => {
  const job = jobOf([...born(4), claimed(0), asked('pause'), asked('continue'), observed(0)])

  expect([phaseOf(job), claimable(job)]).toEqual(['waiting', []])
})

test('[R106] paused and cancelled begin nothing, what is under way is observed, and cancelled is for good', () => {
  const running = [...born(4, { canary: 0 }), claimed(0), claimed(1)]
  const paused = jobOf([...running, asked('pause')])
  const cancelled = jobOf([...running, asked('cancel'), asked('continue'), observed(0)])

  expect([phaseOf(paused), claimable(paused), underWayCount(paused)]).toEqual(['paused', [], 2])
  expect([phaseOf(cancelled), claimable(cancelled)]).toEqual(['cancelled', []])
  expect(countsOf(cancelled)).toMatchObject({ completed: 1, underWay: 1, open: 2 })
})

test('[R107] failures for different reasons do not pause it, and those before a word to go on are not counted', () => {
  const failures = (key: (n: number) => string): BatchRecord[] =>
    [0, 1, 2].flatMap((n) => [claimed(n), observed(n, 'failed', { key: key(n) })])
  const different = jobOf([...born(9, { canary: 0 }), ...failures((n) => `reason ${n}`)])
  const alike = jobOf([...born(9, { canary: 0 }), ...failures(() => 'disk full')])
  const goneOn = advanceBatch(alike, [
    asked('continue'),
    observed(3, 'failed', { key: 'disk full' }),
  ])

  expect([phaseOf(different), phaseOf(alike), phaseOf(goneOn)]).toEqual([
    'running',
    'paused',
    'running',
  ])
  expect(alike.heldBecause).toBe('3 of the last 3 runs failed for the same reason: disk full')
})

test('[R109] what is tried again is another attempt, and what was said of the first one does not count for it', () => {
  const retried: BatchRecord = {
    type: 'retried',
    at,
    by: 'ada',
    asOf: at,
    items: [{ n: 0, rev: 'r2', digest: 'd2' }],
  }
  const job = jobOf([...born(1), claimed(0), observed(0, 'failed'), retried, observed(0)])

  expect(job.rows[0]).toMatchObject({ attempt: 2, state: 'open', rev: 'r2', observed: null })
  expect(
    phaseOf(advanceBatch(job, [claimed(0, 2), observed(0, 'completed', { attempt: 2 })])),
  ).toBe('done')
})

const record: fc.Arbitrary<BatchRecord> = fc.oneof(
  fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 2 })).map(([n, attempt]) => claimed(n, attempt)),
  fc
    .tuple(
      fc.nat(5),
      fc.constantFrom<BatchOutcome>('completed', 'failed', 'waits', 'refused'),
      fc.integer({ min: 1, max: 2 }),
      fc.constantFrom('a', 'b'),
    )
    .map(([n, outcome, attempt, key]) => observed(n, outcome, { attempt, key })),
  fc.constantFrom('pause' as const, 'continue' as const, 'cancel' as const).map(asked),
  fc.nat(5).map((n): BatchRecord => ({
    type: 'retried',
    at,
    by: 'ada',
    asOf: at,
    items: [{ n, rev: 'r', digest: 'd' }],
  })),
  fc.nat(5).map((n): BatchRecord => ({ type: 'released', at, n, attempt: 1 })),
)

test('[R104] read in one piece or in many, a journal tells the same batch', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 40 }), fc.nat(40), (records, cut) => {
      const whole = jobOf([...born(6), ...records])
      const parts = advanceBatch(jobOf([...born(6), ...records.slice(0, cut)]), records.slice(cut))
      expect(parts).toEqual(whole)
    }),
    { seed: 1 },
  )
})

test('[R102] whatever happens, no more runs are under way than the limit, and none begins twice in an attempt', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(record, fc.constant('host' as const)), { maxLength: 60 }),
      fc.integer({ min: 1, max: 3 }),
      (events, parallel) => {
        let job = jobOf(born(6, { parallel }))
        const begun = new Set<string>()
        for (const event of events) {
          if (event === 'host') {
            const next = claimable(job).map((n) => claimed(n, job.rows[n]?.attempt))
            for (const claim of next) {
              const key = JSON.stringify(claim)
              expect(begun.has(key)).toBe(false)
              begun.add(key)
            }
            job = advanceBatch(job, next)
            expect(underWayCount(job)).toBeLessThanOrEqual(parallel)
          } else if (event.type !== 'claimed' && event.type !== 'released')
            job = advanceBatch(job, [event])
        }
      },
    ),
    { seed: 1 },
  )
})

const retry = (...numbers: readonly number[]): BatchRecord => ({
  type: 'retried',
  at,
  by: 'ada',
  asOf: later,
  items: numbers.map((n) => ({ n, rev: 'r2', digest: 'd2' })),
})
const started = (n: number, attempt = 1): BatchRecord => ({
  type: 'started',
  at: later,
  n,
  attempt,
})
const released = (n: number, attempt = 1): BatchRecord => ({ type: 'released', at, n, attempt })
const later = '2026-01-02T04:04:05.678Z'

test('[R104] a journal that does not begin as one tells no batch', () => {
  expect([readBatch([]), readBatch(born(1).slice(1))]).toEqual([null, null])
  const job = jobOf(born(1))
  expect(advanceBatch(job, [])).toBe(job)
  expect(advanceBatch(job, born(1).slice(0, 1))).toEqual(job)
  expect(job).toMatchObject({
    taken: { host: 'h', pid: 7, at },
    recent: [],
    rows: [{ state: 'open', attempt: 1, asOf: at, observed: null }],
  })
})

const states = (...records: readonly BatchRecord[]) =>
  jobOf([...born(1), ...records]).rows.map(({ state, requestedAt, startedAt, observed: seen }) => [
    state,
    requestedAt,
    startedAt,
    seen?.outcome ?? null,
  ])

test('[R102] a run is open, claimed, started and observed, each by a record of its own attempt', () => {
  expect([
    states(claimed(0)),
    states(claimed(0), started(0)),
    states(claimed(0), released(0)),
    states(claimed(0), started(0), observed(0)),
    states(claimed(0), started(0), observed(0), released(0)),
    states(observed(0), claimed(0)),
    states(observed(0), observed(0, 'failed')),
    states(claimed(0, 2), started(0, 2), observed(0, 'failed', { attempt: 2 })),
    states(claimed(1), started(9), observed(9)),
  ]).toEqual([
    [['claimed', at, null, null]],
    [['started', at, later, null]],
    [['open', null, null, null]],
    [['observed', at, later, 'completed']],
    [['observed', at, later, 'completed']],
    [['observed', null, null, 'completed']],
    [['observed', null, null, 'completed']],
    [['open', null, null, null]],
    [['open', null, null, null]],
  ])
})

test('[R109] only what was observed is tried again, and a cancelled batch tries nothing', () => {
  const records = [...born(3, { canary: 0 }), observed(0, 'failed'), claimed(1)]
  const job = jobOf([...records, asked('pause'), retry(0, 1, 2, 7)])

  expect(job).toMatchObject({ isPaused: false, heldBecause: null, recent: [] })
  expect(job.rows.map(({ state, attempt, rev, asOf }) => [state, attempt, rev, asOf])).toEqual([
    ['open', 2, 'r2', later],
    ['claimed', 1, 'r', at],
    ['open', 1, 'r', at],
  ])
  const cancelled = jobOf([...records, asked('cancel'), retry(0), asked('continue')])
  expect(cancelled).toMatchObject({ isCancelled: true, lastAsked: { control: 'cancel' } })
  expect(cancelled.rows[0]).toMatchObject({ state: 'observed', attempt: 1 })
  const held = ['a', 'a', 'a'].map((key, n) => observed(n, 'failed', { key }))
  expect(jobOf([...records.slice(0, 3), ...held, retry(0)])).toMatchObject({ heldBecause: null })
})

const said = (count: number, of: number) =>
  `${count} of the last ${of} runs failed for the same reason: k`

test('[R107] as many as the guard looks at are looked at, and only failures with a reason count', () => {
  const held = (guard: BatchPace['guard'], ...seen: readonly BatchRecord[]) =>
    jobOf([...born(9, { canary: 0, guard }), ...seen]).heldBecause
  const alike = (...outcomes: readonly BatchOutcome[]) =>
    outcomes.map((outcome, n) => observed(n, outcome, { key: 'k' }))
  const two = { failures: 2, of: 3 }

  expect([
    held(two, ...alike('failed', 'refused')),
    held(two, ...alike('inDoubt', 'completed', 'failed')),
    held(two, ...alike('failed', 'completed', 'completed', 'failed')),
    held(two, ...alike('waits', 'paused', 'cancelled', 'completed')),
    held(two, observed(0, 'failed'), observed(1, 'failed')),
    held(null, ...alike('failed', 'failed', 'failed')),
  ]).toEqual([said(2, 2), said(2, 3), null, null, null, null])
  expect(jobOf([...born(3, { guard: null }), ...alike('failed', 'failed')]).recent).toHaveLength(1)
})

const phases = (count: number, canary: number, ...records: readonly BatchRecord[]) =>
  phaseOf(jobOf([...born(count, { canary }).slice(0, 2), ...records]))

test('[R101] a batch is planned until a host takes it, and its canary is over when all of it is observed', () => {
  const taken: BatchRecord = { type: 'taken', at, host: 'h', pid: 7 }

  expect([
    phases(3, 2),
    phases(3, 2, taken),
    phases(3, 2, taken, observed(0)),
    phases(3, 2, taken, observed(0), observed(1)),
    phases(3, 0, taken),
    phases(3, 0, taken, asked('pause')),
    phases(1, 0, taken, observed(0), asked('cancel')),
  ]).toEqual(['planned', 'canary', 'canary', 'waiting', 'running', 'paused', 'done'])
})

test('[R102] what is claimed or started takes the place of another', () => {
  const begun = jobOf([...born(5, { canary: 0, parallel: 3 }), claimed(0), claimed(1), started(1)])
  expect([underWayCount(begun), claimable(begun)]).toEqual([2, [2]])
  expect(countsOf(begun)).toMatchObject({ open: 3, underWay: 2 })
  expect(claimable(jobOf(born(5, { canary: 9, parallel: 9 })))).toEqual([0, 1, 2, 3, 4])
})
