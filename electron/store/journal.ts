// Follows a journal's lines: each is verified in its place in the chain.
import type { Envelope, JournalRecord, RecordOf } from '../../shared/schema/journal.ts'
import type {
  JournalFlaw,
  JournalFlawKind,
  JournalReading,
  StoredRecord,
} from '../../shared/schema/journalReading.ts'
import type { Line } from './journalLines.ts'
import type { Steps } from './steps.ts'

/** Where a chain stands: what the next record has to follow. */
export type ChainEnd = { readonly seq: number; readonly sum: string; readonly epoch: number }

export const emptyChain: ChainEnd = { seq: 0, sum: '', epoch: 0 }

/** A reading, and what a writer has to know. */
export type JournalScan = {
  readonly reading: JournalReading
  readonly end: ChainEnd
  /** The highest epoch in any line that is whole, also behind a flaw. */
  readonly maxEpoch: number
  /** `torn`: whole but for its last line. `damaged`: its last line is whole or not, and cannot be followed. */
  readonly tail:
    | { readonly kind: 'whole' }
    | { readonly kind: 'torn'; readonly offset: number }
    | { readonly kind: 'damaged' }
  /** Bytes behind the last record that holds the whole run. */
  readonly sinceKeyframeBytes: number
}

/** Behind a flaw it goes on at the next keyframe, or at a record that follows the last good one. */
export function* followChain(lines: readonly Line[], sizeBytes: number): Steps<JournalScan> {
  const thinned = findThinned(lines)
  const state = createState()
  for (const [index, line] of lines.entries()) {
    if (index % linesAtOnce === linesAtOnce - 1) yield
    scanLine(state, line, thinned)
  }
  nameSkipped(state)
  const { records, flaws, goodBytes } = state
  return {
    reading: { sizeBytes, records, flaws, goodBytes },
    end: state.end,
    maxEpoch: state.maxEpoch,
    tail: tailOf(state),
    sinceKeyframeBytes: sizeBytes - state.keyframeEnd,
  }
}

const linesAtOnce = 256

type ScanState = {
  end: ChainEnd
  readonly records: StoredRecord[]
  readonly flaws: JournalFlaw[]
  /** Between a flaw and the record at which reading goes on. */
  isBroken: boolean
  /** Sequence numbers of whole records that were passed by since. */
  skipped: number[]
  tornOffset: number | null
  goodBytes: number
  keyframeEnd: number
  maxEpoch: number
}

export type Gap = RecordOf<'thinned'>['dropped'][number]

function createState(): ScanState {
  return {
    end: emptyChain,
    records: [],
    flaws: [],
    isBroken: false,
    skipped: [],
    tornOffset: null,
    goodBytes: 0,
    keyframeEnd: 0,
    maxEpoch: 0,
  }
}

/** What thinning took away may be named by a record far behind the gap. */
function findThinned(lines: readonly Line[]): readonly Gap[] {
  return lines.flatMap(({ reading }) => {
    if (reading.kind === 'flawed' || reading.item.kind === 'unknown') return []
    return reading.item.record.type === 'thinned' ? reading.item.record.dropped : []
  })
}

function scanLine(state: ScanState, line: Line, thinned: readonly Gap[]): void {
  const { reading } = line
  if (line.isTorn) {
    if (!state.isBroken) state.tornOffset = line.offset
    return addFlaw(state, line, {
      kind: 'torn',
      sentence: 'it is not whole: its write was cut short',
    })
  }
  if (reading.kind === 'flawed') {
    return addFlaw(state, line, { kind: reading.flaw, sentence: reading.sentence })
  }
  const { record } = reading.item
  state.maxEpoch = Math.max(state.maxEpoch, record.epoch)
  const misfit = findMisfit(reading.item, state.end, thinned)
  if (misfit !== null && state.isBroken && !canResumeAt(record, state.end)) {
    state.skipped.push(record.seq)
    return
  }
  if (misfit !== null && !state.isBroken) {
    addFlaw(state, line, { kind: misfit, sentence: misfitSentence(misfit, record, state.end) })
    if (!canResumeAt(record, state.end)) return
  }
  addRecord(state, line, { item: reading.item, sum: sumBehind(record) })
}

/** [X33] The sum that the next record has to name: that of the record in whose place a keyframe stands. */
export function sumBehind(record: Envelope): string {
  const { type, sum, standsFor } = record
  return type === 'keyframe' && typeof standsFor === 'string' ? standsFor : sum
}

/** Null when the record follows the end of the chain. */
function findMisfit(
  item: JournalRecord,
  end: ChainEnd,
  thinned: readonly Gap[],
): 'epoch' | 'sequence' | 'chain' | null {
  const { record } = item
  if (record.epoch < end.epoch) return 'epoch'
  if (record.seq !== end.seq + 1) return isAllowedGap(item, end, thinned) ? null : 'sequence'
  return record.prev === end.sum ? null : 'chain'
}

function isAllowedGap(item: JournalRecord, end: ChainEnd, thinned: readonly Gap[]): boolean {
  const { record } = item
  if (record.seq <= end.seq) return false
  const isThinned = thinned.some(
    (gap) =>
      gap.fromSeq === end.seq + 1 && gap.toSeq === record.seq - 1 && gap.sumBefore === end.sum,
  )
  // Without the records of the gap only a record that holds the whole run can be understood.
  if (isThinned && (record.type === 'keyframe' || record.prev === end.sum)) return true
  if (item.kind === 'unknown' || item.record.type !== 'repaired') return false
  const { dropped } = item.record
  if (dropped === null || item.record.prev !== end.sum) return false
  return dropped.fromSeq <= end.seq + 1 && dropped.toSeq >= record.seq - 1
}

function canResumeAt(record: Envelope, end: ChainEnd): boolean {
  return record.type === 'keyframe' && record.seq > end.seq && record.epoch >= end.epoch
}

function addRecord(
  state: ScanState,
  line: Line,
  { item, sum }: { readonly item: JournalRecord; readonly sum: string },
): void {
  nameSkipped(state)
  const lineEnd = line.offset + line.sizeBytes
  const { seq, epoch, type } = item.record
  state.records.push({
    ...item,
    line: line.number,
    offset: line.offset,
    sizeBytes: line.sizeBytes,
  })
  state.end = { seq, sum, epoch }
  state.isBroken = false
  if (state.flaws.length === 0) state.goodBytes = lineEnd
  if (type === 'keyframe' || type === 'runCreated') state.keyframeEnd = lineEnd
}

function addFlaw(
  state: ScanState,
  line: Line,
  flaw: { readonly kind: JournalFlawKind; readonly sentence: string },
): void {
  nameSkipped(state)
  const { number, offset, sizeBytes } = line
  const sentence = `Line ${number} of the journal, at byte ${offset}, does not fit: ${flaw.sentence}.`
  state.flaws.push({ kind: flaw.kind, line: number, offset, sizeBytes, sentence })
  state.isBroken = true
}

/** Says with the last flaw which whole records behind it nothing connects to the chain. */
function nameSkipped(state: ScanState): void {
  const [from, to] = [state.skipped[0], state.skipped.at(-1)]
  const last = state.flaws.at(-1)
  if (from === undefined || last === undefined) return
  const lost = `Nothing connects the ${state.skipped.length} whole records behind it (${from} to ${to}).`
  state.flaws[state.flaws.length - 1] = { ...last, sentence: `${last.sentence} ${lost}` }
  state.skipped = []
}

function misfitSentence(
  misfit: 'epoch' | 'sequence' | 'chain',
  record: Envelope,
  end: ChainEnd,
): string {
  if (misfit === 'epoch') {
    return `it was written under lock ${record.epoch}, after lock ${end.epoch} had been taken`
  }
  if (misfit === 'sequence') return `it is record ${record.seq}, expected ${end.seq + 1}`
  return `it does not follow record ${end.seq}`
}

function tailOf(state: ScanState): JournalScan['tail'] {
  if (state.tornOffset !== null) return { kind: 'torn', offset: state.tornOffset }
  return { kind: state.isBroken ? 'damaged' : 'whole' }
}
