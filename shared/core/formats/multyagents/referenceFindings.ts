import { member, stringsOf, type TextNode } from '../text/parseText.ts'
import { layoutText } from '../view/layoutText.ts'
import type { Breach } from '../view/findingAt.ts'
import { idOf, idsOf, list, table, textOf, type Store, valueAt } from './storeDocument.ts'
import { endedTask, statusOf } from './taskStates.ts'

export function referenceBreaches(store: Store): readonly Breach[] {
  return [
    ...danglingBreaches(store),
    ...lockBreaches(store),
    ...isolatedBreaches(store),
    ...eventBreaches(store),
    ...handoffBreaches(store),
  ]
}

/** One field that names a record of a table. */
type Reference = {
  readonly path: readonly string[]
  readonly table: string
  readonly word: string
}

/** [F146] Every field that names a record, and whether the record is there. */
function danglingBreaches(store: Store): readonly Breach[] {
  return referencesOf(store).flatMap(({ path, table: name, word }): readonly Breach[] => {
    const id = idOf(valueAt(store, path))
    if (id === null || table(store, name).has(id)) return []
    const sentence = `${path.join('/')} names the ${word} ${id}, which is not there: multyagents loads it, and fails with a 500 when it is read.`
    const remedy = mayBeEmpty(path)
      ? 'Take the reference out.'
      : 'Name one that is there by an edit.'
    return [{ rule: 'F146', severity: 'error', sentence, path, remedy }]
  })
}

/** A task without its role is no task, and what is about a task is nothing without it. */
function mayBeEmpty([name = '', , field]: readonly string[]): boolean {
  if (name === 'tasks') return field === 'project_id'
  return name === 'workflow_runs' || name === 'task_approval' || name === 'task_latest_run'
}

function referencesOf(store: Store): readonly Reference[] {
  const keys = (name: string) => [...table(store, name).keys()]
  const task = { table: 'tasks', word: 'task' }
  return [
    ...keys('tasks').flatMap((key) => [
      { path: ['tasks', key, 'role_id'], table: 'roles', word: 'role' },
      { path: ['tasks', key, 'project_id'], table: 'projects', word: 'project' },
    ]),
    ...keys('approvals').map((key) => ({ path: ['approvals', key, 'task_id'], ...task })),
    ...keys('task_approval').map((key) => ({
      path: ['task_approval', key],
      table: 'approvals',
      word: 'approval',
    })),
    ...keys('task_latest_run').map((key) => ({
      path: ['task_latest_run', key],
      table: 'workflow_runs',
      word: 'workflow run',
    })),
    ...keys('workflow_runs').flatMap((key) => [
      {
        path: ['workflow_runs', key, 'workflow_template_id'],
        table: 'workflow_templates',
        word: 'workflow template',
      },
      ...idsOf(valueAt(store, ['workflow_runs', key, 'task_ids'])).map((_, index) => ({
        path: ['workflow_runs', key, 'task_ids', String(index)],
        ...task,
      })),
    ]),
    ...list(store, 'artifacts').map((_, index) => ({
      path: ['artifacts', String(index), 'producer_task_id'],
      ...task,
    })),
    ...keys('handoffs').map((key) => ({ path: ['handoffs', key, 'task_id'], ...task })),
    ...keys('audits').map((key) => ({ path: ['audits', key, 'task_id'], ...task })),
  ]
}

/** [F147, F148] The two maps of path locks, and locks of tasks that have ended. */
function lockBreaches(store: Store): readonly Breach[] {
  const byPath = table(store, 'path_locks')
  const byTask = table(store, 'task_locks')
  return [
    ...[...byPath].flatMap(([path, node]) => {
      const task = idOf(node) ?? ''
      const isTold = stringsOf(byTask.get(task) ?? null).includes(path)
      const status = statusOf(store, task)
      const leak =
        status === null
          ? `${path} is locked by the task ${task}, which is not there: nothing releases it.`
          : endedTask.has(status)
            ? `${path} is still locked by the task ${task}, which is ${status}: no other task gets it.`
            : null
      return [
        ...(isTold
          ? []
          : [
              locked(
                'F147',
                `${path} is locked by the task ${task}, whose own list does not say so.`,
                'path_locks',
                path,
              ),
            ]),
        ...(leak === null ? [] : [locked('F148', leak, 'path_locks', path)]),
      ]
    }),
    ...[...byTask].flatMap(([task, node]) =>
      stringsOf(node).flatMap((path, index) =>
        idOf(byPath.get(path) ?? null) === task
          ? []
          : [
              locked(
                'F147',
                `The task ${task} says that it holds ${path}, but the lock is ${byPath.has(path) ? `of the task ${idOf(byPath.get(path) ?? null)}` : 'not there'}.`,
                'task_locks',
                task,
                String(index),
              ),
            ],
      ),
    ),
  ]
}

function locked(rule: string, sentence: string, ...path: readonly string[]): Breach {
  return { rule, severity: 'warning', sentence, path, remedy: 'Release the lock.' }
}

/** [F149] Work trees and branches are locked for the sessions that use them. */
function isolatedBreaches(store: Store): readonly Breach[] {
  const sessions = table(store, 'isolated_sessions')
  const rows = [
    ['isolated_worktree_locks', 'worktree_path', 'work tree'],
    ['isolated_branch_locks', 'git_branch', 'branch'],
  ] as const
  return rows.flatMap(([locks, field, word]) => [
    ...[...table(store, locks)].flatMap(([name, node]) => {
      const task = idOf(node) ?? ''
      // A branch is locked under a name that its project may stand before.
      const used = textOf(sessions.get(task) ?? null, field)
      if (used !== null && name.endsWith(used)) return []
      return [
        locked(
          'F149',
          `The ${word} ${name} is locked for the task ${task}, which has no session with it.`,
          locks,
          name,
        ),
      ]
    }),
    ...[...sessions].flatMap(([task, node]) => {
      const used = textOf(node, field)
      const isLocked = [...table(store, locks)].some(
        ([name, holder]) => used !== null && name.endsWith(used) && idOf(holder) === task,
      )
      if (used === null || isLocked) return []
      return [
        locked(
          'F149',
          `The session of the task ${task} uses the ${word} ${used}, which is not locked for it.`,
          'isolated_sessions',
          task,
          field,
        ),
      ]
    }),
  ])
}

/** [F150] */
function eventBreaches(store: Store): readonly Breach[] {
  const seen = new Set<string>()
  let last = 0
  return list(store, 'events').flatMap((event, index): readonly Breach[] => {
    const id = idOf(member(event, 'id'))
    if (id === null) return []
    const isTwice = seen.has(id)
    const isBack = !isTwice && Number(id) < last
    seen.add(id)
    last = Math.max(last, Number(id))
    if (!isTwice && !isBack) return []
    const sentence = isTwice
      ? `The event ${id} stands twice.`
      : `The event ${id} stands behind the event ${last}.`
    const path = ['events', String(index), 'id']
    return [{ rule: 'F150', severity: 'warning', sentence, path, remedy: null }]
  })
}

/** [F152] A handoff is kept twice: by itself, and in the audit of its task. */
function handoffBreaches(store: Store): readonly Breach[] {
  return [...table(store, 'handoffs')].flatMap(([task, handoff]): readonly Breach[] => {
    const audit = table(store, 'audits').get(task)
    const copy = audit === undefined ? null : member(audit, 'handoff')
    if (copy !== null && isSame(copy, handoff)) return []
    if (audit === undefined) return []
    const path = ['audits', task, 'handoff']
    const sentence = `The audit of the task ${task} does not have the handoff that the task published.`
    return [{ rule: 'F152', severity: 'warning', sentence, path, remedy: 'Copy it.' }]
  })
}

function isSame(a: TextNode, b: TextNode): boolean {
  return layoutText(a, { sortKeys: true }) === layoutText(b, { sortKeys: true })
}
