// Reading makes a run of what is stored of it, head and journal, and says of each flaw what it is and where.
import { assertNever } from '../../assert.ts'
import type { Sha256 } from '../../schema/digest.ts'
import { currentVersion } from '../../schema/head.ts'
import type { JournalReading, StoredRecord } from '../../schema/journalReading.ts'
import type { Run } from '../../schema/run.ts'
import { decodeHead } from '../codec/decodeHead.ts'
import type { Finding } from '../integrity/finding.ts'
import { replay } from '../run/replay.ts'
import { journalFinding, journalFindings } from './journalFindings.ts'
import { refusedEdits } from './refusedEdits.ts'

/** What the store has of a run. `problem`: the head's bytes are no text; `offset` is the first bad byte. */
export type StoredText = {
  readonly head:
    { readonly text: string } | { readonly problem: string; readonly offset: number } | null
  readonly journal: JournalReading | null
}

export type RunReading = {
  /** Null when nothing of it can be trusted. */
  readonly run: Run | null
  /** `damaged`: at least one finding is an error. */
  readonly health: 'ok' | 'damaged' | 'newer-version'
  readonly version: number | null
  /** What the run was taken from. */
  readonly source: 'head' | 'journal' | 'both' | 'none'
  readonly findings: Finding[]
}

/** Head and the records after it; the journal alone where the head is no good; the head alone where the journal is gone. */
export function readRun(stored: StoredText, sha256: Sha256): RunReading {
  const head = readHead(stored.head, sha256)
  if (head.newer !== null) {
    return { run: null, health: 'newer-version', version: head.newer, source: 'none', findings: [] }
  }
  const { run, source, findings } = combine(head.run, stored.journal)
  return reading(run, source, [...head.findings, ...findings])
}

function reading(run: Run | null, source: RunReading['source'], findings: Finding[]): RunReading {
  const isDamaged = findings.some(({ severity }) => severity === 'error')
  const health = isDamaged ? 'damaged' : 'ok'
  return { run, health, version: run === null ? null : currentVersion, source, findings }
}

type ReadHead = {
  readonly run: Run | null
  readonly newer: number | null
  readonly findings: readonly Finding[]
}

function readHead(head: StoredText['head'], sha256: Sha256): ReadHead {
  const none = { run: null, newer: null }
  if (head === null) return { ...none, findings: [headMissing] }
  if ('problem' in head) return { ...none, findings: [headUnreadable(head)] }
  const decoded = decodeHead(head.text, sha256)
  switch (decoded.kind) {
    case 'ok':
      return { run: decoded.run, newer: null, findings: decoded.findings }
    case 'newer':
      return { run: null, newer: decoded.version, findings: [] }
    case 'other':
      return { ...none, findings: [headOfOtherKind] }
    case 'damaged':
      return { ...none, findings: decoded.findings }
    default:
      return assertNever(decoded)
  }
}

type Combined = Pick<RunReading, 'run' | 'source'> & { readonly findings: readonly Finding[] }

function combine(head: Run | null, journal: JournalReading | null): Combined {
  if (journal === null) return withoutJournal(head)
  const flaws = journalFindings(journal)
  if (head === null) return fromJournal(journal, flaws)
  const contained = journal.records.find(({ record }) => record.seq === head.journal.seq)
  if (contained !== undefined && contained.record.sum !== head.journal.sum) {
    const other = fromJournal(journal, [...flaws, headOfOtherHistory(contained)])
    return other.run === null ? { run: head, source: 'head', findings: other.findings } : other
  }
  const after = journal.records.filter(({ record }) => record.seq > head.journal.seq)
  const run = replay(after, { from: head })
  const findings = [...flaws, ...lostRecords(head, journal), ...refusedEdits(after, head)]
  return { run, source: after.length === 0 && contained === undefined ? 'head' : 'both', findings }
}

function withoutJournal(head: Run | null): Combined {
  if (head === null) return { run: null, source: 'none', findings: [journalMissing] }
  return { run: head, source: 'head', findings: head.journal.seq === 0 ? [] : [journalMissing] }
}

function fromJournal(journal: JournalReading, flaws: readonly Finding[]): Combined {
  const run = replay(journal.records)
  if (run === null) return { run, source: 'none', findings: [...flaws, noBeginning] }
  const findings = [...flaws, ...refusedEdits(journal.records, null)]
  return { run, source: 'journal', findings }
}

/** A head that is ahead of its journal: the journal lost records that had been on disk. */
function lostRecords(head: Run, journal: JournalReading): readonly Finding[] {
  const lastSeq = journal.records.at(-1)?.record.seq ?? 0
  if (lastSeq >= head.journal.seq) return []
  const sentence = `The journal ends at record ${lastSeq}, but the head contains records up to ${head.journal.seq}: the records between are lost.`
  const remedy = 'Repair goes on from the head.'
  const offset = journal.goodBytes
  return [journalFinding({ rule: 'J23', severity: 'error', sentence, offset, remedy })]
}

const headMissing: Finding = {
  ...journalFinding({ rule: 'J24', severity: 'warning', sentence: 'The head is missing.' }),
  file: 'head',
  remedy: 'The next write of the head makes it anew from the journal.',
}

const headOfOtherKind: Finding = {
  ...journalFinding({
    rule: 'C9',
    severity: 'error',
    sentence: 'The head is JSON, but no document of this program.',
  }),
  file: 'head',
  remedy: 'Repair rebuilds the head from the journal or a backup.',
}

const journalMissing = journalFinding({
  rule: 'J22',
  severity: 'error',
  sentence: 'The journal is missing: what happened after the head was written is lost.',
  remedy: 'Repair begins a new journal with the state of the head.',
})

const noBeginning = journalFinding({
  rule: 'J25',
  severity: 'error',
  sentence:
    'No valid record of the journal holds a whole state, so nothing can be rebuilt from it.',
  remedy: 'Repair restores a backup.',
})

function headUnreadable({ problem, offset }: { problem: string; offset: number }): Finding {
  const sentence = `The head cannot be read as text: ${problem}`
  const base = journalFinding({ rule: 'C4', severity: 'error', sentence, offset })
  return { ...base, file: 'head', remedy: 'Repair rebuilds the head from the journal or a backup.' }
}

function headOfOtherHistory({ record, line, offset }: StoredRecord): Finding {
  return journalFinding({
    rule: 'J26',
    severity: 'error',
    sentence: `Record ${record.seq} of the journal is not the one that the head contains: the journal is taken.`,
    line,
    offset,
    remedy: 'Repair rebuilds the head from the journal.',
  })
}
