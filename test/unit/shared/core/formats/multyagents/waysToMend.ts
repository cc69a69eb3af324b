import type { TextPatch } from '../../../../../../shared/core/formats/text/patchText.ts'

function add(path: string, value: string): TextPatch {
  return { op: 'add', path: path.split('|'), value }
}

export type WayToMend = {
  readonly name: string
  /** Of the samples. */
  readonly base: string
  readonly patches: readonly TextPatch[]
  /** The file of a write that did not end: a sample, or a text of its own. */
  readonly temporary?: string
  /** How many characters are left of the store. */
  readonly cutAt?: number
  /** One of the runs in it. */
  readonly item?: string
}

const secondRun = {
  created_at: '2026-11-21T08:27:42.234832+00:00',
  id: 2,
  initiated_by: 'alice',
  status: 'running',
  step_artifact_requirements: {},
  step_dependencies: {},
  updated_at: '2026-11-21T08:27:42.234832+00:00',
  workflow_template_id: 1,
}

/** Stores that can be mended, each by another way. */
export const waysToMend: readonly WayToMend[] = [
  { name: 'next ids too low', base: 'failed', patches: [add('sequences|task_seq', '1')] },
  {
    name: 'fields that stop the API',
    base: 'failed',
    patches: [add('tasks|1|mood', '1'), add('roles|2|mood', '{}')],
  },
  {
    name: 'records under another id',
    base: 'failed',
    patches: [add('roles|1|id', '7'), add('tasks|2|id', '8')],
  },
  {
    name: 'names of what is gone',
    base: 'failed',
    patches: [
      add('workflow_runs|1|task_ids|-', '9'),
      add('workflow_runs|1|step_dependencies|9', '[1]'),
      add('workflow_runs|1|step_dependencies|3', '[2, 9]'),
      add('task_latest_run|9', '8'),
      add('task_approval|9', '8'),
      add('workflow_runs|1|workflow_template_id', '77'),
      add('tasks|1|project_id', '78'),
    ],
  },
  {
    name: 'locks of tasks that have ended, and lists that differ',
    base: 'running',
    patches: [
      add('path_locks|/srv/a', '2'),
      add('path_locks|/srv/b', '1'),
      add('path_locks|/srv/c', '2'),
      add('path_locks|/srv/d', '99'),
      add('task_locks|1', '["/srv/b"]'),
      add('task_locks|2', '["/srv/a", "/srv/x"]'),
    ],
  },
  {
    name: 'locks of which one list says nothing',
    base: 'running',
    patches: [add('path_locks|/srv/a', '2'), add('path_locks|/srv/c', '2')],
  },
  {
    name: 'locks that agree',
    base: 'running',
    patches: [
      add('path_locks|/srv/a', '2'),
      add('path_locks|/srv/c', '2'),
      add('task_locks|2', '["/srv/demo-shop/src", "/srv/c", "/srv/a"]'),
    ],
  },
  {
    name: 'work trees and branches of no session',
    base: 'failed',
    patches: [add('isolated_branch_locks|b', '1'), add('isolated_worktree_locks|/srv/w', '2')],
  },
  {
    name: 'a handoff that its task does not have',
    base: 'running',
    patches: [add('handoffs|1|summary', '"x"')],
  },
  {
    name: 'a status that is not what the tasks say',
    base: 'failed',
    patches: [add('workflow_runs|1|status', '"success"')],
  },
  {
    name: 'a status that is none',
    base: 'failed',
    patches: [add('workflow_runs|1|status', 'null')],
    item: '1',
  },
  {
    name: 'a status of another run',
    base: 'failed',
    patches: [add('workflow_runs|1|status', '"success"')],
    item: '2',
  },
  {
    name: 'an abort that left a task and its lock',
    base: 'running',
    patches: [add('workflow_runs|1|status', '"aborted"')],
  },
  {
    name: 'an abort that left a lock',
    base: 'created',
    patches: [
      add('workflow_runs|1|status', '"aborted"'),
      add('path_locks|/srv/a', '3'),
      add('path_locks|/srv/b', '9'),
      add('task_locks|3', '["/srv/a"]'),
    ],
  },
  {
    name: 'an abort of a run whose task another one has',
    base: 'running',
    patches: [
      add('workflow_runs|1|status', '"aborted"'),
      add('sequences|workflow_run_seq', '3'),
      add('workflow_runs|2', JSON.stringify({ ...secondRun, task_ids: [2] })),
    ],
    item: '1',
  },
  {
    name: 'an abort of another run',
    base: 'running',
    patches: [
      add('workflow_runs|1|status', '"aborted"'),
      add('sequences|workflow_run_seq', '3'),
      add('workflow_runs|2', JSON.stringify({ ...secondRun, task_ids: [] })),
    ],
    item: '2',
  },
  { name: 'a newer left-over file', base: 'created', patches: [], temporary: 'failed' },
  { name: 'an older left-over file', base: 'failed', patches: [], temporary: 'created' },
  { name: 'the same left over', base: 'failed', patches: [], temporary: 'failed' },
  { name: 'a broken left-over file', base: 'failed', patches: [], temporary: '{' },
  {
    name: 'a broken store and a whole left-over file',
    base: 'failed',
    patches: [],
    cutAt: 500,
    temporary: 'failed',
  },
  { name: 'a broken store', base: 'failed', patches: [], cutAt: 6000 },
  { name: 'a store without its end', base: 'failed', patches: [], cutAt: -2 },
  {
    name: 'a store without its end, and with next ids too low',
    base: 'failed',
    patches: [add('sequences|task_seq', '1')],
    cutAt: -2,
  },
  { name: 'an empty store', base: 'failed', patches: [], cutAt: 0 },
]
