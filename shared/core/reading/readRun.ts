// Reading makes a run of what is stored of it, head and journal, and says of each flaw what it is and where.
import { assertNever } from '../../assert.ts'
import type { Sha256 } from '../../schema/digest.ts'
import { currentVersion } from '../../schema/head.ts'
import type { JournalReading, StoredRecord } from '../../schema/journalReading.ts'
import type { Run } from '../../schema/run.ts'
import { decodeHead } from '../codec/decodeHead.ts'
import type { Finding } from '../integrity/finding.ts'
import { replay } from '../run/replay.ts'
import { headFinding } from '../codec/headFinding.ts'
import { indexOfPath } from '../codec/pointer.ts'
import { ruleFacts } from '../integrity/storedRules.ts'
import { journalFindings, storedFinding } from './journalFindings.ts'
import { refusedEdits } from './refusedEdits.ts'

/** What the store has of a run. `problem`: the head's bytes are no text; `offset` is the first bad byte. */
export type StoredText = {
  /** The run after which the files are named; left out where nothing names it. */
  readonly id?: string
  readonly head: { readonly text: string } | UnreadableText | null
  readonly journal: JournalReading | null
}

/** Bytes that are no text: `offset` is the first bad byte. */
export type UnreadableText = {
  readonly problem: string
  readonly offset: number
  readonly line?: number
  readonly column?: number
  /** Default: they are not UTF-8. */
  readonly rule?: 'F8' | 'F11'
}

const wholeFile = { offset: 0, line: 1, column: 1, pointer: '' }

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
  const head = ownHead(readHead(stored.head, sha256), stored)
  if (head.newer !== null) {
    const { newer: version, findings } = head
    return { run: null, health: 'newer-version', version, source: 'none', findings: [...findings] }
  }
  const { run, source, findings } = combineOwn(head.run, stored)
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
      return { ...none, newer: decoded.version, findings: [newerVersion(head.text, decoded)] }
    case 'other':
      return { ...none, findings: [headOfOtherKind] }
    case 'damaged':
      return { ...none, findings: decoded.findings }
    default:
      return assertNever(decoded)
  }
}

/** A head of another run says nothing of this one. */
function ownHead(head: ReadHead, stored: StoredText): ReadHead {
  if (stored.id === undefined || head.run === null || head.run.id === stored.id) return head
  if (stored.head === null || !('text' in stored.head)) return head
  const { text } = stored.head
  const sentence = `The head is that of the run ${head.run.id}, but lies where that of ${stored.id} should.`
  const at = { index: indexOfPath(text, ['run', 'id']), pointer: '/run/id' }
  const finding = headFinding(text, { ...ruleFacts('I37'), sentence, ...at })
  return { ...head, run: null, findings: [...head.findings, finding] }
}

/** A journal of another run says nothing of this one. */
function combineOwn(head: Run | null, { id, journal }: StoredText): Combined {
  const owner = journal === null ? null : ownerOf(journal)
  if (id === undefined || owner === null || owner === id) return combine(head, journal)
  const sentence = `The journal is that of the run ${owner}, but lies where that of ${id} should.`
  const place = { offset: 0, line: 1, column: 1, pointer: '/run/id' }
  const finding = storedFinding('I37', { sentence, ...place })
  return { run: head, source: head === null ? 'none' : 'head', findings: [finding] }
}

function ownerOf({ records }: JournalReading): string | null {
  const first = records[0]
  if (first?.kind !== 'known') return null
  const { record } = first
  return record.type === 'runCreated' || record.type === 'keyframe' ? record.run.id : null
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
  const last = journal.records.at(-1)
  const lastSeq = last?.record.seq ?? 0
  if (lastSeq >= head.journal.seq) return []
  const sentence = `The journal ends at record ${lastSeq}, but the head contains records up to ${head.journal.seq}: the records between are lost.`
  const place = { offset: journal.goodBytes, line: (last?.line ?? 0) + 1, column: 1 }
  return [storedFinding('J23', { sentence, ...place })]
}

const headMissing = storedFinding('J24', { sentence: 'The head is missing.', file: 'head' })

const headOfOtherKind = storedFinding('C9', {
  sentence: 'The head is JSON, but no document of this program.',
  file: 'head',
  ...wholeFile,
})

const journalMissing = storedFinding('J22', {
  sentence: 'The journal is missing: what happened after the head was written is lost.',
})

const noBeginning = storedFinding('J25', {
  sentence:
    'No valid record of the journal holds a whole state, so nothing can be rebuilt from it.',
  offset: 0,
  line: 1,
  column: 1,
})

export function newerVersion(text: string, { version }: { readonly version: number }): Finding {
  const sentence = `It is of version ${version}; this program knows versions up to ${currentVersion}. It needs a newer Unstuck, one that knows version ${version}; its bytes can still be seen in Raw.`
  const at = { index: indexOfPath(text, ['version']), pointer: '/version' }
  return headFinding(text, { ...ruleFacts('C8'), sentence, ...at })
}

function headUnreadable({ problem, ...place }: UnreadableText): Finding {
  const sentence = `The head cannot be read as text: ${problem}`
  const { rule = 'F8', offset, line = null, column = null } = place
  return storedFinding(rule, { sentence, file: 'head', offset, line, column, remedy: rebuild })
}

const rebuild = ruleFacts('C4').remedy

function headOfOtherHistory({ record, line, offset }: StoredRecord): Finding {
  const sentence = `Record ${record.seq} of the journal is not the one that the head contains: the journal is taken.`
  return storedFinding('J26', { sentence, line, offset, column: 1, pointer: '/sum' })
}
