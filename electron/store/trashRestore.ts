// Puts what lies in the trash back where it was.
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { Days } from './days.ts'
import { checkEntryId } from './entryId.ts'
import { findArchiveDay } from './listing.ts'
import { moveInto, removeEmptyFolders } from './moveInto.ts'
import { listFiles } from './readStoredRun.ts'
import type { StoreContext } from './storeContext.ts'
import { stampOf } from './trash.ts'
import { underLockOf } from './trashLock.ts'
import {
  readManifest,
  removeManifest,
  trashedPath,
  trashFolder,
  writeManifest,
  type TrashManifest,
} from './trashManifest.ts'

/**
 * Puts an entry back, a run under its lock, and returns the id of its run or else its own. A restore that a crash cut short
 * is finished by this or by the next listing.
 */
export async function restoreTrashedRun(
  context: StoreContext,
  days: Days,
  id: string,
): Promise<string> {
  const found = await requireManifest(context, checkEntryId(id, 'trashed run'))
  return underLockOf(context, found, async () => {
    // Read again under the lock: whoever held it may have deleted it, or put it back.
    const manifest = await requireManifest(context, id)
    if (manifest.state === 'trashed') {
      await refuseWhenInTheWay(context, days, manifest)
      await writeManifest(context, { ...manifest, state: 'restoring' })
    }
    const left = await finishRestoring(context, manifest)
    if (left !== null) throw partlyInTheWay(left)
    return manifest.run ?? manifest.id
  })
}

/** What something is in the way of stays in the trash, with its manifest. */
export async function finishRestoring(
  context: StoreContext,
  manifest: TrashManifest,
): Promise<TrashManifest | null> {
  for (const { path, restoreAs = path } of manifest.items) {
    await moveInto(context, trashedPath(manifest, path), restoreAs)
  }
  await removeEmptyFolders(context, `${trashFolder(manifest.id)}/files`)
  const left = await listFiles(context, `${trashFolder(manifest.id)}/files`)
  if (left.length > 0) return writeManifest(context, { ...manifest, state: 'trashed' })
  await removeManifest(context, manifest.id)
  await removeEmptyFolders(context, trashFolder(manifest.id))
  return null
}

async function requireManifest(context: StoreContext, id: string): Promise<TrashManifest> {
  const manifest = await readManifest(context, id)
  if (manifest !== null) return manifest
  throw new AppError('not-found', `There is no trashed run "${id}". Look at the trash again.`)
}

async function refuseWhenInTheWay(
  context: StoreContext,
  days: Days,
  manifest: TrashManifest,
): Promise<void> {
  const { run, kind } = manifest
  const stamps = await Promise.all(
    manifest.items.map(({ path, restoreAs = path }) => stampOf(context, restoreAs)),
  )
  const isKnown = kind === 'run' && run !== null && (await isThere(context, days, run))
  if (!isKnown && stamps.every((stamp) => stamp === null)) return
  const message =
    run === null
      ? `Files of trash entry ${manifest.id} exist. Nothing was put back. Move them away first.`
      : `Files of run ${run} exist. Nothing was put back. Move that run to the trash first.`
  throw new AppError('invalid-input', message, { run, entry: manifest.id })
}

/** Also in the archive. */
async function isThere(context: StoreContext, days: Days, run: RunId): Promise<boolean> {
  return (await days.find(run)) !== null || (await findArchiveDay(context, run)) !== null
}

function partlyInTheWay({ id, run }: TrashManifest): AppError {
  const message = `Something is in the way of files of trash entry ${id}, which stay in the trash. Move it away, then restore the entry again.`
  return new AppError('invalid-input', message, { run, entry: id })
}
