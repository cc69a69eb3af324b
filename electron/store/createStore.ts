// Puts the parts of a store together over a file system.
import { dirname } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { findAccess } from './access.ts'
import {
  copyToNewBackup,
  listBackups,
  readBackupFile,
  removeCopied,
  restoreFromBackup,
} from './backups.ts'
import { noteChange } from './changes.ts'
import { createDays, type Days } from './days.ts'
import type { FileStatus } from './fileSystem.ts'
import { readRange } from './files.ts'
import type { JournalScan } from './journal.ts'
import { dayOf, headPath, journalPath, logPath, places, stepPath } from './layout.ts'
import { listEntries } from './listing.ts'
import { breakLock, takeLock } from './lock.ts'
import { findHolderState, isSameProcess } from './machine.ts'
import { logOperation } from './operations.ts'
import { checkedPath, makeFolders, statusOf } from './paths.ts'
import { findDay, readDocumentOrNull, readJournal, readStoredRun } from './readStoredRun.ts'
import { createRunWriter } from './runWriter.ts'
import type { StoreContext } from './storeContext.ts'
import { asReadError, asWriteError } from './storeErrors.ts'
import type { Access, Backup, OpenOptions, RunWriter, Store, StoredDocument } from './store.ts'
import { listTrashed, restoreTrashedRun } from './trash.ts'
import { watchRuns } from './watch.ts'

export function createStore(context: StoreContext, found: Access): Store {
  const days = createDays(context)
  const stops = new Set<() => void>()
  let access = found
  /** A disk that was mounted read-only is known by the first write that it refuses. */
  const writing = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      const isReadOnly = error instanceof AppError && error.details['code'] === 'EROFS'
      if (isReadOnly) access = { writable: false, reason: error.message }
      throw error
    }
  }
  return {
    root: context.root,
    get access() {
      return access
    },
    list: (options) => listEntries(context, days, options?.signal),
    read: (run) => readStoredRun(context, days, run),
    readDocument: (document) => readDocument(context, document),
    readSlice: (document, range) => readSlice(context, document, range),
    create: (run, options) => writing(() => createRun(context, days, { ...options, run })),
    open: (run, options) => writing(() => openRun(context, days, { ...options, run })),
    holderState: (holder) => findHolderState(context.machine, holder),
    isHeldHere: (holder) => isSameProcess(holder, context.machine.identity),
    breakLock: (holder) => writing(() => breakLock(context, holder)),
    backups: (run) => listBackups(context, run),
    readBackup: (run, backup, document) => readBackupFile(context, run, { backup, document }),
    moveToBackup: (document, options) =>
      writing(() => backUpDocument(context, document, { ...options, isMoved: true })),
    copyToBackup: (document, options) =>
      writing(() => backUpDocument(context, document, { ...options, isMoved: false })),
    restoreDocument: (run, backup) =>
      writing(async () => {
        const restored = await restoreFromBackup(context, run, backup)
        await noteChange(context, run)
        return restored
      }),
    trashed: () => writing(() => listTrashed(context, { settle: access.writable })),
    restoreTrashed: (id) =>
      writing(async () => {
        const run = await restoreTrashedRun(context, days, id)
        await noteChange(context, run)
        return run
      }),
    layout: {
      head: (run) => headPath(days.findNow(run), run),
      journal: (run) => journalPath(days.findNow(run), run),
      log: logPath,
      step: stepPath,
    },
    watch: (listener) => {
      const stop = watchRuns(context, listener)
      stops.add(stop)
      return () => {
        stops.delete(stop)
        stop()
      }
    },
    logOperation: (operation) => writing(() => logOperation(context, operation)),
    close: async () => {
      for (const stop of stops) stop()
      stops.clear()
    },
  }
}

/** Opens nothing and writes nothing but tells whether the workspace may be written. Throws when it is no folder. */
export async function openStore(context: StoreContext): Promise<Store> {
  return createStore(context, await findAccess(context))
}

type RunOptions = OpenOptions & { readonly run: RunId }

async function createRun(
  context: StoreContext,
  days: Days,
  options: RunOptions & { readonly createdAt: string },
): Promise<RunWriter> {
  const { run } = options
  const day = dayOf(options.createdAt)
  await refuseExisting(days, run)
  try {
    await makeFolders(context, dirname(headPath(day, run)))
  } catch (error) {
    throw asWriteError(error, `Run ${run} could not be created`)
  }
  const lock = await takeLock(context, run, { ...options, readEpoch: async () => 0 })
  try {
    // Somebody may have made it and released it in between.
    await refuseExisting(days, run)
  } catch (error) {
    await lock.release()
    throw error
  }
  days.remember(run, day)
  return createRunWriter(context, { run, day, lock, scan: null })
}

async function refuseExisting(days: Days, run: RunId): Promise<void> {
  if ((await days.find(run)) === null) return
  const message = `Run ${run} exists already. Choose another id, or open that run.`
  throw new AppError('invalid-input', message, { run })
}

async function openRun(context: StoreContext, days: Days, options: RunOptions): Promise<RunWriter> {
  const { run } = options
  const path = journalPath(await findDay(days, run), run)
  const reading: { stamp: string | null; scan: JournalScan | null } = { stamp: null, scan: null }
  const readEpoch = async (): Promise<number> => {
    const stamp = journalStamp(await statusOf(context, path))
    // Asked again under the lock: a journal that is the same file, as long and as old, is not read again.
    if (stamp === null || stamp !== reading.stamp) reading.scan = await readJournal(context, path)
    reading.stamp = stamp
    return reading.scan?.maxEpoch ?? 0
  }
  const lock = await takeLock(context, run, { ...options, readEpoch })
  try {
    const day = await findDay(days, run)
    // It moved to another day, or to the trash and back, while its lock was free.
    if (journalPath(day, run) !== path)
      reading.scan = await readJournal(context, journalPath(day, run))
    return createRunWriter(context, { run, day, lock, scan: reading.scan })
  } catch (error) {
    await lock.release()
    throw error
  }
}

function journalStamp(status: FileStatus | null): string | null {
  return status === null ? null : `${status.inode}:${status.sizeBytes}:${status.modifiedNs}`
}

async function readDocument(context: StoreContext, document: string): Promise<StoredDocument> {
  const status = await fileStatus(context, document)
  const stored = status === null ? null : await readDocumentOrNull(context, document)
  if (stored !== null) return stored
  throw new AppError('not-found', `${document} is not in this workspace. Look at the list again.`)
}

/** Null when nothing is there. Only files are opened: reading a pipe would wait for ever. */
async function fileStatus(
  context: StoreContext,
  document: string,
): Promise<{ readonly sizeBytes: number } | null> {
  await checkedPath(context, document)
  try {
    const status = await statusOf(context, document)
    if (status === null || status.kind === 'file') return status
  } catch (error) {
    throw asReadError(error, `${document} could not be read`)
  }
  throw new AppError('invalid-input', `${document} is not a file.`)
}

async function readSlice(
  context: StoreContext,
  document: string,
  range: { readonly offset: number; readonly limitBytes: number },
): Promise<{ readonly bytes: Uint8Array; readonly sizeBytes: number }> {
  if ((await fileStatus(context, document)) === null) {
    throw new AppError('not-found', `${document} is not in this workspace. Look at the list again.`)
  }
  try {
    const file = await context.fileSystem.open(await checkedPath(context, document), 'read')
    try {
      const { sizeBytes } = await file.status()
      const offset = Math.min(Math.max(0, range.offset), sizeBytes)
      const limit = Math.min(Math.max(0, range.limitBytes), sizeBytes - offset)
      return { bytes: await readRange(file, offset, limit), sizeBytes }
    } finally {
      await file.close()
    }
  } catch (error) {
    throw asReadError(error, `${document} could not be read`)
  }
}

async function backUpDocument(
  context: StoreContext,
  document: string,
  options: { readonly run: RunId; readonly reason: string; readonly isMoved: boolean },
): Promise<Backup> {
  const { run, reason, isMoved } = options
  if (document.startsWith(`${places.state}/`)) {
    throw new AppError('invalid-input', `${document} is not a state document.`)
  }
  await readDocument(context, document)
  const backup = await copyToNewBackup(context, run, { paths: [document], reason })
  if (isMoved) await removeCopied(context, document, { run, backup: backup.id })
  return backup
}
