import type { Json } from '../../schema/json.ts'
import type { Run, StepStatus } from '../../schema/run.ts'
import type { AlignedVerdict, PartingPart } from './change.ts'

/** A place where two runs differ. A side is left out where it has nothing there. */
export type Parting = {
  /** Null: the run as a whole. */
  readonly step: string | null
  readonly part: PartingPart
  /** Into the right run where it has something there, else into the left one; `from` is set where the left one has it elsewhere. */
  readonly path: string
  readonly from?: string
  readonly before?: Json
  readonly after?: Json
}

export type AlignedStep = {
  readonly step: string
  readonly verdict: AlignedVerdict
  /** Where it parts; null where it does not. */
  readonly parting: Parting | null
  readonly left: StepStatus | null
  readonly right: StepStatus | null
}

export type Divergence = {
  readonly sameWorkflow: boolean
  /** Null: the runs agree. */
  readonly first: Parting | null
  /** The last step before it in which both agree. */
  readonly agreedUpTo: string | null
  /** Inputs of the runs that differ: often why the rest does. */
  readonly inputs: Parting | null
  /** Every step of either run, in dependency order; the items of a step stand before it. */
  readonly steps: readonly AlignedStep[]
}

export type Sides = { readonly left: Run; readonly right: Run }
