import type { JournalReading, StoredRecord } from '../../schema/journalReading.ts'
import { tokensOf } from '../../schema/pointer.ts'
import type { Run } from '../../schema/run.ts'
import { placesOf } from '../codec/placesOf.ts'
import { check } from '../integrity/check.ts'
import { checkRecords } from '../integrity/checkRecords.ts'
import type { Finding } from '../integrity/finding.ts'
import type { RunReading, StoredText } from './readRun.ts'

/** Everything that is known to be wrong with a run, from its files alone: as it was read, in itself, and how it came about. */
export function runFindings(stored: StoredText, { run, findings }: RunReading): readonly Finding[] {
  const inside = run === null ? [] : placeInRun(check(run), { run, ...stored })
  const along = stored.journal === null ? [] : checkRecords(stored.journal.records)
  return [...findings, ...inside, ...along]
}

/**
 * Findings whose pointers lead into a run, with their place: the last record that said so, where the journal is ahead of the
 * head, else the value in the head. The head is gone through once, whatever their number.
 */
export function placeInRun(
  findings: readonly Finding[],
  { run, head, journal }: Pick<StoredText, 'head' | 'journal'> & { readonly run: Run },
): readonly Finding[] {
  if (findings.length === 0) return findings
  const text = head !== null && 'text' in head ? head.text : null
  const later = journal === null ? [] : recordsBehind(journal, text, run)
  const placed = findings.map((finding) => inJournal(finding, run, later))
  const left = placed.filter(({ file }) => file === 'head')
  const places = text === null ? [] : placesOf(text, left.map(pathInHead))
  const placeOf = new Map(left.map((finding, index) => [finding, places[index]]))
  return placed.map((finding) => {
    if (finding.file !== 'head') return finding
    const state = finding.pointer ?? ''
    return { ...finding, ...placeOf.get(finding), pointer: `/run${state}`, state }
  })
}

function pathInHead({ pointer }: Finding): readonly string[] {
  return ['run', ...tokensOf(pointer ?? '')]
}

/** Records that the head does not contain; all of them where there is no head to speak of. */
function recordsBehind(
  { records }: JournalReading,
  text: string | null,
  { journal }: Run,
): readonly StoredRecord[] {
  const contained = text === null ? null : seqOf(text)
  if (contained === journal.seq) return []
  return contained === null ? records : records.filter(({ record }) => record.seq > contained)
}

const seqPattern = /"journal": ?\{"seq":(\d+)/g

/** The last record that a head contains, as the end of its text says. */
function seqOf(text: string): number | null {
  const end = text.slice(-endCharacters)
  const found = [...end.matchAll(seqPattern)].at(-1)?.[1]
  return found === undefined ? null : Number(found)
}

/** `journal` is the last key of the schema; behind it stand unknown ones and the checksum. */
const endCharacters = 4096

function inJournal(finding: Finding, run: Run, later: readonly StoredRecord[]): Finding {
  const state = finding.pointer ?? ''
  const place = placeIn(run, state)
  const record = later.findLast((item) => concerns(item, place))
  if (record === undefined) return finding
  const { offset, line } = record
  return {
    ...finding,
    file: 'journal',
    offset,
    line,
    column: 1,
    pointer: within(record, state),
    state,
  }
}

/** `seq`: of an item of a list, the record that made it. */
type PlaceInRun = { readonly part: string; readonly name: string; readonly seq: number | null }

function placeIn(run: Run, state: string): PlaceInRun {
  const [part = '', name = ''] = tokensOf(state)
  const list = part === 'checkpoints' || part === 'decisions' ? run[part] : []
  return { part, name, seq: list[Number(name)]?.seq ?? null }
}

function concerns(item: StoredRecord, { part, name, seq }: PlaceInRun): boolean {
  if (item.kind !== 'known') return false
  const { record } = item
  switch (record.type) {
    case 'runCreated':
    case 'keyframe':
    case 'edited':
      return true
    case 'checkpoint':
      return part === 'checkpoints' && record.seq === seq
    case 'decision':
      return part === 'decisions' ? record.seq === seq : part === 'steps' && record.step === name
    case 'runResumed':
      return part === 'steps' ? record.reset.some((step) => step === name) : isOfRun(part)
    case 'runStarted':
    case 'runPaused':
    case 'runCompleted':
    case 'runFailed':
    case 'runCancelled':
      return isOfRun(part)
    default:
      return part === 'steps' && 'step' in record && record.step === name
  }
}

function isOfRun(part: string): boolean {
  return ['status', 'startedAt', 'updatedAt', 'finishedAt', 'error'].includes(part)
}

function within({ record }: StoredRecord, state: string): string {
  switch (record.type) {
    case 'runCreated':
    case 'keyframe':
      return `/run${state}`
    case 'edited':
      return '/patch'
    default:
      return 'step' in record ? '/step' : '/type'
  }
}
