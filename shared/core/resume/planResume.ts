// The resume room promises to say, before anything runs, what becomes of every step and why.
import { ownValue } from '../../schema/json.ts'
import { applyDecision } from './applyDecision.ts'
import { inputsSince } from './changedSince.ts'
import { compareDefinitions } from './compareDefinitions.ts'
import { countItems } from './countItems.ts'
import { findNotes } from './findNotes.ts'
import { findResumeProblems } from './findResumeProblems.ts'
import { lossOf } from './lossOf.ts'
import { blockDependents, stopBehind } from './limitReach.ts'
import { withReaders } from './outputReaders.ts'
import { renameSteps, renamingOf, type Renaming } from './renameSteps.ts'
import { definitionInUse, modeOf, type ResumeInput } from './resumeInput.ts'
import { planThread } from './planThread.ts'
import type { ResumePlan, ResumeStep } from './resumePlan.ts'
import { stepCases, type StepCase } from './stepCase.ts'
import { verdictOf } from './verdictOf.ts'

export type { ResumeInput } from './resumeInput.ts'

/** What a resume would do, in dependency order. It is `ready` when nothing forbids it and no decision is open. */
export function planResume(given: ResumeInput): ResumePlan {
  if (given.run.kind === 'thread') return planThread(given)
  const renaming = renamingOf(given)
  const input = renameSteps(given, renaming)
  const asked = stepCases(input).map((found) => toRow(input, found, renaming))
  const decided = asked.map((row) =>
    applyDecision(row, ownValue(input.decisions, row.step) ?? null),
  )
  const reached = stopBehind(input, decided)
  const rows = countItems(input, blockDependents(input, reached))
  const steps = withReaders(rows, definitionInUse(input))

  const definition = compareDefinitions(input)
  const loss = lossOf(input, steps)
  const problems = findResumeProblems(input, { asked, steps, definition, given, loss })
  return {
    run: input.run.id,
    mode: modeOf(input),
    from: input.from?.id ?? null,
    steps: [...steps],
    unlisted: 0,
    definition: { ...definition, mapping: { ...given.mapping } },
    notes: [...findNotes(input, steps)],
    inputsSince: [...inputsSince(input)],
    loss: loss === null ? null : { ...loss, steps: loss.steps.slice(0, mostLost) },
    command: commandOf(input),
    byProgram: false,
    stopAfter: input.stopAfter,
    atOnce: null,
    problems: [...problems],
    ready: problems.length === 0,
  }
}

/** A plan is one message: the sentence counts all of them. */
const mostLost = 200

function toRow(input: ResumeInput, found: StepCase, renaming: Renaming): ResumeStep {
  const verdict = verdictOf(input, found)
  const answers = ['happened', 'rerun', 'skip', 'stop'] as const
  const isReusable = verdict.byDefault?.kind === 'reuse'
  const options = isReusable ? (['reuse', ...answers] as const) : answers
  return {
    step: found.step,
    action: verdict.action,
    rule: verdict.rule,
    reason: verdict.reason,
    status: found.state.status,
    sideEffects: found.definition?.sideEffects ?? 'undeclared',
    expectedMs: ownValue(input.durations, found.step) ?? null,
    options: verdict.isOpenToDecision ? [...options] : [],
    decision: verdict.byDefault ?? null,
    byDefault: verdict.byDefault !== undefined,
    was: renaming.recordedOf(found.step),
    readBy: [],
  }
}

/** [S44] Only the program that has the functions can run them; it recorded how it is started. */
function commandOf(input: ResumeInput): string[] | null {
  const steps = Object.values(definitionInUse(input)?.steps ?? {})
  if (!steps.some((step) => step.function !== undefined)) return null
  const { workflow, place } = input.run
  const recorded = workflow['resumeCommand'] ?? place['resumeCommand']
  if (!Array.isArray(recorded) || recorded.length === 0) return null
  return recorded.every((word) => typeof word === 'string') ? recorded : null
}
