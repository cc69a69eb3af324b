import { expect, test } from 'vitest'
import { multyagents } from '../../../../../../shared/core/formats/multyagents/multyagents.ts'
import { patchText, type TextPatch } from '../../../../../../shared/core/formats/text/patchText.ts'
import { context, readFolder, setOf } from '../fileSet.ts'

const created = readFolder('multyagents').get('api-state.created.json') ?? ''

function add(path: string, value: string): TextPatch {
  return { op: 'add', path: path.split('|'), value }
}

/** What is said of the shape of a store: rule, severity, place, sentence and what to do. */
function saidOf(...patches: readonly TextPatch[]): readonly string[] {
  const patched = patchText(created, patches)
  if (patched.kind === 'refused') throw new Error(patched.problem)
  const set = setOf(multyagents, 'state.json', new Map([['state.json', patched.text]]))
  return multyagents
    .read(set, context)
    .findings.filter(({ rule }) => /^F14[2-5]$/.test(rule))
    .map(
      ({ rule, severity, pointer, sentence, remedy }) =>
        `${rule} ${severity} ${pointer}: ${sentence} → ${remedy ?? 'nothing'}`,
    )
}

const objects = [
  'approvals',
  'audits',
  'handoffs',
  'isolated_branch_locks',
  'isolated_sessions',
  'isolated_worktree_locks',
  'path_locks',
  'projects',
  'roles',
  'sequences',
  'skill_packs',
  'task_approval',
  'task_latest_run',
  'task_locks',
  'tasks',
  'workflow_runs',
  'workflow_templates',
]

test.each([
  ...objects.map((table) => [table, '[]', 'a list (expected an object)'] as const),
  ['events', '{}', 'an object (expected a list)'] as const,
  ['artifacts', '7', 'a number (expected a list)'] as const,
])('[F143] the table %s as %s stops the API', (table, value, wanted) => {
  expect(saidOf(add(table, value))).toContain(
    `F143 error /${table}: ${table} is ${wanted}: the API does not start. → nothing`,
  )
})

const session = {
  task_id: 2,
  run_id: 1,
  task_run_id: 'run-1:task-2',
  project_id: 1,
  project_root: '/srv',
  worktree_path: '/w/2',
  git_branch: 'b-2',
}

test.each<[string, string, string]>([
  ['projects', '1', 'project'],
  ['skill_packs', '1', 'skill pack'],
  ['roles', '1', 'role'],
  ['tasks', '1', 'task'],
  ['workflow_templates', '1', 'workflow template'],
  ['workflow_runs', '1', 'workflow run'],
  ['approvals', '1', 'approval'],
  ['isolated_sessions', '2', 'isolated session'],
])('[F142] [F143] a record of %s is told by what a person calls it', (table, key, word) => {
  const whole =
    table === 'isolated_sessions' ? [add('isolated_sessions|2', JSON.stringify(session))] : []
  const at = `/${table}/${key}`
  expect(saidOf(...whole)).toEqual([])
  expect(saidOf(...whole, add(`${table}|${key}|mood`, '1'))).toEqual([
    `F142 error ${at}/mood: The ${word} ${key} has mood, which multyagents does not know: the API does not start (TypeError). → Take the field out.`,
  ])
  expect(saidOf(add(`${table}|${key}`, '7'))).toContain(
    `F143 error ${at}: The ${word} ${key} is no object: the API does not start. → nothing`,
  )
})

test.each([
  [
    'isolated_sessions|2',
    JSON.stringify({ ...session, task_id: 3 }),
    'F144 error /isolated_sessions/2/task_id: The isolated session 2 calls itself 3. → nothing',
  ],
  ['roles|1|id', '7', 'F144 error /roles/1/id: The role 1 calls itself 7. → nothing'],
  [
    'roles|1|execution_constraints',
    '[]',
    'F143 error /roles/1/execution_constraints: execution_constraints of the role 1 is a list (expected an object). → nothing',
  ],
  [
    'tasks|1|quality_gate_policy',
    '[]',
    'F143 error /tasks/1/quality_gate_policy: quality_gate_policy of the task 1 is a list (expected an object or null). → nothing',
  ],
  [
    'workflow_runs|1|step_dependencies',
    '[]',
    'F143 error /workflow_runs/1/step_dependencies: step_dependencies of the workflow run 1 is a list (expected an object). → nothing',
  ],
  [
    'workflow_runs|1|step_artifact_requirements',
    'null',
    'F143 error /workflow_runs/1/step_artifact_requirements: step_artifact_requirements of the workflow run 1 is null (expected an object). → nothing',
  ],
  [
    'moods',
    '{}',
    'F142 warning /moods: The store has moods, which multyagents does not know: its next write drops it. → nothing',
  ],
  [
    'sequences|task_seq',
    '3',
    'F145 error /sequences/task_seq: task_seq is 3, but the task 3 is there: the next task takes the id of another one. → Set it to 4.',
  ],
  [
    'sequences|event_seq',
    '1',
    'F145 error /sequences/event_seq: event_seq is 1, but the event 5 is there: the next event takes the id of another one. → Set it to 6.',
  ],
])('[F142] [F143] [F144] [F145] %s as %s', (path, value, said) => {
  expect(saidOf(add(path, value))).toEqual([said])
})

test.each(['tasks|1|title', 'roles|1|name', 'projects|1|allowed_paths', 'approvals|1|comment'])(
  '[F143] a record without %s stops the API',
  (path) => {
    const [table = '', key = '', field = ''] = path.split('|')
    expect(saidOf({ op: 'remove', path: [table, key, field] })).toEqual([
      `F143 error /${table}/${key}/${field}: The ${table.slice(0, -1)} ${key} has no ${field}: the API does not start. → nothing`,
    ])
  },
)
