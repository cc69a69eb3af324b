import { expect, test } from 'vitest'
import { awf } from '../../../../../../../shared/core/formats/awf/awf.ts'
import { goDurationMs } from '../../../../../../../shared/core/formats/awf/import/goDuration.ts'
import type { Attempt, Run, StepState } from '../../../../../../../shared/schema/run.ts'
import { awfText, context, sampleSet } from '../awfSets.ts'

const set = sampleSet('failed')
const definition = awfText('sets/awf/workflows/deploy.yaml')

function imported(): Run {
  const made = awf.toRun(set, { definition, commands: {}, id: 'imported' }, context)
  if (made.kind === 'refused') throw new Error(made.problems.join(' '))
  return made.run
}

type Exported = Readonly<Record<string, unknown>> & {
  readonly States: Readonly<Record<string, unknown>>
  readonly Inputs: object
}

/** What AWF would have after a run went on here, and what is said of it. */
function exported(run: Partial<Run>, steps: Readonly<Record<string, StepState>> = {}) {
  const before = imported()
  const now = { ...before, ...run, steps: { ...before.steps, ...steps } }
  const back = awf.fromRun(set, now, context)
  if (back.kind === 'refused') throw new Error(back.problems.join(' '))
  const [change] = back.changes
  return { state: JSON.parse(change?.text ?? '') as Exported, why: change?.why, notes: back.notes }
}

const nothing = { attempts: [], output: null, waitingOn: null, skippedBy: null }
const attempt: Attempt = {
  number: 3,
  startedAt: '2026-11-22T01:00:00.000Z',
  finishedAt: '2026-11-22T01:00:02.250Z',
  outcome: null,
  error: null,
  exitCode: null,
  process: null,
}
const error = { name: 'ExitCode', message: 'no disk', code: '3', stack: null }
const times = { StartedAt: '2026-11-22T01:00:00Z', CompletedAt: '2026-11-22T01:00:02.25Z' }
const ended = { Stderr: '', Attempt: 3, Error: '', ...times }

test.each<[string, StepState, object]>([
  [
    'succeeded',
    { ...nothing, status: 'succeeded', attempts: [attempt], output: { a: 1 } },
    { Status: 'completed', Output: '{"a":1}\n', ExitCode: 0, ...ended },
  ],
  [
    'succeeded without an output',
    { ...nothing, status: 'succeeded', attempts: [{ ...attempt, exitCode: 7 }] },
    { Status: 'completed', Output: '', ExitCode: 7, ...ended },
  ],
  [
    'failed',
    { ...nothing, status: 'failed', attempts: [{ ...attempt, error, exitCode: 3 }], output: 'x' },
    { Status: 'failed', Output: '', ExitCode: 3, ...ended, Error: 'no disk' },
  ],
  [
    'was cancelled',
    { ...nothing, status: 'cancelled', attempts: [attempt] },
    { Status: 'cancelled', Output: '', ExitCode: -1, ...ended },
  ],
])('[F45] a step that %s has the state that AWF would write', (_, state, expected) => {
  const { States } = exported({}, { test: state }).state
  expect(States['test']).toMatchObject({ Name: 'test', ...expected })
  expect(Object.keys(States['test'] ?? {})).toEqual(Object.keys(States['build'] ?? {}))
})

test('[F45] a step that has not ended has no new state', () => {
  const open: Attempt = { ...attempt, finishedAt: null }
  const { States, CurrentStep } = exported(
    { status: 'running' },
    { release: { ...nothing, status: 'running', attempts: [open] } },
  ).state
  expect([Object.keys(States), CurrentStep]).toEqual([['build', 'test'], 'test'])
})

/** Which steps have a state once these are so. */
function statesWith(steps: Readonly<Record<string, StepState>>): readonly string[] {
  return Object.keys(exported({ status: 'running' }, steps).state.States)
}

test('[F45] once the run went on, a step that is to run again has no state any more', () => {
  const again: StepState = { ...nothing, status: 'pending' }
  const skipped: StepState = { ...nothing, status: 'skipped', skippedBy: 'person' }
  const done: StepState = { ...nothing, status: 'succeeded', attempts: [attempt], output: 'ok' }
  expect(statesWith({ build: again })).toEqual(['build', 'test'])
  expect(statesWith({ build: again, release: done })).toEqual(['release', 'test'].toReversed())
  expect(statesWith({ test: skipped, release: done })).toEqual(['build', 'release'])
})

test('[F45] an input that was taken away is taken away there', () => {
  expect(exported({ inputs: { env: 'staging', added: [1] } }).state.Inputs).toEqual({
    env: 'staging',
    added: [1],
  })
})

const exact = ['Times are to the millisecond, where AWF has nanoseconds.']
test.each<[Run['status'], string, readonly string[]]>([
  ['running', 'running', exact],
  ['completed', 'completed', exact],
  ['cancelled', 'cancelled', exact],
  ['paused', 'cancelled', [...exact, 'AWF has no word for paused: it is written as cancelled.']],
  ['waiting', 'running', [...exact, 'AWF has no word for waiting: it is written as running.']],
])('[F45] a run that is %s is %s there', (status, word, notes) => {
  const told = exported({ status })
  expect([told.state['Status'], told.why, told.notes]).toEqual([word, 'the state', notes])
})

test('[F45] the current step is the end of a run that is completed, else the step that ended last', () => {
  const done: StepState = { ...nothing, status: 'succeeded', attempts: [attempt], output: 'ok' }
  const at = (status: Run['status']) => {
    const finishedAt = status === 'completed' ? '2026-11-22T01:00:03.000Z' : null
    const told = exported({ status, finishedAt }, { test: done, release: { ...done } }).state
    return [told['CurrentStep'], told['CompletedAt']]
  }
  expect(at('completed')).toEqual(['done', '2026-11-22T01:00:03Z'])
  expect(at('running')).toEqual(['release', '2026-11-21T08:36:48.044105965Z'])
})

test('[F45] what was never imported is refused by name', () => {
  const { importedFrom: _, ...run } = imported()
  expect(awf.fromRun(set, run, context)).toEqual({
    kind: 'refused',
    problems: ['The run was not imported from AWF.'],
  })
})

test.each([
  ['90', 90_000],
  ['-5', -5000],
  ['+5', 5000],
  ['1m30s', 90_000],
  ['1.25s', 1250],
  ['1h', 3_600_000],
  ['250ms', 250],
  ['5us', 0.005],
  ['5µs', 0.005],
  ['2000000ns', 2],
  ['x5', null],
  ['5x', null],
  ['x1m', null],
  ['1mx', null],
  ['soon', null],
  ['', null],
])('[F41] the duration %j of AWF is %s ms', (text, ms) => {
  expect(goDurationMs(text)).toBe(ms)
})
