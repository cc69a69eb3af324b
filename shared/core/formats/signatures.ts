import type { FormatId } from '../../schema/format.ts'
import type { Outline } from './outline.ts'

/** How documents of one kind are told by the names of their keys alone. */
export type Signature = {
  readonly format: FormatId
  readonly label: string
  /** All of these are there. */
  readonly keys: readonly string[]
  /** Keys that such a document begins with: two of them name a text that was cut. */
  readonly begins: readonly string[]
  /** What else must be so. */
  readonly also?: (outline: Outline) => boolean
}

const tapps = 'tapps' as const
const tappsStart = ['workflow_id', 'started_at', 'current_step', 'completed_steps', 'skipped_steps']
const marsysStart = ['session_id', 'timestamp', 'branches', 'active_branches', 'completed_branches']

/** First match wins: rows with more telling keys stand first. */
export const signatures: readonly Signature[] = [
  {
    format: 'multyagents',
    label: 'multyagents store',
    keys: ['sequences', 'workflow_runs', 'tasks'],
    begins: ['approvals', 'artifacts', 'audits', 'events', 'handoffs', 'path_locks', 'sequences'],
  },
  {
    format: tapps,
    label: 'TAPPS workflow state',
    keys: ['_checksum', 'workflow_id', 'completed_steps'],
    begins: tappsStart,
  },
  {
    format: tapps,
    label: 'TAPPS token checkpoint',
    keys: ['checkpoint_id', 'completed_steps', 'tokens_consumed'],
    begins: ['checkpoint_id', 'workflow_id', 'workflow_type'],
  },
  {
    format: tapps,
    label: 'TAPPS workflow state without checksum',
    keys: ['workflow_id', 'completed_steps', 'step_executions'],
    begins: tappsStart,
  },
  {
    format: tapps,
    label: 'TAPPS workflow state 1.0',
    keys: ['workflow_id', 'completed_steps', 'current_step'],
    begins: tappsStart,
  },
  {
    format: tapps,
    label: 'TAPPS description of a state',
    keys: ['workflow_id', 'state_file', 'compression'],
    begins: ['version', 'saved_at', 'checksum', 'state_file'],
  },
  {
    format: tapps,
    label: 'TAPPS pointer to the last state',
    keys: ['workflow_id', 'state_file', 'saved_at'],
    begins: ['workflow_id', 'state_file', 'metadata_file', 'saved_at'],
  },
  {
    format: tapps,
    label: 'TAPPS step checkpoint',
    keys: ['workflow_id', 'step_number', 'step_output'],
    begins: ['workflow_id', 'step_id', 'step_number', 'step_name'],
  },
  {
    format: tapps,
    label: 'TAPPS durable checkpoint',
    keys: ['workflow_id', 'step_index', 'quality_scores'],
    begins: ['workflow_id', 'step_index', 'step_name'],
  },
  {
    format: tapps,
    label: 'TAPPS epic',
    keys: ['epic_id', 'stories'],
    begins: ['schema_version', 'epic_id', 'epic_content_checksum', 'epic_path'],
  },
  {
    format: tapps,
    label: 'TAPPS task checkpoint',
    keys: ['agent_id', 'checkpoint_time'],
    begins: ['task_id', 'agent_id', 'command', 'checkpoint_time'],
  },
  {
    format: 'marsys',
    label: 'MARSYS session',
    keys: ['active_branches', 'branch_results'],
    begins: marsysStart,
  },
  {
    format: 'marsys',
    label: 'MARSYS 0.3 snapshot',
    keys: ['framework_version', 'barriers'],
    begins: ['framework_version', 'session_id', 'topology_digest'],
  },
  {
    format: 'awf',
    label: 'AWF state',
    keys: ['WorkflowID', 'States', 'CurrentStep'],
    begins: ['WorkflowID', 'WorkflowName', 'ParentRunID', 'CurrentStep'],
  },
  {
    format: 'task-runner',
    label: 'task-runner snapshot',
    keys: [],
    begins: [],
    also: ({ entries }) =>
      entries.size > 0 && [...entries.values()].every(({ status }) => isTaskStatus(status)),
  },
  {
    format: 'unstuck-v2',
    label: 'Unstuck 2',
    keys: ['version', 'workflow_id', 'steps'],
    begins: ['version', 'workflow_id', 'workflow_name', 'steps'],
    also: ({ entries }) => entries.get('version')?.lexeme === '2',
  },
  {
    format: 'unstuck-v1',
    label: 'Unstuck 1',
    keys: ['workflow_id', 'status', 'states'],
    begins: ['workflow_id', 'workflow_name', 'current_state', 'states'],
  },
]

const taskStatuses: ReadonlySet<string> = new Set([
  '"success"',
  '"failure"',
  '"skipped"',
  '"cancelled"',
])

function isTaskStatus(lexeme: string | null): boolean {
  return lexeme !== null && taskStatuses.has(lexeme)
}

/** Lines of a log of events, told by the keys of its first line. */
export const lineSignatures: readonly Signature[] = [
  {
    format: tapps,
    label: 'TAPPS event log',
    keys: ['event_type', 'workflow_id', 'timestamp'],
    begins: [],
  },
  { format: tapps, label: 'TAPPS epic memory', keys: ['story_id', 'files_changed'], begins: [] },
]
