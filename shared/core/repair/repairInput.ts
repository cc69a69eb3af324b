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
  /** Files of the run that a process was writing when it ended; `run` is null where one cannot be read. */
  readonly temporaries?: readonly { readonly path: string; readonly run: Run | null }[]
  /** Bytes of the first lines of the journal that do not fit. */
  readonly lines?: readonly { readonly offset: number; readonly bytes: Uint8Array }[]
  /** By step the number of its last attempt of which there is a log. */
  readonly lastAttempts?: Readonly<Record<string, number>>
  /** What counts as now: times behind it lie in the future. Left out: none does. */
  readonly now?: string
  /** Ids of fixes that a person does not want. */
  readonly rejected: readonly string[]
  /** Id of the source to use; null: the best one. */
  readonly source: string | null
  readonly sha256: Sha256
}
