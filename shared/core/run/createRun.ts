import type { RunId } from '../../schema/ids.ts'
import { ownValue, type Json, type Timestamp } from '../../schema/json.ts'
import type { Lineage, Run, StepState } from '../../schema/run.ts'
import type { WorkflowDefinition } from '../../schema/workflow.ts'
import { pendingStep, put } from './draft.ts'

export type NewRun = {
  readonly id: RunId
  readonly definition: WorkflowDefinition
  readonly source: string | null
  readonly digest: string | null
  readonly inputs: { readonly [name: string]: Json }
  readonly at: Timestamp
  readonly place: Run['place']
  readonly lineage: Lineage | null
  /** What a fork takes over; every other step is pending. */
  readonly steps?: Readonly<Record<string, StepState>>
}

/** A run before its first record: pending, with every step of its definition. */
export function createRun(options: NewRun): Run {
  const { id, definition, source, digest, inputs, at, place, lineage } = options
  return {
    id,
    kind: 'workflow',
    workflow: {
      name: definition.name,
      version: definition.version ?? null,
      source,
      digest,
      definition,
    },
    status: 'pending',
    createdAt: at,
    startedAt: null,
    updatedAt: at,
    finishedAt: null,
    place,
    error: null,
    inputs: { ...inputs },
    variables: {},
    steps: stepsOf(definition, options.steps ?? {}),
    checkpoints: [],
    decisions: [],
    lineage,
    annotations: { colour: null, note: null, pinned: false, tags: [] },
    journal: { seq: 0, sum: '' },
  }
}

function stepsOf(
  definition: WorkflowDefinition,
  given: Readonly<Record<string, StepState>>,
): Record<string, StepState> {
  const steps: Record<string, StepState> = { ...given }
  for (const step of Object.keys(definition.steps)) {
    put(steps, step, ownValue(given, step) ?? pendingStep())
  }
  return steps
}
