import { expect, test } from 'vitest'
import { multyagents } from '../../../../../../shared/core/formats/multyagents/multyagents.ts'
import { patchText, type TextPatch } from '../../../../../../shared/core/formats/text/patchText.ts'
import type { FormatReading } from '../../../../../../shared/core/formats/format.ts'
import { context, readFolder, setOf } from '../fileSet.ts'

const files = readFolder('multyagents')

function add(path: string, value: string): TextPatch {
  return { op: 'add', path: path.split('|'), value }
}

/** An event of the log of a store. */
function event(hour: number, type: string, more: object): TextPatch {
  const at = `2026-11-21T${String(hour).padStart(2, '0')}:00:00+00:00`
  const known = { contract_version: 'v1', created_at: at, event_type: type, id: 100 + hour }
  return add(
    'events|-',
    JSON.stringify({
      ...known,
      payload: {},
      producer_role: 'system',
      run_id: 1,
      task_id: null,
      ...more,
    }),
  )
}

function reading(base: string, ...patches: readonly TextPatch[]): FormatReading {
  const patched = patchText(files.get(`api-state.${base}.json`) ?? '', patches)
  if (patched.kind === 'refused') throw new Error(patched.problem)
  return multyagents.read(
    setOf(multyagents, 's.json', new Map([['s.json', patched.text]])),
    context,
  )
}

/** The tries of a step, a line each. */
function tries({ run }: FormatReading, step: string): readonly string[] {
  const state = Object.entries(run?.steps ?? {}).find(([name]) => name === step)?.[1]
  return (state?.attempts ?? []).map(
    ({ number, startedAt, finishedAt, outcome, exitCode, error }) =>
      `${number} ${startedAt.slice(11, 19)} ${finishedAt?.slice(11, 19) ?? '-'} ${outcome ?? 'open'} ${exitCode ?? '-'} ${error?.message ?? '-'}`,
  )
}

const none = add('events', '[]')
const again = (hour: number, task: number, run = 1) =>
  event(hour, 'task.dispatched', { task_id: task, run_id: run })

test('[F140] each dispatch of a task is a try, and the task itself tells of the last one', () => {
  const twice = reading(
    'failed',
    none,
    again(1, 2),
    event(2, 'task.failed', { task_id: 2 }),
    again(3, 2),
    again(4, 2),
  )
  expect(tries(twice, 'task-2')).toEqual([
    '1 01:00:00 03:00:00 failed - It was dispatched again.',
    '2 03:00:00 04:00:00 failed - It was dispatched again.',
    '3 08:27:42 08:27:42 failed 1 AssertionError: expected 3 got 2',
  ])
  expect(tries(reading('failed', none, again(1, 2, 7), again(2, 3)), 'task-2')).toHaveLength(1)
})

test.each<[string, readonly TextPatch[], readonly string[]]>([
  ['that was never dispatched', [none, add('tasks|2|status', '"created"')], []],
  [
    'that was dispatched, and has no begin of its own',
    [
      none,
      again(5, 2),
      add('tasks|2|started_at', 'null'),
      add('tasks|2|finished_at', 'null'),
      add('tasks|2|status', '"dispatched"'),
      add('tasks|2|exit_code', 'null'),
    ],
    ['1 05:00:00 - open - -'],
  ],
  ['of which nobody knows when it began', [none, add('tasks|2|started_at', 'null')], []],
  [
    'of which only the runner tells',
    [none, add('tasks|2|stderr', 'null'), add('tasks|2|runner_message', '"out of memory"')],
    ['1 08:27:42 08:27:42 failed 1 out of memory'],
  ],
  [
    'that was cancelled',
    [none, add('tasks|2|status', '"canceled"'), add('tasks|2|stderr', '"stop"')],
    ['1 08:27:42 08:27:42 cancelled 1 stop'],
  ],
])('[F140] the tries of a task %s', (_, patches, expected) => {
  expect(tries(reading('failed', ...patches), 'task-2')).toEqual(expected)
})

test.each([
  ['dispatched', 'running'],
  ['queued', 'running'],
  ['running', 'running'],
  ['cancel-requested', 'running'],
  ['created', 'pending'],
  ['submit-failed', 'failed'],
  ['failed', 'failed'],
  ['canceled', 'cancelled'],
  ['success', 'succeeded'],
])('[F140] a task that is %s is %s', (word, status) => {
  const { run, said } = reading('failed', add('tasks|2|status', JSON.stringify(word)))
  expect([run?.steps['task-2' as never], said.steps['task-2']]).toMatchObject([{ status }, word])
})

test.each([
  ['created', 'pending', null],
  ['running', 'running', null],
  ['paused', 'paused', null],
  ['aborted', 'cancelled', '2026-11-21T08:27:42.272Z'],
  ['success', 'completed', '2026-11-21T08:27:42.272Z'],
  ['failed', 'failed', '2026-11-21T08:27:42.272Z'],
])('[F140] a run that is %s is %s', (word, status, finishedAt) => {
  const { run } = reading('failed', add('workflow_runs|1|status', JSON.stringify(word)))
  expect(run).toMatchObject({ status, finishedAt })
})

function updatedAt(...patches: readonly TextPatch[]) {
  return reading('failed', ...patches).run?.updatedAt
}

test('[F140] the last change of a run is that of its record, its tasks or its own events', () => {
  const own = event(11, 'workflow_run.noted', {})
  expect([
    updatedAt(none),
    updatedAt(none, own, event(23, 'workflow_run.noted', { run_id: 2 })),
    updatedAt(none, own, event(23, 'workflow_run.noted', { run_id: null, task_id: 1 })),
    updatedAt(none, add('tasks|1|finished_at', '"2026-11-21T22:00:00+00:00"')),
    updatedAt(none, add('workflow_runs|1|updated_at', '"2026-11-21T21:00:00+00:00"')),
  ]).toEqual([
    '2026-11-21T08:27:42.272Z',
    '2026-11-21T11:00:00.000Z',
    '2026-11-21T11:00:00.000Z',
    '2026-11-21T22:00:00.000Z',
    '2026-11-21T21:00:00.000Z',
  ])
})

test('[F140] an approval is asked for since its event, and tells what it is about', () => {
  const gate = (...patches: readonly TextPatch[]) =>
    Object.values(
      reading(
        'created',
        add('workflow_runs|1|step_dependencies', '{}'),
        add('workflow_runs|1|step_artifact_requirements', '{}'),
        none,
        ...patches,
      ).run?.steps ?? {},
    )[2]?.waitingOn
  const asked = {
    kind: 'gate',
    who: null,
    message: 'multyagents asks whether "Review change" may be dispatched.',
  }
  expect(
    gate(
      event(9, 'approval.pending', { task_id: 2 }),
      event(10, 'approval.noted', { task_id: 3 }),
      event(11, 'approval.pending', { task_id: 3 }),
    ),
  ).toEqual({ ...asked, since: '2026-11-21T11:00:00.000Z' })
  expect(gate(add('tasks|3|title', 'null'))).toMatchObject({
    since: '2026-11-21T08:27:42.234Z',
    message: 'multyagents asks whether "task 3" may be dispatched.',
  })
})

test('[F167] the history has the events of the run, and those of its tasks from before it', () => {
  const { history } = reading(
    'failed',
    none,
    event(1, 'task.created', { run_id: null, task_id: 1 }),
    event(2, 'task.created', { run_id: null, task_id: 9 }),
    event(3, 'role.created', { run_id: null }),
    event(4, 'task.noted', {
      task_id: 2,
      producer_role: 'coder',
      payload: { message: 'half done' },
    }),
    event(5, 'task.noted', { run_id: 2, task_id: 2 }),
    event(6, 'task.noted', { task_id: 9 }),
    add('events|-', '{"id": 200, "run_id": 1}'),
  )
  expect(history).toEqual([
    {
      at: '2026-11-21T01:00:00.000Z',
      what: 'task.created',
      step: 'task-1',
      by: 'system',
      message: null,
    },
    {
      at: '2026-11-21T04:00:00.000Z',
      what: 'task.noted',
      step: 'task-2',
      by: 'coder',
      message: 'half done',
    },
    { at: '2026-11-21T06:00:00.000Z', what: 'task.noted', step: null, by: 'system', message: null },
    { at: null, what: 'event', step: null, by: null, message: null },
  ])
})
