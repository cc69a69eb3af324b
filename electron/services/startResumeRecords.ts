import type { HandlerInput } from '../../shared/contract/contract.ts'
import type { ResumePlan, ResumeStep } from '../../shared/core/resume/resumePlan.ts'
import { ownValue, type Json } from '../../shared/schema/json.ts'
import type { RecordBody, RecordOf } from '../../shared/schema/journal.ts'
import type { Run, StepState } from '../../shared/schema/run.ts'
import type { PlannedResume } from './planResumeOf.ts'

/** What was said about steps in doubt, by the person who resumes, or by the definition where that allows a repetition. */
export function decisionRecords(plan: ResumePlan, run: Run, by: string): readonly RecordBody[] {
  return plan.steps.flatMap((row): readonly RecordBody[] => {
    const { step, decision, reason } = row
    if (decision !== null) {
      const said = { type: 'decision', step, decision: decision.kind, by, reason: null } as const
      return decision.kind === 'happened' ? [{ ...said, output: decision.output }] : [said]
    }
    if (row.action !== 'run' || !isOpen(run, row)) return []
    return [{ type: 'decision', step, decision: 'rerun', by: 'unstuck', reason }]
  })
}

/** Steps that run again are named; one that waits for a time goes on waiting. */
export function resumedRecord(
  input: HandlerInput<'resume.apply'>,
  { latest, current, shown }: PlannedResume,
  as: { readonly by: string; readonly inputs: Record<string, Json> },
): RecordOf<'runResumed'> {
  const reset = shown.plan.steps.filter((row) => isReset(latest, row)).map(({ step }) => step)
  const isCurrent = input.definition === 'current' && current !== null
  return {
    type: 'runResumed',
    by: as.by,
    reason: null,
    reset,
    ...(input.inputs === null ? {} : { inputs: as.inputs }),
    ...(isCurrent ? { definition: currentWorkflow(latest, current) } : {}),
    stopAfter: input.stopAfter,
  }
}

export function currentWorkflow(
  run: Run,
  current: NonNullable<PlannedResume['current']>,
): Run['workflow'] {
  const { definition, digest, source } = current
  const version = definition.version ?? null
  return { ...run.workflow, name: definition.name, version, digest, source, definition }
}

function isReset(run: Run, { step, action }: ResumeStep): boolean {
  const state = ownValue<StepState>(run.steps, step)
  if (action !== 'run' || state === undefined || state.status === 'pending') return false
  return !(state.status === 'waiting' && state.waitingOn?.kind === 'time')
}

/** It began and has no result in the journal. */
function isOpen(run: Run, { step }: ResumeStep): boolean {
  return ownValue<StepState>(run.steps, step)?.status === 'running'
}
