import { expect, test } from 'vitest'
import { awf } from '../../../../../../shared/core/formats/awf/awf.ts'
import { Run } from '../../../../../../shared/schema/run.ts'
import { context, madeState } from './awfSets.ts'

const zero = '0001-01-01T00:00:00Z'
const viewOf = (fields: object, steps: Readonly<Record<string, object>> = {}) => {
  const { run } = awf.read(madeState(fields, steps), context)
  return Run.parse(run)
}

test('[F20] of a state all that AWF says is in the view, under our words or as it is written', () => {
  const run = viewOf(
    { Status: 'failed', Inputs: { to: 'x' }, Env: { A: '1' }, CompletedAt: '2026-11-21T08:40:00Z' },
    {
      load: {
        Status: 'failed',
        ExitCode: 3,
        Attempt: 2,
        Error: ' no disk ',
        Stderr: 'full',
        TokensUsed: 7,
      },
    },
  )
  expect(run).toEqual({
    id: '77777777-pending',
    kind: 'workflow',
    workflow: { name: 'deploy', version: null, source: null, digest: null, definition: null },
    status: 'failed',
    createdAt: '2026-11-21T08:36:55.385Z',
    startedAt: '2026-11-21T08:36:55.385Z',
    updatedAt: '2026-11-21T08:36:55.385Z',
    finishedAt: '2026-11-21T08:40:00.000Z',
    place: { user: null, host: null, folder: null, environment: [] },
    error: {
      name: 'ExitCode',
      message: 'load failed: no disk.',
      code: '3',
      stack: null,
      step: 'load',
    },
    inputs: { to: 'x' },
    variables: {},
    steps: {
      load: {
        status: 'failed',
        attempts: [
          {
            number: 2,
            startedAt: '2026-11-21T08:00:00.000Z',
            finishedAt: '2026-11-21T08:00:01.000Z',
            outcome: 'failed',
            error: { name: 'ExitCode', message: 'load failed: no disk.', code: '3', stack: null },
            exitCode: 3,
            process: null,
          },
        ],
        output: 'done\n',
        waitingOn: null,
        skippedBy: null,
        awf: {
          Name: 'load',
          Status: 'failed',
          Stderr: 'full',
          ExitCode: 3,
          Attempt: 2,
          Error: ' no disk ',
          StartedAt: '2026-11-21T08:00:00Z',
          CompletedAt: '2026-11-21T08:00:01Z',
          TokensUsed: 7,
        },
      },
    },
    checkpoints: [],
    decisions: [],
    lineage: null,
    annotations: { colour: null, note: null, pinned: false, tags: [] },
    journal: { seq: 0, sum: '' },
    awf: {
      WorkflowID: '77777777-pending',
      WorkflowName: 'deploy',
      ParentRunID: '',
      Status: 'failed',
      CurrentStep: '',
      ExitCode: 0,
      Env: { A: '1' },
      StartedAt: '2026-11-21T08:36:55.385744879Z',
      UpdatedAt: '2026-11-21T08:36:55.385744879Z',
      CompletedAt: '2026-11-21T08:40:00Z',
      CurrentLoop: null,
      CallStack: null,
    },
  })
})

test.each([
  ['completed', 'succeeded', 'succeeded', 0, false],
  ['failed', 'failed', 'failed', 0, true],
  ['cancelled', 'cancelled', 'cancelled', 0, false],
  ['running', 'running', null, null, false],
  ['pending', 'pending', null, null, false],
  ['odd', 'pending', null, null, false],
])('[F20] a step that is %s is %s', (word, status, outcome, exitCode, hasError) => {
  const [state] = Object.values(viewOf({}, { a: { Status: word } }).steps)
  const [attempt] = state?.attempts ?? []
  expect([state?.status, attempt?.outcome, attempt?.exitCode, attempt?.error !== null]).toEqual([
    status,
    outcome,
    exitCode,
    hasError,
  ])
})

test.each([
  [{ StartedAt: zero }, []],
  [{ Attempt: 0 }, [[1, 0]]],
  [{ Attempt: -1 }, [[1, 0]]],
  [{ Attempt: 1 }, [[1, 0]]],
  [{ Attempt: 4, ExitCode: -9 }, [[4, -9]]],
  [{ Attempt: 1e300, ExitCode: 1e300 }, [[1, null]]],
])('[F20] the tries of a step with %j', (step, tries) => {
  const [state] = Object.values(viewOf({}, { a: step }).steps)
  expect(state?.attempts.map(({ number, exitCode }) => [number, exitCode])).toEqual(tries)
})

test.each([
  ['', 'a failed.'],
  [' no disk\n', 'a failed: no disk.'],
  ['Why?', 'a failed: Why?'],
  ['It ended. So', 'a failed: It ended. So.'],
])('[F20] the error %j is told as %s', (Error, message) => {
  const { error } = viewOf({ Status: 'failed' }, { a: { Status: 'failed', Error } })
  expect(error).toMatchObject({ message, step: 'a' })
})

const failed = (at: number) => ({ Status: 'failed', StartedAt: `2026-11-21T08:00:0${at}Z` })

test('[F20] the error of a run is that of the step that failed last, or what is said of it', () => {
  const steps = { late: failed(3), early: failed(1), done: { StartedAt: '2026-11-21T08:00:09Z' } }
  expect(viewOf({ Status: 'failed' }, steps).error).toMatchObject({ step: 'late' })
  expect(viewOf({ Status: 'cancelled' }, steps).error).toBeNull()
  expect(viewOf({ Status: 'failed' }, { done: {} }).error).toEqual({
    name: 'StepFailed',
    message: 'It is said to be failed.',
    code: null,
    stack: null,
  })
})

test('[F20] steps stand in the order in which they started, those that never did behind them', () => {
  const steps = {
    never: { StartedAt: zero },
    second: { StartedAt: '2026-11-21T08:00:02Z' },
    before: { StartedAt: '0000-06-01T00:00:00Z' },
    first: { StartedAt: '2026-11-21T08:00:01Z' },
  }
  expect(Object.keys(viewOf({}, steps).steps)).toEqual(['before', 'first', 'second', 'never'])
})

test.each([
  [{ UpdatedAt: zero }, '2026-11-21T08:36:55.385Z', '2026-11-21T08:36:55.385Z'],
  [
    { UpdatedAt: zero, CompletedAt: '2026-11-21T09:00:00Z' },
    '2026-11-21T08:36:55.385Z',
    '2026-11-21T09:00:00.000Z',
  ],
  [{ StartedAt: zero }, '2026-11-21T08:36:55.385Z', '2026-11-21T08:36:55.385Z'],
  [
    { StartedAt: zero, UpdatedAt: '2026-11-21T09:00:00Z' },
    '2026-11-21T09:00:00.000Z',
    '2026-11-21T09:00:00.000Z',
  ],
  [{ StartedAt: zero, UpdatedAt: zero }, '1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z'],
])('[F20] the times of a run with %j', (fields, createdAt, updatedAt) => {
  expect(viewOf(fields)).toMatchObject({ createdAt, updatedAt })
})

const lineage = (ParentRunID: string) => viewOf({ ParentRunID }).lineage

test('[F20] a run that was called by another has it as its parent, and never itself', () => {
  expect(['', '77777777-pending', 'Outer-1', 'ü/x'].map(lineage)).toEqual([
    null,
    null,
    { parent: 'outer-1', checkpoint: null, relation: 'child' },
    { parent: `awf-${context.sha256('ü/x').slice(0, 16)}`, checkpoint: null, relation: 'child' },
  ])
})

test.each([
  [{ ParentRunID: undefined }, { ContextWindowState: null }, '0.5 to 0.6'],
  [{ ParentRunID: undefined }, {}, '0.5 to 0.10'],
  [{ ParentRunID: undefined, ExitCode: undefined }, {}, '0.3 to 0.4'],
  [{ ParentRunID: undefined, ExitCode: undefined, CurrentLoop: undefined }, {}, '0.1 to 0.2'],
  [{ ParentRunID: undefined }, { TokensInput: 1, Data: {} }, '0.9 to 0.10'],
  [{ ParentRunID: undefined }, { Data: {} }, '0.7 to 0.8'],
])('[F21] a state with %j and %j is of %s', (fields, step, version) => {
  expect(awf.read(madeState(fields, { plain: {}, a: step }), context).version).toBe(version)
})

test.each([
  ['storage/states/anything.json', true],
  ['states/anything.txt', false],
  ['11111111-aaaa-4aaa-8aaa-111111111111.json', true],
  ['x11111111-aaaa.json', false],
  ['1111111-aaaa.json', false],
  ['1111111g-aaaa.json', false],
  ['deploy-20251210-101010.json', true],
  ['deploy-2025121-101010.json', false],
  ['deploy-20251210-10101.json', false],
  ['deploy-20251210-101010.json.json', false],
  ['a.json', false],
  ['11111111-aaaa.jsonl', false],
])('[F20] whether %s is the name of a state: %s', (path, expected) => {
  expect(awf.names?.(path)).toBe(expected)
})

test('[F36] where the definitions lie, what belongs to a state, and what is said of cleaning it up', () => {
  const text = '{"WorkflowName": "deploy"}'
  const paths = [
    'x/workflows/deploy.yaml',
    'x/workflows/deploy.yml',
    'x/workflows/deploy.json',
    'x/workflows/deploy.yaml.yaml',
    '.awf/workflows/deploy.yaml',
    'workflows/deploy.yaml',
    'x/states/a.json.tmp',
    'x/states/a.json.tmp.json',
    'x/states/a.json.1.2.tmpx',
    'x/workflows/.yaml',
  ]
  const files = paths.map((path) => ({ path, sizeBytes: 1, modifiedAt: context.now }))
  expect({
    id: awf.id,
    name: awf.name,
    folders: awf.folders('x/states/a.json'),
    belongs: awf.belongs('x/states/a.json', text, files),
    ofNoName: awf.belongs('x/states/a.json', '{"WorkflowName": ""}', files),
    cleanupRules: awf.cleanupRules,
  }).toEqual({
    id: 'awf',
    name: 'AWF',
    folders: ['x/states', 'x/workflows', '.awf/workflows'],
    belongs: [
      'x/workflows/deploy.yaml',
      'x/workflows/deploy.yml',
      '.awf/workflows/deploy.yaml',
      'x/states/a.json.tmp',
    ],
    ofNoName: ['x/states/a.json.tmp'],
    cleanupRules: {
      rules: [],
      dangers: [
        'AWF never removes the state of a run: its folder grows, and rests of writes that were cut stay there.',
      ],
    },
  })
})
