import { ownValue } from '../../../schema/json.ts'
import type { Run, RunStatus } from '../../../schema/run.ts'
import type { FormatReading } from '../format.ts'
import { member } from '../text/parseText.ts'
import { savedAt, type FileStore } from './fileStore.ts'
import { runIdOf } from '../view/viewIds.ts'
import { jsonRecord } from '../view/jsonOf.ts'
import { textOf } from './stateFields.ts'
import { epoch, errorOf, stepFacts, stepState } from './stepFacts.ts'
import { timeOf } from './times.ts'

type View = Pick<FormatReading, 'run' | 'said'>

/** A word that no run has is taken for paused: it does not move by itself, and nothing says that it ended. */
const statuses: { readonly [word: string]: RunStatus } = {
  running: 'running',
  paused: 'paused',
  completed: 'completed',
  failed: 'failed',
  blocked: 'failed',
  cancelled: 'cancelled',
}

/** [F51] The common view of the state of a workflow. */
export function runView(store: FileStore): View {
  const { root, fields } = store.own
  if (root === null || fields === null) return { run: null, said: { status: null, steps: {} } }
  const facts = stepFacts(store, fields)
  const status =
    fields.status === null ? 'running' : (ownValue(statuses, fields.status) ?? 'paused')
  const times = timesOf(store, status)
  const variables = jsonRecord(member(root, 'variables'))
  const run: Run = {
    id: runIdOf(fields.workflowId ?? store.workflow ?? 'run'),
    kind: 'workflow',
    workflow: {
      name: nameOf(store, fields.workflowId),
      version: null,
      source: sourceOf(store),
      digest: null,
      definition: null,
    },
    status,
    ...times,
    place: { user: null, host: null, folder: null, environment: [] },
    error: status === 'failed' ? errorOf(fields.error) : null,
    inputs: {},
    variables,
    steps: Object.fromEntries(
      facts.map((step) => [step.id, stepState(step, store, fields.error)]),
    ) as Run['steps'], // its keys are step ids
    checkpoints: [],
    decisions: [],
    lineage: null,
    annotations: { colour: null, note: null, pinned: false, tags: [] },
    journal: { seq: 0, sum: '' },
  }
  return {
    run,
    said: {
      status: fields.status,
      steps: Object.fromEntries(facts.map(({ id, said }) => [id, said])),
    },
  }
}

function nameOf({ own, workflow, plan }: FileStore, id: string | null): string {
  const planned = plan?.parsed.kind === 'ok' ? textOf(plan.parsed.root, 'workflow_name') : null
  const named = textOf(member(own.root, 'variables'), 'workflow_name')
  // An id is the workflow's own with the time of the start behind it.
  const stem = (id ?? workflow ?? 'workflow').replace(/-\d{8}-\d{6}(?:-\d{6})?$/, '')
  return named ?? planned ?? stem
}

function sourceOf({ own, meta }: FileStore): string | null {
  const variable = textOf(member(own.root, 'variables'), '_workflow_path')
  const described = meta?.description?.stateFile === own.name ? meta.description.workflowPath : null
  return described ?? variable
}

function timesOf(
  store: FileStore,
  status: RunStatus,
): Pick<Run, 'createdAt' | 'startedAt' | 'updatedAt' | 'finishedAt'> {
  const startedAt = timeOf(store.own.fields?.startedAt ?? null)
  const updatedAt = savedAt(store, store.own) ?? startedAt ?? epoch
  const isOver = status === 'completed' || status === 'failed' || status === 'cancelled'
  return {
    createdAt: startedAt ?? updatedAt,
    startedAt,
    updatedAt,
    finishedAt: isOver ? updatedAt : null,
  }
}
