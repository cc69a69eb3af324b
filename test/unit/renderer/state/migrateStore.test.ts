import { expect, test } from 'vitest'
import { createMigrateStore } from '../../../../renderer/state/migrateStore.ts'
import { createPlanner } from '../../../../renderer/state/planning.ts'
import type { Planned, Planning } from '../../../../renderer/state/planning.ts'
import { AppError } from '../../../../shared/errors.ts'
import type { Client, Handlers } from '../../../../shared/contract/contract.ts'
import { connect } from '../../../../shared/rpc/connect.ts'
import { memoryPair } from '../../../../shared/rpc/memory.ts'
import { serve } from '../../../../shared/rpc/serve.ts'
import { until } from './hostWith.ts'

const asOf = '2026-01-02T03:04:05.678Z'

function clientOf(handlers: Partial<Handlers>): Client {
  const [near, far] = memoryPair()
  serve({ channel: far, handlers: handlers as Handlers }) // a test calls only what it gives
  return connect(near)
}

function planned(plan: string): Planned<string> {
  return { plan, digest: `digest of ${plan}`, rev: 'rev', asOf }
}

/** A planner whose answers and timers the test gives. */
function plannerBench() {
  const calls: {
    signal: AbortSignal
    answer: (plan: Planned<string>) => void
    fail: (error: Error) => void
  }[] = []
  const timers: { work: () => void; isTakenBack: boolean }[] = []
  const shown: Planning<string>[] = []
  const planner = createPlanner<string>({
    plan: (signal) =>
      new Promise((answer, fail) => {
        calls.push({ signal, answer, fail })
      }),
    show: (planning) => shown.push(planning),
    after: (work) => {
      const timer = { work, isTakenBack: false }
      timers.push(timer)
      return () => {
        timer.isTakenBack = true
      }
    },
  })
  return { planner, calls, timers, shown }
}

test('a newer request cancels the older call, and its late answer is never shown', async () => {
  const { planner, calls, shown } = plannerBench()

  const first = planner.now()
  const second = planner.now()
  calls[1]?.answer(planned('new'))
  calls[0]?.answer(planned('old'))
  await Promise.all([first, second])

  expect(calls.map((call) => call.signal.aborted)).toEqual([true, false])
  expect(shown).toEqual([
    { kind: 'loading' },
    { kind: 'loading' },
    { kind: 'ready', planned: planned('new'), isRefreshing: false },
  ])
})

test('changes in quick succession lead to one call, and the old plan stays in sight meanwhile', async () => {
  const { planner, calls, timers, shown } = plannerBench()
  const first = planner.now()
  calls[0]?.answer(planned('first'))
  await first

  planner.soon()
  planner.soon()

  expect(timers.map((timer) => timer.isTakenBack)).toEqual([true, false])
  expect(calls.length).toBe(1)
  expect(shown.at(-1)).toEqual({ kind: 'ready', planned: planned('first'), isRefreshing: true })
})

test('after close neither a timer nor an answer reaches the screen', async () => {
  const { planner, calls, timers, shown } = plannerBench()
  const first = planner.now()
  planner.soon()

  planner.close()
  calls[0]?.fail(new Error('late'))
  await first

  expect(timers.every((timer) => timer.isTakenBack)).toBe(true)
  expect(shown.every((planning) => planning.kind === 'loading')).toBe(true)
})

const row = {
  document: 'old/deploy.json',
  from: 1,
  to: 3,
  run: 'deploy-20250102-101500',
  rev: 'r1',
  steps: [{ name: '1to2', sentences: ['Times become numbers.'] }],
  notes: [],
  source: { sizeBytes: 2 },
  target: { sizeBytes: 2 },
  problem: null,
  cause: null,
} as const

function migrationPlan() {
  return {
    plan: { rows: [row], total: 1, migratable: 1, versions: [], failures: [], ready: true },
    digest: 'd',
    rev: 'rev',
    asOf,
  } as never // ids are parsed by the contract on both ends
}

test('migrates exactly what was planned, and rolls back the runs that came of it', async () => {
  const asked: unknown[] = []
  const client = clientOf({
    'migrate.plan': () => Promise.resolve(migrationPlan()),
    'migrate.apply': (input) => {
      asked.push(input)
      return Promise.resolve({
        rows: [{ item: row.document, outcome: 'done', cause: null, result: row.run }],
      })
    },
    'migrate.rollback': (input) => {
      asked.push(input)
      return Promise.resolve({
        rows: [{ item: row.run, outcome: 'done', cause: null, result: null }],
      })
    },
  })
  const store = createMigrateStore(client, null)

  await store.getState().replan()
  await store.getState().apply()
  await store.getState().rollBack()

  expect(asked).toEqual([{ documents: null, asOf, rev: 'rev', digest: 'd' }, { runs: [row.run] }])
  expect(store.getState().rollback).toEqual({
    kind: 'finished',
    rows: [{ item: row.run, outcome: 'done', cause: null, result: null }],
    freedBytes: null,
    total: 1,
  })
})

test('[M20] a dry run tells how far it is, and one that is stopped can be made again', async () => {
  const signals: { readonly aborted: boolean }[] = []
  const client = clientOf({
    'migrate.plan': (_, options) => {
      signals.push(options.signal)
      options.progress({ done: 1, total: 9, item: 'a.json' })
      return new Promise(() => undefined)
    },
  })
  const store = createMigrateStore(client, null)
  void store.getState().replan()
  await until(() => {
    const { planning } = store.getState()
    return planning.kind === 'loading' && planning.progress?.done === 1
  })
  store.getState().stopPlan()

  await until(() => signals[0]?.aborted === true)
  expect(store.getState().planning).toMatchObject({ kind: 'failed', error: { code: 'cancelled' } })
})

test('cancel reaches the host, and the rows that it answers are kept', async () => {
  const rows = [
    { item: 'a.json', outcome: 'done', cause: null, result: 'a' },
    { item: 'b.json', outcome: 'not-reached', cause: null, result: null },
  ] as const
  const client = clientOf({
    'migrate.plan': () => Promise.resolve(migrationPlan()),
    'migrate.apply': (_, { signal, progress }) =>
      new Promise((answer) => {
        progress({ done: 1, total: 2, item: 'a.json' })
        signal.addEventListener('abort', () => answer({ rows: [...rows] }))
      }),
  })
  const store = createMigrateStore(client, null)
  await store.getState().replan()

  const seen: unknown[] = []
  store.subscribe(({ work }) => {
    seen.push(work)
    if (work.kind === 'running' && work.progress !== null && !work.isCancelling)
      store.getState().cancel()
  })
  await store.getState().apply()

  expect(seen).toContainEqual({
    kind: 'running',
    progress: { done: 1, total: 2, item: 'a.json' },
    isCancelling: true,
  })
  expect(store.getState().work).toEqual({ kind: 'finished', rows, freedBytes: null, total: 2 })
})

test('a refusal with stale says so, does nothing and shows the new plan', async () => {
  let plans = 0
  const client = clientOf({
    'migrate.plan': () => {
      plans += 1
      return Promise.resolve(migrationPlan())
    },
    'migrate.apply': () => Promise.reject(new AppError('stale', 'old/deploy.json changed.')),
  })
  const store = createMigrateStore(client, 'old/deploy.json')

  await store.getState().replan()
  await store.getState().apply()

  expect({ plans, work: store.getState().work, notice: store.getState().notice }).toEqual({
    plans: 2,
    work: { kind: 'idle' },
    notice:
      'Nothing was done. old/deploy.json changed. This is the new plan: review it and confirm again.',
  })
})

test('one run is rolled back by itself, and the others can still be', async () => {
  const rows = ['a', 'b'].map((result) => ({
    item: `${result}.json`,
    outcome: 'done' as const,
    cause: null,
    result,
  }))
  const asked: unknown[] = []
  const client = clientOf({
    'migrate.plan': () => Promise.resolve(migrationPlan()),
    'migrate.show': () => Promise.reject(new AppError('not-found', 'It is gone.')),
    'migrate.apply': () => Promise.resolve({ rows }),
    'migrate.rollback': ({ runs }) => {
      asked.push(runs)
      const done = runs.map(
        (item) => ({ item, outcome: 'done', cause: null, result: null }) as const,
      )
      return Promise.resolve({ rows: done })
    },
  })
  const store = createMigrateStore(client, null)
  await store.getState().replan()
  await store.getState().apply()

  await store.getState().rollBack('a')
  expect(store.getState().work).toMatchObject({ kind: 'finished', rows: [{ result: 'b' }] })
  await store.getState().rollBack()
  expect(asked).toEqual([['a'], ['b']])
  expect(store.getState().work).toEqual({ kind: 'idle' })
  await store.getState().readView()
  expect(store.getState().view).toMatchObject({ kind: 'failed', error: { code: 'not-found' } })
})
