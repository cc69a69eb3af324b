import { dirname } from 'node:path'
import type { HandlerInput } from '../../shared/contract/contract.ts'
import type { ResumeStep } from '../../shared/core/resume/resumePlan.ts'
import { isDone } from '../../shared/core/graph/isDone.ts'
import { createRun } from '../../shared/core/run/createRun.ts'
import { invariant } from '../../shared/assert.ts'
import { ownValue, type Json } from '../../shared/schema/json.ts'
import type { Run, StepState } from '../../shared/schema/run.ts'
import type { ServiceContext } from './context.ts'
import type { PlannedResume } from './planResumeOf.ts'
import { currentWorkflow } from './startResumeRecords.ts'
import { newRunId, placeOf } from './startRunRecords.ts'

/** A new run that takes over the steps that are not run again; the run it comes from stays as it is. */
export function forkOf(
  context: ServiceContext,
  input: HandlerInput<'resume.apply'>,
  from: PlannedResume & { readonly inputs: Record<string, Json> },
): Run {
  const { base, current, shown, inputs } = from
  const workflow =
    input.definition === 'current' && current !== null
      ? currentWorkflow(base, current)
      : base.workflow
  const { definition, source, digest } = workflow
  invariant(definition !== null, `The plan of run ${base.id} was ready without a definition.`)

  const at = context.now()
  const taken = shown.plan.steps.flatMap((row) => takenOver(base, row))
  const folder = base.place.folder ?? (source === null ? null : dirname(source))
  const run = createRun({
    id: newRunId(context, definition.name, at),
    definition,
    source,
    digest,
    inputs,
    at,
    place: placeOf(context, definition, folder),
    lineage: { parent: base.id, checkpoint: shown.plan.from, relation: 'fork' },
    steps: Object.fromEntries(taken),
  })
  return { ...run, variables: base.variables }
}

function takenOver(
  base: Run,
  { step, action, decision }: ResumeStep,
): readonly [string, StepState][] {
  const state = ownValue<StepState>(base.steps, step)
  const isTaken = action === 'reuse' || action === 'skip' || action === 'blocked'
  // What a person decided about is a record of the fork's own journal.
  if (!isTaken || decision !== null || state === undefined || !isDone(state.status)) return []
  return [[step, state]]
}
