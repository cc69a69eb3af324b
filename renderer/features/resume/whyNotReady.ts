import { decisionOf, valuesProblem, type ResumeChoices } from '../../state/resumeChoices.ts'
import type { ResumeState } from '../../state/resumeStore.ts'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import type { ResumeStep } from '../../../shared/core/resume/resumePlan.ts'
import { untrustedProblem } from '../../../shared/core/resume/untrustedProblem.ts'

/** The first thing that keeps the plan from being applied, in words; null when it can be. */
export function whyNotReady(state: ResumeState, workspace: Workspace): string | null {
  const { planning, choices, work } = state
  if (work.kind === 'requested') return 'It is being requested.'
  if (planning.kind === 'loading') return 'The plan is being made.'
  if (planning.kind === 'failed') return 'There is no plan: see the error above.'
  if (!workspace.writable) return workspace.readOnlyReason ?? 'This workspace is read-only.'
  if (valuesProblem(choices.inputsText) !== null) return 'The edited inputs are not valid.'
  if (valuesProblem(choices.variables?.text ?? null) !== null)
    return 'The edited variables are not valid.'
  const { plan } = planning.planned
  const open = plan.steps.filter((row) => isOpen(row, choices))
  const [first] = open
  if (first !== undefined && open.length === 1) return `Decide about step ${first.step} first.`
  if (first !== undefined) return `Decide about ${open.length} steps first: ${names(open)}.`
  const problem = plan.problems.find((one) => one !== untrustedProblem)
  if (problem !== undefined) return problem
  if (!workspace.trusted) return 'Trust this workspace first, above.'
  if (planning.isRefreshing) return 'The plan is being made again.'
  return plan.ready ? null : 'The plan cannot be carried out as it is: see its steps.'
}

/** True while a step needs a decision that is missing or not valid. */
export function isOpen(row: ResumeStep, choices: ResumeChoices): boolean {
  if (row.options.length === 0) return false
  const answer = choices.answers[row.step]
  if (answer === undefined) return row.action === 'ask'
  return decisionOf(answer) === null
}

function names(rows: readonly ResumeStep[]): string {
  const named = rows.slice(0, mostNamed).map((row) => row.step)
  const more = rows.length - named.length
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

const mostNamed = 5
