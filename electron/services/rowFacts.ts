import type { Health } from '../../shared/contract/runs.ts'
import { errorNameOf, marksOf, originOf, summarise } from '../../shared/core/codec/summarise.ts'
import type { Liveness } from '../../shared/core/diagnose/diagnosis.ts'
import { detectFormat } from '../../shared/core/formats/detectFormat.ts'
import { statusWord } from '../../shared/core/formats/statusWord.ts'
import type { Finding } from '../../shared/core/integrity/finding.ts'
import { runFlaws } from '../../shared/core/reading/runFlaws.ts'
import { AppError, needsPassphrase } from '../../shared/errors.ts'
import type { FormatId } from '../../shared/schema/format.ts'
import type { ListedFacts, SummaryContent } from '../../shared/schema/head.ts'
import type { LockHolder } from '../../shared/schema/lock.ts'
import { originKey } from '../../shared/schema/origin.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { Entry } from '../store/store.ts'
import type { ServiceContext } from './context.ts'
import { diagnoseOpened } from './diagnoseOpened.ts'
import { readDocumentKind, wholeForRow } from './documentKind.ts'
import { livenessOf, reasonsOf } from './documentReasons.ts'
import { summaryBytes, summaryFacts } from './listing/summaryFacts.ts'
import type { FolderMemory } from './folderMemory.ts'
import { readStoredRun } from './openStoredRun.ts'
import type { FormatState } from './readFormat.ts'

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

/**
 * Reads one entry of the listing far enough for its row. Whatever is wrong with it becomes part of the row.
 * Null: the run is being created right now, and its files change once it is. [T175]
 */
export async function readRowFacts(
  context: ServiceContext,
  entry: Entry,
  folders?: FolderMemory,
): Promise<RowFacts | null> {
  try {
    return entry.run !== null && entry.kind === 'run'
      ? await runFacts(context, entry)
      : await documentFacts(context, entry, folders)
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'bug') throw error
    if (error.code === 'not-found' && error.details.holder !== undefined) return null
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

async function sealedRow(context: ServiceContext, entry: Entry): Promise<RowFacts> {
  const sentence = 'It is encrypted, and what is said of it in the clear cannot be read.'
  return (await sealedFacts(context, entry)) ?? unreadable(sentence, entry)
}

async function runFacts(context: ServiceContext, entry: Entry): Promise<RowFacts> {
  if (entry.run === null) return documentFacts(context, entry)
  const opened = await readStoredRun(context, entry.run)
  // [X137] A row is kept in the cache of the list.
  if (opened.stored.archive?.isSealed === true) return sealedRow(context, entry)
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

const nothingKnown = {
  rule: 'G34',
  sentence: 'Nothing is known of it.',
  severity: 'attention',
} as const
