import { expect, test } from 'vitest'
import { multyagents } from '../../../../../../shared/core/formats/multyagents/multyagents.ts'
import { patchText, type TextPatch } from '../../../../../../shared/core/formats/text/patchText.ts'
import { context, readFolder, setOf } from '../fileSet.ts'

const files = readFolder('multyagents')

function add(path: string, value: string): TextPatch {
  return { op: 'add', path: path.split('|'), value }
}

/** Of each reason its step, what can be done at which step, and what speaks for it. */
function reasonsOf(
  base: string,
  patches: readonly TextPatch[],
  item: string | null = null,
): readonly string[] {
  const patched = patchText(files.get(`api-state.${base}.json`) ?? '', patches)
  if (patched.kind === 'refused') throw new Error(patched.problem)
  const set = setOf(multyagents, 's.json', new Map([['s.json', patched.text]]), item)
  return multyagents.read(set, context).diagnoses.map(({ rule, step, action, evidence }) => {
    const done = `${action.kind} ${action.step ?? '-'}: ${action.label}`
    const told = evidence.map(({ label, value }) => `${label}: ${value}`)
    return [`${rule} ${step ?? '-'}`, done, ...told].join(' | ')
  })
}

const waits = 'F156 task-3 | none -: Nothing to do | Task 2: running | Approval: pending'

test.each<[string, string, readonly TextPatch[], readonly string[]]>([
  [
    'a failed task is rerun',
    'failed',
    [],
    [
      'F155 task-2 | resume task-2: Rerun it in multyagents | Message: tests failed: assertion error | Exit code: 1 | Kind: flaky-test | Hint: Flaky test signal detected. Re-run failing tests with focused logs before escalation. | Retries: none: the role has no retry policy | Last retry: retry policy skipped: max_retries=0',
      'F156 task-3 | none -: Nothing to do | Task 2: failed | Approval: pending',
    ],
  ],
  [
    'a task that is ready is dispatched, an approval is decided',
    'created',
    [
      add('workflow_runs|1|step_dependencies', '{}'),
      add('workflow_runs|1|step_artifact_requirements', '{}'),
      add('approvals|1|comment', '"later"'),
    ],
    [
      'F154 task-3 | decide task-3: Decide in multyagents | Approval: 1 | Comment: later | Decide with: POST /approvals/1/approve',
      'F156 - | resume -: Dispatch it in multyagents | Dispatch with: POST /workflow-runs/1/dispatch-ready',
    ],
  ],
  [
    'a pause is ended',
    'paused',
    [],
    [
      waits,
      'F157 - | resume -: Resume it in multyagents | Tasks that go on: 2',
      'F159 task-2 | none -: Nothing to do | Last event: workflow_run.paused | Last change: 2026-11-21T08:27:42.259Z | Task 2: compiling',
    ],
  ],
  [
    'what runs is left alone, whatever other runs have told since',
    'running',
    [add('events|-', '{"id": 99, "run_id": 2, "event_type": "task.failed"}')],
    [
      waits,
      'F159 task-2 | none -: Nothing to do | Last event: agent.note | Last change: 2026-11-21T08:27:42.248Z | Task 2: compiling',
    ],
  ],
])('[F154] [F155] [F156] [F157] [F159] %s', (_, base, patches, expected) => {
  expect(reasonsOf(base, patches)).toEqual(expected)
})

test('[F158] of an abort it is told what goes on and what is locked, and by which task of it', () => {
  const stray = [add('path_locks|/srv/z', '99'), add('workflow_runs|1|status', '"aborted"')]
  const [first] = reasonsOf('running', stray)
  expect(first?.split(' | ').slice(2)).toEqual([
    'Task 2: running',
    '/srv/demo-shop/src: locked by task 2',
  ])
})

test('[F158] an abort is told to leave neither a task nor a lock that another run goes on with', () => {
  const aborted = [add('workflow_runs|1|status', '"aborted"')]
  const other = add('workflow_runs|2', '{"id": 2, "status": "running", "task_ids": [2]}')
  expect(reasonsOf('running', aborted)).toEqual([
    'F158 - | repair -: End what it left | Task 2: running | /srv/demo-shop/src: locked by task 2',
  ])
  const ended = add('tasks|2|status', '"created"')
  expect(reasonsOf('running', [...aborted, ended])).toEqual([
    'F158 - | repair -: Release the locks | /srv/demo-shop/src: locked by task 2',
  ])
  const rests = ['F158 - | none -: Nothing to do']
  expect(reasonsOf('running', [...aborted, other], '1')).toEqual(rests)
})
