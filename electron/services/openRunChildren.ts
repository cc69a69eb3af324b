import type { RunDetail } from '../../shared/contract/runs.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import type { JournalRecord } from '../../shared/schema/journal.ts'

type Children = NonNullable<NonNullable<RunDetail['run']>['children']>

/** The runs that steps began, of each step the last one, as the journal says: a step that has ended names none. */
export function childrenOf(records: readonly JournalRecord[]): Children {
  const children = new Map<StepId, string>()
  for (const item of records) {
    if (item.kind !== 'known' || item.record.type !== 'stepWaiting') continue
    const { step, waitingOn } = item.record
    if (waitingOn.kind === 'run') children.set(step, waitingOn.run)
  }
  return [...children].slice(-mostChildren).map(([step, run]) => ({ step, run }))
}

const mostChildren = 200
