import type { Health } from '../../shared/contract/runs.ts'
import type { Liveness } from '../../shared/core/diagnose/diagnosis.ts'
import { detectFormat } from '../../shared/core/formats/detectFormat.ts'
import { decodeHead } from '../../shared/core/codec/decodeHead.ts'
import { errorNameOf, marksOf, originOf, summarise } from '../../shared/core/codec/summarise.ts'
import { diagnoseReading } from '../../shared/core/formats/diagnoseReading.ts'
import { parseText } from '../../shared/core/formats/text/parseText.ts'
import { unknown as unknownFormat } from '../../shared/core/formats/unknown/unknown.ts'
import { statusWord } from '../../shared/core/formats/statusWord.ts'
import type { Diagnosis } from '../../shared/core/diagnose/diagnosis.ts'
import type { Finding } from '../../shared/core/integrity/finding.ts'
import { check } from '../../shared/core/integrity/check.ts'
import { oldDocumentFindings } from '../../shared/core/migrate/oldDocumentFindings.ts'
import { storedFinding } from '../../shared/core/reading/journalFindings.ts'
import { runFlaws } from '../../shared/core/reading/runFlaws.ts'
import { newerVersion, type UnreadableText } from '../../shared/core/reading/readRun.ts'
import { placeInRun } from '../../shared/core/reading/runFindings.ts'
import type { Sha256 } from '../../shared/schema/digest.ts'
import { assertNever } from '../../shared/assert.ts'
import { upcast } from '../../shared/core/migrate/upcast.ts'
import { AppError } from '../../shared/errors.ts'
import type { FormatId } from '../../shared/schema/format.ts'
import type { ListedFacts, SummaryContent } from '../../shared/schema/head.ts'
import type { LockHolder } from '../../shared/schema/lock.ts'
import type { UnknownMapping } from '../../shared/schema/unknownMapping.ts'
import { originKey } from '../../shared/schema/origin.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { Entry } from '../store/store.ts'
import type { ServiceContext } from './context.ts'
import { decodeLossy, decodeUtf8 } from './decodeUtf8.ts'
import { diagnoseDocument, diagnoseOpened } from './diagnoseOpened.ts'
import { summaryBytes, summaryFacts } from './listing/summaryFacts.ts'
import { needsPassphrase } from './needsPassphrase.ts'
import { readStoredRun } from './openStoredRun.ts'
import { withPoints } from './foreignFacts.ts'
import type { FolderMemory } from './folderMemory.ts'
import { placedFormat } from './placedFormat.ts'
import { formatOf, readFormat, type FormatState } from './readFormat.ts'
import { readMappings } from './readMappings.ts'
import { unpack } from './unpack.ts'

/** What a document was found to be, without what only its lock and processes tell. */
export type DocumentKind = {
  readonly format: FormatId
  readonly label: string
  readonly version: number | null
  readonly health: Health
  /** The run, read or upcast in memory; null where there is none to be read. */
  readonly run: Run | null
  readonly findings: readonly Finding[]
  readonly text: string | null
  readonly rev: string
  /** What the format of another engine says of it; null where nothing reads it. */
  readonly foreign: FormatState | null
}

export type RowFacts = {
  readonly format: FormatId
  readonly label: string
  readonly health: Health
  readonly summary: ListedSummary | null
  /** The status of a row, where it is not that of the summary: the word that the document has. */
  readonly said?: string | null
  /** Documents that this one is ahead of: they have no row of their own any more. */
  readonly behind?: readonly string[]
  /** The runs in a document that holds many, by name. */
  readonly holds?: string
  readonly liveness: Liveness
  readonly holder: LockHolder | null
  readonly reason: {
    readonly rule: string
    readonly sentence: string
    readonly severity: 'stuck' | 'attention' | 'moving' | 'resting'
  }
  readonly rev: string
  /** Whose place it takes; of a document of another engine, the key by which a run takes its place. */
  readonly forkOf: string | null
  /** Errors of integrity rules beside what damages its files; left out where there is none. */
  readonly flaws?: number
  /** False while a process may change what is said of it without changing its files. */
  readonly isSettled: boolean
}

type ListedSummary = SummaryContent & Pick<ListedFacts, 'errorName' | 'origin' | 'marks'>

function summaryOf(run: Run): ListedSummary {
  return { ...summarise(run), ...errorNameOf(run), ...originOf(run), ...marksOf(run) }
}

/** Reads one entry of the listing far enough for its row. Whatever is wrong with it becomes part of the row. */
export async function readRowFacts(
  context: ServiceContext,
  entry: Entry,
  folders?: FolderMemory,
): Promise<RowFacts> {
  try {
    return entry.run !== null && entry.kind === 'run'
      ? await runFacts(context, entry)
      : await documentFacts(context, entry, folders)
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'bug') throw error
    const sealed =
      entry.archived && needsPassphrase(error) ? await sealedFacts(context, entry) : null
    return sealed ?? unreadable(error.message, entry)
  }
}

/** What is in the clear of an encrypted archive; null when that cannot be read either. */
async function sealedFacts(context: ServiceContext, entry: Entry): Promise<RowFacts | null> {
  const [start] = await context.store.readStarts([entry.document], summaryBytes)
  if (start === undefined || 'problem' in start) return null
  const { sha256, now } = context
  return summaryFacts(entry, start.bytes, { sha256, now: now() })?.facts ?? null
}

async function runFacts(context: ServiceContext, entry: Entry): Promise<RowFacts> {
  if (entry.run === null) return documentFacts(context, entry)
  const opened = await readStoredRun(context, entry.run)
  const headText = opened.head !== null && 'text' in opened.head ? opened.head.text : null
  const isOther =
    opened.stored.journal === null &&
    headText !== null &&
    opened.run === null &&
    !isNative(detectFormat(headText).format)
  if (isOther) return documentFacts(context, entry)

  const { liveness, holder, run } = opened
  const { diagnoses, isSettled } = await diagnoseOpened(context, opened)
  // A living host may be between two of its records.
  const isAtRest = run !== null && opened.health === 'ok' && liveness !== 'alive'
  const flaws = isAtRest ? runFlaws(run, opened.stored.journal?.records ?? []) : []
  return {
    format: 'unstuck',
    label: 'Unstuck',
    health: opened.health,
    summary: run === null ? null : summaryOf(run),
    liveness,
    holder,
    reason: flawedReason(diagnoses[0] ?? nothingKnown, flaws),
    ...(flaws.length === 0 ? {} : { flaws: flaws.length }),
    rev: opened.stored.rev,
    forkOf: run === null ? null : placeTakenBy(run),
    isSettled,
  }
}

/** [F285] The run, or the document of another engine, that this run goes on from. */
function placeTakenBy(run: Run): string | null {
  return run.lineage?.relation === 'fork' ? run.lineage.parent : (originOf(run).origin ?? null)
}

/** [I91] What is said to be in order is told by its first flaw; a stuck run by why it is stuck. */
function flawedReason(
  reason: RowFacts['reason'],
  [first, ...more]: readonly Finding[],
): RowFacts['reason'] {
  if (first === undefined || reason.severity !== 'resting') return reason
  const others = more.length === 0 ? '' : ` And ${more.length} more like this.`
  const sentence = `Its state contradicts itself: ${first.sentence}${others}`
  return { rule: first.rule, sentence, severity: 'attention' }
}

async function documentFacts(
  context: ServiceContext,
  entry: Entry,
  folders?: FolderMemory,
): Promise<RowFacts> {
  const kind = await readDocumentKind(context, entry, {
    wholeBytes: wholeForRow,
    item: null,
    ...(folders === undefined ? {} : { folders }),
  })
  return {
    format: kind.format,
    label: kind.label,
    health: kind.health,
    summary: kind.run === null ? null : summaryOf(kind.run),
    ...(kind.foreign === null
      ? {}
      : {
          said: statusWord(kind.foreign.reading),
          behind: kind.foreign.behind,
          ...runsIn(kind.foreign),
        }),
    liveness: livenessOf(kind),
    holder: null,
    reason: reasonsOf(context, kind)[0] ?? nothingKnown,
    rev: kind.rev,
    forkOf: ownKey(entry.document, kind.foreign),
    isSettled: true,
  }
}

/** By what a run that was imported from this document, as it is now, is found. */
function ownKey(document: string, foreign: FormatState | null): string | null {
  const digest = foreign?.revs.get(document)
  return digest === undefined ? null : originKey({ document, digest })
}

/** [F284] Of a document that holds many runs the row names them, so that each is found by its name and its id. */
function runsIn({ items, reading }: FormatState): Pick<RowFacts, 'holds'> {
  if (reading.run !== null || items.length < 2) return {}
  return {
    holds: items
      .slice(0, mostNamed)
      .map(({ label }) => label)
      .join(', '),
  }
}

const mostNamed = 100

/** [F194] No engine leaves proof of a living process beside its documents. */
export function livenessOf({ foreign }: Pick<DocumentKind, 'foreign'>): Liveness {
  const status = foreign?.reading.run?.status
  return status === 'running' || status === 'waiting' ? 'unknown' : 'none'
}

/** Why what a document holds does not move, most likely first. */
export function reasonsOf(context: ServiceContext, kind: DocumentKind): readonly Diagnosis[] {
  const { foreign } = kind
  if (foreign === null) return diagnoseDocument(context, kind)
  const { findings } = kind
  const engine = foreign.format.name
  return diagnoseReading({ ...foreign.reading, findings }, { engine, now: context.now() })
}

export type DocumentLimits = {
  readonly wholeBytes: number
  /** One of the states in it; null: the only one, or all. */
  readonly item: string | null
  readonly folders?: FolderMemory
  /** What a person would say of unknown documents, instead of what is stored. */
  readonly mappings?: readonly UnknownMapping[]
}

/** Reads any document and says what it is. Throws only what the store throws. */
export async function readDocumentKind(
  context: ServiceContext,
  entry: Pick<Entry, 'document' | 'kind' | 'problem'>,
  limits: DocumentLimits = { wholeBytes: wholeForRow, item: null },
): Promise<DocumentKind> {
  const { wholeBytes } = limits
  if (entry.problem !== null) throw new AppError('io', entry.problem, { document: entry.document })
  const start = await context.store.readSlice(entry.document, { offset: 0, limitBytes: startBytes })
  if (start.sizeBytes > wholeBytes) return largeKind(start)
  const stored = await context.store.readDocument(entry.document)
  const base = { text: null, run: null, rev: stored.rev, version: null, foreign: null }
  const placed = (finding: Finding) =>
    placedKind(context, { entry, rev: stored.rev, finding, limits })
  if (stored.bytes.length === 0)
    return (
      (await placed(emptyDocument)) ?? {
        ...base,
        format: 'unknown',
        label: 'Empty file',
        health: 'empty',
        findings: [],
      }
    )
  if (entry.kind === 'temporary')
    return {
      ...base,
      format: 'unknown',
      label: 'Temporary file',
      health: 'temporary',
      findings: [],
    }

  const unpacked = await unpack(entry.document, stored.bytes, wholeBytes)
  if (unpacked.kind === 'broken')
    return (
      (await placed(notPlain(unpacked.problem))) ?? {
        ...base,
        format: 'unknown',
        label: 'Compressed document',
        health: 'damaged',
        findings: [notPlain(unpacked.problem)],
      }
    )
  const decoded = decodeUtf8(unpacked.bytes)
  if ('problem' in decoded)
    return (
      (await placed(notText(decoded))) ?? {
        ...base,
        format: 'unknown',
        label: 'Not UTF-8',
        health: 'damaged',
        findings: [notText(decoded)],
      }
    )

  const detected = detectFormat(decoded.text)
  const format = formatOf(detected.format)
  const source = {
    document: entry.document,
    item: limits.item,
    text: decoded.text,
    rev: stored.rev,
    limits: { fileBytes: wholeBytes, totalBytes: 2 * wholeBytes },
    ...(limits.folders === undefined ? {} : { folders: limits.folders }),
  }
  if (format !== null) return foreignKind(await readFormat(context, format, source), detected)
  if (detected.format === 'unknown' && detected.problem !== null) {
    const known = await placed(detected.problem)
    if (known !== null) return known
  }
  if (detected.format === 'unknown' && detected.problem === null) {
    const mappings = limits.mappings ?? (await readMappings(context.store))
    const found = await readFormat(context, unknownFormat, { ...source, mappings })
    // [F240, F322]
    if (found.reading.run !== null || found.items.length > 0) return foreignKind(found, detected)
  }
  const { run, findings, more } = readDocumentRun(context, {
    ...entry,
    ...detected,
    text: decoded.text,
  })
  const isDamaged = findings.some((finding) => finding.severity === 'error')
  return {
    ...base,
    text: decoded.text,
    run,
    format: detected.format === 'unstuck' ? 'unstuck-document' : detected.format,
    version: detected.version,
    label: detected.label,
    health: isDamaged ? 'damaged' : healthOf(detected.format),
    findings: [...findings, ...more],
  }
}

type Unreadable = {
  readonly entry: Pick<Entry, 'document'>
  readonly rev: string
  /** Why nothing of it can be read. */
  readonly finding: Finding
  readonly limits: DocumentLimits
}

/** [F283] A document that says nothing of itself any more, as that of the engine in whose place it lies, with its spares. */
async function placedKind(
  context: ServiceContext,
  { entry, rev, finding, limits }: Unreadable,
): Promise<DocumentKind | null> {
  const { document } = entry
  const { wholeBytes, item, folders } = limits
  const format = await placedFormat(context, document, folders)
  if (format === null || format.id === 'unknown') return null
  const state = await readFormat(context, format, {
    document,
    item,
    text: '',
    rev,
    limits: { fileBytes: wholeBytes, totalBytes: 2 * wholeBytes },
    ...(folders === undefined ? {} : { folders }),
  })
  const { label } = state.reading
  const others = state.reading.findings.filter(({ offset }) => offset === null)
  const kind = foreignKind(state, { format: format.id, version: null, label, problem: finding })
  return { ...kind, text: null, health: 'damaged', findings: [finding, ...others] }
}

const emptyDocument: Finding = {
  ...storedFinding('F4', {
    sentence: 'The document is empty.',
    file: 'document',
    offset: 0,
    line: 1,
    column: 1,
  }),
  remedy: 'Look for a backup or a temporary file beside it.',
}

/** [F191, F192] */
function foreignKind(
  foreign: FormatState,
  { format, label, problem }: ReturnType<typeof detectFormat>,
): DocumentKind {
  const { reading, text, rev, role } = foreign
  const run = reading.run === null ? null : withPoints(reading.run, foreign)
  const findings = withUnseen(foreign, problem)
  const isDamaged = findings.some(({ severity }) => severity === 'error')
  const health = reading.isOld ? 'old-version' : role === 'part' ? 'part' : 'ok'
  return {
    format,
    label: reading.label === '' ? label : reading.label,
    version: null,
    health: isDamaged ? 'damaged' : health,
    run,
    findings,
    text,
    rev,
    foreign,
  }
}

/** A text that is no JSON, not even as Python writes it, is damaged whatever a format makes of it. */
function withUnseen({ reading, text }: FormatState, problem: Finding | null): readonly Finding[] {
  const isSeen = reading.findings.some(({ severity }) => severity === 'error')
  if (problem === null || isSeen || parseText(text, 'python').kind === 'ok') return reading.findings
  return [problem, ...reading.findings]
}

const startBytes = 65_536
/**
 * More is not read at once: a host that stands still serves nobody. The bytes of any document are read in slices, in Raw.
 * A person who opens one waits for it a little; a migration needs all of it.
 */
const wholeForRow = 4 * 1024 * 1024
export const wholeForView = 16 * 1024 * 1024

/** A document that is too large to be read whole is told by its start. */
function largeKind(start: {
  readonly bytes: Uint8Array
  readonly sizeBytes: number
}): DocumentKind {
  const { format, version, label } = detectFormat(decodeLossy(start.bytes))
  return {
    format: format === 'unstuck' ? 'unstuck-document' : format,
    label: format === 'unknown' ? 'Large document' : label,
    version,
    health: format === 'unstuck' ? 'unknown' : healthOf(format),
    run: null,
    findings: [
      storedFinding('F10', {
        sentence: `It has ${Math.round(start.sizeBytes / 1e6)} MB, too many to be read at once: only its start was looked at.`,
        file: 'document',
        offset: 0,
        line: 1,
        column: 1,
      }),
    ],
    text: null,
    rev: `large:${start.sizeBytes}`,
    foreign: null,
  }
}

type DocumentRun = Pick<DocumentKind, 'run' | 'findings'> & {
  /** Contradictions, which keep nobody from reading it. */
  readonly more: readonly Finding[]
}

/** The run of a document that can be read as one: an old version upcast in memory, or a head that lies elsewhere. */
function readDocumentRun(
  context: ServiceContext,
  found: Pick<Entry, 'document'> & ReturnType<typeof detectFormat> & { readonly text: string },
): DocumentRun {
  const { document, text, format, problem } = found
  const { sha256 } = context
  const findings = problem === null ? [] : [problem]
  if (format === 'unstuck' || format === 'unstuck-newer') return readCopy(text, findings, sha256)
  if (format !== 'unstuck-v1' && format !== 'unstuck-v2') return { run: null, findings, more: [] }
  const run = upcast(text, { document, at: context.now(), sha256, isTaken: () => false })
  return { run, findings, more: oldDocumentFindings({ text, format, run }, sha256) }
}

/** A head that lies where no run's head does. */
function readCopy(text: string, findings: readonly Finding[], sha256: Sha256): DocumentRun {
  const head = decodeHead(text, sha256)
  switch (head.kind) {
    case 'ok': {
      const placed = placeInRun(check(head.run), { run: head.run, head: { text }, journal: null })
      const own = [...findings, ...ofDocument(head.findings)]
      return { run: head.run, findings: own, more: ofDocument(placed) }
    }
    case 'damaged':
      return { run: null, findings: ofDocument(head.findings), more: [] }
    case 'newer':
      return { run: null, findings: ofDocument([newerVersion(text, head)]), more: [] }
    case 'other':
      return { run: null, findings, more: [] }
    default:
      return assertNever(head)
  }
}

function ofDocument(found: readonly Finding[]): readonly Finding[] {
  return found.map((finding) => ({ ...finding, file: 'document' }))
}

function healthOf(format: FormatId): Health {
  switch (format) {
    case 'unstuck':
    case 'unstuck-document':
      return 'ok'
    case 'unstuck-v1':
    case 'unstuck-v2':
      return 'old-version'
    case 'unstuck-newer':
      return 'newer-version'
    case 'unknown':
      return 'unknown'
    default:
      return 'not-yet-readable'
  }
}

function isNative(format: FormatId): boolean {
  return format === 'unstuck' || format === 'unstuck-newer'
}

function unreadable(sentence: string, { archived }: Entry): RowFacts {
  return {
    // Only a run of its own format is ever archived.
    ...(archived
      ? { format: 'unstuck', label: 'Unstuck' }
      : { format: 'unknown', label: 'Unreadable' }),
    health: 'unreadable',
    summary: null,
    liveness: 'none',
    holder: null,
    reason: { rule: 'G34', sentence, severity: 'attention' },
    rev: 'unreadable',
    forkOf: null,
    isSettled: true,
  }
}

/** [F190] */
function notPlain(sentence: string): Finding {
  return {
    rule: 'F190',
    severity: 'error',
    sentence,
    file: 'document',
    offset: null,
    line: null,
    column: null,
    pointer: null,
    remedy: 'Repair keeps what can be decompressed of it.',
  }
}

function notText({ problem, rule, ...place }: Required<UnreadableText>): Finding {
  return storedFinding(rule, { sentence: problem, file: 'document', ...place })
}

const nothingKnown = {
  rule: 'G34',
  sentence: 'Nothing is known of it.',
  severity: 'attention',
} as const
