// What any document of the workspace is, read far enough to say it.
import type { Health } from '../../shared/contract/runs.ts'
import { detectFormat } from '../../shared/core/formats/detectFormat.ts'
import { isDefinition } from '../../shared/core/formats/isDefinition.ts'
import { parseText } from '../../shared/core/formats/text/parseText.ts'
import { unknown as unknownFormat } from '../../shared/core/formats/unknown/unknown.ts'
import type { Finding } from '../../shared/core/integrity/finding.ts'
import { storedFinding } from '../../shared/core/reading/journalFindings.ts'
import type { UnreadableText } from '../../shared/core/reading/readRun.ts'
import { AppError } from '../../shared/errors.ts'
import { definitionLabel, type FormatId } from '../../shared/schema/format.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { UnknownMapping } from '../../shared/schema/unknownMapping.ts'
import type { Entry } from '../store/store.ts'
import type { ServiceContext } from './context.ts'
import { decodeLossy, decodeUtf8 } from './decodeUtf8.ts'
import { healthOf, readDocumentRun } from './documentRun.ts'
import type { FolderMemory } from './folderMemory.ts'
import { withPoints } from './foreignFacts.ts'
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
  const bare = (label: string, health: Health, findings: readonly Finding[]): DocumentKind => ({
    ...base,
    format: 'unknown',
    label,
    health,
    findings,
  })
  if (stored.bytes.length === 0)
    return (await placed(emptyDocument)) ?? bare('Empty file', 'empty', [])
  if (entry.kind === 'temporary') return bare('Temporary file', 'temporary', [])

  const unpacked = await unpack(entry.document, stored.bytes, wholeBytes)
  if (unpacked.kind === 'broken') {
    const finding = notPlain(unpacked.problem)
    return (await placed(finding)) ?? bare('Compressed document', 'damaged', [finding])
  }
  const decoded = decodeUtf8(unpacked.bytes)
  if ('problem' in decoded) {
    const finding = notText(decoded)
    return (await placed(finding)) ?? bare('Not UTF-8', 'damaged', [finding])
  }

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
    // [L241] What its steps say would be guessed at as what became of them.
    if (isDefinition(decoded.text))
      return { ...bare(definitionLabel, 'part', []), text: decoded.text }
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
export const wholeForRow = 4 * 1024 * 1024
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
