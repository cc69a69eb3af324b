import type { FormatRepair } from '../format.ts'
import { stringsOf } from '../text/parseText.ts'
import type { TextPatch } from '../text/patchText.ts'
import type { Breach } from '../view/findingAt.ts'
import { idOf, table, textOf, type Store } from './storeDocument.ts'
import { endedTask, leftByAbort, statusOf } from './taskStates.ts'

/** One way to mend a store, before it is written. */
export type Plan = Omit<FormatRepair, 'changes'> & { readonly patches: readonly TextPatch[] }

/** Locks of tasks that have ended or are gone, and the two maps made to say the same. */
export function locks(store: Store): Plan {
  const isHeld = (task: string) => {
    const status = statusOf(store, task)
    return status !== null && !endedTask.has(status)
  }
  const byPath = [...table(store, 'path_locks')].map(([path, node]) => ({
    path,
    task: idOf(node) ?? '',
  }))
  const leaked = byPath.filter(({ task }) => !isHeld(task))
  const held = new Map<string, string[]>()
  for (const { path, task } of byPath) {
    if (isHeld(task)) held.set(task, [...(held.get(task) ?? []), path])
  }
  const lists = [...table(store, 'task_locks')]
  const changed = lists.filter(
    ([task, node]) =>
      stringsOf(node).toSorted().join('\n') !== (held.get(task) ?? []).toSorted().join('\n'),
  )
  const missing = [...held].filter(([task]) => !table(store, 'task_locks').has(task))
  return {
    id: 'locks',
    label: 'Release the locks of tasks that have ended, and make both lists of locks say the same',
    confidence: 'likely',
    losses: leaked.map(({ path, task }) => `The lock of ${path} by the task ${task}.`),
    patches: [
      ...leaked.map(({ path }): TextPatch => ({ op: 'remove', path: ['path_locks', path] })),
      ...changed.map(([task]): TextPatch => {
        const paths = held.get(task) ?? []
        return paths.length === 0
          ? { op: 'remove', path: ['task_locks', task] }
          : { op: 'replace', path: ['task_locks', task], value: JSON.stringify(paths) }
      }),
      ...missing.map(([task, paths]): TextPatch => ({
        op: 'add',
        path: ['task_locks', task],
        value: JSON.stringify(paths),
      })),
    ],
  }
}

/** Locks of work trees and branches that no session has. */
export function isolatedLocks(breaches: readonly Breach[]): Plan {
  const found = breaches.filter(
    ({ rule, path }) => rule === 'F149' && path[0] !== 'isolated_sessions',
  )
  return {
    id: 'isolated-locks',
    label: 'Release the work trees and branches that no session uses',
    confidence: 'likely',
    losses: found.map(({ path }) => `The lock of ${path.at(-1) ?? ''}.`),
    patches: found.map(({ path }): TextPatch => ({ op: 'remove', path })),
  }
}

/** [F369] For each aborted run one way to end what its abort left. */
export function leftByAborts(store: Store, item: string | null): readonly Plan[] {
  return [...table(store, 'workflow_runs')].flatMap(([key, run]): readonly Plan[] => {
    if (textOf(run, 'status') !== 'aborted' || (item !== null && key !== item)) return []
    const { tasks, active, held } = leftByAbort(store, run)
    return [
      {
        id: `aborted:${key}`,
        label: `End what the abort of the run ${key} left: cancel its tasks, release their locks`,
        confidence: active.length === 0 ? 'likely' : 'guess',
        losses: [
          ...active.map(
            (task) => `That task ${task} is ${statusOf(store, task)}: its runner may still work.`,
          ),
          ...held.map(({ path, task }) => `The lock of ${path} by the task ${task}.`),
        ],
        patches: [
          ...active.map((task): TextPatch => ({
            op: 'replace',
            path: ['tasks', task, 'status'],
            value: '"canceled"',
          })),
          ...held.map(({ path }): TextPatch => ({ op: 'remove', path: ['path_locks', path] })),
          ...tasks
            .filter((task) => table(store, 'task_locks').has(task))
            .map((task): TextPatch => ({ op: 'remove', path: ['task_locks', task] })),
        ],
      },
    ]
  })
}
