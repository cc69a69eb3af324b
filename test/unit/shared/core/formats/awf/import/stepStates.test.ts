import { expect, test } from 'vitest'
import { awf } from '../../../../../../../shared/core/formats/awf/awf.ts'
import type { FileSet } from '../../../../../../../shared/core/formats/format.ts'
import type { Run } from '../../../../../../../shared/schema/run.ts'
import { context, madeState } from '../awfSets.ts'

const states = `name: deploy
states:
  initial: build
  build: { type: step, command: make, on_success: tests, on_failure: mend }
  tests: { type: parallel, parallel: [unit, lint], on_success: ship }
  unit: { type: step, command: make unit }
  lint: { type: step, command: make lint }
  mend: { type: step, command: make clean, on_success: done }
  ship: { type: step, command: make ship, continue_on_error: true, on_success: done }
  done: { type: terminal, status: success }
`

function imported(set: FileSet, definition = states) {
  const made = awf.toRun(set, { definition, commands: {}, id: 'imported' }, context)
  if (made.kind === 'refused') throw new Error(made.problems.join(' '))
  return made
}

const statusesOf = (run: Run) =>
  Object.fromEntries(Object.entries(run.steps).map(([name, { status }]) => [name, status]))

test('[F42] of a run that was killed while it ran, what may have begun since is in doubt', () => {
  const { run, notes } = imported(
    madeState({ Status: 'running', CurrentStep: 'build' }, { build: {} }),
  )

  expect(statusesOf(run)).toEqual({
    build: 'succeeded',
    unit: 'running',
    lint: 'running',
    mend: 'pending',
    ship: 'pending',
  })
  expect(run.steps['unit' as never]).toMatchObject({
    attempts: [{ startedAt: run.updatedAt, finishedAt: null }],
  })
  expect(notes).toContain(
    'Whether unit had begun is not known: AWF writes nothing while a step runs. A resume asks about it.',
  )
})

test('[F42] after a failure only its own way may have begun, and an end begins nothing', () => {
  const failed = { build: { Status: 'failed', ExitCode: 2 } }
  const before = imported(madeState({ Status: 'running', CurrentStep: 'build' }, failed))
  expect(statusesOf(before.run)).toMatchObject({
    build: 'failed',
    unit: 'pending',
    mend: 'running',
  })

  const last = imported(
    madeState({ Status: 'running', CurrentStep: 'ship' }, { ship: {}, build: {} }),
  )
  expect(Object.values(statusesOf(last.run))).not.toContain('running')
})

test('[F42] where nothing says when the run last changed, nothing is said to have begun', () => {
  const zero = '0001-01-01T00:00:00Z'
  const times = { StartedAt: zero, UpdatedAt: zero }
  const { run } = imported(
    madeState({ Status: 'running', CurrentStep: 'build', ...times }, { build: {} }),
  )
  expect(statusesOf(run)).toMatchObject({ unit: 'pending', lint: 'pending' })
  expect(run.createdAt).toBe('1970-01-01T00:00:00.000Z')
})

test('[F41] the run was made when the first thing of it is known, and ended when it says', () => {
  const zero = '0001-01-01T00:00:00Z'
  const end = '2026-11-21T09:00:00.000Z'
  const fields = { Status: 'completed', StartedAt: zero, UpdatedAt: zero, CompletedAt: end }
  const { run } = imported(madeState(fields, { build: {} }))
  expect([run.createdAt, run.startedAt, run.updatedAt, run.finishedAt]).toEqual([
    end,
    null,
    end,
    end,
  ])
})

test('[F41] in a completed run what has no state was passed by; what has no place is left out', () => {
  const { run, notes } = imported(
    madeState(
      { Status: 'completed', CurrentStep: 'done' },
      { build: { Attempt: 3 }, tests: {}, old: {} },
    ),
  )
  expect(statusesOf(run)).toMatchObject({ build: 'succeeded', mend: 'skipped', ship: 'skipped' })
  expect(notes).toContain('old has a state and no place in the definition: left out.')
  expect(notes).toContain('build was tried 3 times: AWF keeps the last.')
  expect(notes.join()).not.toContain('tests has a state')
})

test('[F41] a step that AWF has begun or cancelled, without times or with an odd code', () => {
  const zero = '0001-01-01T00:00:00Z'
  const { run } = imported(
    madeState(
      { Status: 'cancelled', CurrentStep: 'lint' },
      {
        build: { StartedAt: zero },
        unit: { Status: 'running' },
        lint: { Status: 'cancelled', CompletedAt: '2026-11-21T08:00:02Z' },
        mend: { StartedAt: zero, CompletedAt: zero, Output: '' },
      },
    ),
  )
  expect(run.steps).toMatchObject({
    build: { attempts: [{ startedAt: '2026-11-21T08:00:01.000Z' }] },
    unit: { status: 'pending', attempts: [] },
    lint: { status: 'cancelled', attempts: [{ outcome: 'cancelled', error: null }] },
    mend: { status: 'succeeded', attempts: [], output: '' },
  })
})

test('[F41] a step that failed and may fail gets its turn again', () => {
  const failed = {
    build: {},
    ship: { Status: 'failed', ExitCode: 1, CompletedAt: '2026-11-21T08:00:05Z' },
  }
  const { run } = imported(madeState({ Status: 'failed', CurrentStep: 'ship' }, failed))
  expect(statusesOf(run)).toMatchObject({ build: 'succeeded', ship: 'pending' })
})

test('[F41] a failed run without a failed step says where it ended', () => {
  const { run } = imported(madeState({ Status: 'failed', CurrentStep: 'gone' }))
  expect(run.error?.message).toBe('AWF ended the run at gone.')
})

test('[F41] what a definition says of its inputs is kept as JSON has it', () => {
  const inputs = `inputs:
  - { name: count, default: 3 }
  - { name: large, default: 9007199254740993 }
  - { name: share, default: 0.5 }
  - { name: endless, default: .inf }
  - { name: loud, default: true }
  - { name: list, default: [1, { a: null }] }
  - { name: none }
  - { default: 1 }
`
  const { run } = imported(madeState({ Inputs: null }), `${inputs}${states}`)
  expect(run.inputs).toEqual({})
  expect(run.workflow.definition?.inputs).toEqual({
    count: 3,
    large: '9007199254740993',
    share: 0.5,
    endless: 'Infinity',
    loud: true,
    list: [1, { a: null }],
    none: null,
  })
})

test('[F43] an id that no run can have is refused', () => {
  const options = { definition: states, commands: {}, id: '../up' }
  expect(awf.toRun(madeState({}), options, context)).toEqual({
    kind: 'refused',
    problems: ['../up is no id of a run.'],
  })
})

const ended = (outcome: 'succeeded' | 'failed', finishedAt: string, more: object = {}) => ({
  number: 2,
  startedAt: '2026-11-22T01:00:00.000Z',
  finishedAt,
  outcome,
  error: outcome === 'failed' ? { name: 'E', message: 'boom', code: null, stack: null } : null,
  exitCode: null,
  process: null,
  ...more,
})

function exported(set: FileSet, change: (run: Run) => Run) {
  const { run } = imported(set)
  return awf.fromRun(set, change(run), context)
}

function stateText(set: FileSet, change: (run: Run) => Run) {
  const back = exported(set, change)
  if (back.kind === 'refused') throw new Error(back.problems.join(' '))
  return { state: JSON.parse(back.changes[0]?.text ?? '') as { States: object }, notes: back.notes }
}

const withSteps = (run: Run, steps: Readonly<Record<string, object>>): Run => ({
  ...run,
  steps: Object.fromEntries(
    Object.entries(run.steps).map(([name, step]) => [name, { ...step, ...steps[name] }]),
  ) as Run['steps'], // ids of steps in a test
})

test('[F45] results of the first steps have all the keys of AWF, with what an empty one has', () => {
  const { state, notes } = stateText(madeState({}), (run) => ({
    ...withSteps(run, {
      build: {
        status: 'succeeded',
        output: { ok: 1 },
        attempts: [ended('succeeded', '2026-11-22T01:00:01.000Z')],
      },
      unit: { status: 'failed', attempts: [ended('failed', '2026-11-22T01:00:03.000Z')] },
      lint: {
        status: 'cancelled',
        output: null,
        attempts: [ended('failed', '2026-11-22T01:00:02.000Z')],
      },
    }),
    status: 'paused',
  }))

  expect(state).toMatchObject({ Status: 'cancelled', CurrentStep: 'unit' })
  expect(state.States).toMatchObject({
    build: {
      Status: 'completed',
      Output: '{"ok":1}\n',
      ExitCode: 0,
      Attempt: 2,
      Response: null,
      TokensUsed: 0,
      Truncated: false,
      OutputPath: '',
    },
    unit: { Status: 'failed', Output: '', ExitCode: -1, Error: 'boom' },
    lint: { Status: 'cancelled', Output: '' },
  })
  expect(notes).toContain('AWF has no word for paused: it is written as cancelled.')
})

const done = (run: Run): Run => ({
  ...withSteps(run, {
    ship: {
      status: 'succeeded',
      output: null,
      attempts: [ended('succeeded', '2026-11-22T01:00:04.000Z')],
    },
  }),
  status: 'completed',
  finishedAt: '2026-11-22T01:00:05.000Z',
})

test('[F45] a completed run goes back to the end that its last step leads to', () => {
  const before = madeState(
    { Status: 'failed', CurrentStep: 'build' },
    { build: { Status: 'failed' } },
  )
  expect(stateText(before, done).state).toMatchObject({
    Status: 'completed',
    CurrentStep: 'done',
    CompletedAt: '2026-11-22T01:00:05Z',
    States: { ship: { Output: '' } },
  })
})

test('[F45] an original that is damaged by now is refused, with why', () => {
  const { run } = imported(madeState({}))
  const torn = madeState({})
  const cut = { ...torn, texts: new Map([[torn.document, '{"WorkflowID"']]) }
  expect(awf.fromRun(cut, run, context)).toMatchObject({
    kind: 'refused',
    problems: [expect.stringContaining('The original cannot be read.')],
  })
})
