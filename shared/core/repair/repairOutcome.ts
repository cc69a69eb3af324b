import type { RecordOf } from '../../schema/journal.ts'
import type { LostSteps } from '../../schema/lostSteps.ts'
import type { Run } from '../../schema/run.ts'

/**
 * What is done after the backup, in this order: cut the journal, go on behind a sequence number, append `repaired` and a
 * keyframe of `run`, replace the head.
 */
export type RepairOutcome = {
  /** The files are sound: no keyframe is written, only what changes the state. */
  readonly isStateOnly: boolean
  readonly run: Run
  /** What is set right in the run after that, as an edit behind the keyframe; null when nothing is. */
  readonly edit: {
    readonly run: Run
    readonly patch: RecordOf<'edited'>['patch']
    readonly reason: string
  } | null
  /** Byte offset; null when nothing is cut. */
  readonly cutJournalTo: number | null
  /** Null: the journal goes on behind its last record. */
  readonly continueAfterSeq: number | null
  /** For the `repaired` record: sequence numbers that no record of the journal has any more. */
  readonly dropped: {
    readonly fromSeq: number
    readonly toSeq: number
    readonly bytes: number
  } | null
  /** For the `repaired` record: what a resume has to ask about first. */
  readonly lost: LostSteps | null
}
