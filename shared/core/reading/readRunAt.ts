import type { JournalReading } from '../../schema/journalReading.ts'
import type { Run } from '../../schema/run.ts'
import { replay } from '../run/replay.ts'

/** The run as it was right after a record; null when that record is lost, or no whole state stands before it. */
export function readRunAt(journal: JournalReading, untilSeq: number): Run | null {
  const { records } = journal
  const last = records.findIndex(({ record }) => record.seq === untilSeq)
  if (last === -1) return null
  const first = records.slice(0, last + 1).findLastIndex(({ record }) => record.type === 'keyframe')
  return replay(records.slice(Math.max(first, 0), last + 1))
}
