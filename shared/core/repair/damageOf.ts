import type { JournalFlaw, StoredRecord } from '../../schema/journalReading.ts'
import type { Run } from '../../schema/run.ts'
import { decodeHead } from '../codec/decodeHead.ts'
import type { RepairInput } from './repairInput.ts'

/** What is whole and what is not, in the two files of a run. */
export type Damage = {
  /** The head's run when its checksum and schema fit. */
  readonly head: Run | null
  /** What a head that fails its checksum says, where its shape still fits. */
  readonly unverified: Run | null
  readonly isHeadMissing: boolean
  readonly isJournalMissing: boolean
  /** True when the journal has another record where the head says that it ends. */
  readonly isOtherHistory: boolean
  readonly records: readonly StoredRecord[]
  /** Records before the first flaw. */
  readonly sound: readonly StoredRecord[]
  readonly flaws: readonly JournalFlaw[]
  /** Where the journal is cut, and how many bytes that takes away. */
  readonly soundBytes: number
  readonly lostBytes: number
  /** The end that looks torn holds zeros or a line feed: what stood there may have been whole lines. */
  readonly isEndLost: boolean
  /** The last record before the first flaw; 0 when there is none. */
  readonly soundSeq: number
  /** The highest sequence number that a record has, or must have had. */
  readonly usedSeq: number
}

export function damageOf(input: RepairInput): Damage {
  const { journal } = input
  const { head, unverified } = readHead(input)
  const records = journal?.records ?? []
  const soundBytes = journal?.goodBytes ?? 0
  const sound = records.filter(({ offset }) => offset < soundBytes)
  const same = head === null ? undefined : records.find((one) => seqOf(one) === head.journal.seq)
  return {
    head,
    unverified,
    isHeadMissing: input.head === null,
    isJournalMissing: journal === null,
    isOtherHistory: same !== undefined && same.record.sum !== head?.journal.sum,
    records,
    sound,
    flaws: journal?.flaws ?? [],
    soundBytes,
    lostBytes: (journal?.sizeBytes ?? 0) - soundBytes,
    isEndLost: isEndLost(input),
    soundSeq: lastSeq(sound),
    usedSeq: usedSeq(input),
  }
}

function readHead({ head, sha256 }: RepairInput): Pick<Damage, 'head' | 'unverified'> {
  if (head === null || 'problem' in head) return { head: null, unverified: null }
  const decoded = decodeHead(head.text, sha256)
  if (decoded.kind === 'ok') return { head: decoded.run, unverified: null }
  return { head: null, unverified: decoded.kind === 'damaged' ? decoded.unverified : null }
}

function isEndLost({ journal, lines = [] }: RepairInput): boolean {
  const last = journal?.flaws.at(-1)
  if (last?.kind !== 'torn') return false
  // A write that is cut short has no end, and one that is not down yet told nobody to begin.
  return lines.some(
    ({ offset, bytes }) =>
      offset === last.offset && (bytes.includes(0) || bytes.at(-1) === lineFeed),
  )
}

const lineFeed = 10

/** Behind the last valid record, each whole line that does not fit was a record of its own. */
function usedSeq({ journal }: RepairInput): number {
  const last = journal?.records.at(-1)
  const behind = journal?.flaws.filter(
    ({ kind, offset }) => kind !== 'torn' && offset > (last?.offset ?? -1),
  )
  return lastSeq(journal?.records ?? []) + (behind?.length ?? 0)
}

function lastSeq(records: readonly StoredRecord[]): number {
  const last = records.at(-1)
  return last === undefined ? 0 : seqOf(last)
}

function seqOf({ record }: StoredRecord): number {
  return record.seq
}
