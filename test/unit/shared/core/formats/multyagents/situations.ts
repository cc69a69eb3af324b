import type { TextPatch } from '../../../../../../shared/core/formats/text/patchText.ts'

function add(path: string, value: string): TextPatch {
  return { op: 'add', path: path.split('|'), value }
}

function task(id: number, key: string, value: string): TextPatch {
  return add(`tasks|${id}|${key}`, value)
}

const ofRun = (key: string, value: string) => add(`workflow_runs|1|${key}`, value)
const requirement = (value: string) => add('workflow_runs|1|step_artifact_requirements|2', value)
const planned = task(1, 'status', '"success"')
const none = add('workflow_runs|1|step_artifact_requirements', '{}')

export type Situation = {
  readonly name: string
  /** Of the samples. */
  readonly base: string
  readonly patches: readonly TextPatch[]
  /** The step from which it is resumed. */
  readonly from?: string
  readonly tells: readonly ('diagnoses' | 'evidence' | 'run' | 'resume' | 'repairs')[]
}

/** Stores in every situation that multyagents leaves them in. */
export const situations: readonly Situation[] = [
  {
    name: 'a failure without a message',
    tells: ['diagnoses', 'evidence', 'run'],
    base: 'failed',
    patches: [task(2, 'stderr', 'null'), task(2, 'runner_message', 'null')],
  },
  {
    name: 'a failure of which only the runner tells',
    tells: ['diagnoses', 'evidence', 'run'],
    base: 'failed',
    patches: [task(2, 'stderr', 'null'), task(2, 'runner_message', '"out of memory"')],
  },
  {
    name: 'a task that was cancelled',
    tells: ['diagnoses', 'evidence', 'run', 'resume'],
    base: 'failed',
    patches: [task(2, 'status', '"canceled"')],
    from: 'task-2',
  },
  {
    name: 'a task that could not be submitted',
    tells: ['diagnoses', 'resume'],
    base: 'failed',
    patches: [task(2, 'status', '"submit-failed"')],
    from: 'task-2',
  },
  {
    name: 'a failed task behind a failed one',
    tells: ['diagnoses', 'run', 'resume'],
    base: 'failed',
    patches: [task(1, 'status', '"failed"')],
    from: 'task-2',
  },
  {
    name: 'a rerun of what did not fail',
    tells: ['resume'],
    base: 'failed',
    patches: [],
    from: 'task-1',
  },
  {
    name: 'a rerun of what is not there',
    tells: ['resume'],
    base: 'failed',
    patches: [],
    from: 'task-9',
  },
  {
    name: 'a rerun while it is aborted',
    tells: ['resume'],
    base: 'failed',
    patches: [ofRun('status', '"aborted"')],
    from: 'task-2',
  },
  {
    name: 'an artifact of any kind',
    tells: ['diagnoses', 'resume'],
    base: 'created',
    patches: [
      planned,
      requirement('[{"from_task_ids": [], "artifact_type": null, "label": null}]'),
    ],
  },
  {
    name: 'an artifact of a kind',
    tells: ['diagnoses', 'resume'],
    base: 'created',
    patches: [
      planned,
      requirement('[{"from_task_ids": [1], "artifact_type": "report", "label": null}]'),
    ],
  },
  {
    name: 'an artifact with a label',
    tells: ['diagnoses', 'resume'],
    base: 'created',
    patches: [
      planned,
      requirement('[{"from_task_ids": [1], "artifact_type": "report", "label": "final"}]'),
    ],
  },
  {
    name: 'an artifact with another label',
    tells: ['diagnoses', 'resume'],
    base: 'created',
    patches: [
      planned,
      requirement('[{"from_task_ids": [1], "artifact_type": "report", "label": "final"}]'),
      add(
        'artifacts|-',
        '{"id": 1, "producer_task_id": 1, "artifact_type": "report", "metadata": {"label": "draft"}}',
      ),
    ],
  },
  {
    name: 'an artifact that is there',
    tells: ['diagnoses', 'resume'],
    base: 'created',
    patches: [
      planned,
      requirement('[{"from_task_ids": [1], "artifact_type": "report", "label": "final"}]'),
      add(
        'artifacts|-',
        '{"id": 1, "producer_task_id": 1, "artifact_type": "report", "metadata": {"label": "final"}}',
      ),
    ],
  },
  {
    name: 'an artifact of another task',
    tells: ['diagnoses', 'resume'],
    base: 'created',
    patches: [
      planned,
      requirement('[{"from_task_ids": [1], "artifact_type": null, "label": null}]'),
      add(
        'artifacts|-',
        '{"id": 1, "producer_task_id": 3, "artifact_type": "report", "metadata": {}}',
      ),
    ],
  },
  {
    name: 'several that could be dispatched',
    tells: ['diagnoses', 'resume'],
    base: 'created',
    patches: [
      none,
      add('workflow_runs|1|step_dependencies', '{}'),
      task(3, 'requires_approval', 'false'),
    ],
  },
  {
    name: 'an approval that nobody asked for',
    tells: ['diagnoses', 'evidence', 'run', 'resume'],
    base: 'created',
    patches: [task(1, 'requires_approval', 'true')],
  },
  {
    name: 'an approval that was rejected by nobody',
    tells: ['diagnoses', 'evidence', 'run', 'resume'],
    base: 'created',
    patches: [
      task(1, 'requires_approval', 'true'),
      add('task_approval|1', '1'),
      add('approvals|1|status', '"rejected"'),
    ],
  },
  {
    name: 'an approval that was given',
    tells: ['diagnoses', 'evidence', 'run', 'resume'],
    base: 'created',
    patches: [
      task(1, 'requires_approval', 'true'),
      add('task_approval|1', '1'),
      add('approvals|1|status', '"approved"'),
    ],
  },
  {
    name: 'a path that the task itself has locked',
    tells: ['diagnoses', 'evidence', 'resume'],
    base: 'created',
    patches: [
      task(1, 'lock_paths', '["/srv/a"]'),
      add('path_locks|/srv/a', '1'),
      add('task_locks|1', '["/srv/a"]'),
    ],
  },
  {
    name: 'a path that another task has locked',
    tells: ['diagnoses', 'evidence', 'resume'],
    base: 'created',
    patches: [
      task(1, 'lock_paths', '["/srv/b", "/srv/a"]'),
      add('path_locks|/srv/a', '3'),
      add('task_locks|3', '["/srv/a"]'),
    ],
  },
  {
    name: 'a task that is needed and gone',
    tells: ['diagnoses', 'evidence', 'run', 'repairs'],
    base: 'created',
    patches: [add('workflow_runs|1|step_dependencies|1', '[9]')],
  },
  {
    name: 'a pause with nothing that runs',
    tells: ['diagnoses', 'resume'],
    base: 'created',
    patches: [ofRun('status', '"paused"')],
  },
  {
    name: 'a pause with nothing that runs, from a failed task',
    tells: ['diagnoses', 'resume'],
    base: 'failed',
    patches: [ofRun('status', '"paused"')],
    from: 'task-2',
  },
  {
    name: 'an abort that left nothing',
    tells: ['diagnoses', 'evidence', 'resume'],
    base: 'created',
    patches: [ofRun('status', '"aborted"')],
  },
  {
    name: 'an abort that left a lock',
    tells: ['diagnoses', 'evidence', 'resume'],
    base: 'created',
    patches: [
      ofRun('status', '"aborted"'),
      add('path_locks|/srv/a', '3'),
      add('task_locks|3', '["/srv/a"]'),
    ],
  },
  {
    name: 'an abort that left a task',
    tells: ['diagnoses', 'evidence', 'resume'],
    base: 'running',
    patches: [ofRun('status', '"aborted"'), add('path_locks', '{}'), add('task_locks', '{}')],
  },
  {
    name: 'a run that is done',
    tells: ['diagnoses', 'resume'],
    base: 'running',
    patches: [
      ofRun('status', '"success"'),
      planned,
      task(2, 'status', '"success"'),
      task(3, 'status', '"success"'),
    ],
  },
  {
    name: 'a run that runs without an event',
    tells: ['diagnoses', 'evidence'],
    base: 'running',
    patches: [add('events', '[]')],
  },
  {
    name: 'a task without a title',
    tells: ['diagnoses', 'run', 'resume', 'repairs'],
    base: 'failed',
    patches: [task(2, 'title', 'null')],
    from: 'task-3',
  },
  {
    name: 'a task without a record',
    tells: ['diagnoses', 'run', 'resume', 'repairs'],
    base: 'failed',
    patches: [{ op: 'remove', path: ['tasks', '2'] }],
    from: 'task-2',
  },
  {
    name: 'a run without a time',
    tells: ['run'],
    base: 'failed',
    patches: [ofRun('created_at', 'null'), ofRun('updated_at', 'null'), add('events', '[]')],
  },
  {
    name: 'a run without any time',
    tells: ['run'],
    base: 'created',
    patches: [ofRun('created_at', 'null'), ofRun('updated_at', 'null'), add('events', '[]')],
  },
  {
    name: 'a run without a template',
    tells: ['run'],
    base: 'created',
    patches: [ofRun('workflow_template_id', 'null')],
  },
  {
    name: 'a word of no meaning',
    tells: ['diagnoses', 'run', 'resume', 'repairs'],
    base: 'created',
    patches: [ofRun('status', '"odd"'), task(1, 'status', '"odder"')],
  },
  {
    name: 'a word that is none',
    tells: ['diagnoses', 'run', 'resume', 'repairs'],
    base: 'failed',
    patches: [ofRun('status', 'null')],
  },
  {
    name: 'ids that are not those they are kept under',
    tells: ['repairs'],
    base: 'created',
    patches: [add('roles|1|id', '2'), task(3, 'id', '7')],
  },
  {
    name: 'references to what is gone',
    tells: ['repairs', 'run'],
    base: 'failed',
    patches: [
      ofRun('task_ids|-', '9'),
      add('workflow_runs|1|step_dependencies|9', '[1]'),
      add('workflow_runs|1|step_dependencies|3', '[2, 9]'),
      add('task_approval|8', '1'),
      add('task_latest_run|8', '"run-1:task-8"'),
      task(1, 'project_id', '5'),
      ofRun('workflow_template_id', '9'),
    ],
  },
  {
    name: 'fields that no version knows',
    tells: ['repairs'],
    base: 'created',
    patches: [add('roles|1|mood', '"good"'), add('moods', '{}')],
  },
  {
    name: 'a handoff that differs',
    tells: ['repairs'],
    base: 'running',
    patches: [add('handoffs|1|summary', '"other"')],
  },
  {
    name: 'a handoff without an audit',
    tells: ['repairs'],
    base: 'running',
    patches: [{ op: 'remove', path: ['audits', '1'] }],
  },
  {
    name: 'locks of which only one side tells',
    tells: ['repairs'],
    base: 'running',
    patches: [add('path_locks|/srv/x', '2'), add('task_locks|3', '["/srv/y"]')],
  },
  {
    name: 'a lock that names another task',
    tells: ['repairs'],
    base: 'running',
    patches: [add('path_locks|/srv/x', '1'), add('task_locks|2', '["/srv/x"]')],
  },
]
