import { expect, test } from 'vitest'
import { guessesIn, read, toldOf } from './toldOf.ts'

const lines = (...values: readonly object[]) => values.map((one) => JSON.stringify(one)).join('\n')
const states = lines(
  { run_id: 'r1', status: 'running' },
  { run_id: 'r2', status: 'done' },
  { run_id: 'r1', status: 'failed', error: 'boom' },
)
const ofOne = lines({ run_id: 'r1', status: 'running' }, { run_id: 'r1', status: 'failed' })

test('[F243] lines that are states of many runs: each of them by its last line', () => {
  const reading = read(states)
  expect(reading.items).toEqual([
    { item: 'r1', label: 'r1 · failed' },
    { item: 'r2', label: 'r2 · done' },
  ])
  const list = 'runs - likely: /run_id of the lines names 2 runs.'
  expect(guessesIn(reading)[0]).toBe(list)
  expect(reading.run).toBeNull()
  const one = read(states, { item: 'r1' })
  expect([one.run?.error?.message, guessesIn(one)[0]]).toEqual(['boom', list])
  expect(one.points).toEqual([
    {
      id: 'line:1',
      label: 'line 1',
      kind: 'history',
      document: 'runs/one.json',
      item: 'line:1',
      at: null,
      problem: null,
    },
  ])
})

test('[F243] lines that are states of one run are that run, and its history', () => {
  const reading = read(ofOne)
  expect([reading.items, reading.run?.status]).toEqual([[], 'failed'])
  expect(guessesIn(reading)[0]).toMatch(/^id /)
  expect(reading.points.map(({ id }) => id)).toEqual(['line:1'])
  expect(read(ofOne, { item: 'line:1' }).run?.status).toBe('running')
})

test('[F323] lines that are events of many runs: one line of a run is enough to tell how it stands', () => {
  const events = lines(
    { ts: 1_772_352_000, event: 'run_started', thread_id: 'a' },
    { ts: 1_772_352_001, event: 'run_failed', threadId: 'x', thread_id: 'b' },
    { ts: 1_772_352_002, event: 'run_completed', thread_id: 'a' },
  )
  const reading = read(events)
  expect(toldOf(reading)).toEqual([
    'F322 stuck: Guessed: 2 runs in one document: 1 failed (b), 1 completed. | openRun: Open run b | runs:  (likely): “thread_id” of the lines names 2 runs.',
    'runs - likely: “thread_id” of the lines names 2 runs.',
  ])
  expect(toldOf(read(events, { item: 'a' })).slice(0, 2)).toEqual([
    'workflow a of one: completed -',
    '2026-03-01T08:00:00.000Z 2026-03-01T08:00:00.000Z 2026-03-01T08:00:02.000Z 2026-03-01T08:00:02.000Z',
  ])
  const few = lines(
    ...[0, 1, 2, 3].map((at) => ({
      ts: 1_772_352_000 + at,
      event: 'run_started',
      ...(at < 3 ? { run: `r${at}` } : {}),
    })),
  )
  expect(read(few).items).toEqual([])
  const most = lines(
    ...[0, 1, 2, 3, 4].map((at) => ({
      ts: 1_772_352_000 + at,
      event: 'run_started',
      ...(at < 4 ? { run: `r${at}` } : {}),
    })),
  )
  expect(read(most).items).toHaveLength(4)
})
