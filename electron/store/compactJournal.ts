// Puts keyframes in the place of records that thinning takes away. Every other line keeps its bytes and its sum.
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { KnownRecord } from '../../shared/schema/journal.ts'
import type { StoredRecord } from '../../shared/schema/journalReading.ts'
import type { Run } from '../../shared/schema/run.ts'
import { sumBehind, type Gap } from './journal.ts'
import { encodeLine } from './journalLine.ts'
import { scanJournal } from './scanJournal.ts'

/** Records `fromSeq` to `toSeq` go; a keyframe numbered `toSeq` holds the run as it was behind them. */
type JournalGap = { readonly fromSeq: number; readonly toSeq: number; readonly run: Run }

export type Compaction = {
  readonly gaps: readonly JournalGap[]
  /** Backup with the journal as it was. */
  readonly backup: string
}

/** Of the `thinned` record that names the gaps. */
type CompactionLink = { readonly at: string; readonly epoch: number }

/** The journal's bytes without what is in the gaps, and its last record. Throws `corrupt` for a journal that is not whole. */
export function compactJournal(
  bytes: Uint8Array,
  { run, gaps, backup, at, epoch }: Compaction & CompactionLink & { readonly run: RunId },
): { readonly bytes: Uint8Array; readonly last: Pick<KnownRecord, 'seq' | 'sum'> } {
  const { reading, end, tail } = scanJournal(bytes)
  if (tail.kind !== 'whole' || reading.flaws.length > 0) {
    const message = `The journal of run ${run} is damaged, so it was not thinned. Repair the run first.`
    throw new AppError('corrupt', message, { run })
  }
  const { records } = reading
  const parts: Uint8Array[] = []
  const dropped: Gap[] = []
  let last: { readonly seq: number; readonly sum: string } = { seq: 0, sum: '' }
  for (const record of records) {
    const { seq, type } = record.record
    const gap = gaps.find(({ fromSeq, toSeq }) => fromSeq <= seq && seq <= toSeq)
    if (gap !== undefined && seq !== gap.toSeq) continue
    const sum = sumBehind(record.record)
    if (gap === undefined) {
      parts.push(bytes.subarray(record.offset, record.offset + record.sizeBytes))
      // A gap of an earlier thinning, whose record may go with this one.
      if (seq !== last.seq + 1 && type === 'keyframe') dropped.push(gapBehind(last, seq))
    } else {
      parts.push(keyframeOf(gap, record, { prev: last.sum, standsFor: sum }))
      dropped.push(gapBehind(last, seq))
    }
    last = { seq, sum }
  }
  const link = { seq: end.seq + 1, at, epoch, prev: end.sum }
  const line = encodeLine({ type: 'thinned', dropped, backup }, link)
  parts.push(line.bytes)
  return { bytes: Buffer.concat(parts), last: { seq: line.record.seq, sum: line.record.sum } }
}

function gapBehind(last: { readonly seq: number; readonly sum: string }, seq: number): Gap {
  return { fromSeq: last.seq + 1, toSeq: seq - 1, sumBefore: last.sum }
}

function keyframeOf(
  { run }: JournalGap,
  { record }: StoredRecord,
  { prev, standsFor }: { readonly prev: string; readonly standsFor: string },
): Uint8Array {
  const { seq, at, epoch } = record
  return encodeLine({ type: 'keyframe', run, standsFor }, { seq, at, epoch, prev }).bytes
}
