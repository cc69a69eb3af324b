import { dirname } from 'node:path'
import type { HandlerInput } from '../../shared/contract/contract.ts'
import { forkedSteps } from '../../shared/core/resume/forkedSteps.ts'
import { createRenaming, renameRun } from '../../shared/core/resume/renameSteps.ts'
import { decisionRecords, editVariables } from '../../shared/core/resume/resumeRecords.ts'
import { createRun } from '../../shared/core/run/createRun.ts'
import { invariant } from '../../shared/assert.ts'
import type { RecordBody } from '../../shared/schema/journal.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { ServiceContext } from './context.ts'
import type { PlannedResume } from './planResumeOf.ts'
import { currentWorkflow } from './startResumeRecords.ts'
import { newRunId, placeOf } from './startRunRecords.ts'

/** A new run that takes over the steps that are not run again; the run it comes from stays as it is. */
export function forkOf(
  context: ServiceContext,
  input: HandlerInput<'resume.apply'>,
  from: PlannedResume,
): { readonly run: Run; readonly decisions: readonly RecordBody[] } {
  const { base, current, plan } = from
  const workflow =
    input.definition === 'current' && current !== null
      ? currentWorkflow(base, current)
      : base.workflow
  const { definition, source, digest } = workflow
  invariant(definition !== null, `The plan of run ${base.id} was ready without a definition.`)

  const renaming = createRenaming(Object.entries(plan.definition.mapping))
  const latest = renameRun(from.latest, renaming)
  const at = context.now()
  const folder = base.place.folder ?? (source === null ? null : dirname(source))
  const created = createRun({
    id: newRunId(context, definition.name, at),
    definition,
    source,
    digest,
    inputs: from.inputs ?? base.inputs,
    at,
    place: { ...base.place, ...placeOf(context, definition, folder) },
    lineage: { parent: base.id, checkpoint: plan.from, relation: 'fork' },
    steps: forkedSteps(plan, { base: renameRun(base, renaming), latest }),
  })
  const variables = editVariables(base.variables, input.variables ?? null)
  return {
    run: { ...created, workflow, variables },
    decisions: decisionRecords(plan, context.user, latest),
  }
}
