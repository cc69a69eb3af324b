import { expect, test } from 'vitest'
import { parseText } from '../../../../../../shared/core/formats/text/parseText.ts'
import { eventsOf } from '../../../../../../shared/core/formats/unknown/events.ts'
import type { RunStatus } from '../../../../../../shared/schema/run.ts'

const at = '2026-03-01T08:00:00.000Z'

function nodeOf(value: unknown) {
  const parsed = parseText(JSON.stringify(value))
  if (parsed.kind === 'broken') throw new Error(parsed.flaw.sentence)
  return parsed.root
}

function eventsIn(values: readonly unknown[], words: Readonly<Record<string, RunStatus>> = {}) {
  return eventsOf(values.map(nodeOf), words)
}

/** An entry among others that are a log without any doubt. */
function entry(value: object, words: Readonly<Record<string, RunStatus>> = {}) {
  const beat = { ts: at, event: 'beat' }
  return eventsIn([value, beat, beat], words)?.[0]
}

test('[F243] an entry with all that one can say', () => {
  const value = { ts: at, event: 'step_failed', step: 'build', worker: 'w1', error: 'exit 1' }
  expect(entry(value)).toEqual({
    at,
    what: 'step_failed',
    step: 'build',
    by: 'w1',
    message: 'exit 1',
    meaning: 'failed',
  })
  expect(entry({ event: 'x' })).toEqual({
    at: null,
    what: 'x',
    step: null,
    by: null,
    message: null,
    meaning: null,
  })
})

test.each([
  ['what', 'event eventType event_name type action kind transition', 'x'],
  [
    'step',
    'step step_id stepName task taskId task_name node nodeId activity job jobName stateName',
    'x',
  ],
  ['at', 'at ts time timestamp eventTime date datetime occurred_at createdAt when', at],
  ['by', 'worker workerId by actor user identity', 'x'],
  ['message', 'message msg error cause reason', 'x'],
] as const)('[F243] the names under which an entry says its %s', (field, names, value) => {
  const found = names.split(' ').map((name) => {
    const base = field === 'what' ? { ts: at } : { event: 'x' }
    return [name, entry({ ...base, [name]: value })?.[field]]
  })
  expect(found).toEqual(names.split(' ').map((name) => [name, value]))
})

test('[F243] the plainest of the names that stand there, if it says anything', () => {
  expect(
    entry({ type: 'second', event: 'first', step: '', task: 'b', time: at, at: 'soon' }),
  ).toMatchObject({ what: 'first', step: 'b', at })
  expect(entry({ event: 'x', detail: { step: 'deep', user: 'deep', msg: 'deep' } })).toMatchObject({
    step: null,
    by: null,
    message: 'deep',
  })
  expect(entry({ event: 'x', msg: 'm'.repeat(501) })?.message).toBe('m'.repeat(500))
})

test.each<[string, RunStatus]>([
  ...'started entered start scheduled dispatched retrying resumed'
    .split(' ')
    .map((word): [string, RunStatus] => [word, 'running']),
  ...'completed succeeded exited finished success done'
    .split(' ')
    .map((word): [string, RunStatus] => [word, 'completed']),
  ...'failed failure error timedOut'
    .split(' ')
    .map((word): [string, RunStatus] => [word, 'failed']),
  ...'canceled cancelled terminated aborted'
    .split(' ')
    .map((word): [string, RunStatus] => [word, 'cancelled']),
  ['paused', 'paused'],
  ['waiting', 'waiting'],
])('[F243] what ends in "%s" is %s, of a step or of the run', (word, meaning) => {
  expect(entry({ event: `step_${word}`, step: 'a' })?.meaning).toBe(meaning)
  expect(entry({ event: `run_${word}` })?.meaning).toBe(meaning)
  expect(entry({ event: `${word}_x`, step: 'a' })?.meaning).toBeNull()
})

test.each([
  ['run_started', 'running'],
  ['executionStarted', 'running'],
  ['workflow started', 'running'],
  ['flow.started', 'running'],
  ['JobStarted', 'running'],
  ['pipeline_started', 'running'],
  ['process_started', 'running'],
  ['workflow_task_started', null],
  ['run_step_started', null],
  ['flow_activity_started', null],
  ['execution_state_entered', null],
  ['flow_node_started', null],
  ['workflow_timer_started', null],
  ['started', null],
])('[F243] without a step "%s" says of the run: %s', (event, meaning) => {
  expect(entry({ event })?.meaning).toBe(meaning)
})

test('[F243] a word for the status goes before the name of what happened', () => {
  for (const key of ['status', 'state', 'outcome'])
    expect([key, entry({ event: 'step_started', step: 'a', [key]: 'FAILED' })?.meaning]).toEqual([
      key,
      'failed',
    ])
  expect(entry({ event: 'step_started', step: 'a', status: 'odd' })?.meaning).toBe('running')
  const said = { event: 'x', step: 'a', status: 'Kaputt' }
  expect(entry(said, { kaputt: 'failed' })?.meaning).toBe('failed')
})

const steps = (values: readonly object[]) => eventsIn(values)?.map(({ step }) => step)

test('[F243] an entry that only refers to another one is of its step', () => {
  const nested = { stateEnteredEventDetails: { name: 'Reserve' } }
  expect(
    steps([
      { ts: at, event: 'scheduled', eventId: '5', activityType: { name: 'Charge' } },
      { ts: at, event: 'started', attributes: { scheduledEventId: '5' } },
      { ts: at, event: 'scheduled', id: 6, step: 'Ship' },
      { ts: at, event: 'started', scheduledEventId: 6 },
      { ts: at, event: 'started', scheduledEventId: 9 },
      { ts: at, event: 'entered', ...nested },
      { ts: at, event: 'entered', somethingElse: { name: 'x' } },
      { ts: at, event: 'entered', name: 'x' },
    ]),
  ).toEqual(['Charge', 'Charge', 'Ship', 'Ship', null, 'Reserve', null, null])
})

const event = { ts: at, event: 'x' }

test.each<[string, readonly unknown[], number | null]>([
  ['two entries', [event, event], 2],
  ['one entry', [event], null],
  ['half of them entries', [event, event, 1, {}], 2],
  ['less than half of them', [event, event, 1, {}, []], null],
  ['half of them with a time', [event, event, { event: 'x' }, { event: 'x' }], 4],
  ['less than half of them with a time', [event, { event: 'x' }, { event: 'x' }], null],
  ['times without what happened', [{ ts: at }, { ts: at }], null],
])('[F243] a list of %s as a log', (_, values, count) => {
  expect(eventsIn(values)?.length ?? null).toBe(count)
})
