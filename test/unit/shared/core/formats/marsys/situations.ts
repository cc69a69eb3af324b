import type { TextPatch } from '../../../../../../shared/core/formats/text/patchText.ts'

export type Situation = {
  readonly name: string
  /** A document of the samples. */
  readonly base: 'analysis' | 'failed' | 'parent' | 'snapshot'
  readonly patches: readonly TextPatch[]
  /** The branch from which it is resumed. */
  readonly from?: string
  readonly tells: readonly ('findings' | 'diagnoses' | 'run' | 'resume' | 'repairs')[]
}

function add(path: string, value: string): TextPatch {
  return { op: 'add', path: path.split('|'), value }
}

function remove(path: string): TextPatch {
  return { op: 'remove', path: path.split('|') }
}

const running = 'branches|branch_bbbb2222'
const done = 'branches|branch_aaaa1111'
const first = 'branches|br_0001'

/** Sessions and snapshots in the situations that MARSYS, a person or a disk leaves them in. */
export const situations: readonly Situation[] = [
  {
    name: 'a session that is said to run',
    base: 'analysis',
    patches: [],
    tells: ['diagnoses', 'run', 'resume'],
  },
  {
    name: 'a resume from a branch',
    base: 'analysis',
    patches: [remove(`${running}|state|status`)],
    from: 'branch_bbbb2222',
    tells: ['resume'],
  },
  {
    name: 'a failure with an error, paused and resumed',
    base: 'failed',
    patches: [
      add('branches|branch_f|state|error', '"no key"'),
      add('metadata|paused', 'true'),
      add('metadata|pause_time', '"2026-11-21T08:31:08.288020"'),
      add('metadata|resume_time', '"2026-11-21T08:32:08.288020"'),
    ],
    tells: ['diagnoses', 'run', 'repairs'],
  },
  {
    name: 'a pause after the last resume',
    base: 'failed',
    patches: [
      add('metadata|paused', 'true'),
      add('metadata|pause_time', '"2026-11-21T08:33:08.288020"'),
      add('metadata|resume_time', '"2026-11-21T08:32:08.288020"'),
    ],
    tells: ['diagnoses'],
  },
  {
    name: 'a parent that waits',
    base: 'parent',
    patches: [add('branches|branch_p|topology|conversation_pattern', '{"kind": "dialogue"}')],
    tells: ['diagnoses', 'run', 'resume'],
  },
  {
    name: 'a parent whose children have ended',
    base: 'parent',
    patches: ['branch_c1', 'branch_c2'].map((name) =>
      add(`branches|${name}|state|status`, '"completed"'),
    ),
    tells: ['diagnoses', 'resume'],
  },
  {
    name: 'a session that is over',
    base: 'analysis',
    patches: [
      add(`${running}|state|status`, '"completed"'),
      add(`${running}|topology|conversation_pattern`, '"dialogue"'),
    ],
    tells: ['diagnoses', 'run'],
  },
  {
    name: 'lists that do not fit the branches',
    base: 'analysis',
    patches: [
      add('active_branches', '["branch_aaaa1111", "task", "branch_bbbb2222"]'),
      add('completed_branches', '["branch_bbbb2222", "branch_cccc3333"]'),
    ],
    tells: ['findings'],
  },
  {
    name: 'an active branch that is completed',
    base: 'analysis',
    patches: [add('active_branches|-', '"branch_aaaa1111"'), add('completed_branches', '[]')],
    tells: ['findings'],
  },
  {
    name: 'names of no branch',
    base: 'analysis',
    patches: [
      add('branch_results|x1', '{}'),
      add('waiting_branches', '{"x2": ["branch_aaaa1111", "x3"]}'),
      add('parent_child_map', '{"branch_aaaa1111": ["x4"]}'),
      add('child_parent_map', '{"branch_bbbb2222": "branch_aaaa1111", "x4": "branch_aaaa1111"}'),
      add(`${running}|parent_branch`, '"x5"'),
    ],
    tells: ['findings'],
  },
  {
    name: 'branches that MARSYS cannot load',
    base: 'analysis',
    patches: [
      remove(`${running}|state|status`),
      add(`${done}|id`, '"other"'),
      add(`${done}|state|status`, '"asleep"'),
      add(`${done}|state|end_time`, '1.5'),
      add('branches|text', '7'),
    ],
    tells: ['findings', 'run'],
  },
  {
    name: 'a session of another shape',
    base: 'analysis',
    patches: [
      add('timestamp', '"now"'),
      add('active_branches', '{}'),
      remove('metadata'),
      add('session_id', 'null'),
    ],
    tells: ['findings', 'repairs'],
  },
  {
    name: 'a session under another name',
    base: 'analysis',
    patches: [add('session_id', '"other"')],
    tells: ['findings', 'repairs'],
  },
  {
    name: 'a snapshot that is paused',
    base: 'snapshot',
    patches: [],
    tells: ['diagnoses', 'run', 'resume'],
  },
  {
    name: 'a snapshot with every status',
    base: 'snapshot',
    patches: [
      add('branches|br_0000|status', '"ABANDONED"'),
      add(`${first}|status`, '"TERMINATED"'),
      add(`${first}|step_count`, '2'),
      add('branches|br_0002|status', '"ASLEEP"'),
    ],
    from: 'br_0001',
    tells: ['findings', 'run', 'resume'],
  },
  {
    name: 'a snapshot that waits for what has arrived',
    base: 'snapshot',
    patches: [
      add(`${first}|status`, '"TERMINATED"'),
      add('branches|br_0002|status', '"FAILED"'),
      add('barriers|bar_0001|arrived', '{"br_0001": 1, "br_0002": 2}'),
    ],
    tells: ['run', 'resume'],
  },
  {
    name: 'a snapshot that goes on after some steps',
    base: 'snapshot',
    patches: [
      add(`${first}|step_count`, '1'),
      add('branches|br_0002|step_count', '2'),
      remove('branches|br_0000|status'),
    ],
    tells: ['findings', 'resume'],
  },
  {
    name: 'a snapshot whose workflow failed and asks',
    base: 'snapshot',
    patches: [
      add('workflow_error', '"no quota"'),
      add(
        'user_interactions',
        '[{"suspended_branch_id": "br_0001", "prompt": "Go on?", "resume_agent": "Worker1", "delivery_target": null}]',
      ),
    ],
    tells: ['findings', 'diagnoses', 'run', 'resume'],
  },
  {
    name: 'a snapshot that points to what is not there',
    base: 'snapshot',
    patches: [
      add('root_barrier_id', '"bar_7"'),
      add('runnable', '["br_7"]'),
      add(`${first}|waiting_on`, '"bar_8"'),
      add(`${first}|parent_spawn`, '"bar_9"'),
      add(`${first}|delivery_target`, '"bar_10"'),
      add(`${first}|candidate_of`, '["bar_11"]'),
      add(`${first}|id`, '"br_1"'),
      add('barriers|bar_0000|candidates', '["br_8"]'),
      add('barriers|bar_0000|resolver_branch', '"br_9"'),
      add('barriers|bar_0000|arrived', '{"br_10": 1}'),
      add('barriers|bar_0000|id', '"bar"'),
    ],
    tells: ['findings'],
  },
  {
    name: 'a snapshot that MARSYS refuses',
    base: 'snapshot',
    patches: [
      add('mood', '1'),
      remove('max_steps'),
      add('branches|br_0002|step_count', '"1"'),
      add('branches|br_0003', '7'),
      add('barriers|bar_0000|policy', '{"min_ratio": "x"}'),
      add('barriers|bar_0001|status', '"SHUT"'),
      add('user_interactions', '[{"prompt": 1}]'),
      add('framework_version', '"0.9.0"'),
      add('topology_digest', '"none"'),
      add('session_id', '"other"'),
    ],
    tells: ['findings', 'repairs'],
  },
]
