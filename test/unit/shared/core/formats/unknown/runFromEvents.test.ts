import { expect, test } from 'vitest'
import type { LogEvent } from '../../../../../../shared/core/formats/unknown/events.ts'
import { runFromEvents } from '../../../../../../shared/core/formats/unknown/runFromEvents.ts'

const changedAt = '2026-03-02T00:00:00.000Z'
const at = (minute: number) => `2026-03-01T08:0${minute}:00.000Z`

const event = (
  step: string | null,
  meaning: LogEvent['meaning'],
  more: Partial<LogEvent> = {},
): LogEvent => ({
  at: at(1),
  what: `said ${meaning}`,
  step,
  by: null,
  message: null,
  meaning,
  ...more,
})

const runOf = (...events: readonly LogEvent[]) =>
  runFromEvents(events, { id: 'a log', workflow: 'nightly', changedAt })
const statusesOf = ({ status, steps }: ReturnType<typeof runOf>) => [
  status,
  Object.fromEntries(Object.entries(steps).map(([id, state]) => [id, state.status])),
]

test.each<[string, LogEvent[], unknown[]]>([
  [
    'the last word on each step holds',
    [event('a', 'running'), event('a', 'completed'), event('b', 'running')],
    ['running', { a: 'succeeded', b: 'running' }],
  ],
  [
    'a step that waits is one that was paused',
    [event('a', 'paused')],
    ['running', { a: 'waiting' }],
  ],
  ['what has no word is pending', [event('a', null)], ['running', { a: 'pending' }]],
  [
    'when all have succeeded the run has',
    [event('a', 'completed'), event('b', 'completed')],
    ['completed', { a: 'succeeded', b: 'succeeded' }],
  ],
  [
    'while the run is only said to have begun, not',
    [event(null, 'running'), event('a', 'completed')],
    ['running', { a: 'succeeded' }],
  ],
  ['a run that has only begun runs', [event(null, 'running')], ['running', {}]],
  [
    'one failed step fails it',
    [event(null, 'running'), event('a', 'failed'), event('b', 'completed')],
    ['failed', { a: 'failed', b: 'succeeded' }],
  ],
  [
    'what was under way when it failed did not end by itself',
    [event('a', 'running'), event(null, 'failed')],
    ['failed', { a: 'failed' }],
  ],
  [
    'what was under way when it was cancelled is as it was',
    [event('a', 'running'), event(null, 'cancelled')],
    ['cancelled', { a: 'running' }],
  ],
  [
    'names that no id can be get one',
    [event('a b', 'completed'), event('a_b', 'running')],
    ['running', { 'a_b-2': 'succeeded', a_b: 'running' }],
  ],
])('[F243] %s', (_, events, expected) => {
  expect(statusesOf(runOf(...events))).toEqual(expected)
})

test('[F243] its times are those of the first and the last entry', () => {
  const run = runOf(event('a', 'running', { at: at(3) }), event('a', 'completed', { at: at(5) }))
  expect([run.createdAt, run.startedAt, run.updatedAt, run.finishedAt]).toEqual([
    at(3),
    at(3),
    at(5),
    at(5),
  ])
})

test('[F243] entries without a time leave those of the file', () => {
  const run = runOf(event('a', 'completed', { at: null }))
  expect([run.createdAt, run.startedAt, run.updatedAt, run.finishedAt]).toEqual([
    changedAt,
    null,
    changedAt,
    null,
  ])
})

test('[F243] the error is what the last failure said, else what it was', () => {
  expect(runOf(event('a', 'failed', { message: 'no disk' })).error?.message).toBe('no disk')
  expect(runOf(event('a', 'failed')).error?.message).toBe('said failed')
  expect(runOf(event('a', 'completed')).error).toBeNull()
  expect(runOf(event('a', 'running'), event(null, 'failed')).steps).toMatchObject({
    a: { status: 'failed' },
  })
})
