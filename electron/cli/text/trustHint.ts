import { untrustedProblem } from '../../../shared/core/resume/untrustedProblem.ts'

/** [L270] What to type; on a screen there is a button for it. */
export const trustHint = 'Read what it runs, then add --trust.'

/** The reasons of a plan, as a terminal says them. */
export function withTrustHint(problem: string): string {
  return problem === untrustedProblem ? `${problem} ${trustHint}` : problem
}
