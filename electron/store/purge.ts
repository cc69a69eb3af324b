// Deletes entries of the trash for good, once they have expired.
import { AppError } from '../../shared/errors.ts'
import { renameWithPatience } from './atomicWrite.ts'
import { checkEntryId, isEntryId } from './entryId.ts'
import { places } from './layout.ts'
import { absolute, checkedPath, statusOf } from './paths.ts'
import { childrenOf, listFiles } from './readStoredRun.ts'
import type { StoreContext } from './storeContext.ts'
import { orGone } from './storeErrors.ts'
import type { LeftPurge, TrashedRun } from './trashStore.ts'
import { underLockOf } from './trashLock.ts'
import { readManifest, trashedRunOf, trashFolder } from './trashManifest.ts'

/**
 * Deletes an entry whose expiry has passed. It leaves the trash in one step, whole, before its first file is removed: a
 * deletion that is cut short is no entry any more, is told by `listLeftPurges`, and is finished by `finishPurge`.
 */
export async function purgeTrashed(context: StoreContext, id: string): Promise<TrashedRun> {
  const manifest = await readManifest(context, checkEntryId(id, 'trashed run'))
  if (manifest === null) throw unknownEntry(id)
  // A restore in another process holds the same lock.
  const purged = await underLockOf(context, manifest, async () => {
    const now = await readManifest(context, id)
    if (now === null) throw unknownEntry(id)
    if (now.state !== 'trashed') throw unsettled(id)
    if (!(Date.parse(now.expiresAt) < Date.parse(context.now()))) throw unexpired(id, now.expiresAt)
    const entry = await trashedRunOf(context, now)
    await renameWithPatience(
      context,
      await checkedPath(context, trashFolder(id)),
      await checkedPath(context, purgingFolder(id)),
    )
    await context.fileSystem.syncFolder(absolute(context, places.trash))
    return entry
  })
  await finishPurge(context, id)
  return purged
}

/** Deletions that were cut short, with what is left of each. */
export async function listLeftPurges(context: StoreContext): Promise<readonly LeftPurge[]> {
  const names = await childrenOf(context, places.trash)
  const left = names.filter((name) => name.startsWith(purgingPrefix))
  const ids = left.map((name) => name.slice(purgingPrefix.length)).filter(isEntryId)
  return Promise.all(
    ids.map(async (id) => {
      const folder = purgingFolder(id)
      const [manifest, files] = [
        await readManifest(context, id, folder),
        await listFiles(context, folder),
      ]
      const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0)
      return { id, run: manifest?.run ?? null, files: files.length, sizeBytes }
    }),
  )
}

/** Removes what is left of a deletion. Safe to call twice, also in two processes. */
export async function finishPurge(context: StoreContext, id: string): Promise<void> {
  await removeTree(context, purgingFolder(checkEntryId(id, 'trashed run')))
  await context.fileSystem.syncFolder(absolute(context, places.trash))
}

/** The manifest goes last, so that what is left can be told. Links are removed, never followed. */
async function removeTree(context: StoreContext, path: string): Promise<void> {
  const status = await statusOf(context, path)
  if (status === null) return
  const { fileSystem } = context
  const full = await checkedParent(context, path)
  if (status.kind !== 'folder') return orGone(() => fileSystem.remove(full))
  const names = await childrenOf(context, path)
  for (const name of names.toSorted((a, b) => rankOf(a) - rankOf(b))) {
    await removeTree(context, `${path}/${name}`)
  }
  await orGone(() => fileSystem.removeFolder(full))
}

function rankOf(name: string): number {
  return name === 'manifest.json' ? 1 : 0
}

async function checkedParent(context: StoreContext, path: string): Promise<string> {
  await checkedPath(context, path.slice(0, path.lastIndexOf('/')))
  return absolute(context, path)
}

function purgingFolder(id: string): string {
  return `${places.trash}/${purgingPrefix}${id}`
}

function unknownEntry(id: string): AppError {
  return new AppError('not-found', `There is no trashed run "${id}". Look at the trash again.`)
}

function unsettled(id: string): AppError {
  const message = `Trash entry ${id} is being moved. Nothing was deleted. Look at the trash again.`
  return new AppError('stale', message, { entry: id })
}

function unexpired(id: string, expiresAt: string): AppError {
  const message = `Trash entry ${id} is kept until ${expiresAt}. Nothing was deleted.`
  return new AppError('stale', message, { entry: id, expiresAt })
}

const purgingPrefix = '.purging-'
