import { encodeHead } from '../../../../../shared/core/codec/encodeHead.ts'
import { listedFacts } from '../../../../../shared/core/diagnose/listedFacts.ts'
import { createRun } from '../../../../../shared/core/run/createRun.ts'
import { replay } from '../../../../../shared/core/run/replay.ts'
import type { ServiceContext } from '../../../../../electron/services/context.ts'
import { newRunId, placeOf } from '../../../../../electron/services/startRunRecords.ts'
import { CheckpointId, StepId, type RunId } from '../../../../../shared/schema/ids.ts'
import type { KnownRecord, RecordBody } from '../../../../../shared/schema/journal.ts'
import { WorkflowDefinition } from '../../../../../shared/schema/workflow.ts'

export type CheckpointedOptions = {
  readonly checkpoints: number
  readonly workflow?: string
  /** Checkpoints that a person made, by number. */
  readonly named?: readonly number[]
  /** A step fails behind this one, and is tried again. */
  readonly failsAfter?: number
  /** A person edits its state behind this one. */
  readonly editedAfter?: number
}

/** A finished run with many checkpoints, each with another value of its state; as if it had really run. */
export async function checkpointedRun(
  context: ServiceContext,
  { checkpoints, workflow = 'test', named = [], failsAfter, editedAfter }: CheckpointedOptions,
): Promise<RunId> {
  const { store, now, sha256 } = context
  const definition = WorkflowDefinition.parse({ name: workflow, steps: { a: { run: 'true' } } })
  const id = newRunId(context, workflow, now())
  const run = createRun({
    id,
    definition,
    source: null,
    digest: null,
    inputs: {},
    at: now(),
    place: placeOf(context, definition, store.root),
    lineage: null,
  })
  const step = StepId.parse('a')
  const bodies: RecordBody[] = [
    { type: 'runCreated', run },
    { type: 'runStarted' },
    { type: 'stepStarted', step, attempt: 1, process: null },
  ]
  for (let number = 1; number <= checkpoints; number += 1) {
    bodies.push(
      { type: 'variableSet', name: 'page', value: number },
      { type: 'variableSet', name: 'text', value: `${number}`.padEnd(1500, 'x') },
      {
        type: 'checkpoint',
        id: CheckpointId.parse(`cp-${number}`),
        parent: number === 1 ? null : CheckpointId.parse(`cp-${number - 1}`),
        name: `page ${number}`,
        trigger: named.includes(number) ? 'manual' : 'step',
        step,
        progress: number / checkpoints,
      },
    )
    const patch = [{ op: 'add', path: '/variables/by', value: 'ada' }] as const
    if (number === editedAfter)
      bodies.push({ type: 'edited', patch: [...patch], by: 'ada', reason: 'test' })
    if (number !== failsAfter) continue
    const error = { name: 'Error', message: 'no', code: null, stack: null }
    bodies.push(
      { type: 'stepFailed', step, attempt: 1, error, exitCode: 1 },
      { type: 'stepStarted', step, attempt: 2, process: null },
    )
  }
  const attempt = failsAfter === undefined ? 1 : 2
  bodies.push(
    { type: 'stepSucceeded', step, attempt, output: null, exitCode: 0 },
    { type: 'runCompleted' },
  )
  const writer = await store.create(id, {
    purpose: 'test',
    controlSocket: null,
    createdAt: now(),
  })
  const records: KnownRecord[] = [...(await writer.append(bodies, { durable: true }))]
  const ended = replayed(records)
  records.push(...(await writer.append([{ type: 'keyframe', run: ended }], { durable: true })))
  const last = replayed(records)
  const journalBytes = writer.journalBytes()
  await writer.replaceHead(
    encodeHead(last, sha256, listedFacts(last, { journalBytes, records: bodies.slice(-2) })),
  )
  await writer.release()
  return id
}

function replayed(records: readonly KnownRecord[]) {
  const run = replay(records.map((record) => ({ kind: 'known', record })))
  if (run === null) throw new Error('The records make no run.')
  return run
}
