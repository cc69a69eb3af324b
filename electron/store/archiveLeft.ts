// An archive beside the live run that it was made of: what a crash left, and is taken away when all of it is there.
import { notRedundantError } from './archiveErrors.ts'
import { digestFile } from './archiveDigest.ts'
import type { RunPlace } from './archivePlaces.ts'
import { openArchive } from './archiveReader.ts'
import { removeFile } from './atRest.ts'
import { archivePath } from './layout.ts'
import { statusOf } from './paths.ts'
import type { StoreContext } from './storeContext.ts'

/** Under the run's lock, while its head is there. False: the archive holds something else, and stays. */
export async function removeLeftArchive(context: StoreContext, place: RunPlace): Promise<boolean> {
  const path = archivePath(place.day, place.run)
  if ((await statusOf(context, path)) === null) return true
  const { contents } = await openArchive(context, path, place)
  for (const file of contents.files) {
    if ((await digestFile(context, file.path)) !== file.digest) return false
  }
  await removeFile(context, path)
  return true
}

/** The same; throws `invalid-input` where the archive stays. */
export async function requireNoOtherArchive(context: StoreContext, place: RunPlace): Promise<void> {
  if (await removeLeftArchive(context, place)) return
  throw notRedundantError(place.run, archivePath(place.day, place.run))
}
