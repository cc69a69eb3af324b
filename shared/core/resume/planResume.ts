// The resume room promises to say, before anything runs, what becomes of every step and why.
import { ownValue } from '../../schema/json.ts'
import { applyDecision } from './applyDecision.ts'
import { compareDefinitions } from './compareDefinitions.ts'
import { blockDependents, stopBehind } from './limitReach.ts'
import { findResumeProblems } from './findResumeProblems.ts'
import { modeOf, type ResumeInput } from './resumeInput.ts'
import type { ResumePlan, ResumeStep } from './resumePlan.ts'
import { stepCases, type StepCase } from './stepCase.ts'
import { verdictOf } from './verdictOf.ts'

export type { ResumeInput } from './resumeInput.ts'

/** What a resume would do, in dependency order. It is `ready` when nothing forbids it and no decision is open. */
export function planResume(input: ResumeInput): ResumePlan {
  const asked = stepCases(input).map((found) => toRow(input, found))
  const decided = asked.map((row) =>
    applyDecision(row, ownValue(input.decisions, row.step) ?? null),
  )
  const reached = stopBehind(input, decided)
  const steps = blockDependents(input, reached)

  const definition = compareDefinitions(input)
  const problems = findResumeProblems(input, { asked, steps, definition })
  return {
    run: input.run.id,
    mode: modeOf(input),
    from: input.from?.id ?? null,
    steps: [...steps],
    definition,
    stopAfter: input.stopAfter,
    problems: [...problems],
    ready: problems.length === 0,
  }
}

function toRow(input: ResumeInput, found: StepCase): ResumeStep {
  const verdict = verdictOf(input, found)
  return {
    step: found.step,
    action: verdict.action,
    rule: verdict.rule,
    reason: verdict.reason,
    status: found.state.status,
    sideEffects: found.definition?.sideEffects ?? 'undeclared',
    expectedMs: ownValue(input.durations, found.step) ?? null,
    options: verdict.isOpenToDecision ? ['happened', 'rerun', 'skip', 'stop'] : [],
    decision: null,
  }
}
