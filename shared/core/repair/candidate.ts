import type { Run } from '../../schema/run.ts'
import type { RepairFix, RepairSourceKind } from './repairPlan.ts'

/** A place from which the state could be taken. */
export type Candidate = {
  readonly id: string
  readonly kind: RepairSourceKind
  readonly sentence: string
  readonly run: Run | null
  readonly confidence: RepairFix['confidence']
}
