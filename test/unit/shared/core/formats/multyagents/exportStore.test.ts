import { expect, test } from 'vitest'
import { multyagents } from '../../../../../../shared/core/formats/multyagents/multyagents.ts'
import { patchText, type TextPatch } from '../../../../../../shared/core/formats/text/patchText.ts'
import type { Attempt, Run, StepState } from '../../../../../../shared/schema/run.ts'
import { changedText, context, readFolder, setOf } from '../fileSet.ts'

const files = readFolder('multyagents')
const store = 'state.json'
const commands = { 'task-1': 'true', 'task-2': 'true', 'task-3': 'true' }

type Stored = {
  readonly tasks: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly approvals: Readonly<Record<string, unknown>>
  readonly workflow_runs: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly path_locks: object
  readonly task_locks: object
}

function setWith(base: string, ...patches: readonly TextPatch[]) {
  const patched = patchText(files.get(`api-state.${base}.json`) ?? '', patches)
  if (patched.kind === 'refused') throw new Error(patched.problem)
  return setOf(multyagents, store, new Map([[store, patched.text]]))
}

function add(path: string, value: string): TextPatch {
  return { op: 'add', path: path.split('|'), value }
}

function importedFrom(set: ReturnType<typeof setWith>): Run {
  const made = multyagents.toRun(set, { definition: null, commands, id: 'imported' }, context)
  if (made.kind === 'refused') throw new Error(made.problems.join(' '))
  return made.run
}

/** What multyagents would have after a run went on here. */
function after(
  set: ReturnType<typeof setWith>,
  steps: Readonly<Record<string, StepState>>,
  run: Partial<Run> = {},
): Stored {
  const before = importedFrom(set)
  const now = { ...before, ...run, steps: { ...before.steps, ...steps } }
  return JSON.parse(changedText(multyagents.fromRun(set, now, context))) as Stored // a store
}

const nothing = { attempts: [], output: null, waitingOn: null, skippedBy: null }
const attempt: Attempt = {
  number: 1,
  startedAt: '2026-11-21T10:00:00.000Z',
  finishedAt: '2026-11-21T10:00:01.250Z',
  outcome: null,
  error: null,
  exitCode: null,
  process: null,
}
const error = { name: 'ExitCode', message: 'no disk', code: '3', stack: null }
const failure: Attempt = { ...attempt, outcome: 'failed', error, exitCode: 3 }
const times = {
  started_at: '2026-11-21T10:00:00+00:00',
  finished_at: '2026-11-21T10:00:01.250000+00:00',
}
const untimed = { started_at: null, finished_at: null }

test.each<[string, StepState, object]>([
  [
    'that succeeded',
    { ...nothing, status: 'succeeded', attempts: [attempt], output: 'built' },
    {
      status: 'success',
      ...times,
      exit_code: 0,
      stdout: 'built',
      stderr: null,
      runner_message: 'done by Unstuck',
    },
  ],
  [
    'that succeeded at its second try, with an object',
    {
      ...nothing,
      status: 'succeeded',
      attempts: [failure, { ...attempt, exitCode: 7 }],
      output: { rows: [1] },
    },
    {
      status: 'success',
      ...times,
      exit_code: 7,
      stdout: '{"rows":[1]}',
      stderr: null,
      runner_message: 'done by Unstuck',
    },
  ],
  [
    'that succeeded without an output',
    { ...nothing, status: 'succeeded' },
    {
      status: 'success',
      ...untimed,
      exit_code: 0,
      stdout: null,
      stderr: null,
      runner_message: 'done by Unstuck',
    },
  ],
  [
    'that failed',
    { ...nothing, status: 'failed', attempts: [attempt, failure], output: 'half' },
    {
      status: 'failed',
      ...times,
      exit_code: 3,
      stdout: null,
      stderr: 'no disk',
      runner_message: 'no disk',
    },
  ],
  [
    'that was cancelled after a failure',
    {
      ...nothing,
      status: 'cancelled',
      attempts: [{ ...failure, outcome: 'cancelled', exitCode: null }],
    },
    {
      status: 'canceled',
      ...times,
      exit_code: null,
      stdout: null,
      stderr: null,
      runner_message: 'done by Unstuck',
    },
  ],
  [
    'that runs',
    { ...nothing, status: 'running', attempts: [{ ...attempt, finishedAt: null }] },
    {
      status: 'running',
      started_at: times.started_at,
      finished_at: null,
      exit_code: null,
      stdout: null,
      stderr: null,
      runner_message: 'done by Unstuck',
    },
  ],
  [
    'that waits for its next try',
    {
      ...nothing,
      status: 'waiting',
      attempts: [failure],
      waitingOn: { kind: 'retry', until: '2026-11-21T10:00:05.000Z', attempt: 2 },
    },
    {
      status: 'created',
      ...times,
      exit_code: 3,
      stdout: null,
      stderr: null,
      runner_message: 'done by Unstuck',
    },
  ],
])('[F166] a task %s is one of multyagents', (_, state, expected) => {
  const { tasks } = after(setWith('created'), { 'task-1': state })
  const { status, started_at, finished_at, exit_code, stdout, stderr, runner_message } =
    tasks['1'] ?? {}
  expect({ status, started_at, finished_at, exit_code, stdout, stderr, runner_message }).toEqual(
    expected,
  )
})

test('[F166] a task that is asked for again is created, and has nothing of its last try', () => {
  const { tasks } = after(setWith('failed'), { 'task-2': { ...nothing, status: 'pending' } })
  expect(tasks['2']).toMatchObject({ status: 'created', ...untimed, exit_code: null, stderr: null })
})

test.each<[Run['status'], string]>([
  ['pending', 'created'],
  ['running', 'running'],
  ['waiting', 'running'],
  ['paused', 'paused'],
  ['failed', 'failed'],
  ['completed', 'success'],
  ['cancelled', 'aborted'],
])('[F166] a run that is %s is %s there', (status, word) => {
  const steps = { 'task-1': { ...nothing, status: 'succeeded' as const } }
  const updatedAt = '2026-11-21T10:00:02.000Z'
  const { workflow_runs: runs } = after(setWith('created'), steps, { status, updatedAt })
  expect(runs['1']).toMatchObject({ status: word, updated_at: '2026-11-21T10:00:02+00:00' })
})

test('[F166] a run that was called off and did nothing else is aborted there, once', () => {
  const set = setWith('created')
  const { workflow_runs: runs } = after(set, {}, { status: 'cancelled' })
  expect(runs['1']).toMatchObject({ status: 'aborted' })

  const aborted = setWith('created', add('workflow_runs|1|status', '"aborted"'))
  const run: Run = { ...importedFrom(aborted), status: 'cancelled' }
  expect(multyagents.fromRun(aborted, run, context)).toEqual({ kind: 'ok', changes: [], notes: [] })
  const paused: Run = { ...importedFrom(set), status: 'paused' }
  expect(multyagents.fromRun(set, paused, context)).toEqual({ kind: 'ok', changes: [], notes: [] })
})

test.each([
  ['succeeded', { status: 'approved', decided_by: 'Unstuck' }],
  ['failed', { status: 'rejected', decided_by: 'Unstuck' }],
  ['running', { status: 'pending', decided_by: null }],
  ['skipped', { status: 'pending', decided_by: null }],
] as const)('[F166] a gate that is %s decides so of its approval', (status, expected) => {
  const { approvals } = after(setWith('created'), { 'approve-task-3': { ...nothing, status } })
  expect(approvals['1']).toMatchObject(expected)
})

test('[F166] a task that has ended releases its own paths, and one that goes on keeps them', () => {
  const set = setWith('running', add('path_locks|/srv/b', '3'), add('task_locks|3', '["/srv/b"]'))
  const both = { '/srv/b': 3, '/srv/demo-shop/src': 2 }
  const locksAfter = (state: StepState) => {
    const { path_locks: paths, task_locks: tasks } = after(set, { 'task-2': state })
    return [paths, tasks]
  }
  const runs: StepState = { ...nothing, status: 'running', attempts: [attempt, attempt] }
  const kept = [both, { '2': ['/srv/demo-shop/src'], '3': ['/srv/b'] }]
  expect(locksAfter(runs)).toEqual(kept)
  expect(locksAfter({ ...runs, status: 'waiting' })).toEqual(kept)
  const left = [{ '/srv/b': 3 }, { '3': ['/srv/b'] }]
  for (const status of ['succeeded', 'failed', 'skipped', 'cancelled'] as const)
    expect(locksAfter({ ...runs, status })).toEqual(left)
})

test('[F166] what an export does not tell is said; a run with other steps is refused by name', () => {
  const set = setWith('created')
  const run = importedFrom(set)
  const ended = { ...run.steps, 'task-1': { ...nothing, status: 'succeeded' as const } }
  expect(multyagents.fromRun(set, { ...run, steps: ended }, context)).toMatchObject({
    notes: [
      'An API that runs has the store in memory: stop it first, or its next write takes the edit back.',
      'What happened in Unstuck is not in the list of events: multyagents did not see it.',
    ],
  })
  const { ['task-2' as never]: _gone, ...others } = run.steps
  const steps = { ...others, other: { ...nothing, status: 'failed' as const } }
  expect(multyagents.fromRun(set, { ...run, steps }, context)).toEqual({
    kind: 'refused',
    problems: [
      'The step other is no task of the original.',
      'The task task-2 is not in the run any more.',
    ],
  })
})
