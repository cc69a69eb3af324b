import type { RunDetail, StepView } from '../../shared/contract/runs.ts'

type Decisions = NonNullable<RunDetail['run']>['decisions']

/**
 * When an attempt ended, as far as anybody knows. One whose host died is closed by a later decision: what is recorded
 * then is the moment of the decision, and how long the attempt took stays unknown.
 */
export function knownEnd(
  step: StepView,
  attempt: StepView['attempts'][number],
  decisions: Decisions,
): string | null {
  const { finishedAt } = attempt
  const isDecided =
    attempt.error?.name === 'Interrupted' ||
    decisions.some((decision) => decision.step === step.id && decision.at === finishedAt)
  return isDecided ? null : finishedAt
}
