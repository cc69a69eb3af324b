// Moves a run into one compressed file: its files go only after the archive was read back.
import { dirname } from 'node:path'
import type { RunId } from '../../shared/schema/ids.ts'
import { changedError, headlessError } from './archiveErrors.ts'
import { requireNoOtherArchive } from './archiveLeft.ts'
import { underRunLock, type LockedRun } from './archiveLock.ts'
import { foldersOf, placesOf, type RunPlace } from './archivePlaces.ts'
import { digestArchived, openArchive, type Archive } from './archiveReader.ts'
import { findArchived, hasHead } from './archiveView.ts'
import { writeArchive, type TakenFile } from './archiveWriter.ts'
import { putBackPlain, removeFile } from './atRest.ts'
import { keepRights } from './atRestRights.ts'
import { renameWithPatience, temporaryPath } from './atomicWrite.ts'
import type { OpenFile } from './fileSystem.ts'
import { digestFile } from './archiveDigest.ts'
import { archivePath, headPath } from './layout.ts'
import { removeEmptyFolders } from './moveInto.ts'
import { absolute, adoptOwner, makeFolders, statusOf } from './paths.ts'
import { findDay, listFiles, readStoredRun, type ReadMemory } from './readStoredRun.ts'
import type { StoreContext } from './storeContext.ts'
import { isMissing } from './storeErrors.ts'
import type { ArchivedRun } from './store.ts'

/**
 * The head is the first file that goes and the last that comes back, so a run is in the archive exactly when it has an archive
 * and no head: a crash in between leaves the whole run here or there. Archiving again finishes what was cut short.
 */
export async function archiveRun(
  context: StoreContext,
  memory: ReadMemory,
  options: { readonly run: RunId; readonly rev?: string | undefined },
): Promise<ArchivedRun> {
  const { run } = options
  const before = await findArchived(context, run, await memory.days.find(run))
  if (before === null) await findDay(memory.days, run)
  return underRunLock(context, { run, purpose: 'archive' }, async (lock) => {
    const place = { run, day: before?.day ?? (await findDay(memory.days, run)), lock }
    if (await hasHead(context, place)) {
      await putBackPlain(context, place)
      await refuseChanged(context, memory, options)
      await requireNoOtherArchive(context, place)
      await pack(context, place)
    } else if ((await findArchived(context, run, place.day)) === null) throw headlessError(run)
    const archive = await openArchive(context, archivePath(place.day, run), place)
    await removeLeft(context, place, archive)
    return archivedRunOf(archive, run)
  })
}

export function archivedRunOf({ path, sizeBytes, contents }: Archive, run: RunId): ArchivedRun {
  const plainBytes = contents.files.reduce((sum, file) => sum + file.sizeBytes, 0)
  return { run, path, sizeBytes, plainBytes }
}

async function refuseChanged(
  context: StoreContext,
  memory: ReadMemory,
  { run, rev }: { readonly run: RunId; readonly rev?: string | undefined },
): Promise<void> {
  if (rev === undefined || (await readStoredRun(context, memory, run)).rev === rev) return
  throw changedError(run, null)
}

/** Makes the archive, verified and durable, and takes the head away: from then on the run is in the archive. */
async function pack(context: StoreContext, place: LockedRun): Promise<void> {
  const found = await Promise.all(placesOf(place).map((path) => listFiles(context, path)))
  const paths = found.flat().map(({ path }) => path)
  // After a power cut what is left of them must be what the archive holds.
  for (const path of paths) await context.fileSystem.syncFile(absolute(context, path))
  const folder = dirname(archivePath(place.day, place.run))
  const parent = await makeFolders(context, folder)
  const target = absolute(context, archivePath(place.day, place.run))
  const temporary = temporaryPath(context, target)
  const relative = `${folder}/${temporary.slice(parent.length + 1)}`
  try {
    const taken = await writeTemporary(context, { ...place, paths, temporary })
    await keepRights(context, { from: headPath(place.day, place.run), to: relative })
    await verify(context, { ...place, path: relative })
    await refuseTouched(context, place, taken)
    await place.lock.verify()
    await renameWithPatience(context, temporary, target)
  } catch (error) {
    const [removed] = await Promise.allSettled([removeFile(context, relative)])
    // The first failure says more than that of cleaning up behind it.
    if (error instanceof Error && removed?.status === 'rejected') error.cause ??= removed.reason
    throw error
  }
  await context.fileSystem.syncFolder(parent)
  await place.lock.verify()
  await removeFile(context, headPath(place.day, place.run))
}

async function writeTemporary(
  context: StoreContext,
  options: RunPlace & { readonly paths: readonly string[]; readonly temporary: string },
): Promise<readonly TakenFile[]> {
  const { temporary } = options
  const file = await openInFolder(
    context,
    temporary,
    dirname(archivePath(options.day, options.run)),
  )
  try {
    const taken = await writeArchive(context, file, options)
    await adoptOwner(context, temporary, dirname(temporary))
    await file.sync()
    return taken
  } finally {
    await file.close()
  }
}

/** Whoever takes the last archive out of a folder takes the folder away: then it is made again. */
async function openInFolder(
  context: StoreContext,
  path: string,
  folder: string,
): Promise<OpenFile> {
  for (let again = 0; ; again += 1) {
    try {
      return await context.fileSystem.open(path, 'create')
    } catch (error) {
      if (!isMissing(error) || again === rounds) throw error
      await makeFolders(context, folder)
    }
  }
}

/** File by file, from the disk; the archive is not in its place before. */
async function verify(
  context: StoreContext,
  { path, ...place }: RunPlace & { readonly path: string },
): Promise<void> {
  const archive = await openArchive(context, path, place)
  for (const file of archive.contents.files) {
    if ((await digestArchived(archive, file)) !== file.digest)
      throw changedError(place.run, file.path)
  }
}

/** A file that was written after it was taken is not in the archive as it is now. */
async function refuseTouched(
  context: StoreContext,
  { run }: RunPlace,
  taken: readonly TakenFile[],
): Promise<void> {
  for (const { path, status } of taken) {
    const now = await statusOf(context, path)
    const isSame =
      now?.inode === status.inode &&
      now.sizeBytes === status.sizeBytes &&
      now.modifiedNs === status.modifiedNs
    if (!isSame) throw changedError(run, path)
  }
}

/** Takes away what is in the archive; a file that is not in it, or differs, stays where it is. */
async function removeLeft(
  context: StoreContext,
  { run, lock }: LockedRun,
  archive: Archive,
): Promise<void> {
  for (const file of archive.contents.files) {
    if ((await digestFile(context, file.path)) !== file.digest) continue
    await lock.verify()
    await removeFile(context, file.path)
  }
  for (const folder of foldersOf(run)) await removeEmptyFolders(context, folder)
}

const rounds = 3
