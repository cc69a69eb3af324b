import type { Run } from '../../schema/run.ts'
import type { RepairFix, RepairSourceKind } from './repairPlan.ts'

/** A place from which the state could be taken. */
export type Candidate = {
  readonly id: string
  readonly kind: RepairSourceKind
  readonly sentence: string
  readonly run: Run | null
  readonly confidence: RepairFix['confidence']
  /** Of a head that is cut: the steps that `run` keeps in doubt. */
  readonly doubts?: StepDoubts
}

export type StepDoubts = {
  readonly steps: readonly StepDoubt[]
  /** How many steps are gone of which nothing tells the name; null: nobody knows. */
  readonly unnamed: number | null
  /** Where the text is cut. */
  readonly place: {
    readonly offset: number
    readonly line: number
    readonly column: number
  } | null
}

export type StepDoubt = {
  readonly step: string
  /** What of it can be read; null: nothing. */
  readonly said: string | null
}
