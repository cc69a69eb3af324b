import type { HeadLines } from './headLines.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { Entry } from './store.ts'

export type { HeadLines } from './headLines.ts'

/** What a sweep tells of one section of a workspace. */
export type SweepPart = {
  readonly changed: readonly Entry[]
  readonly removed: readonly string[]
  /** More that came: runs of which the starts were read with the look at them. The arrays are others once it was taken. */
  readonly heads: RunHeads | null
}

/** Runs of a day of which head and journal are there as they are written, in columns. */
export type RunHeads = {
  readonly count: number
  readonly sizes: Float64Array
  readonly journalSizes: Float64Array
  /** The numbers of the entries' stamps. */
  readonly stamps: Float64Array
  readonly bytes: Uint8Array
  /** Where the start of each head begins and ends in the bytes. */
  readonly from: Uint32Array
  readonly to: Uint32Array
  /** What they say. */
  readonly lines: HeadLines
  readonly runAt: (index: number) => RunId
  readonly documentAt: (index: number) => string
  readonly entryAt: (index: number) => Entry
}
