import type { FormatEvent } from '../format.ts'
import { member } from '../text/parseText.ts'
import { momentOfIso } from '../view/times.ts'
import { idOf, list, recordOf, tasksOf, textOf, type Store } from './storeDocument.ts'
import { stepOf } from './storeView.ts'

/** [F167] The events of a run, and those of its tasks from before it was made, in the order of the log. */
export function storeHistory(store: Store, item: string): readonly FormatEvent[] {
  const tasks = new Set(tasksOf(recordOf(store, 'workflow_runs', item)))
  return list(store, 'events').flatMap((event) => {
    const run = idOf(member(event, 'run_id'))
    const task = idOf(member(event, 'task_id'))
    const isOurs = run === null ? task !== null && tasks.has(task) : run === item
    if (!isOurs) return []
    return [
      {
        at: momentOfIso(member(event, 'created_at')),
        what: textOf(event, 'event_type') ?? 'event',
        step: task === null || !tasks.has(task) ? null : stepOf(task),
        by: textOf(event, 'producer_role'),
        message: textOf(member(event, 'payload'), 'message'),
      },
    ]
  })
}
