// Puts the parts of a store together over a file system.
import { AppError } from '../../shared/errors.ts'
import { findAccess } from './access.ts'
import { listBackups, readBackupFile, restoreFromBackup } from './backups.ts'
import { announceChange } from './changes.ts'
import { createDays } from './days.ts'
import { backUpDocument, readDocument, readSlice } from './documents.ts'
import { headPath, journalPath, logPath, stepPath } from './layout.ts'
import { createJournalScanner } from './journal.ts'
import { entryOfRun, listEntries, listHeldRuns } from './listing.ts'
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
  const writing = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await orWriteError(`${what} could not be written`, work)
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
    list: (options) => reading('The workspace', () => listEntries(context, days, options?.signal)),
    entry: (run) => reading(`Run ${run}`, () => entryOfRun(context, days, run)),
    heldRuns: () => reading('The locks', () => listHeldRuns(context)),
    read: (run) => reading(`Run ${run}`, () => readStoredRun(context, memory, run)),
    readDocument: (document) => reading(document, () => readDocument(context, document)),
    readSlice: (document, range) => reading(document, () => readSlice(context, document, range)),
    create: (run, options) =>
      writing(`Run ${run}`, () => createRun(context, days, { ...options, run })),
    open: (run, options) =>
      writing(`Run ${run}`, () => openRun(context, days, { ...options, run })),
    holderState: (holder) =>
      reading(`The lock of run ${holder.run}`, () => findHolderState(context.machine, holder)),
    isHeldHere: (holder) => isSameProcess(holder, context.machine.identity),
    breakLock: (holder) =>
      writing(`The lock of run ${holder.run}`, () => breakLock(context, holder)),
    backups: (run) => reading(`Backups of run ${run}`, () => listBackups(context, run)),
    readBackup: (run, backup, document) =>
      reading(`Backup ${backup} of run ${run}`, () =>
        readBackupFile(context, run, { backup, document }),
      ),
    moveToBackup: (document, options) =>
      writing(document, () => backUpDocument(context, document, { ...options, isMoved: true })),
    copyToBackup: (document, options) =>
      writing(document, () => backUpDocument(context, document, { ...options, isMoved: false })),
    restoreDocument: (run, backup) =>
      writing(`Backup ${backup} of run ${run}`, async () => {
        const restored = await restoreFromBackup(context, run, backup)
        await announceChange(context, run)
        return restored
      }),
    trashed: () => writing('The trash', () => listTrashed(context, { settle: access.writable })),
    restoreTrashed: (id) =>
      writing(`Trashed run ${id}`, () => restoreTrashedRun(context, days, id)),
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
    logOperation: (operation) =>
      writing('The operations log', () => logOperation(context, operation)),
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

function reading<T>(what: string, work: () => Promise<T>): Promise<T> {
  return orReadError(`${what} could not be read`, work)
}
