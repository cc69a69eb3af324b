import type { StepId } from '../../schema/ids.ts'
import type { Timestamp } from '../../schema/json.ts'
import type { LockHolder } from '../../schema/lock.ts'
import type { Run } from '../../schema/run.ts'
import type { Finding } from '../integrity/finding.ts'
import type { StepTrace } from '../resume/resumePlan.ts'
import type { Diagnosis, Liveness } from './diagnosis.ts'

/** Everything that is known of a document when it is asked why it does not move. */
export type DiagnoseFacts = {
  readonly run: Run | null
  /** `Health` of the contract. */
  readonly health: string
  readonly version: number | null
  readonly liveness: Liveness
  readonly holder: LockHolder | null
  readonly heldHere: boolean
  /** Steps that began and have no result anywhere. */
  readonly inDoubt: readonly StepId[]
  readonly traces: Readonly<Record<string, StepTrace>>
  readonly findings: readonly Finding[]
  readonly trusted: boolean
  readonly now: Timestamp
  readonly formatLabel: string
  /** Who paused or cancelled it, where the journal was asked. */
  readonly restedBy?: { readonly by: string; readonly reason: string | null } | null
}

export type DiagnosisRow = Omit<Diagnosis, 'rule'>

/** One reason why a run may not move, as data: the rows it finds, none when it does not hold. */
export type DiagnosisRule = {
  readonly id: string
  readonly find: (facts: DiagnoseFacts) => readonly DiagnosisRow[]
}
