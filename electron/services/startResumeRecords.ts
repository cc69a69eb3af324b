import type { HandlerInput } from '../../shared/contract/contract.ts'
import { resumeRecords } from '../../shared/core/resume/resumeRecords.ts'
import type { BatchMark, RecordBody } from '../../shared/schema/journal.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { ResumeMaterial } from './planResumeOf.ts'

/** What a resume in the same run writes, in one append. */
export function recordsOf(
  input: HandlerInput<'resume.plan'>,
  { plan, latest, current, inputs, children }: ResumeMaterial,
  { by, batch }: { readonly by: string; readonly batch?: BatchMark | undefined },
): readonly RecordBody[] {
  const isCurrent = input.definition === 'current' && current !== null
  return resumeRecords(plan, {
    run: latest,
    by,
    batch,
    inputs,
    children,
    variables: input.variables ?? null,
    workflow: isCurrent ? currentWorkflow(latest, current) : null,
  })
}

export function currentWorkflow(
  run: Run,
  current: NonNullable<ResumeMaterial['current']>,
): Run['workflow'] {
  const { definition, digest, source } = current
  const version = definition.version ?? null
  return { ...run.workflow, name: definition.name, version, digest, source, definition }
}
