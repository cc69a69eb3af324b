import type { JournalRecord } from './journal.ts'

export type JournalFlawKind = 'torn' | 'not-json' | 'shape' | 'sum' | 'chain' | 'sequence' | 'epoch'

/** A line that does not fit. Reading goes on at the next keyframe. */
export type JournalFlaw = {
  readonly kind: JournalFlawKind
  readonly line: number
  readonly offset: number
  readonly sizeBytes: number
  readonly sentence: string
}

export type StoredRecord = JournalRecord & {
  readonly line: number
  readonly offset: number
  readonly sizeBytes: number
}

export type JournalReading = {
  readonly sizeBytes: number
  /** Valid records in order. After a flaw the next one is a keyframe. */
  readonly records: readonly StoredRecord[]
  readonly flaws: readonly JournalFlaw[]
  /** Bytes from the start that are valid without a gap. */
  readonly goodBytes: number
}
