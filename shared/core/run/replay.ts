import type { JournalRecord } from '../../schema/journal.ts'
import type { Run } from '../../schema/run.ts'
import type { Draft } from './draft.ts'
import { advance, begin } from './transition.ts'

/**
 * The run that a journal tells of: from nothing, or from a run that already contains its first records. Records up to
 * `from.journal.seq` are passed over; those behind `untilSeq` too.
 */
export function replay(
  records: readonly JournalRecord[],
  options: { readonly from?: Run | null; readonly untilSeq?: number } = {},
): Run | null {
  const { from = null, untilSeq = Infinity } = options
  const fromSeq = from?.journal.seq ?? 0
  let draft: Draft | null = null
  for (const item of records) {
    const { seq } = item.record
    if (seq <= fromSeq || seq > untilSeq) continue
    draft ??= begin(from, item)
    if (draft !== null) advance(draft, item)
  }
  return draft?.run ?? from
}
