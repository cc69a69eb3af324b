import type { ShapeWord } from '../view/shape.ts'

/** A record that multyagents makes with a constructor: a field that it does not know stops the API when it starts. */
export type RecordShape = {
  readonly table: string
  /** What a person calls one. */
  readonly word: string
  readonly sequence: string | null
  /** Fields that also the first version wrote. */
  readonly required: Readonly<Record<string, ShapeWord>>
  /** Fields of later versions: they have a default. */
  readonly later: Readonly<Record<string, ShapeWord>>
}

export const recordShapes: readonly RecordShape[] = [
  {
    table: 'projects',
    word: 'project',
    sequence: 'project_seq',
    required: { id: 'integer', name: 'string', root_path: 'string', allowed_paths: 'list' },
    later: {},
  },
  {
    table: 'skill_packs',
    word: 'skill pack',
    sequence: 'skill_pack_seq',
    required: { id: 'integer', name: 'string', skills: 'list' },
    later: {},
  },
  {
    table: 'roles',
    word: 'role',
    sequence: 'role_seq',
    required: {
      id: 'integer',
      name: 'string',
      context7_enabled: 'boolean',
      system_prompt: 'string',
      allowed_tools: 'list',
      skill_packs: 'list',
      execution_constraints: 'object',
    },
    later: {},
  },
  {
    table: 'tasks',
    word: 'task',
    sequence: 'task_seq',
    required: {
      id: 'integer',
      role_id: 'integer',
      title: 'string',
      context7_mode: 'string',
      execution_mode: 'string',
      requires_approval: 'boolean',
      project_id: 'integer?',
      lock_paths: 'list',
      sandbox: 'object?',
      status: 'string',
      runner_message: 'string?',
      started_at: 'string?',
      finished_at: 'string?',
      exit_code: 'integer?',
      stdout: 'string?',
      stderr: 'string?',
    },
    later: { quality_gate_policy: 'object?' },
  },
  {
    table: 'workflow_templates',
    word: 'workflow template',
    sequence: 'workflow_template_seq',
    required: { id: 'integer', name: 'string', steps: 'list' },
    later: { project_id: 'integer?' },
  },
  {
    table: 'workflow_runs',
    word: 'workflow run',
    sequence: 'workflow_run_seq',
    required: {
      id: 'integer',
      workflow_template_id: 'integer?',
      task_ids: 'list',
      status: 'string',
      initiated_by: 'string?',
      created_at: 'string',
      updated_at: 'string',
    },
    later: { step_dependencies: 'object', step_artifact_requirements: 'object' },
  },
  {
    table: 'approvals',
    word: 'approval',
    sequence: 'approval_seq',
    required: {
      id: 'integer',
      task_id: 'integer',
      status: 'string',
      decided_by: 'string?',
      comment: 'string?',
    },
    later: {},
  },
  {
    table: 'isolated_sessions',
    word: 'isolated session',
    sequence: null,
    required: {
      task_id: 'integer',
      run_id: 'integer?',
      task_run_id: 'string',
      project_id: 'integer?',
      project_root: 'string',
      worktree_path: 'string',
      git_branch: 'string',
    },
    later: {},
  },
]

/** The tables of a store and what each of them is; an older store lacks some. */
export const storeTables: Readonly<Record<string, ShapeWord>> = {
  approvals: 'object',
  artifacts: 'list',
  audits: 'object',
  events: 'list',
  handoffs: 'object',
  isolated_branch_locks: 'object',
  isolated_sessions: 'object',
  isolated_worktree_locks: 'object',
  path_locks: 'object',
  projects: 'object',
  roles: 'object',
  sequences: 'object',
  skill_packs: 'object',
  task_approval: 'object',
  task_latest_run: 'object',
  task_locks: 'object',
  tasks: 'object',
  workflow_runs: 'object',
  workflow_templates: 'object',
}
