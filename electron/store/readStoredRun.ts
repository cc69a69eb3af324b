// Reads a run's files: bytes of the head, verified records of the journal, and who holds the run.
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { JournalReading } from '../../shared/schema/journalReading.ts'
import type { LockHolder } from '../../shared/schema/lock.ts'
import type { Days } from './days.ts'
import { digestInTurns } from './digestInTurns.ts'
import { digestOf, readBytes } from './files.ts'
import type { JournalScan } from './journal.ts'
import { backupFolder, headPath, journalPath, lockPath, logFolder, stepsFolder } from './layout.ts'
import { readHolder } from './lock.ts'
import { findHolderState } from './machine.ts'
import { absolute, checkedPath, statusOf } from './paths.ts'
import type { StoreContext } from './storeContext.ts'
import { scanChain, type createJournalScanner } from './scanJournal.ts'
import { asReadError, isMissing, isRefused } from './storeErrors.ts'
import type { StoredDocument } from './documentStore.ts'
import type { StoredRun } from './store.ts'

/** What is remembered from one reading to the next. */
export type ReadMemory = {
  readonly days: Days
  readonly scan: ReturnType<typeof createJournalScanner>
}

export async function readStoredRun(
  context: StoreContext,
  memory: ReadMemory,
  run: RunId,
): Promise<StoredRun> {
  let stored = await readOnce(context, memory, run)
  for (let again = 0; again < 3 && wasGivenBackMeanwhile(stored); again += 1)
    stored = await readOnce(context, memory, run)
  return stored
}

/** [T174] Nobody holds it now, yet somebody wrote after its journal was read: that a process left it there would be false. */
function wasGivenBackMeanwhile({ holder, journal, files }: StoredRun): boolean {
  if (holder !== null || journal === null) return false
  return files.some(({ kind, sizeBytes }) => kind === 'journal' && sizeBytes > journal.sizeBytes)
}

async function readOnce(context: StoreContext, memory: ReadMemory, run: RunId): Promise<StoredRun> {
  const day = await findDay(memory.days, run)
  // The head first: a record it contains was in the journal before.
  const head = await readDocumentOrNull(context, headPath(day, run))
  const path = journalPath(day, run)
  const journal = (await readSettledJournal(context, memory, path))?.reading ?? null
  if (head === null && journal === null) throw notFound(run)
  const holder = await readHolder(context, run)
  if (head === null && journal?.sizeBytes === 0) await refuseUnborn(context, run, holder)
  return {
    id: run,
    head,
    journal,
    rev: revisionOf(head, journal),
    holder,
    files: await listRunFiles(context, day, run),
    archive: null,
  }
}

/** [T175] A journal is there before its first record: that is no damage as long as a living process writes it. */
async function refuseUnborn(
  context: StoreContext,
  run: RunId,
  holder: LockHolder | null,
): Promise<void> {
  if (holder === null || (await findHolderState(context.machine, holder)) !== 'alive') return
  const message = `Run ${run} is being created by process ${holder.pid} on ${holder.hostName}. Look again in a moment.`
  throw new AppError('not-found', message, { run, holder })
}

export async function findDay(days: Days, run: RunId): Promise<string> {
  const day = await days.find(run)
  if (day === null) throw notFound(run)
  return day
}

export async function readDocumentOrNull(
  context: StoreContext,
  document: string,
): Promise<StoredDocument | null> {
  const bytes = await readBytesOrNull(context, document)
  return bytes === null ? null : { document, bytes, rev: await digestInTurns(bytes) }
}

async function readBytesOrNull(
  context: StoreContext,
  document: string,
): Promise<Uint8Array | null> {
  const path = await checkedPath(context, document)
  try {
    return await readBytes(context.fileSystem, path)
  } catch (error) {
    if (isMissing(error)) return null
    throw asReadError(error, `${document} could not be read`)
  }
}

/** Null when there is no journal. */
export async function readJournal(
  context: StoreContext,
  path: string,
  scan: ReadMemory['scan'] = (_path, bytes) => scanChain(bytes),
): Promise<JournalScan | null> {
  const bytes = await readBytesOrNull(context, path)
  return bytes === null ? null : scan(path, bytes)
}

/** A last line that is being written right now is read again, so that only one that stays cut short is called torn. */
export async function readSettledJournal(
  context: StoreContext,
  memory: ReadMemory,
  path: string,
): Promise<JournalScan | null> {
  let scan = await readJournal(context, path, memory.scan)
  for (let again = 0; again < 3 && scan?.tail.kind === 'torn'; again += 1) {
    await context.timers.wait(5)
    const status = await statusOf(context, path)
    if (status?.sizeBytes === scan.reading.sizeBytes) return scan
    scan = await readJournal(context, path, memory.scan)
  }
  return scan
}

function revisionOf(head: StoredDocument | null, journal: JournalReading | null): string {
  const last = journal?.records.at(-1)?.record
  // Damage has no record of its own; its size tells one state of it from another.
  const damage = journal === null || journal.flaws.length === 0 ? '' : `\n${journal.sizeBytes}`
  return digestOf(`${head?.rev ?? ''}\n${last?.seq ?? 0}\n${last?.sum ?? ''}${damage}`)
}

async function listRunFiles(
  context: StoreContext,
  day: string,
  run: RunId,
): Promise<StoredRun['files']> {
  const roots = [
    { path: headPath(day, run), kind: 'head' },
    { path: journalPath(day, run), kind: 'journal' },
    { path: lockPath(run), kind: 'lock' },
    { path: logFolder(run), kind: 'log' },
    { path: stepsFolder(run), kind: 'step' },
    { path: backupFolder(run), kind: 'backup' },
  ]
  const found = await Promise.all(
    roots.map(async ({ path, kind }) =>
      (await seenFiles(context, path)).map((file) => ({ ...file, kind })),
    ),
  )
  return found.flat()
}

/** None where they may not be looked at: what can be read of a run is read. */
async function seenFiles(context: StoreContext, path: string): ReturnType<typeof listFiles> {
  try {
    return await listFiles(context, path)
  } catch (error) {
    if (isRefused(error)) return []
    throw error
  }
}

/** Files at or below a path, by name; links and what is gone meanwhile are left out. */
export async function listFiles(
  context: StoreContext,
  path: string,
): Promise<readonly { readonly path: string; readonly sizeBytes: number }[]> {
  const status = await statusOf(context, path)
  if (status?.kind === 'file') return [{ path, sizeBytes: status.sizeBytes }]
  if (status?.kind !== 'folder') return []
  const children = await childrenOf(context, path)
  const nested = await Promise.all(children.map((name) => listFiles(context, `${path}/${name}`)))
  return nested.flat()
}

/** Names in a folder, sorted; none when it does not exist. */
export async function childrenOf(context: StoreContext, path: string): Promise<readonly string[]> {
  try {
    const children = await context.fileSystem.list(absolute(context, path))
    return children.map(({ name }) => name).toSorted()
  } catch (error) {
    if (isMissing(error)) return []
    throw asReadError(error, `${path} could not be read`)
  }
}

function notFound(run: RunId): AppError {
  const message = `Run ${run} is not in this workspace: neither its head nor its journal is there. Look in the trash.`
  return new AppError('not-found', message, { run })
}
