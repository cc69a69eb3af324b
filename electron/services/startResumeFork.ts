import { dirname } from 'node:path'
import type { HandlerInput } from '../../shared/contract/contract.ts'
import { forkedSteps } from '../../shared/core/resume/forkedSteps.ts'
import { createRenaming, renameRun } from '../../shared/core/resume/renameSteps.ts'
import { decisionRecords, editVariables } from '../../shared/core/resume/resumeRecords.ts'
import { createRun } from '../../shared/core/run/createRun.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { RecordBody } from '../../shared/schema/journal.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { ServiceContext } from './context.ts'
import type { ResumeMaterial } from './planResumeOf.ts'
import { currentWorkflow } from './startResumeRecords.ts'
import { placeOf } from './startRunRecords.ts'

export type Fork = { readonly run: Run; readonly decisions: readonly RecordBody[] }

/**
 * A new run that takes over the steps that are not run again; the run it comes from stays as it is. Null where no definition
 * is known.
 */
export function forkOf(
  context: ServiceContext,
  input: HandlerInput<'resume.plan'>,
  from: { readonly made: ResumeMaterial; readonly id: RunId; readonly at: string },
): Fork | null {
  const { made, id, at } = from
  const { base, plan } = made
  const workflow = forkedWorkflow(input, made)
  const { definition, source, digest } = workflow
  if (definition === null) return null

  const renaming = createRenaming(Object.entries(plan.definition.mapping))
  const latest = renameRun(made.latest, renaming)
  const folder = base.place.folder ?? (source === null ? null : dirname(source))
  const created = createRun({
    id,
    definition,
    source,
    digest,
    inputs: made.inputs ?? base.inputs,
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

/** What a fork is a run of: the workflow as recorded, or as it is now. */
export function forkedWorkflow(
  { definition }: HandlerInput<'resume.plan'>,
  { base, current }: ResumeMaterial,
): Run['workflow'] {
  if (definition === 'recorded' || current === null) return base.workflow
  return currentWorkflow(base, current)
}
