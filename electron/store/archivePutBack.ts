// Puts the files of an archived run back, each whole, verified and durable; the archive goes last.
import { dirname } from 'node:path'
import type { RunId } from '../../shared/schema/ids.ts'
import { damagedArchive, type ArchivedFile } from './archiveContents.ts'
import { digestFile } from './archiveDigest.ts'
import { inTheWayError, nowhereError } from './archiveErrors.ts'
import { requireSame } from './archiveLeft.ts'
import { underRunLock, type LockedRun } from './archiveLock.ts'
import type { RunPlace } from './archivePlaces.ts'
import { openArchive, partsOf, type Archive } from './archiveReader.ts'
import { archivedRunOf } from './archiveRun.ts'
import { isSealed, unseal, type ArchiveCipher } from './archiveSealed.ts'
import { findArchived, hasHead } from './archiveView.ts'
import { removeFile } from './atRest.ts'
import { renameWithPatience, temporaryPath } from './atomicWrite.ts'
import type { Days } from './days.ts'
import { writeAll } from './files.ts'
import { fileMode } from './fileSystem.ts'
import { archivePath, headPath } from './layout.ts'
import { absolute, adoptOwner, makeFolders, statusOf } from './paths.ts'
import type { StoreContext } from './storeContext.ts'
import type { ArchivedRun } from './store.ts'

/**
 * The head is the last file that comes back. Bringing back again finishes what was cut short. Null: the run was not in the
 * archive, and nothing was left to be done.
 */
export async function unarchiveRun(
  context: StoreContext,
  days: Days,
  { run, cipher }: { readonly run: RunId; readonly cipher?: ArchiveCipher | undefined },
): Promise<ArchivedRun | null> {
  const found = await findArchiveOf(context, days, run)
  if (found === null) return null
  return underRunLock(context, { run, purpose: 'unarchive' }, async (lock) => {
    const place = { ...found, lock }
    if ((await statusOf(context, archivePath(place.day, run))) === null) return null
    const archive = await openArchive(context, archivePath(place.day, run), place)
    const inside = isSealed(archive) ? await unseal(context, place, { archive, cipher }) : null
    try {
      const plain = inside?.archive ?? archive
      if (!(await hasHead(context, place))) await putBack(context, place, plain)
      days.remember(run, place.day)
      await requireSame(context, place, plain)
      return archivedRunOf(archive, run, plain)
    } finally {
      await inside?.close()
    }
  })
}

async function findArchiveOf(
  context: StoreContext,
  days: Days,
  run: RunId,
): Promise<RunPlace | null> {
  const day = await days.find(run)
  const archived = await findArchived(context, run, day)
  if (archived !== null) return archived
  if (day === null) throw nowhereError(run)
  return (await statusOf(context, archivePath(day, run))) === null ? null : { run, day }
}

/** Everything is looked at before the first file is written. */
async function putBack(context: StoreContext, place: LockedRun, archive: Archive): Promise<void> {
  const missing = []
  for (const file of archive.contents.files) {
    const there = await digestFile(context, file.path)
    if (there === null && (await statusOf(context, file.path)) === null) missing.push(file)
    else if (there !== file.digest) throw inTheWayError(place.run, file.path)
  }
  const head = headPath(place.day, place.run)
  const headLast = missing.toSorted((a, b) => Number(a.path === head) - Number(b.path === head))
  for (const file of headLast) await putBackFile(context, place, { archive, file })
}

async function putBackFile(
  context: StoreContext,
  { lock }: LockedRun,
  { archive, file }: { readonly archive: Archive; readonly file: ArchivedFile },
): Promise<void> {
  const parent = await makeFolders(context, dirname(file.path))
  const path = absolute(context, file.path)
  const temporary = temporaryPath(context, path)
  const relative = `${dirname(file.path)}/${temporary.slice(parent.length + 1)}`
  try {
    await writeCopy(context, { archive, file, temporary })
    if ((await digestFile(context, relative)) !== file.digest)
      throw damagedArchive(archive.path, `${file.path} in it does not fit its digest`)
    await lock.verify()
    await renameWithPatience(context, temporary, path)
  } catch (error) {
    const [removed] = await Promise.allSettled([removeFile(context, relative)])
    // The first failure says more than that of cleaning up behind it.
    if (error instanceof Error && removed?.status === 'rejected') error.cause ??= removed.reason
    throw error
  }
  await context.fileSystem.syncFolder(parent)
}

async function writeCopy(
  context: StoreContext,
  options: {
    readonly archive: Archive
    readonly file: ArchivedFile
    readonly temporary: string
  },
): Promise<void> {
  const { archive, file, temporary } = options
  const copy = await context.fileSystem.open(temporary, 'create')
  try {
    for await (const part of partsOf(archive, file)) await writeAll(copy, part)
    await adoptOwner(context, temporary, dirname(temporary))
    if (file.mode !== fileMode) await copy.changeMode(file.mode & 0o777)
    await copy.sync()
  } finally {
    await copy.close()
  }
}
