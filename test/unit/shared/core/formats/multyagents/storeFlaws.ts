import type { TextPatch } from '../../../../../../shared/core/formats/text/patchText.ts'

function add(path: string, value: string): TextPatch {
  return { op: 'add', path: path.split('|'), value }
}

const event = (id: string) => add('events|-', `{"id": ${id}, "run_id": 1}`)
const session = (id: number, tree: string, branch: string) =>
  add(
    `isolated_sessions|${id}`,
    `{"git_branch": "${branch}", "project_id": 1, "project_root": "/srv", "run_id": 1, "task_id": ${id}, "task_run_id": "run-1:task-${id}", "worktree_path": "${tree}"}`,
  )

/** What is changed in a store of the samples, by what it is about. */
export const storeFlaws: Readonly<Record<string, readonly [string, readonly TextPatch[]]>> = {
  'words that nobody knows': [
    'created',
    [
      add('workflow_runs|1|status', '"odd"'),
      add('tasks|1|status', '"odder"'),
      add('approvals|1|status', '"oddest"'),
    ],
  ],
  'a run that is said to be done': ['created', [add('workflow_runs|1|status', '"success"')]],
  'a run that is said to run, with a task that is gone': [
    'failed',
    [add('workflow_runs|1|status', '"running"'), { op: 'remove', path: ['tasks', '3'] }],
  ],
  'a run that is held against its tasks': ['failed', [add('workflow_runs|1|status', '"aborted"')]],
  'a run without a task': [
    'created',
    [
      add('workflow_runs|1|status', '"success"'),
      add('workflow_runs|1|task_ids', '[]'),
      add('workflow_runs|1|step_dependencies', '{}'),
    ],
  ],
  'tasks that wait for each other, and for a stranger': [
    'created',
    [
      add('workflow_runs|1|step_dependencies|1', '[3]'),
      add('workflow_runs|1|step_dependencies|2', '[1, 9]'),
    ],
  ],
  'names of records that are gone': [
    'running',
    [
      add('tasks|1|role_id', '91'),
      add('approvals|1|task_id', '92'),
      add('artifacts|0|producer_task_id', '93'),
      add('handoffs|1|task_id', '94'),
      add('audits|1|task_id', '95'),
    ],
  ],
  'locks that two lists tell otherwise': [
    'running',
    [
      add('path_locks|/srv/x', '1'),
      add('task_locks|2', '["/srv/demo-shop/src", "/srv/x", "/srv/y"]'),
    ],
  ],
  'events out of their order': ['created', [event('4'), event('5'), event('5'), event('null')]],
  'sessions with locks of others, and locks of none': [
    'running',
    [
      session(1, '/w/1', 'b-1'),
      session(2, '/w/2', 'b-2'),
      add('isolated_worktree_locks|/w/1', '1'),
      add('isolated_branch_locks|1:b-1', '2'),
      add('isolated_worktree_locks|/w/2', '2'),
      add('isolated_branch_locks|1:b-9', '2'),
    ],
  ],
}
