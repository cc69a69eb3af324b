// Puts the parts of a store together over a file system.
import { AppError } from '../../shared/errors.ts'
import { findAccess } from './access.ts'
import { adoptRun } from './adoptRun.ts'
import { dayNow } from './archiveDays.ts'
import { unarchiveRun } from './archivePutBack.ts'
import { archiveRun } from './archiveRun.ts'
import { createArchiveMemory } from './archiveView.ts'
import { listBackups, readBackupFile, restoreFromBackup } from './backups.ts'
import { announceChange } from './changes.ts'
import { createDays } from './days.ts'
import { backUpDocument, readDocument, readSlice } from './documents.ts'
import { headPath, journalPath, logPath, places, stepPath } from './layout.ts'
import { appendToJob, createJob, jobPath, listJobs, readJob } from './jobs.ts'
import { createJournalScanner, scanJournal } from './scanJournal.ts'
import { entryOfRun, listEntries, listHeldRuns, sweepInto } from './listing.ts'
import { breakLock } from './lock.ts'
import { findHolderState, isSameProcess } from './machine.ts'
import { findNewestRuns } from './findNewestRuns.ts'
import { findTemporaries } from './findTemporaries.ts'
import { listFolder } from './listFolder.ts'
import { createRun, openRun, refuseArchived } from './openWriter.ts'
import { readOperations } from './operationLog.ts'
import { logOperation } from './operations.ts'
import { finishPurge, listLeftPurges, purgeTrashed } from './purge.ts'
import { compactJournal } from './compactJournal.ts'
import { entryId } from './entryId.ts'
import { findRunsBeside, measureBeside } from './besideRuns.ts'
import { doExclusively, noteTask, readTaskNote } from './tasks.ts'
import { trashBackup } from './trashBackup.ts'
import { trashDocument } from './trashDocument.ts'
import { replaceDocuments } from './replaceDocuments.ts'
import { listDocumentBackups, restoreDocuments } from './restoreDocuments.ts'
import { settleDocuments } from './settleDocuments.ts'
import { withOpenHead } from './openHead.ts'
import { readStarts } from './readStarts.ts'
import { inPlaceOf, readFileAnywhere, readRunAnywhere } from './readAnywhere.ts'
import type { StoreContext } from './storeContext.ts'
import { isRefused, orReadError, orWriteError } from './storeErrors.ts'
import type { Access, Store } from './store.ts'
import { measureStorage } from './storage.ts'
import { sweepTemporaries } from './sweepTemporaries.ts'
import { listTrashed, type TrashMemory } from './trashList.ts'
import { forgetExpired, noteExpired } from './trashManifest.ts'
import { restoreTrashedRun } from './trashRestore.ts'
import { unlockArchive } from './unlockArchive.ts'
import { watchRuns } from './watch.ts'

export function createStore(context: StoreContext, found: Access): Store {
  const days = createDays(context)
  const memory = { days, scan: createJournalScanner(), archives: createArchiveMemory() }
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
  const trashMemory: TrashMemory = new Map()
  return {
    root: context.root,
    get access() {
      return access
    },
    list: (options) => reading('The workspace', () => listEntries(context, days, options?.signal)),
    sweep: (known, options) =>
      reading('The workspace', () => sweepInto(context, days, { ...options, known })),
    readStarts: (documents, limitBytes) =>
      reading('The documents', () => readStarts(context, documents, limitBytes)),
    entry: (run) => reading(`Run ${run}`, () => entryOfRun(context, days, run)),
    newestRuns: (slug, limit) =>
      reading('The workspace', () => findNewestRuns(context, slug, limit)),
    heldRuns: () => reading('The locks', () => orNoneSeen(() => listHeldRuns(context))),
    read: (run) => reading(`Run ${run}`, () => readRunAnywhere(context, memory, run)),
    withHead: (run, work) =>
      reading(`The head of run ${run}`, () => withOpenHead(context, memory, { run, work })),
    readDocument: (document) =>
      reading(document, () =>
        readFileAnywhere(context, memory, {
          document,
          work: (place) => readDocument(place, document),
        }),
      ),
    readJournal: (document) =>
      reading(document, async () => {
        const { bytes } = await readFileAnywhere(context, memory, {
          document,
          work: (place) => readDocument(place, document),
        })
        return scanJournal(bytes).reading
      }),
    readSlice: (document, range) =>
      reading(document, () =>
        readFileAnywhere(context, memory, {
          document,
          work: (place) => readSlice(place, document, range),
        }),
      ),
    listFolder: (folder) =>
      reading(`The folder ${folder === '' ? 'of the workspace' : folder}`, () =>
        listFolder(context, folder),
      ),
    create: (run, options) =>
      writing(`Run ${run}`, () => createRun(context, days, { ...options, run })),
    adopt: (run, adoption) =>
      writing(`Run ${run}`, () => adoptRun(context, days, { ...adoption, run })),
    open: (run, options) =>
      writing(`Run ${run}`, () => openRun(context, days, { ...options, run })),
    holderState: (holder) =>
      reading(`The lock of run ${holder.run}`, () => findHolderState(context.machine, holder)),
    isHeldHere: (holder) => isSameProcess(holder, context.machine.identity),
    breakLock: (holder) =>
      writing(`The lock of run ${holder.run}`, () => breakLock(context, holder)),
    backups: (run) =>
      reading(`Backups of run ${run}`, () =>
        inPlaceOf(context, memory, { run, work: (place) => listBackups(place, run) }),
      ),
    readBackup: (run, backup, document) =>
      reading(`Backup ${backup} of run ${run}`, () =>
        inPlaceOf(context, memory, {
          run,
          work: (place) => readBackupFile(place, run, { backup, document }),
        }),
      ),
    moveToBackup: (document, options) =>
      writing(document, async () => {
        await refuseArchived(context, days, options.run)
        return backUpDocument(context, document, { ...options, isMoved: true })
      }),
    copyToBackup: (document, options) =>
      writing(document, async () => {
        await refuseArchived(context, days, options.run)
        return backUpDocument(context, document, { ...options, isMoved: false })
      }),
    archive: (run, options) =>
      writing(`The archive of run ${run}`, () => archiveRun(context, memory, { run, ...options })),
    unarchive: (run, options) =>
      writing(`Run ${run}`, async () => {
        const back = await unarchiveRun(context, days, { ...options, run })
        memory.archives.unlocked.lock(run)
        return back
      }),
    unlockArchive: (run, cipher) =>
      reading(`The archive of run ${run}`, () => unlockArchive(context, memory, { run, cipher })),
    takeUnlocked: (unlocked) => memory.archives.unlocked.take(unlocked),
    lockArchive: (run) => memory.archives.unlocked.lock(run),
    restoreDocument: (run, backup) =>
      writing(`Backup ${backup} of run ${run}`, async () => {
        await refuseArchived(context, days, run)
        const restored = await restoreFromBackup(context, run, backup)
        await announceChange(context, run)
        return restored
      }),
    replaceDocuments: (document, options) =>
      writing(document, () => replaceDocuments(context, document, options)),
    restoreDocuments: (document, options) =>
      writing(document, () => restoreDocuments(context, document, options)),
    trashDocument: (document, options) =>
      writing(document, () => trashDocument(context, document, options)),
    trashBackup: (run, options) =>
      writing(`Backup ${options.backup} of run ${run}`, async () => {
        await refuseArchived(context, days, run)
        return trashBackup(context, run, options)
      }),
    compactedBytes: (run, { gaps }) =>
      reading(`The journal of run ${run}`, async () => {
        const { bytes } = await readDocument(
          context,
          journalPath(dayNow(context, memory, run), run),
        )
        const at = context.now()
        const scan = scanJournal(bytes)
        const link = { run, at, epoch: scan.maxEpoch + 1, backup: entryId(context, at) }
        return bytes.byteLength - compactJournal(bytes, { ...link, gaps }).bytes.byteLength
      }),
    exclusively: (task, work) => doExclusively(context, task, work),
    taskNote: (task) => reading(places.state, () => readTaskNote(context, task)),
    noteTask: (task, note) => writing(places.state, () => noteTask(context, task, note)),
    jobs: () => reading(places.jobs, () => listJobs(context)),
    createJob: (id, lines) => writing(`Batch ${id}`, () => createJob(context, id, lines)),
    appendToJob: (id, options) => writing(`Batch ${id}`, () => appendToJob(context, id, options)),
    readJob: (id, fromByte) => reading(`Batch ${id}`, () => readJob(context, id, fromByte)),
    runsBeside: () => reading('The workspace', () => findRunsBeside(context)),
    besideBytes: (run) => reading(`The files of run ${run}`, () => measureBeside(context, run)),
    documentBackups: (document) =>
      reading(`Backups of ${document}`, () => listDocumentBackups(context, document)),
    settleDocuments: () => writing(places.backups, () => settleDocuments(context)),
    trashed: (options) =>
      writing('The trash', () =>
        listTrashed(context, trashMemory, {
          settle: access.writable,
          only: options?.only ?? null,
        }),
      ),
    restoreTrashed: (id) =>
      writing(`Trashed run ${id}`, () => restoreTrashedRun(context, days, id)),
    noteExpired: (id, { isExpired }) =>
      writing(`Trashed run ${id}`, () =>
        isExpired ? noteExpired(context, id) : forgetExpired(context, id),
      ),
    purgeTrashed: (id) => writing(`Trashed run ${id}`, () => purgeTrashed(context, id)),
    leftPurges: () => reading(places.trash, () => listLeftPurges(context)),
    finishPurge: (id) => writing(`Trashed run ${id}`, () => finishPurge(context, id)),
    temporaries: (options) =>
      reading('What is left over in runs and .unstuck', () =>
        findTemporaries(context, { kind: 'workspace', signal: options?.signal }),
      ),
    sweepTemporaries: ({ keepDays, signal }) =>
      writing('What is left over in runs and .unstuck', async () => {
        const scope = { kind: 'workspace', signal } as const
        return (await sweepTemporaries(context, scope, keepDays)).moved
      }),
    storage: (options) => reading('The workspace', () => measureStorage(context, options ?? {})),
    layout: {
      head: (run) => headPath(dayNow(context, memory, run), run),
      journal: (run) => journalPath(dayNow(context, memory, run), run),
      log: logPath,
      step: stepPath,
      job: jobPath,
    },
    watch: (listener) => {
      const stop = watchRuns(context, listener)
      stops.add(stop)
      return () => {
        stops.delete(stop)
        stop()
      }
    },
    logOperation: (operation) => writing(places.operations, () => logOperation(context, operation)),
    operations: (query) => reading(places.operations, () => readOperations(context, query)),
    close: async () => {
      for (const stop of stops) stop()
      stops.clear()
      memory.archives.unlocked.lock(null)
      await context.disk.close()
    },
  }
}

/** Opens nothing and writes nothing but tells whether the workspace may be written. Throws when it is no folder. */
export async function openStore(context: StoreContext): Promise<Store> {
  return createStore(context, await findAccess(context))
}

/** Where the locks may not be looked at, none is seen; whoever reads such a run is told so. */
async function orNoneSeen<T>(work: () => Promise<ReadonlySet<T>>): Promise<ReadonlySet<T>> {
  try {
    return await work()
  } catch (error) {
    if (isRefused(error)) return new Set()
    throw error
  }
}

function reading<T>(what: string, work: () => Promise<T>): Promise<T> {
  return orReadError(`${what} could not be read`, work)
}
