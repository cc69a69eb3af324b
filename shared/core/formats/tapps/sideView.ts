import type { Json, Timestamp } from '../../../schema/json.ts'
import type { Run, RunStatus, StepStatus } from '../../../schema/run.ts'
import type { FormatReading } from '../format.ts'
import { member, membersOf, stringsOf, type TextNode, type TextObject } from '../text/parseText.ts'
import { runIdOf, stepIdsOf } from './ids.ts'
import { jsonOf, jsonRecord } from './jsonOf.ts'
import { epoch, errorOf } from './stepFacts.ts'
import { textOf } from './stateFields.ts'
import { timeOf } from './times.ts'
import type { FileStore } from './fileStore.ts'
import { stemOf } from './names.ts'

type View = Pick<FormatReading, 'run' | 'said'>

type SideStep = {
  readonly name: string
  readonly said: string
  readonly status: StepStatus
  readonly at: Timestamp | null
  readonly output: Json
}

type Side = {
  readonly id: string
  readonly name: string
  readonly said: string | null
  readonly status: RunStatus
  readonly startedAt: Timestamp | null
  readonly updatedAt: Timestamp | null
  readonly variables: Run['variables']
  readonly steps: readonly SideStep[]
}

/** [F51] The common view of a store of its own: an epic, a task, a token, durable or step checkpoint. */
export function sideView(store: FileStore): View {
  const { parsed, kind } = store
  const nothing = { run: null, said: { status: null, steps: {} } }
  if (parsed.kind === 'broken') return nothing
  const stem = stemOf(store.set.document) ?? 'run'
  if (kind === 'step') return viewOf(stepSide(store, parsed.root, stem))
  const read = readers[kind]
  return read === undefined ? nothing : viewOf(read(parsed.root, stem))
}

const readers: { readonly [kind in FileStore['kind']]?: (root: TextObject, stem: string) => Side } =
  {
    durable: durableSide,
    token: tokenSide,
    task: taskSide,
    epic: epicSide,
  }

function durableSide(root: TextObject, stem: string): Side {
  const said = textOf(root, 'status')
  const current = textOf(root, 'step_name')
  const status = runStatus(said)
  const at = timeOf(textOf(root, 'created_at'))
  const outputs = [...membersOf(member(root, 'outputs'))].filter(
    ([name]) => name !== 'final_result',
  )
  const done = outputs.map(([name, value]) =>
    step(name, 'completed', { at, output: jsonOf(value) }),
  )
  const id = textOf(root, 'workflow_id') ?? stem
  return {
    id,
    name: textOf(member(root, 'metadata'), 'workflow_name') ?? id,
    said,
    status,
    startedAt: null,
    updatedAt: at,
    variables: jsonRecord(member(root, 'quality_scores')),
    steps:
      current === null || outputs.some(([name]) => name === current)
        ? done
        : [...done, step(current, currentWord(status), { at })],
  }
}

function tokenSide(root: TextObject, stem: string): Side {
  const results = membersOf(member(root, 'step_results'))
  const current = textOf(root, 'current_step')
  const at = timeOf(textOf(root, 'created_at'))
  const done = stringsOf(member(root, 'completed_steps'))
  const pending = stringsOf(member(root, 'pending_steps'))
  return {
    id: textOf(root, 'checkpoint_id') ?? stem,
    name: textOf(root, 'workflow_type') ?? 'token checkpoint',
    said: null,
    status: 'paused',
    startedAt: null,
    updatedAt: at,
    variables: jsonRecord(member(root, 'workflow_context')),
    steps: [
      ...done.map((name) =>
        step(name, 'completed', { at, output: jsonOf(results.get(name) ?? null) }),
      ),
      ...(current === null ? [] : [step(current, 'pending', { at })]),
      ...pending.map((name) => step(name, 'pending', { at })),
    ],
  }
}

function taskSide(root: TextObject, stem: string): Side {
  const said = textOf(root, 'state')
  const at = timeOf(textOf(root, 'checkpoint_time'))
  const status = runStatus(said)
  const command = textOf(root, 'command') ?? 'task'
  return {
    id: textOf(root, 'task_id') ?? stem,
    name: `${textOf(root, 'agent_id') ?? 'agent'} ${command}`,
    said,
    status,
    startedAt: null,
    updatedAt: at,
    variables: jsonRecord(member(root, 'context')),
    steps: [step(command, currentWord(status), { at })],
  }
}

function epicSide(root: TextObject, stem: string): Side {
  const stories = member(root, 'stories')
  const steps = (stories?.kind === 'array' ? stories.items : []).map(storyStep)
  const isDone = steps.length > 0 && steps.every(({ status }) => isEnded(status))
  const isBegun = steps.some(({ status }) => status !== 'pending')
  const hasFailed = steps.some(({ status }) => status === 'failed')
  return {
    id: textOf(root, 'epic_id') ?? stem,
    name: textOf(root, 'epic_title') ?? stem,
    said: null,
    status: isDone && !hasFailed ? 'completed' : isBegun ? 'paused' : 'pending',
    startedAt: timeOf(textOf(root, 'started_at')),
    updatedAt: timeOf(textOf(root, 'updated_at')),
    variables: {},
    steps,
  }
}

function storyStep(story: TextNode): SideStep {
  return step(textOf(story, 'story_id') ?? 'story', textOf(story, 'status') ?? 'pending', {
    at: timeOf(textOf(story, 'completed_at')),
    output: jsonOf(member(story, 'artifacts')),
  })
}

/** Of a workflow of which nothing but the checkpoints of its steps is left: all of them. */
function stepSide({ steps }: FileStore, root: TextObject, stem: string): Side {
  const roots = steps.flatMap(({ parsed }) => (parsed.kind === 'ok' ? [parsed.root] : []))
  const all = roots.length === 0 ? [root] : roots
  const id = textOf(root, 'workflow_id') ?? stem
  const times = all.map((one) => timeOf(textOf(one, 'completed_at')))
  return {
    id,
    name: id,
    said: null,
    status: 'paused',
    startedAt: null,
    updatedAt: times.findLast((at) => at !== null) ?? null,
    variables: {},
    steps: all.map((one, index) =>
      step(textOf(one, 'step_id') ?? stem, 'completed', {
        at: times[index] ?? null,
        output: jsonOf(member(one, 'step_output')),
      }),
    ),
  }
}

function step(
  name: string,
  said: string,
  { at, output = null }: { readonly at: Timestamp | null; readonly output?: Json },
): SideStep {
  return { name, said, status: stepWords[said] ?? 'pending', at, output }
}

const stepWords: { readonly [word: string]: StepStatus } = {
  completed: 'succeeded',
  complete: 'succeeded',
  done: 'succeeded',
  failed: 'failed',
  skipped: 'skipped',
  running: 'running',
  cancelled: 'cancelled',
}

const runWords: { readonly [word: string]: RunStatus } = {
  pending: 'pending',
  running: 'running',
  paused: 'paused',
  checkpointed: 'paused',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
}

function runStatus(said: string | null): RunStatus {
  return runWords[said ?? ''] ?? 'paused'
}

function currentWord(status: RunStatus): string {
  return status === 'running' || status === 'failed' || status === 'completed' ? status : 'pending'
}

function isEnded(status: string): boolean {
  return ['completed', 'failed', 'cancelled', 'succeeded', 'skipped'].includes(status)
}

function viewOf(side: Side): View {
  const ids = stepIdsOf(side.steps.map(({ name }) => name))
  const updatedAt = side.updatedAt ?? side.startedAt ?? epoch
  const entries = side.steps.flatMap((one) => {
    const id = ids.get(one.name)
    return id === undefined ? [] : [{ id, one }]
  })
  return {
    run: {
      id: runIdOf(side.id),
      kind: 'workflow',
      workflow: { name: side.name, version: null, source: null, digest: null, definition: null },
      status: side.status,
      createdAt: side.startedAt ?? updatedAt,
      startedAt: side.startedAt,
      updatedAt,
      finishedAt: isEnded(side.status) ? updatedAt : null,
      place: { user: null, host: null, folder: null, environment: [] },
      error: side.status === 'failed' ? errorOf('The checkpoint says failed, and not why.') : null,
      inputs: {},
      variables: side.variables,
      steps: Object.fromEntries(
        entries.map(({ id, one }) => [id, stateOf(one, updatedAt)]),
      ) as Run['steps'], // its keys are step ids
      checkpoints: [],
      decisions: [],
      lineage: null,
      annotations: { colour: null, note: null, pinned: false, tags: [] },
      journal: { seq: 0, sum: '' },
    },
    said: {
      status: side.said,
      steps: Object.fromEntries(entries.map(({ id, one }) => [id, one.said])),
    },
  }
}

function stateOf(one: SideStep, updatedAt: Timestamp): Run['steps'][keyof Run['steps']] {
  const at = one.at ?? updatedAt
  const isOver = one.status === 'succeeded' || one.status === 'failed' || one.status === 'cancelled'
  const outcome = isOver ? one.status : null
  const attempt = {
    number: 1,
    startedAt: at,
    finishedAt: isOver ? at : null,
    outcome,
    error: null,
    exitCode: null,
    process: null,
  }
  return {
    status: one.status,
    attempts: isOver || one.status === 'running' ? [attempt] : [],
    output: one.output,
    waitingOn: null,
    skippedBy: one.status === 'skipped' ? 'person' : null,
  }
}
