import type { RunRow } from '../../../shared/contract/runs.ts'

/** A row of the list as the table keeps it; which run took its place is not its own matter. */
export type TableRow = {
  /** Path of the entry: the row's key. */
  readonly document: string
  /** The entry has a run's id, so that it can be the fork that took another one's place. */
  readonly isRun: boolean
  readonly row: Omit<RunRow, 'supersededBy' | 'ref'> & {
    readonly ref: Pick<RunRow['ref'], 'format' | 'document'>
  }
  readonly stamp: string
  readonly readAtMs: number
  readonly isVerified: boolean
  readonly isSettled: boolean
  readonly isExact: boolean
}

/** What the table knows of a row besides what is shown. */
export type RowState = Pick<TableRow, 'readAtMs' | 'isVerified' | 'isSettled' | 'isExact' | 'isRun'>

/** A number for a stamp: of 2^53, so that two stamps of one file never meet in practice. */
export function stampNumber(stamp: string): number {
  if (stamp.startsWith(numbered)) return Number(stamp.slice(numbered.length))
  let low = 0x811c9dc5
  let high = 0xcbf29ce4
  for (let at = 0; at < stamp.length; at++) {
    const unit = stamp.charCodeAt(at)
    low = Math.imul(low ^ unit, 0x01000193)
    high = Math.imul(high ^ unit, 0x5bd1e995) ^ (high >>> 13)
  }
  return (high & 0x1fffff) * 2 ** 32 + (low >>> 0)
}

/** A stamp of which only the number is known. */
export function stampOfNumber(number: number): string {
  return `${numbered}${number}`
}

const numbered = '#'
