import type { Run } from '../../../schema/run.ts'
import type { Breach } from '../../integrity/integrityRule.ts'
import type { RepairFix } from '../repairPlan.ts'

/** The run without one contradiction, and what was done and why in one sentence. */
export type Mended = { readonly run: Run; readonly sentence: string }

/** How a contradiction of one rule is set right. */
export type StateRepair = {
  /** Rule of SPEC.md, `R61`, … */
  readonly rule: string
  readonly confidence: RepairFix['confidence']
  /** Null where this very breach cannot be set right: nothing tells what is true. */
  readonly mend: (run: Run, breach: Breach) => Mended | null
}

/** Repairs by the rule of integrity whose breach they set right, in the order in which they are made. */
export type StateRepairs = Readonly<Record<string, StateRepair>>
