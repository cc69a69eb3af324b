import { hostname } from 'node:os'
import { createRun } from '../../shared/core/run/createRun.ts'
import type { Json } from '../../shared/schema/json.ts'
import type { Run, StepState } from '../../shared/schema/run.ts'
import type { WorkflowDefinition } from '../../shared/schema/workflow.ts'
import { now, randomId, sha256, userName } from '../host/hostFacts.ts'
import { beginRun, newRunId, placeOf } from '../services/startRunRecords.ts'
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
  const { started, writer } = await beginRun({ store, controlSocket, sha256 }, newRun(options))
  return { run: started, writer }
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
  const id = newRunId({ randomId }, definition.name, at)
  const run = createRun({
    id,
    definition,
    source: null,
    digest: null,
    inputs,
    at,
    place: placeOf({ account: userName(), hostName: hostname() }, definition, folder),
    lineage: null,
    steps,
  })
  return { ...run, workflow: workflowOf(definition, id, resumeCommand) }
}
