// Moves a run into one compressed file: its files go only after the archive was read back.
import { dirname } from 'node:path'
import type { RunId } from '../../shared/schema/ids.ts'
import { changedError, headlessError } from './archiveErrors.ts'
import { requireNoOtherArchive } from './archiveLeft.ts'
import { underRunLock, type LockedRun } from './archiveLock.ts'
import { foldersOf, placesOf, type RunPlace } from './archivePlaces.ts'
import { digestArchived, openArchive, type Archive } from './archiveReader.ts'
import { findArchived, hasHead } from './archiveView.ts'
import { isSealed, sealFile, unseal, type ArchiveSeal } from './archiveSealed.ts'
import { writeArchive, writeSealedArchive, type TakenFile } from './archiveWriter.ts'
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
  options: {
    readonly run: RunId
    readonly rev?: string | undefined
    /** Encrypts it. */
    readonly seal?: ArchiveSeal | undefined
  },
): Promise<ArchivedRun> {
  const { run, seal } = options
  const before = await findArchived(context, run, await memory.days.find(run))
  if (before === null) await findDay(memory.days, run)
  return underRunLock(context, { run, purpose: 'archive' }, async (lock) => {
    const place = { run, day: before?.day ?? (await findDay(memory.days, run)), lock }
    if (await hasHead(context, place)) {
      await putBackPlain(context, place)
      await refuseChanged(context, memory, options)
      await requireNoOtherArchive(context, place, seal)
      const plain = await pack(context, place, seal)
      return finish(context, place, plain)
    }
    if ((await findArchived(context, run, place.day)) === null) throw headlessError(run)
    return finishLeft(context, place, seal)
  })
}

async function finish(
  context: StoreContext,
  place: LockedRun,
  plain: Archive,
): Promise<ArchivedRun> {
  await removeLeft(context, place, plain)
  const archive = await openArchive(context, archivePath(place.day, place.run), place)
  return archivedRunOf(archive, place.run, plain)
}

/** What was cut short before. What is in an encrypted archive is known only with its passphrase. */
async function finishLeft(
  context: StoreContext,
  place: LockedRun,
  seal: ArchiveSeal | undefined,
): Promise<ArchivedRun> {
  const archive = await openArchive(context, archivePath(place.day, place.run), place)
  if (!isSealed(archive)) return finish(context, place, archive)
  const inside = await unseal(context, place, { archive, cipher: seal })
  try {
    return await finish(context, place, inside.archive)
  } finally {
    await inside.close()
  }
}

/** `plain`: what is in it, where it is encrypted. */
export function archivedRunOf(
  { path, sizeBytes }: Archive,
  run: RunId,
  plain: Archive,
): ArchivedRun {
  const plainBytes = plain.contents.files.reduce((sum, file) => sum + file.sizeBytes, 0)
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

/**
 * Makes the archive, verified and durable, and takes the head away: from then on the run is in the archive. Returns it as it is
 * without a cipher.
 */
async function pack(
  context: StoreContext,
  place: LockedRun,
  seal: ArchiveSeal | undefined,
): Promise<Archive> {
  const found = await Promise.all(placesOf(place).map((path) => listFiles(context, path)))
  const paths = found.flat().map(({ path }) => path)
  // After a power cut what is left of them must be what the archive holds.
  for (const path of paths) await context.fileSystem.syncFile(absolute(context, path))
  const folder = dirname(archivePath(place.day, place.run))
  const parent = await makeFolders(context, folder)
  const target = absolute(context, archivePath(place.day, place.run))
  const newFile = (): string =>
    `${folder}/${temporaryPath(context, target).slice(parent.length + 1)}`
  const [plain, sealed] = [newFile(), seal === undefined ? null : newFile()]
  const made = [plain, ...(sealed === null ? [] : [sealed])]
  const head = headPath(place.day, place.run)
  try {
    const taken = await writeTemporary(context, place, {
      path: plain,
      write: (file) => writeArchive(context, file, { ...place, paths }),
    })
    const archive = await verify(context, { ...place, path: plain })
    if (seal !== undefined && sealed !== null)
      await writeSealed(context, place, { plain, path: sealed, seal })
    const whole = sealed ?? plain
    await keepRights(context, { from: head, to: whole })
    await refuseTouched(context, place, taken)
    await place.lock.verify()
    await renameWithPatience(context, absolute(context, whole), target)
    if (sealed !== null) await removeFile(context, plain)
    await context.fileSystem.syncFolder(parent)
    await place.lock.verify()
    await removeFile(context, head)
    return archive
  } catch (error) {
    const removed = await Promise.allSettled(made.map((path) => removeIfThere(context, path)))
    const left = removed.find(({ status }) => status === 'rejected')
    // The first failure says more than that of cleaning up behind it.
    if (error instanceof Error && left?.status === 'rejected') error.cause ??= left.reason
    throw error
  }
}

async function removeIfThere(context: StoreContext, path: string): Promise<void> {
  if ((await statusOf(context, path)) !== null) await removeFile(context, path)
}

/** Encrypted, and opened again with the same passphrase: before that nothing is taken away. */
async function writeSealed(
  context: StoreContext,
  place: RunPlace,
  options: { readonly plain: string; readonly path: string; readonly seal: ArchiveSeal },
): Promise<void> {
  const { plain, path, seal } = options
  const encrypted = await sealFile(context, place, { plain, cipher: seal })
  try {
    await writeTemporary(context, place, {
      path,
      write: (file) =>
        writeSealedArchive(context, file, { run: place.run, sealed: encrypted, clear: seal.clear }),
    })
  } finally {
    await removeFile(context, encrypted)
  }
  const archive = await verify(context, { ...place, path })
  const inside = await unseal(context, place, { archive, cipher: seal })
  try {
    await verifyFiles(inside.archive, place)
  } finally {
    await inside.close()
  }
}

async function writeTemporary<T>(
  context: StoreContext,
  place: RunPlace,
  { path, write }: { readonly path: string; readonly write: (file: OpenFile) => Promise<T> },
): Promise<T> {
  const temporary = absolute(context, path)
  const file = await openInFolder(context, temporary, dirname(archivePath(place.day, place.run)))
  try {
    const written = await write(file)
    await adoptOwner(context, temporary, dirname(temporary))
    await file.sync()
    return written
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
): Promise<Archive> {
  const archive = await openArchive(context, path, place)
  await verifyFiles(archive, place)
  return archive
}

async function verifyFiles(archive: Archive, { run }: RunPlace): Promise<void> {
  for (const file of archive.contents.files) {
    if ((await digestArchived(archive, file)) !== file.digest) throw changedError(run, file.path)
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
