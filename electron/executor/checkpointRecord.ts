import type { RecordOf } from '../../shared/schema/journal.ts'
import { CheckpointId, type StepId } from '../../shared/schema/ids.ts'
import type { CheckpointTrigger } from '../../shared/schema/run.ts'
import type { Ledger } from './ledger.ts'

/**
 * A checkpoint of a run. `ahead` is how many records are appended before it in the same write, `done` how many steps those
 * settle: its id holds its sequence number, so that no id is ever used twice.
 */
export function checkpointRecord(
  ledger: Pick<Ledger, 'facts' | 'counts' | 'lastCheckpoint'>,
  options: {
    readonly trigger: CheckpointTrigger
    readonly step: StepId | null
    readonly ahead: number
    readonly done: number
  },
): RecordOf<'checkpoint'> {
  const { trigger, step, ahead } = options
  const counts = ledger.counts()
  const steps = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const done = steps - counts.pending - counts.running - counts.waiting + options.done
  return {
    type: 'checkpoint',
    id: CheckpointId.parse(`cp-${ledger.facts().journal.seq + ahead + 1}`),
    parent: ledger.lastCheckpoint()?.id ?? null,
    name: step ?? trigger,
    trigger,
    step,
    progress: steps === 0 ? 1 : Math.min(1, done / steps),
  }
}
