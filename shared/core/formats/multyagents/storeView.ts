import { StepId } from '../../../schema/ids.ts'
import type { Timestamp } from '../../../schema/json.ts'
import type { Attempt, Run, StepState } from '../../../schema/run.ts'
import { member, numberOf, type TextNode } from '../text/parseText.ts'
import { jsonOf } from '../view/jsonOf.ts'
import { earliest, latest, momentOfIso } from '../view/times.ts'
import { runIdOf } from '../view/viewIds.ts'
import { attemptOf, errorOf, viewOf } from '../view/viewOf.ts'
import {
  idOf,
  list,
  needsOf,
  recordOf,
  tasksOf,
  textOf,
  wholeOf,
  type Store,
} from './storeDocument.ts'
import { approvalOf, readinessOf, runStatuses, taskStatuses } from './taskStates.ts'

/** The step that a task is: ids of tasks are numbers. */
export function stepOf(task: string): StepId {
  return StepId.parse(`task-${task.replaceAll(/[^A-Za-z0-9._-]/g, '_').slice(0, 80)}`)
}

/** One run of the store in common terms: its tasks are the steps, approvals are gates. [F140] */
export function storeView(store: Store, item: string, now: Timestamp): Run | null {
  const record = recordOf(store, 'workflow_runs', item)
  if (record === null) return null
  const tasks = tasksOf(record)
  const events = list(store, 'events')
  const createdAt = momentOfIso(member(record, 'created_at'))
  const updatedAt = momentOfIso(member(record, 'updated_at'))
  const starts = tasks.map((task) => timeOf(store, task, 'started_at'))
  const ends = tasks.map((task) => timeOf(store, task, 'finished_at'))
  const lastEvent = latest(
    ...events
      .filter((event) => idOf(member(event, 'run_id')) === item)
      .map((event) => momentOfIso(member(event, 'created_at'))),
  )
  const status = runStatuses.get(textOf(record, 'status') ?? '') ?? 'pending'
  const isOver = status === 'completed' || status === 'failed' || status === 'cancelled'
  const begun = createdAt ?? earliest(...starts) ?? updatedAt ?? now
  const changed = latest(updatedAt, lastEvent, ...ends) ?? begun
  const byTask = eventsByTask(events, item)
  return viewOf({
    id: runIdOf(`run-${item}`),
    kind: 'workflow',
    name: nameOf(store, record, item),
    status,
    steps: Object.fromEntries(
      tasks.map((task) => [
        stepOf(task),
        stateOf({ store, record, task, events: byTask.get(task) ?? [], now: begun }),
      ]),
    ),
    createdAt: begun,
    startedAt: earliest(...starts),
    updatedAt: changed,
    finishedAt: isOver ? (latest(...ends) ?? changed) : null,
    definition: definitionOf(store, record, item),
    error: status === 'failed' ? messageOf(store, tasks) : null,
    user: textOf(record, 'initiated_by'),
  })
}

function timeOf(store: Store, task: string, key: string): Timestamp | null {
  return momentOfIso(member(recordOf(store, 'tasks', task), key))
}

/** A run has no name: its template has, or it is told by its number. */
export function nameOf(store: Store, run: TextNode, item: string): string {
  const template = idOf(member(run, 'workflow_template_id'))
  const named = recordOf(store, 'workflow_templates', template)
  return textOf(named, 'name') ?? `Run ${item}`
}

/** The name of a run with its id, which a run without a template has for a name. */
export function labelOf(store: Store, run: TextNode, item: string): string {
  const [name, plain] = [nameOf(store, run, item), `Run ${item}`]
  return name === plain ? plain : `${name} · run ${item}`
}

function definitionOf(
  store: Store,
  run: TextNode,
  item: string,
): NonNullable<Run['workflow']['definition']> {
  const tasks = tasksOf(run)
  const steps = tasks.map((task) => [
    stepOf(task),
    {
      title: textOf(recordOf(store, 'tasks', task), 'title')?.slice(0, 200) ?? task,
      needs: needsOf(run, task)
        .filter((one) => tasks.includes(one))
        .map(stepOf),
    },
  ])
  return { name: nameOf(store, run, item), steps: Object.fromEntries(steps) }
}

type TaskFacts = {
  readonly store: Store
  readonly record: TextNode
  readonly task: string
  readonly events: readonly TextNode[]
  readonly now: Timestamp
}

function stateOf({ store, record, task, events, now }: TaskFacts): StepState {
  const node = recordOf(store, 'tasks', task)
  const role = recordOf(store, 'roles', idOf(member(node, 'role_id')))
  const audit = recordOf(store, 'audits', task)
  const status = taskStatuses.get(textOf(node, 'status') ?? '') ?? 'pending'
  const readiness = readinessOf(store, record, task)
  const isAsked = readiness.kind === 'approval' && readiness.word !== 'rejected'
  const title = textOf(node, 'title')
  return {
    status: isAsked ? 'waiting' : status,
    attempts: [...attemptsOf(node, events, status)],
    output: jsonOf(member(node, 'stdout')),
    waitingOn: isAsked
      ? {
          kind: 'gate',
          since: askedAt(store, task) ?? now,
          who: null,
          message: `multyagents asks whether "${title ?? `task ${task}`}" may be dispatched.`,
        }
      : null,
    skippedBy: null,
    title,
    agent: textOf(role, 'name'),
    executionMode: textOf(node, 'execution_mode'),
    retries: wholeOf(audit, 'retry_attempts'),
    reruns: wholeOf(audit, 'rerun_count'),
    approval: approvalOf(store, task)?.word ?? null,
  }
}

function askedAt(store: Store, task: string): Timestamp | null {
  const event = list(store, 'events').find(
    (one) =>
      textOf(one, 'event_type') === 'approval.pending' && idOf(member(one, 'task_id')) === task,
  )
  return momentOfIso(member(event ?? null, 'created_at'))
}

function eventsByTask(
  events: readonly TextNode[],
  item: string,
): ReadonlyMap<string, readonly TextNode[]> {
  const found = new Map<string, TextNode[]>()
  for (const event of events) {
    const task = idOf(member(event, 'task_id'))
    if (task === null || idOf(member(event, 'run_id')) !== item) continue
    const known = found.get(task)
    if (known === undefined) found.set(task, [event])
    else known.push(event)
  }
  return found
}

/** Each dispatch is a try; the log tells those before the last one, the task itself tells the last one. */
function attemptsOf(
  node: TextNode | null,
  events: readonly TextNode[],
  status: StepState['status'],
): readonly Attempt[] {
  const dispatched = events.filter((event) => textOf(event, 'event_type') === 'task.dispatched')
  const earlier = dispatched.slice(0, -1).flatMap((event, index): readonly Attempt[] => {
    const startedAt = momentOfIso(member(event, 'created_at'))
    if (startedAt === null) return []
    return [
      {
        number: index + 1,
        startedAt,
        finishedAt: momentOfIso(member(dispatched[index + 1] ?? null, 'created_at')),
        outcome: 'failed',
        error: errorOf('It was dispatched again.'),
        exitCode: null,
        process: null,
      },
    ]
  })
  const began =
    momentOfIso(member(node, 'started_at')) ??
    momentOfIso(member(dispatched.at(-1) ?? null, 'created_at'))
  const isOut = status !== 'pending'
  const last = attemptOf(Math.max(1, dispatched.length), {
    startedAt: isOut ? began : null,
    finishedAt: momentOfIso(member(node, 'finished_at')),
    status,
    error:
      status === 'failed' || status === 'cancelled'
        ? (textOf(node, 'stderr') ?? textOf(node, 'runner_message'))
        : null,
    exitCode: numberOf(member(node, 'exit_code')),
  })
  return [...earlier, ...last]
}

function messageOf(store: Store, tasks: readonly string[]): string | null {
  const failed = tasks.find((task) => {
    const word = textOf(recordOf(store, 'tasks', task), 'status') ?? ''
    return taskStatuses.get(word) === 'failed'
  })
  if (failed === undefined) return null
  const node = recordOf(store, 'tasks', failed)
  return textOf(node, 'runner_message') ?? textOf(node, 'stderr') ?? `Task ${failed} failed.`
}

export function saidOfRun(
  store: Store,
  item: string,
): { readonly status: string | null; readonly steps: Readonly<Record<string, string>> } {
  const record = recordOf(store, 'workflow_runs', item)
  const steps = tasksOf(record).flatMap((task) => {
    const word = textOf(recordOf(store, 'tasks', task), 'status')
    return word === null ? [] : [[stepOf(task), word] as const]
  })
  return { status: textOf(record, 'status'), steps: Object.fromEntries(steps) }
}
