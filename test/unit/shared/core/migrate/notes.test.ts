// What a person is told of a migration, word by word.
import { expect, test } from 'vitest'
import { planMigration } from '../../../../../shared/core/migrate/planMigration.ts'
import { sha256 } from '../run/sampleRun.ts'

const at = '2026-01-01T00:00:00.000Z'
const first = { workflow_id: 'w', status: 'completed', states: {} }
const second = { version: 2, workflow_id: 'w', status: 'completed', steps: [] }
/** Each time is known, so that nothing is said of times. */
const timed = { started_at: 1, updated_at: 9, completed_at: 9 }
const ended = { started_at: 1, completed_at: 9 }

function plan(text: string) {
  return planMigration(text, { document: 'old.json', at, sha256, isTaken: () => false })
}

const notesOf = (document: object) => plan(JSON.stringify(document)).row.notes

/** What the time of the run is when `document` says nothing of when it was made, began, changed or ended. */
function timesOf(document: object) {
  const { run, row } = plan(JSON.stringify({ ...second, ...document }))
  return [run?.createdAt, run?.startedAt, run?.updatedAt, run?.finishedAt, ...row.notes]
}

const many = (count: number, name: string) =>
  Array.from({ length: count }, (_, index) => `${name}${index}`)

test('[M1] each step of the chain says what it changes, and of how many', () => {
  const checkpoints = [{ id: 'c', timestamp: 2 }]
  const words = {
    first: [
      'The states become a list of 1 step; completed is called success, failed is called failure.',
      'Times become epoch seconds; output is called result, attempt is called attempts.',
    ],
    second: [
      'Epoch seconds become times in ISO 8601, UTC, with milliseconds.',
      'A journal begins with the state as it is.',
    ],
    record: (count: string) =>
      `The list of ${count} becomes a record by id; success is called succeeded, failure is called failed, result is called output.`,
  }

  const steps = [first, second].map((document) => [
    plan(JSON.stringify({ ...document, states: { a: { status: 'pending' } } })).row.steps,
    plan(JSON.stringify({ ...document, checkpoints })).row.steps,
  ])

  expect(steps[0]?.[0]).toEqual([
    { name: '1to2', sentences: words.first },
    { name: '2to3', sentences: [words.record('1 step'), ...words.second] },
  ])
  expect(steps[1]).toEqual([
    [{ name: '2to3', sentences: [words.record('0 steps'), ...words.second] }],
    [
      {
        name: '2to3',
        sentences: [
          words.record('0 steps'),
          words.second[0],
          'The progress of 1 checkpoint becomes a share of one.',
          words.second[1],
        ],
      },
    ],
  ])
})

test('[M16] a whole document has nothing to tell', () => {
  const step = { id: 'a', status: 'success', attempts: 1, exit_code: null, ...ended }
  const state = {
    status: 'completed',
    started_at: '1970-01-01T00:00:01Z',
    completed_at: '1970-01-01T01:00:00+01:00',
  }
  const times = { started_at: state.started_at, completed_at: state.completed_at }
  const texts = [
    { ...second, ...timed, steps: [step], checksum: undefined },
    { ...second, ...timed, status: 'running', completed_at: null },
    { ...first, ...times, updated_at: null, states: { a: state } },
  ]
  expect(texts.map(notesOf)).toEqual([[], [], []])
})

const said = (what: string, time: string) =>
  `${what} is ${time}, which is no time: the time of the migration is taken.`

test('[M6] times that cannot be read are told with what they are of', () => {
  const state = { status: 'completed', started_at: 'x', completed_at: '2025-01-02 10:15' }
  const odd = { id: 'a', status: 'success', started_at: 1e300, completed_at: -1e300 }
  const times = { started_at: 'a', updated_at: 'b', completed_at: 'c' }

  expect(notesOf({ ...first, ...times, states: { s: state } })).toEqual([
    said('started_at', '"a"'),
    said('updated_at', '"b"'),
    said('completed_at', '"c"'),
    'started_at of s is "x", which is no time: the time of its end is taken.',
    'completed_at of s is "2025-01-02 10:15", without a zone: it is taken as UTC.',
  ])
  expect(
    notesOf({ ...second, started_at: 1e300, completed_at: 2e300, updated_at: 3e300, steps: [odd] }),
  ).toEqual([
    said('started_at', '1e+300'),
    said('completed_at', '2e+300'),
    said('updated_at', '3e+300'),
    said('completed_at of a', '-1e+300'),
    said('started_at of a', '1e+300'),
  ])
})

const timesOfAttempt = (document: object) => {
  const { run } = plan(JSON.stringify({ ...document, updated_at: null }))
  return Object.values(run?.steps ?? {}).flatMap(({ attempts }) =>
    attempts.map(({ startedAt, finishedAt }) => [startedAt, finishedAt]),
  )
}

test('[M6] no attempt begins after its end, also where its start cannot be read', () => {
  const five = '1970-01-01T00:00:05.000Z'
  const odd = { id: 'a', status: 'success', started_at: 1e300 }
  const state = { status: 'completed', started_at: 'x' }

  expect([
    timesOfAttempt({ ...second, steps: [{ ...odd, completed_at: 5, attempts: 2 }] }),
    timesOfAttempt({ ...second, steps: [odd] }),
    timesOfAttempt({ ...first, states: { a: { ...state, completed_at: five } } }),
    timesOfAttempt({ ...first, states: { a: { ...state, completed_at: 'y' } } }),
    timesOfAttempt({ ...first, states: { a: { ...state, started_at: null, completed_at: five } } }),
  ]).toEqual([
    [
      [five, five],
      [five, five],
    ],
    [[at, at]],
    [[five, five]],
    [[at, at]],
    [[five, five]],
  ])
})

const noStart = (taken: string) => `Nothing says when the run was made: ${taken} is taken.`

test('[M6] what is not recorded of the times of a run is the closest that is', () => {
  const [ten, twenty, forty] = [10, 20, 40].map((time) => new Date(time * 1000).toISOString())
  const steps = [
    { id: 'a', status: 'success', started_at: 20, completed_at: 40 },
    { id: 'b', status: 'success', started_at: null, completed_at: 20 },
    { id: 'c', status: 'pending', started_at: 1e300 },
  ]
  const noEnd = 'Nothing says when the run ended: the time of its last change is taken.'

  expect([
    timesOf({ status: 'failed' }),
    timesOf({ status: 'pending' }),
    timesOf({ status: 'paused', steps }),
    timesOf({ status: 'cancelled', steps, updated_at: 10 }),
    timesOf({ started_at: 10, completed_at: 20, steps }),
    timesOf({ status: 'waiting', started_at: 10, completed_at: 20 }),
  ]).toEqual([
    [at, null, at, at, noStart('the time of the migration'), noEnd],
    [at, null, at, null, noStart('the time of the migration')],
    [twenty, null, forty, null, noStart(`the first time in it, ${twenty},`)],
    [ten, null, ten, ten, noStart(`the first time in it, ${ten},`), noEnd],
    [ten, ten, twenty, twenty],
    [
      ten,
      ten,
      twenty,
      null,
      'The run is waiting but had an end: it is kept in migratedFrom.',
      'Version 3 has no place for completed_at: kept under /migratedFrom/fields.',
    ],
  ])
})

const tried = (attempts: number, fields: object = ended) =>
  notesOf({
    ...second,
    ...timed,
    steps: [{ id: 'a', status: 'success', attempts, ...fields }],
  })

const attemptOf = (fields: object) => {
  const steps = [{ id: 'a', attempts: 1, ...fields }]
  const { run } = plan(JSON.stringify({ ...second, ...timed, steps }))
  const attempt = Object.values(run?.steps ?? {})[0]?.attempts.at(-1)
  const { outcome, error, exitCode, startedAt, finishedAt } = attempt ?? {}
  const seconds = [startedAt, finishedAt].map((time) => Date.parse(time ?? '') / 1000)
  return [outcome, error?.message ?? null, exitCode, ...seconds]
}

const ofAll = (count: number) => `Of the ${count} attempts of a only the last one was recorded.`

test('[M7] what is not recorded of a step is told with its name', () => {
  expect([1, 2, 101, 102, 1.5, -1].map((attempts) => tried(attempts))).toEqual([
    [],
    [ofAll(2)],
    [ofAll(101)],
    ['a was tried 102 times: only the last attempt is written out.'],
    ['The attempts of a are 1.5: one is taken.'],
    ['The attempts of a are -1: one is taken.'],
  ])
  expect(tried(1, {})).toEqual(['Nothing says when a ended: the last change of the run is taken.'])
  expect(tried(1, { status: 'running' })).toEqual([])
  expect(tried(0, { status: 'skipped' })).toEqual([
    'Nothing says why a was skipped: it counts as skipped by its condition.',
  ])
})

const errorOf = (status: string, ...errors: readonly (string | null | undefined)[]) => {
  const steps = errors.map((error, index) => ({ id: `s${index}`, status: 'failure', error }))
  return plan(JSON.stringify({ ...second, status, steps })).run?.error
}

test('[M7] how an attempt ended is what the step says, and an empty error is none', () => {
  expect([
    attemptOf({ status: 'success', error: '', exit_code: 0 }),
    attemptOf({ status: 'failure', error: 'boom', exit_code: 1.5 }),
    attemptOf({ status: 'failure', error: null, exit_code: '3', completed_at: 5 }),
    attemptOf({ status: 'cancelled', exit_code: null, started_at: 12 }),
    attemptOf({ status: 'pending', error: 'late', ...ended }),
  ]).toEqual([
    ['succeeded', null, 0, 1, 9],
    ['failed', 'boom', null, 1, 9],
    ['failed', null, null, 5, 5],
    ['cancelled', null, null, 12, 12],
    ['failed', 'late', null, 1, 9],
  ])
})

const failed = (message: string) => ({ name: 'StepFailed', message, code: null, stack: null })

test('[M2] the error of a failed run is that of its first failed step', () => {
  expect([
    errorOf('failed', 'boom', 'late'),
    errorOf('failed', null),
    errorOf('failed', undefined),
    errorOf('failed'),
    errorOf('cancelled', 'boom'),
  ]).toEqual([failed('s0 failed: boom'), failed('s0 failed'), failed('s0 failed'), null, null])
})

test('[M8] checkpoints are told: how many, what they are called now, and times that are none', () => {
  const checkpoints = [
    { id: 'c', timestamp: 1e300, step: 'a' },
    { id: '', timestamp: 5, step: null, label: 'x' },
    { id: 'c', timestamp: 6, trigger: 'manual' },
    { id: 'c-4', timestamp: 7 },
    { id: 'c', timestamp: 8 },
    { id: 'x'.repeat(300), timestamp: 8 },
    { id: 'c-8', timestamp: 8 },
    { id: 'c', timestamp: 8 },
  ]
  const steps = [{ id: 'a', status: 'pending' }]
  const { row, run } = plan(
    JSON.stringify({ ...second, ...timed, status: 'failed', steps, checkpoints }),
  )
  const long = 'x'.repeat(180)

  expect(row.notes).toEqual([
    'Version 2 kept no state for its 8 checkpoints: kept as marks in time, they cannot be opened one by one.',
    'The checkpoint c was made at 1e+300, which is no time: the time of the migration is taken.',
    'The checkpoint "" is called checkpoint-2.',
    'The checkpoint "c" is called c-3.',
    'The checkpoint "c" is called c-5.',
    `The checkpoint "${'x'.repeat(300)}" is called ${long}-6.`,
    'The checkpoint "c" is called c-9.',
  ])
  expect(
    run?.checkpoints.map(({ id, step, at: time, trigger, migratedFrom }) => [
      id,
      step,
      Date.parse(time) / 1000,
      trigger,
      migratedFrom,
    ]),
  ).toEqual([
    ['c', 'a', Date.parse(at) / 1000, 'migration', undefined],
    ['checkpoint-2', null, 5, 'migration', { label: 'x' }],
    ['c-3', null, 6, 'manual', undefined],
    ['c-4', null, 7, 'migration', undefined],
    ['c-5', null, 8, 'migration', undefined],
    [`${long}-6`, null, 8, 'migration', undefined],
    ['c-8', null, 8, 'migration', undefined],
    ['c-9', null, 8, 'migration', undefined],
  ])
})

test('[M8] an id that can be kept is kept, whatever one before it would become', () => {
  const checkpoints = ['c', 'c', 'c-2', '', 'checkpoint-4', 'c-2'].map((id, index) => ({
    id,
    timestamp: index + 1,
  }))
  const { run, row } = plan(JSON.stringify({ ...second, ...timed, checkpoints }))
  expect(run?.checkpoints.map(({ id }) => id)).toEqual([
    'c',
    'c-3',
    'c-2',
    'checkpoint-5',
    'checkpoint-4',
    'c-2-6',
  ])
  expect(row.notes.slice(1)).toEqual([
    'The checkpoint "c" is called c-3.',
    'The checkpoint "" is called checkpoint-5.',
    'The checkpoint "c-2" is called c-2-6.',
  ])
})

const ofSteps = (who: string) =>
  `Version 3 has no place for some fields of ${who}: kept under the step's migratedFrom.`

const ofRun = (who: string) => `Version 3 has no place for ${who}: kept under /migratedFrom/fields.`

test('[M16] of many fields and steps without a place the first are named, and how many more there are', () => {
  const states = (count: number) =>
    Object.fromEntries(many(count, 's').map((name) => [name, { status: 'pending', host: 1 }]))
  const fields = (count: number) => Object.fromEntries(many(count, 'k').map((name) => [name, 1]))
  const times = { started_at: '1970-01-01T00:00:01Z', completed_at: '1970-01-01T00:00:02Z' }

  expect(notesOf({ ...first, ...times, ...fields(20), states: states(5) })).toEqual([
    ofRun(many(20, 'k').join(', ')),
    ofSteps('s0, s1, s2, s3, s4'),
  ])
  expect(notesOf({ ...first, ...times, ...fields(22), states: states(6) })).toEqual([
    ofRun(`${many(20, 'k').join(', ')} and 2 more`),
    ofSteps('s0, s1, s2, s3, s4 and 1 more'),
  ])
})

const big = (count: number) => many(count, '900719925474099').map((text) => `${text}00000000003`)

test('[M10] numbers that change are named up to ten, and numbers that do not are none of them', () => {
  const whole = { ...second, ...timed }
  const withNumbers = (...numbers: readonly string[]) =>
    plan(JSON.stringify({ ...whole, inputs: { a: [] } }).replace('[]}', `[${numbers.join()}]}`)).row
      .notes

  expect(
    withNumbers('9007199254740992', '-9007199254740992', '"1e999"', '"9007199254740993"', '1e308'),
  ).toEqual([])
  expect(withNumbers('{}', '[1]', '-9007199254740993', '9007199254740993.5')).toEqual([
    'The number -9007199254740993 at /inputs/a/2 becomes -9007199254740992.',
  ])
  expect(withNumbers(...big(10))).toHaveLength(10)
  expect(withNumbers(...big(12)).slice(10)).toEqual(['2 more numbers are changed likewise.'])
})

const steps = (count: number) =>
  many(count, 's').map((id) => ({ id, status: 'skipped', attempts: 0 }))

test('[M15] more than forty notes are cut, and how many there are is said', () => {
  const notes = [40, 41, 50].map((count) =>
    notesOf({ ...second, ...timed, steps: steps(count) }).slice(39),
  )
  const last = 'Nothing says why s39 was skipped: it counts as skipped by its condition.'
  expect(notes).toEqual([
    [last],
    [last, 'And 1 more like these.'],
    [last, 'And 10 more like these.'],
  ])
})

test.each([
  ['', 'It is no whole JSON.'],
  ['{"workflow_id":"w","status":"odd","states":{}}', 'It does not fit the shape of its version.'],
  ['{}', 'It is of none of our older versions.'],
  ['{"format":"unstuck","version":4}', 'It is of a newer version.'],
  [
    '{"workflow_id":"w","status":"pending","states":{},"inputs":{"a":1e999}}',
    'What it would become is no whole run.',
  ],
  [JSON.stringify({ ...second, checksum: 'f00' }), 'It does not fit its checksum.'],
  [
    `{"workflow_id":"w","status":"pending","states":{},"inputs":{"a":${'['.repeat(999)}${']'.repeat(999)}}}`,
    'It is nested too deep.',
  ],
])('[M15] %.60s has a cause', (text, cause) => {
  const { row } = plan(text)
  expect([row.cause, row.run, row.target]).toEqual([cause, null, null])
})

test('[M10] a key that stands twice is named', () => {
  const text = JSON.stringify({ ...second, ...timed }).replace('{', '{"version":2,')
  expect(plan(text).row.notes).toEqual(['/version stands twice: the last one is taken.'])
})
