import { expect, test } from 'vitest'
import type { StepView } from '../../../../../shared/contract/runs.ts'
import { StepView as StepViewSchema } from '../../../../../shared/contract/runs.ts'
import { barsOf, rowsOf, scaleOf, waitsOf } from '../../../../../renderer/features/run/stepBars.ts'
import { StepId } from '../../../../../shared/schema/ids.ts'
import { step } from '../../state/samples.ts'

const began = '2026-01-02T03:00:00.000Z'
const beganMs = Date.parse(began)
const hour = 3_600_000

test('items stand below their step, wherever they were read', () => {
  const ids = ['a', 'b', 'c', 'a[0]', 'a[1]']
  const steps = ids.map((id) => stepWith({ id: StepId.parse(id) }, []))
  const rows = rowsOf(steps, { untilMs: beganMs, decisions: [] })

  expect(rows.map(({ id, isPart }) => [id, isPart])).toEqual([
    ['a', false],
    ['a[0]', true],
    ['a[1]', true],
    ['b', false],
    ['c', false],
  ])
})

test('[L313] a line says how a step stands beside how often it was tried', () => {
  const load = stepWith({ status: 'failed' }, [{}, { number: 2 }, { number: 3 }])
  const [row] = rowsOf([load], { untilMs: beganMs, decisions: [] })
  expect(row).toMatchObject({ status: 'failed', attempts: 3 })
})

test('a step in doubt is drawn where it began, and says that there is no result', () => {
  const charge = stepWith({ status: 'running', inDoubt: true }, [{}])

  expect(barsOf(charge, { untilMs: beganMs + hour, decisions: [] })).toEqual([
    {
      startMs: beganMs,
      endMs: beganMs,
      status: 'in-doubt',
      open: 'no result',
      label: 'Attempt 1, in-doubt, no result',
    },
  ])
})

test('the time until a person decided is not how long the attempt took', () => {
  const finishedAt = '2026-01-02T05:00:00.000Z'
  const charge = stepWith({ status: 'succeeded' }, [{ finishedAt, outcome: 'succeeded' }])
  const decision = {
    seq: 9,
    at: finishedAt,
    step: charge.id,
    decision: 'happened',
    by: 'ann',
    reason: null,
  } as const

  const [bar] = barsOf(charge, { untilMs: beganMs, decisions: [decision] })

  expect(bar).toMatchObject({ endMs: beganMs, open: 'decided' })
})

test('an attempt whose host died ended nobody knows when', () => {
  const error = { name: 'Interrupted', message: 'Its host ended.', code: null, stack: null }
  const publish = stepWith({ status: 'succeeded' }, [
    { finishedAt: '2026-01-05T03:00:00.000Z', outcome: 'cancelled', error },
    {
      number: 2,
      startedAt: '2026-01-05T03:00:00.000Z',
      finishedAt: '2026-01-05T03:00:01.000Z',
      outcome: 'succeeded',
    },
  ])

  const bars = barsOf(publish, { untilMs: beganMs, decisions: [] })

  expect(bars.map(({ endMs, startMs, open }) => [endMs - startMs, open])).toEqual([
    [0, 'decided'],
    [1000, null],
  ])
})

test('the hours for which a step waits are drawn short', () => {
  const build = stepWith({ status: 'succeeded' }, [
    { finishedAt: '2026-01-02T03:00:10.000Z', outcome: 'succeeded' },
  ])
  const approve = stepWith({ status: 'waiting' }, [{ startedAt: '2026-01-02T03:00:10.000Z' }])

  const scale = scaleOf([build, approve], { untilMs: beganMs + 5 * hour, decisions: [] })

  expect(scale.gaps.length).toBe(1)
  expect(scale.toShare(beganMs + 10_000)).toBeGreaterThan(0.9)
})

type AttemptChange = Partial<StepView['attempts'][number]>

test('[L38] what was waited through between attempts, and is waited through now, is told', () => {
  const failed = { finishedAt: '2026-01-02T03:00:05.000Z', outcome: 'failed' } as const
  const second = { number: 2, startedAt: '2026-01-02T03:00:15.000Z' }
  const until = '2026-01-02T03:01:00.000Z'
  const load = stepWith({ status: 'waiting', waitingOn: { kind: 'retry', attempt: 3, until } }, [
    failed,
    { ...failed, ...second, finishedAt: '2026-01-02T03:00:20.000Z' },
  ])
  expect(waitsOf(load, { untilMs: beganMs + 30_000, decisions: [] })).toEqual([
    { startMs: beganMs + 5000, endMs: beganMs + 15_000, label: 'Waited before attempt 2' },
    { startMs: beganMs + 20_000, endMs: beganMs + 30_000, label: 'Waits for attempt 3' },
  ])
})

function stepWith(change: Partial<StepView>, attempts: readonly AttemptChange[]): StepView {
  return StepViewSchema.parse({
    ...step('charge'),
    ...change,
    attempts: attempts.map((attempt) => ({
      number: 1,
      startedAt: began,
      finishedAt: null,
      outcome: null,
      error: null,
      exitCode: null,
      process: null,
      ...attempt,
    })),
  })
}
