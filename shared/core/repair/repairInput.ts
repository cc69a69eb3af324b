import type { Sha256 } from '../../schema/digest.ts'
import type { JournalReading } from '../../schema/journalReading.ts'
import type { Run } from '../../schema/run.ts'
import type { RunReading, StoredText } from '../reading/readRun.ts'

export type RepairInput = {
  /** The run's id. */
  readonly document: string
  readonly reading: RunReading
  readonly head: StoredText['head']
  readonly journal: JournalReading | null
  /** Heads that were backed up, newest first; `run` is null where one cannot be read. */
  readonly backups: readonly {
    readonly id: string
    readonly at: string
    readonly run: Run | null
  }[]
  /** Ids of fixes that a person does not want. */
  readonly rejected: readonly string[]
  /** Id of the source to use; null: the best one. */
  readonly source: string | null
  readonly sha256: Sha256
}
