import { replay } from '../../shared/core/run/replay.ts'
import { resetStep } from '../../shared/core/run/stepRecords.ts'
import { invariant } from '../../shared/assert.ts'
import { CheckpointId, type RunId } from '../../shared/schema/ids.ts'
import type { RecordBody } from '../../shared/schema/journal.ts'
import type { Run, StepState } from '../../shared/schema/run.ts'
import type { ServiceContext } from './context.ts'
import { headAfter } from './migrateDocument.ts'
import type { PlannedResume } from './planResumeOf.ts'
import { newRunId } from './startRunRecords.ts'

/** [B41] A new thread with the state of the checkpoint. It rests until its program goes on with it; its id is its thread's id. */
export async function forkThread(
  context: ServiceContext,
  { base, plan }: PlannedResume,
): Promise<{ readonly run: RunId; readonly seq: number }> {
  const at = context.now()
  const id = newRunId(context, base.workflow.name, at)
  const run = forkedThread(base, { id, at, checkpoint: plan.from })
  const opening = { purpose: 'fork', controlSocket: null, createdAt: at }
  const writer = await context.store.create(id, opening)
  try {
    const bodies: readonly RecordBody[] = [{ type: 'runCreated', run }, forkCheckpoint(base, plan)]
    const records = await writer.append(bodies, { durable: true })
    const made = replay(records.map((record) => ({ kind: 'known', record })))
    invariant(made !== null, `Run ${id} has no state after its first record.`)
    await writer.replaceHead(headAfter(context, run, { records, writer }))
    return { run: id, seq: made.journal.seq }
  } finally {
    await writer.release()
  }
}

function forkedThread(
  base: Run,
  fork: { readonly id: RunId; readonly at: string; readonly checkpoint: CheckpointId | null },
): Run {
  const { id, at, checkpoint } = fork
  const states: readonly (readonly [string, StepState])[] = Object.entries(base.steps)
  const steps = states.map(([step, state]) => [step, atRest(state, at)])
  const isAsking = states.some(([, { status }]) => status === 'waiting')
  return {
    ...base,
    id,
    // By this its graph finds it.
    thread: id,
    status: isAsking ? 'waiting' : 'paused',
    createdAt: at,
    startedAt: at,
    updatedAt: at,
    finishedAt: null,
    error: null,
    steps: Object.fromEntries(steps),
    checkpoints: [],
    decisions: [],
    lineage: { parent: base.id, checkpoint, relation: 'fork' },
    annotations: { colour: null, note: null, pinned: false, tags: [] },
    journal: { seq: 0, sum: '' },
  }
}

function atRest(state: StepState, at: string): StepState {
  return state.status === 'running' ? { ...state, ...resetStep(state, at) } : state
}

function forkCheckpoint(base: Run, { from }: PlannedResume['plan']): RecordBody {
  const known = base.checkpoints.find(({ id }) => id === from) ?? base.checkpoints.at(-1)
  return {
    type: 'checkpoint',
    id: CheckpointId.parse('fork'),
    parent: null,
    name: `fork of ${known?.name ?? base.id}`.slice(0, 200),
    trigger: 'start',
    step: null,
    progress: known?.progress ?? 0,
  }
}
