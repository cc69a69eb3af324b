import { planResume, type ResumeInput } from '../../../../../shared/core/resume/planResume.ts'
import { ResumePlan } from '../../../../../shared/core/resume/resumePlan.ts'
import type { Run } from '../../../../../shared/schema/run.ts'
import { deepFreeze } from '../diff/deepFreeze.ts'
import { makeRun, type RunParts } from './makeRun.ts'

/** A plan for a run that was cut off, as far as nothing else is given. */
export function planOf(given: Partial<ResumeInput> = {}): ResumePlan {
  const run = given.run ?? makeRun()
  const input: ResumeInput = {
    run,
    definition: run.workflow.definition,
    current: run.workflow.definition,
    currentProblem: null,
    traces: {},
    from: null,
    isLatest: true,
    fork: false,
    decisions: {},
    use: 'recorded',
    stopAfter: null,
    durations: {},
    liveness: 'interrupted',
    ...given,
  }
  return ResumePlan.parse(planResume(deepFreeze(input)))
}

/** A run with this definition and these steps. */
export function runWith(
  definition: NonNullable<Run['workflow']['definition']>,
  steps: NonNullable<RunParts['steps']>,
  given: RunParts = {},
): Run {
  const workflow = { name: 'shop', version: '1', source: null, digest: null, definition }
  return makeRun({ workflow, steps, ...given })
}

export function verdictsOf(plan: ResumePlan): object {
  return Object.fromEntries(plan.steps.map(({ step, action, rule }) => [step, `${action} ${rule}`]))
}

export function reasonOf(plan: ResumePlan, name: string): string | null {
  return plan.steps.find(({ step }) => step === name)?.reason ?? null
}
