import { ownValue, type Json, type Timestamp } from '../../../schema/json.ts'
import type { Run, RunStatus, StepStatus } from '../../../schema/run.ts'
import {
  itemsIn,
  member,
  membersOf,
  stringsOf,
  type TextNode,
  type TextObject,
} from '../text/parseText.ts'
import type { FileStore } from './fileStore.ts'
import { jsonOf, jsonRecord } from '../view/jsonOf.ts'
import { textOf } from './stateFields.ts'
import { timeOf } from './times.ts'

export type SideStep = {
  readonly name: string
  readonly said: string
  readonly status: StepStatus
  readonly at: Timestamp | null
  readonly output: Json
}

export type Side = {
  readonly id: string
  readonly name: string
  readonly said: string | null
  readonly status: RunStatus
  readonly startedAt: Timestamp | null
  readonly updatedAt: Timestamp | null
  readonly variables: Run['variables']
  readonly steps: readonly SideStep[]
}

export const readers: {
  readonly [kind in FileStore['kind']]?: (root: TextObject, stem: string) => Side
} = {
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
  const steps = itemsIn(member(root, 'stories')).map(storyStep)
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
export function stepSide({ steps }: FileStore, root: TextObject, stem: string): Side {
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
  return { name, said, status: ownValue(stepWords, said) ?? 'pending', at, output }
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
  return ownValue(runWords, said ?? '') ?? 'paused'
}

function currentWord(status: RunStatus): string {
  return status === 'running' || status === 'failed' || status === 'completed' ? status : 'pending'
}

export function isEnded(status: string): boolean {
  return ['completed', 'failed', 'cancelled', 'succeeded', 'skipped'].includes(status)
}
