import { CheckpointId, StepId } from '../../../shared/schema/ids.ts'
import type { RecordBody } from '../../../shared/schema/journal.ts'
import type { Json } from '../../../shared/schema/json.ts'
import type { Run } from '../../../shared/schema/run.ts'
import type { Random } from '../../faults/campaigns/random.ts'

type End = 'completed' | 'failed' | 'cancelled' | 'interrupted' | 'waiting'

/**
 * What happened to a run: 80 of 100 completed, 12 failed, 4 were cancelled, 3 stopped in the middle with nobody running
 * them, 1 waits. Keyframes are left out: they would double the journals and tell nothing new.
 */
export function recordsOf(born: Run, random: Random): readonly RecordBody[] {
  const steps = Object.keys(born.steps).map((step) => StepId.parse(step))
  const end = endOf(random.below(100))
  const stopAt = end === 'completed' ? steps.length : random.below(steps.length)
  const outputBytes = stateBytes / (end === 'completed' ? steps.length : stopAt + 1)
  const records: RecordBody[] = [{ type: 'runCreated', run: born }, { type: 'runStarted' }]
  for (const [index, step] of steps.slice(0, stopAt).entries()) {
    const output = outputOf(step, outputBytes, random)
    records.push(
      { type: 'stepStarted', step, attempt: 1, process: null },
      { type: 'stepSucceeded', step, attempt: 1, output, exitCode: 0 },
      checkpoint(step, index, steps.length),
    )
  }
  const stopped = steps[stopAt]
  if (stopped === undefined) return [...records, { type: 'runCompleted' }]
  return [...records, ...endingAt(stopped, end, logOf(stopped, outputBytes, random))]
}

const stateBytes = 16_500

function endOf(place: number): End {
  if (place < 80) return 'completed'
  if (place < 92) return 'failed'
  if (place < 96) return 'cancelled'
  return place < 99 ? 'interrupted' : 'waiting'
}

function checkpoint(step: StepId, index: number, count: number): RecordBody {
  const id = CheckpointId.parse(`cp-${index + 1}`)
  const parent = index === 0 ? null : CheckpointId.parse(`cp-${index}`)
  const progress = (index + 1) / count
  return { type: 'checkpoint', id, parent, name: `After ${step}`, trigger: 'step', step, progress }
}

function endingAt(step: StepId, end: End, stack: string): readonly RecordBody[] {
  const begun: RecordBody = { type: 'stepStarted', step, attempt: 1, process: null }
  const message = `${step} ended with exit code 1: connection to db.internal:5432 timed out`
  const error = { name: 'StepFailed', message, code: 'EXIT', stack }
  const failed: RecordBody = { type: 'stepFailed', step, attempt: 1, error, exitCode: 1 }
  const why = { by: 'ops', reason: 'No longer needed.' }
  switch (end) {
    case 'failed':
      return [begun, failed, { type: 'runFailed', error: { ...error, stack: null } }]
    case 'cancelled':
      return [
        begun,
        { type: 'stepCancelled', step, attempt: 1, reason: why.reason },
        { type: 'runCancelled', ...why },
      ]
    case 'waiting':
      return [
        begun,
        failed,
        { type: 'retryScheduled', step, attempt: 2, until: '2027-01-01T00:00:00.000Z' },
      ]
    default:
      return [begun]
  }
}

/** Half of what steps return is structure, half is the text of a log. */
function outputOf(step: string, sizeBytes: number, random: Random): Json {
  const rows = Array.from({ length: Math.trunc(sizeBytes / 2 / 78) }, (_, index) => ({
    file: `out/${step}/part-${index}.parquet`,
    rows: random.below(1_000_000),
    seconds: random.below(10_000) / 100,
  }))
  return { rows, log: logOf(step, sizeBytes / 2, random) }
}

function logOf(step: string, sizeBytes: number, random: Random): string {
  const lines = Array.from({ length: Math.trunc(sizeBytes / 66) }, (_, index) => {
    const id = random
      .below(2 ** 31)
      .toString(16)
      .padStart(8, '0')
    return `[${String(index).padStart(4, '0')}] ${step}: batch ${id} done, ${random.below(5000)} rows in ${random.below(900)} ms`
  })
  return lines.join('\n')
}
