// The operations room promises what the log's entries mean to a person: words, and whether one can be taken back.
import type { OperationUndo } from '../../schema/operation.ts'

type Entry = {
  readonly call: string
  readonly state: 'done' | 'failed' | 'unfinished'
  readonly undo?: OperationUndo | undefined
  readonly undoneBy: string | null
}

/** Null: it can be taken back, as far as the log knows; the call that does it looks again. */
export function whyNoUndo({ call, state, undo, undoneBy }: Entry): string | null {
  if (state === 'failed') return 'It failed, so there is nothing to take back.'
  if (state === 'unfinished') return 'Its end was not seen. Look at the run itself.'
  if (undoneBy !== null) return `It was taken back already, by operation ${undoneBy}.`
  if (undo !== undefined) return null
  return reasons.get(call) ?? 'It cannot be taken back from here.'
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['run.start', 'A run that was started is not taken back. Cancel it.'],
  [
    'resume.apply',
    'Steps may have run since. Cancel the run, or fork it from a checkpoint before.',
  ],
  ['resume.batch.start', 'Cancel the batch: what it has not begun stays as it is.'],
  ['resume.batch.cancel', 'A cancelled batch is not gone on with. Plan a new one.'],
  ['resume.batch.pause', 'Let the batch go on.'],
  ['resume.batch.continue', 'Pause the batch.'],
  ['resume.batch.retry', 'Steps may have run since. Pause or cancel the batch.'],
  ['edit.undo', 'Edit the value again.'],
  ['cleanup.restore', 'Move the run to the trash again.'],
  ['migrate.rollback', 'Migrate it again.'],
  ['trash.sweep', 'Restore the files from the trash.'],
  ['run.retry', 'The attempt was made.'],
  ['run.decide', 'The run went on with the decision.'],
  ['run.pause', 'Resume the run.'],
  ['run.cancel', 'Resume the run from a checkpoint.'],
  ['step.try', 'It was tried beside the run, which is as it was.'],
  ['lock.break', 'A lock that was broken does not come back.'],
  ['purge.apply', 'It was deleted for good.'],
  ['document.resume', 'The engine’s own command ran.'],
  ['document.import', 'Move the imported run to the trash.'],
  ['repair.batch.undo', 'Repair the runs again.'],
  ['cleanup.schedule', 'Each run that it moved has an operation of its own, which is taken back.'],
  ['bundle.export', 'What was handed over does not come back.'],
  ['export.open', 'What was handed over does not come back.'],
  ['run.checkpoint', 'A checkpoint changes nothing in the run.'],
])
