import { summaryReason } from '../../../shared/core/diagnose/summaryReason.ts'
import { readSummary } from '../../../shared/core/codec/summaryLine.ts'
import { headStart } from '../../../shared/schema/headWords.ts'
import type { Sha256 } from '../../../shared/schema/digest.ts'
import type { Timestamp } from '../../../shared/schema/json.ts'
import { sealedRule } from '../../../shared/core/cleanup/exemptions.ts'
import type { Entry } from '../../store/store.ts'
import type { RowFacts } from '../rowFacts.ts'

/** Bytes of a head within which its summary ends, and what stands before them in a compressed one. */
export const summaryBytes = 1024 + 8

export type SummaryFacts = {
  readonly facts: RowFacts
  /** Reading all of the run says the same, unless its files are damaged. */
  readonly isExact: boolean
}

/**
 * What the start of a head says of a run that nobody holds. Null where it has no summary that fits its own sum, or names
 * another run: then all of it has to be read.
 */
export function summaryFacts(
  entry: Entry,
  start: Uint8Array,
  { sha256, now }: { readonly sha256: Sha256; readonly now: Timestamp },
): SummaryFacts | null {
  const { bytes, isCompressed } = plainStart(start)
  const summary = readSummary(summaryText(bytes), sha256)
  if (summary === null || summary.id !== entry.run) return null
  // A run is compressed when it has ended, head and journal together.
  const isAsWritten =
    isCompressed ||
    (typeof entry.journalBytes === 'number' && entry.journalBytes === summary.journalBytes)
  const isSealed = summary['sealed'] === true
  const isLineageKnown = summary.parent === null || summary.relation !== undefined
  const { reason, liveness, isExact } = summaryReason(summary, now)
  return {
    // Nothing else of it can be read.
    isExact: isSealed || (isExact && isAsWritten && isLineageKnown),
    facts: {
      format: 'unstuck',
      label: 'Unstuck',
      health: 'ok',
      summary,
      liveness,
      holder: null,
      reason: isSealed ? sealedReason : reason,
      rev: 'unread',
      forkOf: summary.relation === 'fork' ? summary.parent : (summary.origin ?? null),
      isSettled: true,
    },
  }
}

/** [E219] */
const sealedReason = {
  rule: sealedRule,
  sentence: 'Encrypted to a passphrase.',
  severity: 'resting',
} as const

/** As far as the summary goes: what stands behind its line may be cut within a character. */
function summaryText(bytes: Uint8Array): string {
  const end = bytes.indexOf(lineFeed, headStart.length)
  return decoder.decode(end === -1 ? bytes : bytes.subarray(0, end))
}

const lineFeed = 10
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** A compressed file begins with a frame that other programs pass over: its content is the start of the head. */
function plainStart(start: Uint8Array): { bytes: Uint8Array; isCompressed: boolean } {
  const isFrame =
    skippable.every((byte, at) => start[at + 1] === byte) && (start[0] ?? 0) >> 4 === 5
  return { bytes: isFrame ? start.subarray(8) : start, isCompressed: isFrame }
}

/** Bytes 2 to 4 of a skippable frame's magic number, 0x184D2A50 to 0x184D2A5F. */
const skippable = [0x2a, 0x4d, 0x18]
