import type { JournalRecord, RecordType } from '../../schema/journal.ts'
import type { JournalReading, StoredRecord } from '../../schema/journalReading.ts'
import type { Checkpoint, Run } from '../../schema/run.ts'
import type { Draft } from '../run/draft.ts'
import { advance, begin } from '../run/transition.ts'

/** Records `fromSeq` to `toSeq` go; a keyframe numbered `toSeq` holds the run as it was behind them. */
type ThinGap = { readonly fromSeq: number; readonly toSeq: number; readonly run: Run }

export type ThinningPlan = {
  readonly gaps: readonly ThinGap[]
  /** Ids of checkpoints that can be opened afterwards. */
  readonly kept: readonly string[]
  readonly gone: readonly string[]
}

/**
 * [X32] Which records of a journal may go so that the run still opens at its first and last checkpoint, at named ones, at
 * those before a failure and at every n-th of the others. [X34] What a person did stays as a record, and so does what
 * nobody knows; and nothing is taken away where the keyframe in its place would be as large.
 */
export function planThinning(
  journal: JournalReading,
  checkpoints: readonly Checkpoint[],
  every: number | null,
): ThinningPlan {
  const { records } = journal
  const present = new Set(records.map(({ record }) => record.seq))
  const openable = checkpoints.filter(({ seq }) => present.has(seq))
  const none = { gaps: [], kept: openable.map(({ id }) => id), gone: [] }
  const last = openable.at(-1)
  if (journal.flaws.length > 0 || last === undefined) return none

  const keep = keptSeqs(records, checkpoints, { openable, every })
  const isStop = (item: StoredRecord): boolean =>
    item.record.seq >= last.seq || keep.has(item.record.seq) || isByPerson(item)
  const gaps = findGaps(records, isStop)
  const goneSeqs = (seq: number): boolean =>
    gaps.some(({ fromSeq, toSeq }) => fromSeq <= seq && seq < toSeq)
  return {
    gaps,
    kept: openable.filter(({ seq }) => !goneSeqs(seq)).map(({ id }) => id),
    gone: openable.filter(({ seq }) => goneSeqs(seq)).map(({ id }) => id),
  }
}

function keptSeqs(
  records: readonly StoredRecord[],
  checkpoints: readonly Checkpoint[],
  { openable, every }: { readonly openable: readonly Checkpoint[]; readonly every: number | null },
): ReadonlySet<number> {
  const ends = [...openable.slice(0, 1), ...openable.slice(-1)]
  const birth = records.slice(0, 1).map(({ record }) => record.seq)
  const keep = new Set([...birth, ...ends.map(({ seq }) => seq)])
  for (const [index, { seq, trigger }] of checkpoints.entries()) {
    if (named.has(trigger) || (every !== null && index % every === 0)) keep.add(seq)
  }
  for (const { record } of records) {
    if (record.type !== 'stepFailed' && record.type !== 'runFailed') continue
    const before = openable.findLast(({ seq }) => seq < record.seq)
    if (before !== undefined) keep.add(before.seq)
  }
  return keep
}

const named: ReadonlySet<string> = new Set(['manual', 'migration', 'repair'])

function isByPerson(item: JournalRecord): boolean {
  return item.kind === 'unknown' || byPerson.has(item.record.type)
}

const byPerson: ReadonlySet<RecordType> = new Set<RecordType>([
  'edited',
  'repaired',
  'migrated',
  'decision',
  'gateDecided',
  'annotated',
  'runResumed',
])

/** One pass: the run as it was is written down only where it takes the place of something larger. */
function findGaps(
  records: readonly StoredRecord[],
  isStop: (item: StoredRecord) => boolean,
): readonly ThinGap[] {
  const gaps: ThinGap[] = []
  let draft: Draft | null = null
  let open: { readonly fromSeq: number; readonly offset: number; count: number } | null = null
  for (const [index, item] of records.entries()) {
    if (isStop(item)) open = null
    else {
      open ??= { fromSeq: item.record.seq, offset: item.offset, count: 0 }
      open.count += 1
    }
    draft ??= begin(null, item)
    if (draft !== null) advance(draft, item)
    const next = records[index + 1]
    const isEnd = next === undefined || isStop(next)
    if (open === null || !isEnd || open.count < 2 || draft === null) continue
    const droppedBytes = item.offset + item.sizeBytes - open.offset
    const text = droppedBytes > envelopeBytes ? JSON.stringify(draft.run) : ''
    if (text.length + envelopeBytes >= droppedBytes) continue
    const run = JSON.parse(text) as Run // it was a run before it was written down
    gaps.push({ fromSeq: open.fromSeq, toSeq: item.record.seq, run })
  }
  return gaps
}

/** What a keyframe's line, and the words that name the gap, take besides the run. */
const envelopeBytes = 400
