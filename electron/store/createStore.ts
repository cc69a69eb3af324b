// Puts the parts of a store together over a file system.
import { AppError } from '../../shared/errors.ts'
import { findAccess } from './access.ts'
import { listBackups, readBackupFile, restoreFromBackup } from './backups.ts'
import { announceChange } from './changes.ts'
import { createDays } from './days.ts'
import { backUpDocument, readDocument, readSlice } from './documents.ts'
import { headPath, journalPath, logPath, stepPath } from './layout.ts'
import { createJournalScanner } from './journal.ts'
import { listEntries } from './listing.ts'
import { breakLock } from './lock.ts'
import { findHolderState, isSameProcess } from './machine.ts'
import { createRun, openRun } from './openWriter.ts'
import { logOperation } from './operations.ts'
import { readStoredRun } from './readStoredRun.ts'
import type { StoreContext } from './storeContext.ts'
import { orReadError, orWriteError } from './storeErrors.ts'
import type { Access, Store } from './store.ts'
import { listTrashed, restoreTrashedRun } from './trash.ts'
import { watchRuns } from './watch.ts'

export function createStore(context: StoreContext, found: Access): Store {
  const days = createDays(context)
  const memory = { days, scan: createJournalScanner() }
  const stops = new Set<() => void>()
  let access = found
  /** A disk that was mounted read-only is known by the first write that it refuses. */
  const writing = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await orWriteError('The workspace could not be written', work)
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
    list: (options) => reading(() => listEntries(context, days, options?.signal)),
    read: (run) => reading(() => readStoredRun(context, memory, run)),
    readDocument: (document) => reading(() => readDocument(context, document)),
    readSlice: (document, range) => reading(() => readSlice(context, document, range)),
    create: (run, options) => writing(() => createRun(context, days, { ...options, run })),
    open: (run, options) => writing(() => openRun(context, days, { ...options, run })),
    holderState: (holder) => reading(() => findHolderState(context.machine, holder)),
    isHeldHere: (holder) => isSameProcess(holder, context.machine.identity),
    breakLock: (holder) => writing(() => breakLock(context, holder)),
    backups: (run) => reading(() => listBackups(context, run)),
    readBackup: (run, backup, document) =>
      reading(() => readBackupFile(context, run, { backup, document })),
    moveToBackup: (document, options) =>
      writing(() => backUpDocument(context, document, { ...options, isMoved: true })),
    copyToBackup: (document, options) =>
      writing(() => backUpDocument(context, document, { ...options, isMoved: false })),
    restoreDocument: (run, backup) =>
      writing(async () => {
        const restored = await restoreFromBackup(context, run, backup)
        await announceChange(context, run)
        return restored
      }),
    trashed: () => writing(() => listTrashed(context, { settle: access.writable })),
    restoreTrashed: (id) => writing(() => restoreTrashedRun(context, days, id)),
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

function reading<T>(work: () => Promise<T>): Promise<T> {
  return orReadError('The workspace could not be read', work)
}
