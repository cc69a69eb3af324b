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
  /** By step that waits for another run, what that run waits for itself. */
  readonly children?: Readonly<Record<string, ChildReason>>
  /** Where the journal's own times go back. */
  readonly clockBack?: ClockBack | null
  /** What lies around the run; looked at for the run's own screen, left out for a row of a list. */
  readonly around?: Surroundings
}

/** Of the runs that wait for each other behind a step, the last one: the one that can be helped. */
export type ChildReason = { readonly run: string } & Pick<
  Diagnosis,
  'rule' | 'severity' | 'sentence'
>

/** Two records that follow each other, the second with the earlier time. */
export type ClockBack = {
  readonly seq: number
  readonly from: Timestamp
  readonly to: Timestamp
}

export type Surroundings = {
  /** By step, from earlier runs of the workflow. */
  readonly usual: Readonly<Record<string, UsualDuration>>
  /** By step that runs, when its log last grew. */
  readonly lastOutput: Readonly<Record<string, Timestamp>>
  /** The definition as its source says now; null where nobody looked, or nothing of it matters any more. */
  readonly definition: DefinitionNow | null
  /** Why the workspace cannot be written; null when it can. */
  readonly readOnly: string | null
  /** Null where the system does not tell. */
  readonly freeBytes: number | null
  /** Why the process that looks has stopped carrying this very run. */
  readonly carryProblem: string | null
}

/** How long a step takes when nothing is wrong with it. */
export type UsualDuration = {
  readonly medianMs: number
  /** 95 of 100 took at most this. */
  readonly p95Ms: number
  /** How many earlier runs say so. */
  readonly runs: number
}

export type DefinitionNow = { readonly source: string } & (
  | { readonly kind: 'same' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unusable'; readonly problem: string }
  | {
      readonly kind: 'changed'
      /** Steps that it does not have any more, those that it has besides, and those that it says otherwise. */
      readonly missing: readonly string[]
      readonly added: readonly string[]
      readonly altered: readonly string[]
    }
)

export type DiagnosisRow = Omit<Diagnosis, 'rule'>

/** One reason why a run may not move, as data: the rows it finds, none when it does not hold. */
export type DiagnosisRule = {
  readonly id: string
  readonly find: (facts: DiagnoseFacts) => readonly DiagnosisRow[]
}
