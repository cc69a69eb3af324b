import { isDone } from '../../shared/core/graph/isDone.ts'
import type { RecordOf } from '../../shared/schema/journal.ts'
import { CheckpointId, type StepId } from '../../shared/schema/ids.ts'
import type { CheckpointTrigger, Run } from '../../shared/schema/run.ts'

/**
 * A checkpoint of a run. `ahead` is how many records are appended before it in the same write, `done` how many steps those
 * settle: its id holds its sequence number, so that no id is ever used twice.
 */
export function checkpointRecord(
  run: Run,
  options: {
    readonly trigger: CheckpointTrigger
    readonly step: StepId | null
    readonly ahead: number
    readonly done: number
  },
): RecordOf<'checkpoint'> {
  const { trigger, step, ahead } = options
  const states = Object.values(run.steps)
  const done = states.filter(({ status }) => isDone(status)).length + options.done
  return {
    type: 'checkpoint',
    id: CheckpointId.parse(`cp-${run.journal.seq + ahead + 1}`),
    parent: run.checkpoints.at(-1)?.id ?? null,
    name: step ?? trigger,
    trigger,
    step,
    progress: states.length === 0 ? 1 : Math.min(1, done / states.length),
  }
}
