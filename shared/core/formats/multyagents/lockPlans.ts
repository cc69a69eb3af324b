import type { FormatRepair } from '../format.ts'
import { stringsOf } from '../text/parseText.ts'
import type { TextPatch } from '../text/patchText.ts'
import type { Breach } from '../view/findingAt.ts'
import { idOf, table, type Store } from './storeDocument.ts'
import { endedTask, statusOf } from './taskStates.ts'

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
