// An archive beside the live run that it was made of: what a crash left, and is taken away when all of it is there.
import { dirname } from 'node:path'
import { notRedundantError } from './archiveErrors.ts'
import { digestFile } from './archiveDigest.ts'
import type { LockedRun } from './archiveLock.ts'
import { openArchive } from './archiveReader.ts'
import { removeFile } from './atRest.ts'
import { archivePath } from './layout.ts'
import { removeFolderIfEmpty } from './moveInto.ts'
import { statusOf } from './paths.ts'
import type { StoreContext } from './storeContext.ts'

/** While its head is there. False: the archive holds something else, and stays. A day's folder goes with its last archive. */
export async function removeLeftArchive(context: StoreContext, place: LockedRun): Promise<boolean> {
  const path = archivePath(place.day, place.run)
  if ((await statusOf(context, path)) === null) return true
  const { contents } = await openArchive(context, path, place)
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
): Promise<void> {
  if (await removeLeftArchive(context, place)) return
  throw notRedundantError(place.run, archivePath(place.day, place.run))
}
