import type { ResumeDecision, ResumeStepAction } from './resumePlan.ts'

/** What becomes of a step before anybody decides, by which rule, and why. */
export type Verdict = {
  readonly action: ResumeStepAction
  readonly rule: string
  readonly reason: string
  /** A person may say what happened. */
  readonly isOpenToDecision?: boolean
  /** What stands unless a person decides otherwise. */
  readonly byDefault?: ResumeDecision
}
