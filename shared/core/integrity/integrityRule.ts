import type { Run } from '../../schema/run.ts'
import type { RuleRow } from './ruleRow.ts'
import type { StepEntry } from './stepsOf.ts'

/** One place where a rule is broken, as an RFC 6901 pointer into the run. */
export type Breach = { readonly pointer: string; readonly sentence: string }

/** One thing that must be true of every run, as data. */
export type IntegrityRule = RuleRow & {
  /** `steps`: those of the run, taken apart once for all rules. */
  readonly check: (run: Run, steps: readonly StepEntry[]) => readonly Breach[]
}
