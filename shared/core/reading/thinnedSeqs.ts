import type { JournalReading } from '../../schema/journalReading.ts'

/** Tells of a record, by its number, whether thinning took it away. */
export function thinnedSeqs({ records }: JournalReading): (seq: number) => boolean {
  const present = new Set(records.map(({ record }) => record.seq))
  const gaps = records.flatMap((item) =>
    item.kind === 'known' && item.record.type === 'thinned' ? item.record.dropped : [],
  )
  return (seq) =>
    !present.has(seq) && gaps.some(({ fromSeq, toSeq }) => fromSeq <= seq && seq <= toSeq)
}
