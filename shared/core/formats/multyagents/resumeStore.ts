import { assertNever } from '../../../assert.ts'
import type { FileSet, FormatResume } from '../format.ts'
import {
  openStore,
  needsOf,
  recordOf,
  table,
  tasksOf,
  textOf,
  type Store,
} from './storeDocument.ts'
import { stepOf } from './storeView.ts'
import { titleOf } from './storeDiagnoses.ts'
import { activeTask, failedTask, readinessOf, statusOf } from './taskStates.ts'
import { textIn } from '../textIn.ts'

/** [F160] What going on in multyagents does: calls of its API, for it has no command. */
export function resumeStore(
  set: FileSet,
  { from }: { readonly from: string | null },
): FormatResume {
  const opened = openStore(textIn(set, set.document))
  if (opened.kind === 'broken') {
    const problem = 'The store is broken: the API does not start with it.'
    return { command: null, steps: [], warnings: [], problems: [problem] }
  }
  const { store } = opened
  const item = set.item ?? [...table(store, 'workflow_runs').keys()][0] ?? ''
  const run = recordOf(store, 'workflow_runs', item)
  if (run === null) {
    const problem = `The store has no workflow run ${item}.`
    return { command: null, steps: [], warnings: [], problems: [problem] }
  }
  const tasks = tasksOf(run)
  const again = from === null ? [] : withFailedNeeds(store, { run, from, tasks })
  return {
    command: null,
    steps: tasks.map((task) => stepRow(store, { run, task, again })),
    warnings: warnings(run, { item, again }),
    noCommand:
      'multyagents has no command line: its API does it, with the call that is named here.',
    problems: problems(store, { run, from, tasks }),
  }
}

type Asked = {
  readonly run: NonNullable<Parameters<typeof readinessOf>[1]>
  readonly from: string
  readonly tasks: readonly string[]
}

/** A partial rerun takes failed tasks only, and the failed ones that they need have to be among them. */
function withFailedNeeds(store: Store, { run, from, tasks }: Asked): readonly string[] {
  const first = tasks.find((task) => stepOf(task) === from)
  const found = new Set<string>()
  const open = first === undefined ? [] : [first]
  for (let task = open.pop(); task !== undefined; task = open.pop()) {
    if (found.has(task) || !failedTask.has(statusOf(store, task) ?? '')) continue
    found.add(task)
    open.push(...needsOf(run, task))
  }
  return tasks.filter((task) => found.has(task))
}

type Row = Pick<Asked, 'run'> & { readonly task: string; readonly again: readonly string[] }

function stepRow(store: Store, { run, task, again }: Row): FormatResume['steps'][number] {
  const step = stepOf(task)
  const status = statusOf(store, task)
  if (again.includes(task)) {
    return {
      step,
      does: 'runAgain',
      reason: 'The rerun sets it back to created, clears its output and drops its handoff.',
    }
  }
  if (status === 'success') return { step, does: 'reuse', reason: 'It is done.' }
  if (status === null) return { step, does: 'unknown', reason: 'The store has no such task.' }
  if (activeTask.has(status)) {
    const reason = `It is ${status}: whether its runner still works, the store does not tell. It is not dispatched again.`
    return { step, does: 'unknown', reason }
  }
  const readiness = readinessOf(store, run, task)
  switch (readiness.kind) {
    case 'ready':
      return { step, does: 'run', reason: 'It is dispatched by dispatch-ready.' }
    case 'needs':
      return {
        step,
        does: 'skip',
        reason: `Not yet: it waits for ${readiness.tasks.map((one) => titleOf(store, one)).join(', ')}.`,
      }
    case 'approval':
      return { step, does: 'skip', reason: 'Not before it is approved.' }
    case 'artifact':
      return {
        step,
        does: 'skip',
        reason: `Not before ${readiness.what} is published.`,
      }
    case 'lock':
      return {
        step,
        does: 'skip',
        reason: `Not before the task ${readiness.holder} releases ${readiness.path}.`,
      }
    case 'settled':
      return { step, does: 'skip', reason: `It is ${status}: only a partial rerun takes it again.` }
    default:
      return assertNever(readiness)
  }
}

function warnings(
  run: Asked['run'],
  { item, again }: { readonly item: string; readonly again: readonly string[] },
): readonly string[] {
  const call =
    again.length === 0
      ? `POST /workflow-runs/${item}/dispatch-ready`
      : `POST /workflow-runs/${item}/partial-rerun with the tasks ${again.join(', ')}`
  const isPaused = textOf(run, 'status') === 'paused'
  return [
    `Its API does it: ${call}.`,
    `POST /workflow-runs/${item}/resume sets the word running and dispatches nothing.`,
    ...(isPaused
      ? ['While it is paused, the next message of a runner makes it running by itself.']
      : []),
  ]
}

function problems(
  store: Store,
  { run, from, tasks }: Pick<Asked, 'run' | 'tasks'> & { readonly from: string | null },
): readonly string[] {
  const word = textOf(run, 'status')
  const active = tasks.filter((task) => activeTask.has(statusOf(store, task) ?? ''))
  if (from === null) {
    return word === 'aborted'
      ? ['The run is aborted, and stays so: multyagents dispatches nothing of it.']
      : []
  }
  const task = tasks.find((one) => stepOf(one) === from)
  if (task === undefined) return [`The run has no task ${from}.`]
  const status = statusOf(store, task) ?? 'not there'
  return [
    ...(failedTask.has(status) ? [] : [`${from} is ${status}: only a failed task is rerun.`]),
    ...(word === 'aborted' || word === 'paused'
      ? [`A partial rerun is refused while the run is ${word}.`]
      : []),
    ...(active.length === 0
      ? []
      : [`A partial rerun is refused while tasks are active: ${active.join(', ')}.`]),
  ]
}
