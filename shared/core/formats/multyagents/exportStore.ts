import type { Timestamp } from '../../../schema/json.ts'
import type { Run, RunStatus, StepState, StepStatus } from '../../../schema/run.ts'
import type { FileSet, FormatChange, FormatContext } from '../format.ts'
import type { TextPatch } from '../text/patchText.ts'
import { changedSteps, type ChangedStep } from '../view/changedSteps.ts'
import { editStore } from './editStore.ts'
import { gateOf, itemOf, runSteps } from './importStore.ts'
import { idOf, openStore, recordOf, table, tasksOf, type Store } from './storeDocument.ts'
import { stepOf, storeView } from './storeView.ts'
import { approvalOf } from './taskStates.ts'
import { textIn } from '../textIn.ts'

/** [F166] The store of an imported run: the original, with what changed in that run since put in. */
export function exportStore(set: FileSet, run: Run, context: FormatContext): FormatChange {
  const opened = openStore(textIn(set, set.document))
  const store = opened.kind === 'ok' ? opened.store : null
  const item = store === null ? null : itemOf(store, set)
  const view = store === null || item === null ? null : storeView(store, item, context.now)
  if (store === null || item === null || view === null) {
    return { kind: 'refused', problems: ['The original store does not have this run any more.'] }
  }
  const changed = changedSteps(runSteps(store, item, view.steps), run, 'task')
  if (changed.kind === 'refused') return changed
  const isCalledOff = run.status === 'cancelled' && view.status !== 'cancelled'
  if (changed.steps.length === 0 && !isCalledOff) return { kind: 'ok', changes: [], notes: [] }
  const edited = editStore(set, [
    ...tasksOf(recordOf(store, 'workflow_runs', item)).flatMap((task) =>
      taskPatches(store, task, changed.steps),
    ),
    replace(['workflow_runs', item, 'status'], runWords[run.status]),
    replace(['workflow_runs', item, 'updated_at'], pythonTime(run.updatedAt)),
  ])
  if (edited.kind === 'refused') return edited
  const notes = [
    'What happened in Unstuck is not in the list of events: multyagents did not see it.',
  ]
  return { ...edited, notes: [...edited.notes, ...notes] }
}

function taskPatches(
  store: Store,
  task: string,
  steps: readonly ChangedStep[],
): readonly TextPatch[] {
  const gate = steps.find(({ name }) => name === gateOf(task))?.state
  const state = steps.find(({ name }) => name === stepOf(task))?.state
  return [
    ...(gate === undefined ? [] : approvalPatches(store, task, gate)),
    ...(state === undefined ? [] : statePatches(task, state)),
    ...(state === undefined || !isEnd(state) ? [] : released(store, task)),
  ]
}

function approvalPatches(store: Store, task: string, { status }: StepState): readonly TextPatch[] {
  const approval = approvalOf(store, task)?.approval ?? null
  if (approval === null || (status !== 'succeeded' && status !== 'failed')) return []
  const word = status === 'succeeded' ? 'approved' : 'rejected'
  return [
    replace(['approvals', approval, 'status'], word),
    replace(['approvals', approval, 'decided_by'], 'Unstuck'),
  ]
}

function statePatches(task: string, state: StepState): readonly TextPatch[] {
  const { status, output, attempts } = state
  const attempt = attempts.at(-1)
  const message = attempt?.error?.message ?? null
  const stdout = output === null || typeof output === 'string' ? output : JSON.stringify(output)
  const at = (key: string) => ['tasks', task, key]
  return [
    replace(at('status'), taskWords[status]),
    replace(at('started_at'), attempt === undefined ? null : pythonTime(attempt.startedAt)),
    replace(
      at('finished_at'),
      attempt === undefined || attempt.finishedAt === null ? null : pythonTime(attempt.finishedAt),
    ),
    { op: 'replace', path: at('exit_code'), value: exitCodeOf(state) },
    replace(at('stdout'), status === 'succeeded' ? stdout : null),
    replace(at('stderr'), status === 'failed' ? message : null),
    replace(at('runner_message'), status === 'failed' ? message : 'done by Unstuck'),
  ]
}

function exitCodeOf({ status, attempts }: StepState): string {
  const code = attempts.at(-1)?.exitCode ?? null
  if (code !== null) return String(code)
  return status === 'succeeded' ? '0' : 'null'
}

/** multyagents releases the paths of a task when it ends. */
function released(store: Store, task: string): readonly TextPatch[] {
  const paths = [...table(store, 'path_locks')].filter(([, holder]) => idOf(holder) === task)
  const removed = paths.map(([path]): TextPatch => ({ op: 'remove', path: ['path_locks', path] }))
  const own = table(store, 'task_locks').has(task)
    ? [{ op: 'remove' as const, path: ['task_locks', task] }]
    : []
  return [...removed, ...own]
}

function replace(path: readonly string[], value: string | null): TextPatch {
  return { op: 'replace', path, value: JSON.stringify(value) }
}

function isEnd({ status }: StepState): boolean {
  return status !== 'pending' && status !== 'running' && status !== 'waiting'
}

const taskWords: Readonly<Record<StepStatus, string>> = {
  pending: 'created',
  running: 'running',
  waiting: 'created',
  succeeded: 'success',
  failed: 'failed',
  skipped: 'canceled',
  cancelled: 'canceled',
}

const runWords: Readonly<Record<RunStatus, string>> = {
  pending: 'created',
  running: 'running',
  waiting: 'running',
  paused: 'paused',
  failed: 'failed',
  completed: 'success',
  cancelled: 'aborted',
}

/** A time as Python's `isoformat` writes it: microseconds, none where there are none. */
function pythonTime(at: Timestamp): string {
  return at.replace(/\.(\d{3})Z$/, (_, ms: string) => (ms === '000' ? '+00:00' : `.${ms}000+00:00`))
}
