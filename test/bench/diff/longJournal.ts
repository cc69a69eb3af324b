import { createRun } from '../../../shared/core/run/createRun.ts'
import { replay } from '../../../shared/core/run/replay.ts'
import { CheckpointId, RunId, StepId } from '../../../shared/schema/ids.ts'
import type { RecordBody } from '../../../shared/schema/journal.ts'
import type { JournalReading, StoredRecord } from '../../../shared/schema/journalReading.ts'
import { WorkflowDefinition } from '../../../shared/schema/workflow.ts'

const at = '2026-01-01T00:00:00.000Z'
const stepBytes = 1800

/** The journal of a run whose state has so many bytes, a checkpoint after each step, with a keyframe in its middle. */
export function makeLongJournal(bytes: number): JournalReading {
  const steps = Math.ceil(bytes / (stepBytes + 500))
  const records: StoredRecord[] = []
  const add = (body: RecordBody): void => {
    const seq = records.length + 1
    const record = { ...body, seq, at, epoch: 1, prev: '', sum: String(seq) }
    records.push({ kind: 'known', record, line: seq, offset: 0, sizeBytes: 1 })
  }
  const definition = WorkflowDefinition.parse({
    name: 'bench',
    steps: Object.fromEntries(
      Array.from({ length: steps }, (_, index) => [`s${index}`, { run: 'true' }]),
    ),
  })
  const unnamed = { source: null, digest: null, inputs: {}, lineage: null }
  const place = { user: null, host: null, folder: null, environment: [] }
  const id = RunId.parse('bench-20260101t000000z-aaaaaa')
  add({ type: 'runCreated', run: createRun({ id, definition, at, place, ...unnamed }) })
  for (let index = 0; index < steps; index += 1) {
    const step = StepId.parse(`s${index}`)
    const output = `${index} `.padEnd(stepBytes, 'x')
    add({ type: 'stepStarted', step, attempt: 1, process: null })
    add({ type: 'stepSucceeded', step, attempt: 1, output, exitCode: 0 })
    add({ type: 'checkpoint', ...checkpointOf(index), step })
    const run = index === Math.floor(steps / 2) ? replay(records) : null
    if (run !== null) add({ type: 'keyframe', run })
  }
  return { sizeBytes: 0, records, flaws: [], goodBytes: 0 }
}

function checkpointOf(index: number) {
  const id = CheckpointId.parse(`cp-${index}`)
  const parent = index === 0 ? null : CheckpointId.parse(`cp-${index - 1}`)
  return { id, parent, name: `cp ${index}`, trigger: 'step', progress: 0 } as const
}
