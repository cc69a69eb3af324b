import { encodeHead } from '../../shared/core/codec/encodeHead.ts'
import { isDone } from '../../shared/core/graph/isDone.ts'
import { replay } from '../../shared/core/run/replay.ts'
import { invariant } from '../../shared/assert.ts'
import type { RecordBody } from '../../shared/schema/journal.ts'
import { CheckpointId, RunId, type StepId } from '../../shared/schema/ids.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { WorkflowDefinition } from '../../shared/schema/workflow.ts'
import type { RunWriter } from '../store/store.ts'
import type { ServiceContext } from './context.ts'

/** Writes a new run's first records, durably, and its head, and hands it to the executor. */
export async function launchRun(
  context: ServiceContext,
  run: Run,
  options: { readonly decisions?: readonly RecordBody[]; readonly stopAfter?: StepId | null } = {},
): Promise<void> {
  const { decisions = [], stopAfter = null } = options
  const { started, writer } = await beginRun(context, run, decisions)
  try {
    context.executor.carry(started, writer, { stopAfter })
  } catch (error) {
    await writer.release()
    throw error
  }
}

/** Writes a new run's first records, durably, and its head. The caller owns the writer from here on. */
export async function beginRun(
  { store, controlSocket, sha256 }: Pick<ServiceContext, 'store' | 'controlSocket' | 'sha256'>,
  run: Run,
  decisions: readonly RecordBody[] = [],
): Promise<{ readonly started: Run; readonly writer: RunWriter }> {
  const opening = { purpose: 'run', controlSocket, createdAt: run.createdAt }
  const writer = await store.create(run.id, opening)
  try {
    const bodies: readonly RecordBody[] = [
      { type: 'runCreated', run },
      { type: 'runStarted' },
      ...decisions,
      startCheckpoint(run, decisions.length + 3),
    ]
    const records = await writer.append(bodies, { durable: true })
    const started = replay(records.map((record) => ({ kind: 'known', record })))
    invariant(started !== null, `Run ${run.id} has no state after its first record.`)
    await writer.replaceHead(encodeHead(started, sha256))
    return { started, writer }
  } catch (error) {
    await writer.release()
    throw error
  }
}

/** `<workflow>-<UTC time, compact>-<random>` */
export function newRunId(
  context: Pick<ServiceContext, 'randomId'>,
  workflow: string,
  at: string,
): RunId {
  const time = at.slice(0, 19).replace(/[-:]/g, '').toLowerCase()
  return RunId.parse(`${slug(workflow)}-${time}z-${context.randomId(6)}`)
}

/** Where a run works, and which variables its definition names; never their values. */
export function placeOf(
  context: Pick<ServiceContext, 'account' | 'hostName'>,
  definition: WorkflowDefinition,
  folder: string | null,
): Run['place'] {
  const names = Object.values(definition.steps).flatMap(({ environment }) =>
    Object.keys(environment ?? {}),
  )
  return {
    user: context.account,
    host: context.hostName,
    folder,
    environment: [...new Set(names)].toSorted(),
  }
}

/** From here the whole run can be forked; its record makes the beginning a checkpoint like any other. */
function startCheckpoint(run: Run, seq: number): RecordBody {
  const states = Object.values(run.steps)
  const done = states.filter(({ status }) => isDone(status)).length
  return {
    type: 'checkpoint',
    id: CheckpointId.parse(`cp-${seq}`),
    parent: null,
    name: 'start',
    trigger: 'start',
    step: null,
    progress: states.length === 0 ? 1 : done / states.length,
  }
}

/** How a workflow's name stands in the ids of its runs. */
export function slug(name: string): string {
  const text = name.toLowerCase().replace(/[^a-z0-9._-]+/g, '-')
  return text.replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '').slice(0, 80) || 'run'
}
