import { hostname } from 'node:os'
import { invariant } from '../../shared/assert.ts'
import { encodeHead } from '../../shared/core/codec/encodeHead.ts'
import { isDone } from '../../shared/core/graph/isDone.ts'
import { createRun } from '../../shared/core/run/createRun.ts'
import { replay } from '../../shared/core/run/replay.ts'
import { CheckpointId, RunId } from '../../shared/schema/ids.ts'
import type { RecordBody } from '../../shared/schema/journal.ts'
import type { Json } from '../../shared/schema/json.ts'
import type { Run, StepState } from '../../shared/schema/run.ts'
import type { WorkflowDefinition } from '../../shared/schema/workflow.ts'
import { now, randomId, sha256, userName } from '../host/hostFacts.ts'
import type { RunWriter } from '../store/store.ts'
import { commandOf } from './resumeCommand.ts'
import type { RunnerHost } from './runnerHost.ts'

export type NewRunnerRun = {
  readonly definition: WorkflowDefinition
  readonly inputs: { readonly [name: string]: Json }
  /** What is reused: these steps do not run. */
  readonly steps: Readonly<Record<string, StepState>>
  readonly folder: string
  readonly resumeCommand: readonly string[] | undefined
}

export type StartedRun = { readonly run: Run; readonly writer: RunWriter }

/** Writes a new run's first records, durably, and its head. */
export async function startRunnerRun(
  { store, controlSocket }: RunnerHost,
  options: NewRunnerRun,
): Promise<StartedRun> {
  const run = newRun(options)
  const writer = await store.create(run.id, {
    purpose: 'run',
    controlSocket,
    createdAt: run.createdAt,
  })
  try {
    const records = await writer.append(
      [{ type: 'runCreated', run }, { type: 'runStarted' }, startCheckpoint(run)],
      { durable: true },
    )
    const started = replay(records.map((record) => ({ kind: 'known', record })))
    invariant(started !== null, `Run ${run.id} has no state after its first record.`)
    await writer.replaceHead(encodeHead(started, sha256))
    return { run: started, writer }
  } catch (error) {
    await writer.release()
    throw error
  }
}

/** The workflow as its run records it: with the command that resumes the run, because only that program has its functions. */
export function workflowOf(
  definition: WorkflowDefinition,
  run: string,
  resumeCommand: readonly string[] | undefined,
): Run['workflow'] {
  return {
    name: definition.name,
    version: definition.version ?? null,
    source: null,
    digest: `sha256:${sha256(JSON.stringify(definition))}`,
    definition,
    resumeCommand: commandOf(resumeCommand, run),
  }
}

function newRun({ definition, inputs, steps, folder, resumeCommand }: NewRunnerRun): Run {
  const at = now()
  const id = newRunId(definition.name, at)
  const environment = Object.values(definition.steps).flatMap((step) =>
    Object.keys(step.environment ?? {}),
  )
  const run = createRun({
    id,
    definition,
    source: null,
    digest: null,
    inputs,
    at,
    place: {
      user: userName(),
      host: hostname(),
      folder,
      environment: [...new Set(environment)].toSorted(),
    },
    lineage: null,
    steps,
  })
  return { ...run, workflow: workflowOf(definition, id, resumeCommand) }
}

/** `<workflow>-<UTC time, compact>-<random>` */
function newRunId(workflow: string, at: string): RunId {
  const slug = workflow
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
  const time = at.slice(0, 19).replace(/[-:]/g, '').toLowerCase()
  return RunId.parse(`${slug.slice(0, 80) || 'run'}-${time}z-${randomId(6)}`)
}

function startCheckpoint(run: Run): RecordBody {
  const states = Object.values(run.steps)
  const done = states.filter(({ status }) => isDone(status)).length
  return {
    type: 'checkpoint',
    id: CheckpointId.parse('cp-3'),
    parent: null,
    name: 'start',
    trigger: 'start',
    step: null,
    progress: done / states.length,
  }
}
