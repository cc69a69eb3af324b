import type { Run } from '../../../schema/run.ts'
import type { FormatEvent } from '../format.ts'
import { member } from '../text/parseText.ts'
import { eventLines, type EventLine } from './eventLines.ts'
import type { FileStore } from './fileStore.ts'
import { textOf } from './stateFields.ts'
import { timeOf } from './times.ts'

/** [F290] The log that executors of this engine keep of a workflow, line by line; a torn line stands where it is. */
export function historyOf(store: FileStore, run: Run | null): readonly FormatEvent[] {
  const isLog = store.kind === 'events' || store.kind === 'durableEvents'
  const text = isLog ? store.text : (store.events?.text ?? '')
  return eventLines(text).map((line) => eventOf(line, run))
}

function eventOf({ root, text }: EventLine, run: Run | null): FormatEvent {
  if (root === null)
    return { at: null, what: 'damaged line', step: null, by: null, message: text.slice(0, 300) }
  const data = member(root, 'data')
  const step = textOf(root, 'step_id') ?? textOf(data, 'step_name')
  return {
    at: timeOf(textOf(root, 'timestamp')),
    what: textOf(root, 'event_type') ?? 'event',
    // A step that the state does not know any more is named in the entry itself.
    step: step !== null && Object.hasOwn(run?.steps ?? {}, step) ? step : null,
    by: textOf(root, 'agent'),
    message: textOf(root, 'error') ?? textOf(data, 'error') ?? textOf(root, 'rationale'),
  }
}
