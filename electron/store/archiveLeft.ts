// An archive beside the live run that it was made of: what a crash left, and is taken away when all of it is there.
import { dirname } from 'node:path'
import { notRedundantError } from './archiveErrors.ts'
import { digestFile } from './archiveDigest.ts'
import type { LockedRun } from './archiveLock.ts'
import { openArchive, type Archive } from './archiveReader.ts'
import { isSealed, unseal, type ArchiveCipher } from './archiveSealed.ts'
import { removeFile } from './atRest.ts'
import { archivePath } from './layout.ts'
import { removeFolderIfEmpty } from './moveInto.ts'
import { statusOf } from './paths.ts'
import type { StoreContext } from './storeContext.ts'

/**
 * While its head is there. False: the archive holds something else, or nobody can say because it is encrypted, and it stays.
 * A day's folder goes with its last archive.
 */
export async function removeLeftArchive(
  context: StoreContext,
  place: LockedRun,
  cipher?: ArchiveCipher,
): Promise<boolean> {
  const path = archivePath(place.day, place.run)
  if ((await statusOf(context, path)) === null) return true
  const archive = await openArchive(context, path, place)
  if (!isSealed(archive)) return removeWhenThere(context, place, archive)
  if (cipher === undefined) return false
  const inside = await unseal(context, place, { archive, cipher })
  try {
    return await removeWhenThere(context, place, inside.archive)
  } finally {
    await inside.close()
  }
}

async function removeWhenThere(
  context: StoreContext,
  place: LockedRun,
  { contents }: Archive,
): Promise<boolean> {
  const path = archivePath(place.day, place.run)
  for (const file of contents.files) {
    if ((await digestFile(context, file.path)) !== file.digest) return false
  }
  await place.lock.verify()
  await removeFile(context, path)
  await removeFolderIfEmpty(context, dirname(path))
  return true
}

/** The same; throws `invalid-input` where the archive stays. */
export async function requireNoOtherArchive(
  context: StoreContext,
  place: LockedRun,
  cipher?: ArchiveCipher,
): Promise<void> {
  if (await removeLeftArchive(context, place, cipher)) return
  throw notRedundantError(place.run, archivePath(place.day, place.run))
}

/** The same, of an archive that is open already. */
export async function requireSame(
  context: StoreContext,
  place: LockedRun,
  archive: Archive,
): Promise<void> {
  if (await removeWhenThere(context, place, archive)) return
  throw notRedundantError(place.run, archivePath(place.day, place.run))
}
