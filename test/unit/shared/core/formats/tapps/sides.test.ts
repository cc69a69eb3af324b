import { expect, test } from 'vitest'
import { tapps } from '../../../../../../shared/core/formats/tapps/tapps.ts'
import { context, setOf, type Folder } from './tappsSet.ts'
import { readingOf } from './toldOf.ts'

const at = '2026-03-01T08:00:00'
const [day, later] = ['2026-03-01T08:00:00.000Z', '2026-03-01T09:00:00.000Z']

type Value = Readonly<Record<string, unknown>>

function read(value: Value, path = 'x/one.json') {
  const folder: Folder = { facts: [], texts: new Map([[path, JSON.stringify(value)]]) }
  return tapps.read(setOf(folder, path), context)
}

/** Of a reading the run in short: its name, how it stands, its times, and its steps with what is said of them. */
function told({ run, said }: ReturnType<typeof read>) {
  if (run === null) return null
  const { id, workflow, status, createdAt, startedAt, updatedAt, finishedAt, error } = run
  const times = [createdAt, startedAt, updatedAt, finishedAt].map((one) => one ?? '-').join(' ')
  return [
    `${id} of ${workflow.name}: ${said.status ?? '-'} is ${status}${error === null ? '' : `, ${error.message}`}`,
    times,
    ...Object.entries(run.steps).map(
      ([step, state]) =>
        `${step}: ${said.steps[step] ?? '-'} is ${state.status} ${JSON.stringify(state.output)} ${state.attempts.length}`,
    ),
  ]
}

const durable = { step_index: 1, quality_scores: { plan: 9 }, created_at: at, workflow_id: 'wf' }

test.each([
  ['pending', 'pending', 'pending is pending null 0', '-', '-'],
  ['running', 'running', 'running is running null 1', day, '-'],
  ['paused', 'paused', 'pending is pending null 0', day, '-'],
  ['checkpointed', 'paused', 'pending is pending null 0', day, '-'],
  ['completed', 'completed', 'completed is succeeded null 1', day, day],
  [
    'failed',
    'failed, The checkpoint says failed, and not why.',
    'failed is failed null 1',
    day,
    day,
  ],
  ['cancelled', 'cancelled', 'pending is pending null 0', day, day],
  ['toString', 'paused', 'pending is pending null 0', day, '-'],
])('[F51] a durable checkpoint that says %s', (status, word, step, began, ended) => {
  const reading = read({ ...durable, status, step_name: 'code' })
  expect(told(reading)).toEqual([
    `wf of wf: ${status} is ${word}`,
    `${day} ${began} ${day} ${ended}`,
    `code: ${step}`,
  ])
  expect(reading.run?.variables).toEqual({ plan: 9 })
})

test('[F51] outputs of a durable checkpoint are its finished steps, the last result is none', () => {
  const outputs = { plan: { a: 1 }, code: 'x', final_result: 'all' }
  const value = { ...durable, status: 'running', step_name: 'code', outputs }
  expect(told(read({ ...value, metadata: { workflow_name: 'demo' } }))).toEqual([
    'wf of demo: running is running',
    `${day} ${day} ${day} -`,
    'plan: completed is succeeded {"a":1} 1',
    'code: completed is succeeded "x" 1',
  ])
  const { workflow_id: _id, ...nameless } = value
  expect(told(read({ ...nameless, step_name: null }))?.[0]).toBe('one of one: running is running')
})

test('[F51] a token checkpoint: what is done with its result, what comes, and what it knows', () => {
  const value = {
    checkpoint_id: 'c1',
    tokens_consumed: 5,
    created_at: at,
    completed_steps: ['a', 'b'],
    current_step: 'c',
    pending_steps: ['d'],
    step_results: { a: 7 },
    workflow_context: { k: 1 },
  }
  const reading = read(value)
  expect(told(reading)).toEqual([
    'c1 of token checkpoint: - is paused',
    `${day} ${day} ${day} -`,
    'a: completed is succeeded 7 1',
    'b: completed is succeeded null 1',
    'c: pending is pending null 0',
    'd: pending is pending null 0',
  ])
  expect([reading.label, reading.run?.variables]).toEqual(['TAPPS token checkpoint', { k: 1 }])
  const bare = { checkpoint_id: null, tokens_consumed: 5, workflow_type: 'sdlc' }
  expect(told(read(bare))?.[0]).toBe('one of sdlc: - is paused')
})

test('[F51] a task checkpoint is one step, its command', () => {
  const task = { agent_id: 'coder', checkpoint_time: at, task_id: 't1', context: { f: 1 } }
  expect(told(read({ ...task, command: 'implement', state: 'failed' }))).toEqual([
    't1 of coder implement: failed is failed, The checkpoint says failed, and not why.',
    `${day} ${day} ${day} ${day}`,
    'implement: failed is failed null 1',
  ])
  expect(told(read({ agent_id: 1, checkpoint_time: 2 }))).toEqual([
    'one of agent task: - is paused',
    '1970-01-01T00:00:00.000Z 1970-01-01T00:00:00.000Z 1970-01-01T00:00:00.000Z -',
    'task: pending is pending null 0',
  ])
})

const story = (id: string, status: string | null, more: Value = {}): Value => ({
  story_id: id,
  ...(status === null ? {} : { status }),
  ...more,
})
const done = { completed_at: '2026-03-01T09:00:00', artifacts: ['a.py'] }

test.each<[string, readonly Value[], string, readonly string[]]>([
  [
    'all done',
    [story('1', 'done', done), story('2', 'skipped')],
    'completed',
    ['1: done is succeeded ["a.py"] 1', '2: skipped is skipped null 0'],
  ],
  [
    'one failed',
    [story('1', 'done', done), story('2', 'failed')],
    'paused',
    ['1: done is succeeded ["a.py"] 1', '2: failed is failed null 1'],
  ],
  [
    'begun',
    [story('1', 'running'), story('2', null)],
    'paused',
    ['1: running is running null 1', '2: pending is pending null 0'],
  ],
  [
    'not begun',
    [story('1', 'todo'), {}],
    'pending',
    ['1: todo is pending null 0', 'story: pending is pending null 0'],
  ],
  ['empty', [], 'pending', []],
])('[F51] an epic whose stories are %s', (_, stories, status, steps) => {
  const epic = { epic_id: 'e', epic_title: 'Epic', stories, updated_at: '2026-03-01T09:00:00' }
  const [head, times, ...rows] = told(read({ ...epic, started_at: at })) ?? []
  expect([head, rows]).toEqual([`e of Epic: - is ${status}`, steps])
  expect(times).toBe(`${day} ${day} ${later} ${status === 'completed' ? later : '-'}`)
  expect(told(read({ epic_id: null, stories }))?.[0]).toBe(`one of one: - is ${status}`)
})

const step = (number: number, more: Value = {}) =>
  JSON.stringify({
    step_number: number,
    step_output: number,
    workflow_id: 'wf',
    step_id: `s${number}`,
    ...more,
  })

const path = (number: number) => `home/wf/checkpoints/step${number}-s.json`

test('[F51] checkpoints of steps without their state are the workflow, in their order', () => {
  const texts = new Map([
    [path(10), step(10)],
    [path(2), step(2, { completed_at: at, step_name: 'Second' })],
    [path(3), '{'],
  ])
  const facts = [...texts.keys()].map((one) => ({ path: one, sizeBytes: 1, modifiedAt: later }))
  const set = setOf({ facts, texts }, path(10))
  expect(told(tapps.read(set, context))).toEqual([
    'wf of wf: - is paused',
    `${day} ${day} ${day} -`,
    's2: completed is succeeded 2 1',
    's10: completed is succeeded 10 1',
  ])
  expect(readingOf(set).filter((line) => line.startsWith('checkpoint'))).toEqual(
    [
      `checkpoint Step checkpoint Second ${day} whole`,
      'checkpoint Step checkpoint step3-s.json at no time It is no JSON: The text ends where a key in quotes was expected.',
    ].map((line) => line.replace(/ as .*/, '')),
  )
})

const findings = (value: Value) =>
  read(value).findings.map(({ rule, severity, sentence, pointer }) => [
    rule,
    severity,
    sentence,
    pointer,
  ])

test('[F53] a checkpoint of a step or a task without its sum is verified by nobody', () => {
  const unsigned = [
    'F53',
    'warning',
    'It has no checksum: its own loader then verifies nothing.',
    '/checksum',
  ]
  expect(findings({ step_number: 1, step_output: 1 })).toEqual([unsigned])
  expect(findings({ agent_id: 'a', checkpoint_time: at })).toEqual([unsigned])
  expect(findings(durable)).toEqual([])
  expect(findings({ agent_id: 'a', checkpoint_time: at, checksum: 'x' })).toEqual([
    [
      'F52',
      'error',
      'Its checksum is not that of what stands in it: it was changed after it was written.',
      '/checksum',
    ],
  ])
})
