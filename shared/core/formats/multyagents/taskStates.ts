import type { RunStatus, StepStatus } from '../../../schema/run.ts'
import { itemsIn, member, type TextNode } from '../text/parseText.ts'
import {
  idOf,
  idsOf,
  list,
  needsOf,
  recordOf,
  table,
  tasksOf,
  textOf,
  type Store,
} from './storeDocument.ts'

/** What each status of a task is in common words. */
export const taskStatuses: ReadonlyMap<string, StepStatus> = new Map([
  ['created', 'pending'],
  ['dispatched', 'running'],
  ['queued', 'running'],
  ['running', 'running'],
  ['cancel-requested', 'running'],
  ['success', 'succeeded'],
  ['failed', 'failed'],
  ['canceled', 'cancelled'],
  ['submit-failed', 'failed'],
])

export const runStatuses: ReadonlyMap<string, RunStatus> = new Map([
  ['created', 'pending'],
  ['running', 'running'],
  ['paused', 'paused'],
  ['aborted', 'cancelled'],
  ['success', 'completed'],
  ['failed', 'failed'],
])

export const activeTask: ReadonlySet<string> = new Set([
  'dispatched',
  'queued',
  'running',
  'cancel-requested',
])
export const failedTask: ReadonlySet<string> = new Set(['failed', 'canceled', 'submit-failed'])
export const dispatchable: ReadonlySet<string> = new Set(['created', 'submit-failed'])
export const endedTask: ReadonlySet<string> = new Set([...failedTask, 'success'])

export function statusOf(store: Store, task: string): string | null {
  return textOf(recordOf(store, 'tasks', task), 'status')
}

/** The status that multyagents computes of a run when one of its tasks changes; null: it leaves what stands there. */
export function computedStatus(store: Store, run: TextNode): string | null {
  const words = tasksOf(run).flatMap((task) => statusOf(store, task) ?? [])
  const word = textOf(run, 'status')
  if (word === 'aborted' || words.length === 0) return null
  if (words.every((one) => one === 'success')) return 'success'
  if (words.some((one) => failedTask.has(one))) return 'failed'
  return words.some((one) => activeTask.has(one)) ? 'running' : null
}

/** [F158] What multyagents leaves of a run that is aborted: it ends neither the tasks nor their locks. */
export type LeftByAbort = {
  /** Its tasks that no other run goes on with. */
  readonly tasks: readonly string[]
  readonly active: readonly string[]
  readonly held: readonly { readonly path: string; readonly task: string }[]
}

export function leftByAbort(store: Store, run: TextNode | null): LeftByAbort {
  const goesOn = new Set(
    [...table(store, 'workflow_runs').values()].flatMap((other) =>
      textOf(other, 'status') === 'aborted' ? [] : tasksOf(other),
    ),
  )
  const tasks = tasksOf(run).filter((task) => !goesOn.has(task))
  return {
    tasks,
    active: tasks.filter((task) => activeTask.has(statusOf(store, task) ?? '')),
    held: [...table(store, 'path_locks')].flatMap(([path, node]) => {
      const task = idOf(node) ?? ''
      return tasks.includes(task) ? [{ path, task }] : []
    }),
  }
}

/** Why multyagents would not dispatch a task now; `ready`: it would. */
export type Readiness =
  | { readonly kind: 'ready' | 'settled' }
  | { readonly kind: 'needs'; readonly tasks: readonly string[] }
  /** `what`: in words. */
  | { readonly kind: 'artifact'; readonly what: string; readonly from: readonly string[] }
  | { readonly kind: 'approval'; readonly approval: string | null; readonly word: string | null }
  | { readonly kind: 'lock'; readonly path: string; readonly holder: string }

/** In multyagents's own order: its status, what it needs, artifacts, the approval, the paths that it locks. */
export function readinessOf(store: Store, run: TextNode, task: string): Readiness {
  const status = statusOf(store, task)
  if (status === null || !dispatchable.has(status)) return { kind: 'settled' }
  const open = needsOf(run, task).filter((one) => statusOf(store, one) !== 'success')
  if (open.length > 0) return { kind: 'needs', tasks: open }
  const missing = missingArtifact(store, run, task)
  if (missing !== null) return missing
  const approval = approvalOf(store, task)
  if (approval !== null && approval.word !== 'approved') return { kind: 'approval', ...approval }
  for (const path of idsOf(member(recordOf(store, 'tasks', task), 'lock_paths'))) {
    const holder = idOf(recordOf(store, 'path_locks', path))
    if (holder !== null && holder !== task) return { kind: 'lock', path, holder }
  }
  return { kind: 'ready' }
}

function missingArtifact(store: Store, run: TextNode, task: string): Readiness | null {
  const rows = member(member(run, 'step_artifact_requirements'), task)
  for (const row of itemsIn(rows)) {
    const from = idsOf(member(row, 'from_task_ids'))
    const kind = textOf(row, 'artifact_type')
    const label = textOf(row, 'label')
    const isThere = list(store, 'artifacts').some(
      (artifact) =>
        (from.length === 0 || from.includes(idOf(member(artifact, 'producer_task_id')) ?? '')) &&
        (kind === null || textOf(artifact, 'artifact_type') === kind) &&
        (label === null || textOf(member(artifact, 'metadata'), 'label') === label),
    )
    if (!isThere) return { kind: 'artifact', what: whatIs(label ?? kind), from }
  }
  return null
}

function whatIs(name: string | null): string {
  return name === null ? 'an artifact' : `an artifact "${name}"`
}

/** The approval that a task requires; null when it requires none. */
export function approvalOf(
  store: Store,
  task: string,
): { readonly approval: string | null; readonly word: string | null } | null {
  const required = member(recordOf(store, 'tasks', task), 'requires_approval')
  if (required?.kind !== 'scalar' || required.lexeme !== 'true') return null
  const approval = idOf(recordOf(store, 'task_approval', task))
  const record = recordOf(store, 'approvals', approval)
  return { approval, word: textOf(record, 'status') }
}
