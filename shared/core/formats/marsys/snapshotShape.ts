import type { ShapeWord } from '../view/shape.ts'

type Shape = Readonly<Record<string, ShapeWord>>

/** The fields of a snapshot of 0.3. All of them are required and none beside them is taken. */
export const snapshotShape: Shape = {
  framework_version: 'string',
  session_id: 'string',
  workflow_id: 'any',
  topology_digest: 'string',
  created_at: 'string',
  paused_at: 'string',
  branches: 'object',
  barriers: 'object',
  convergence_barriers: 'object',
  runnable: 'list',
  fire_queue: 'list',
  root_barrier_id: 'string?',
  workflow_error: 'any',
  completed_emitted: 'list',
  user_interactions: 'list',
  user_interaction_inflight: 'boolean',
  max_steps: 'integer',
}

export const branchShape: Shape = {
  id: 'string',
  current_agent: 'string',
  status: 'string',
  delivery_target: 'string?',
  input: 'any',
  memory: 'list',
  waiting_on: 'string?',
  candidate_of: 'list',
  parent_spawn: 'string?',
  step_count: 'integer',
  created_at: 'number',
  last_invoked_agent: 'string?',
  consecutive_content_only: 'integer',
  last_step_span_id: 'string?',
}

export const barrierShape: Shape = {
  id: 'string',
  policy: 'object',
  status: 'string',
  resolver_branch: 'string?',
  resolver_agent: 'string?',
  rendezvous_node: 'string?',
  candidates: 'list',
  arrived: 'object',
  failed: 'object',
  upstream: 'list',
  downstream: 'list',
  created_at: 'number',
  metadata: 'object',
}

export const policyShape: Shape = {
  min_ratio: 'number',
  on_insufficient: 'string',
  terminate_orphans: 'boolean',
  timeout: 'number?',
}

export const interactionShape: Shape = {
  suspended_branch_id: 'string',
  prompt: 'any',
  resume_agent: 'any',
  delivery_target: 'any',
}

/** Fields that a development branch of MARSYS writes and that the released reader refuses. */
export const newerFields: ReadonlySet<string> = new Set(['durable', 'pending_user_interaction'])

export const barrierStatuses: ReadonlySet<string> = new Set(['OPEN', 'FIRED', 'CANCELLED'])
