// Takes whole runs away so that they can be put back.
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { announceChange } from './changes.ts'
import type { Days } from './days.ts'
import { checkEntryId, entryId } from './entryId.ts'
import { backupFolder, headPath, journalPath, logFolder, places, stepsFolder } from './layout.ts'
import { findArchiveDay } from './listing.ts'
import { takeLock } from './lock.ts'
import { moveInto, removeEmptyFolders } from './moveInto.ts'
import { statusOf } from './paths.ts'
import { childrenOf, listFiles } from './readStoredRun.ts'
import type { StoreContext } from './storeContext.ts'
import { asWriteError } from './storeErrors.ts'
import type { TrashedRun } from './store.ts'
import {
  readManifest,
  removeManifest,
  trashedPath,
  trashedRunOf,
  trashFolder,
  writeManifest,
  type TrashManifest,
} from './trashManifest.ts'

/**
 * Moves all files of a run to the trash; the caller holds its lock. The manifest is durable before the first file moves,
 * and the journal moves last, so that a move that is cut short leaves a run that can be read.
 */
export async function trashRun(
  context: StoreContext,
  run: RunId,
  options: {
    readonly day: string
    readonly reason: string
    readonly workflow: string | null
    readonly keepDays: number
  },
): Promise<TrashedRun> {
  const { day, ...rest } = options
  const paths = [
    logFolder(run),
    stepsFolder(run),
    backupFolder(run),
    headPath(day, run),
    journalPath(day, run),
  ]
  try {
    const items = paths.map((path) => ({ path }))
    return await moveToTrash(context, { ...rest, kind: 'run', run, items })
  } catch (error) {
    throw asWriteError(error, `Run ${run} could not be moved to the trash`)
  }
}

/** Moves what is there of these files and folders to the trash, as one entry. */
export async function moveToTrash(
  context: StoreContext,
  request: Pick<TrashManifest, 'kind' | 'run' | 'workflow' | 'reason'> & {
    readonly items: readonly { readonly path: string; readonly restoreAs?: string }[]
    readonly keepDays: number
  },
): Promise<TrashedRun> {
  const { kind, run, workflow, reason } = request
  const at = context.now()
  const items = await existingItems(context, request.items)
  const files = await Promise.all(request.items.map(({ path }) => listFiles(context, path)))
  const manifest = await writeManifest(context, {
    id: entryId(context, at),
    kind,
    run,
    workflow,
    at,
    expiresAt: new Date(Date.parse(at) + request.keepDays * dayMs).toISOString(),
    sizeBytes: files.flat().reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    reason,
    state: 'moving',
    items,
  })
  return trashedRunOf(context, await finishMoving(context, manifest))
}

/**
 * Newest first. A move that a crash cut short is settled on the way: finished when the run was not touched since, rolled
 * back when somebody went on with it. With `settle: false` (a read-only workspace) it is listed as it is.
 */
export async function listTrashed(
  context: StoreContext,
  options: { readonly settle: boolean },
): Promise<readonly TrashedRun[]> {
  const listed = []
  for (const id of await childrenOf(context, places.trash)) {
    const manifest = await readManifest(context, id)
    if (manifest === null) continue
    const settled = options.settle ? await settleIfFree(context, manifest) : manifest
    if (settled !== null) listed.push(await trashedRunOf(context, settled))
  }
  return listed.toSorted((a, b) => (a.at + a.id < b.at + b.id ? 1 : -1))
}

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
  return underLock(context, found.run, async () => {
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

async function requireManifest(context: StoreContext, id: string): Promise<TrashManifest> {
  const manifest = await readManifest(context, id)
  if (manifest !== null) return manifest
  throw new AppError('not-found', `There is no trashed run "${id}". Look at the trash again.`)
}

function partlyInTheWay({ id, run }: TrashManifest): AppError {
  const message = `Something is in the way of files of trash entry ${id}, which stay in the trash. Move it away, then restore the entry again.`
  return new AppError('invalid-input', message, { run, entry: id })
}

async function existingItems(
  context: StoreContext,
  paths: readonly { readonly path: string; readonly restoreAs?: string }[],
): Promise<TrashManifest['items']> {
  const items = await Promise.all(
    paths.map(async (item) => ({ ...item, stamp: await stampOf(context, item.path) })),
  )
  return items.flatMap(({ stamp, ...item }) =>
    stamp === null ? [] : [{ ...item, stamp: stamp === folderStamp ? null : stamp }],
  )
}

async function stampOf(context: StoreContext, path: string): Promise<string | null> {
  const status = await statusOf(context, path)
  if (status === null) return null
  return status.kind === 'folder' ? folderStamp : `${status.sizeBytes}:${status.modifiedNs}`
}

async function finishMoving(
  context: StoreContext,
  manifest: TrashManifest,
): Promise<TrashManifest> {
  for (const { path } of manifest.items) {
    await moveInto(context, path, trashedPath(manifest, path))
  }
  return writeManifest(context, { ...manifest, state: 'trashed' })
}

/** What something is in the way of stays in the trash, with its manifest. */
async function finishRestoring(
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

/** An entry whose run is held right now, or may not be written, is settled another time. */
async function settleIfFree(
  context: StoreContext,
  manifest: TrashManifest,
): Promise<TrashManifest | null> {
  if (manifest.state === 'trashed') return manifest
  try {
    return await underLock(context, manifest.run, () => settle(context, manifest.id))
  } catch (error) {
    const code = error instanceof AppError ? error.code : null
    if (code === 'locked' || code === 'read-only') return manifest
    throw error
  }
}

/** Read again under the lock: whoever moved it may have come to the end. */
async function settle(context: StoreContext, id: string): Promise<TrashManifest | null> {
  const manifest = await readManifest(context, id)
  if (manifest === null || manifest.state === 'trashed') return manifest
  const goesOn = manifest.state === 'moving' && !(await wasTouched(context, manifest))
  return goesOn ? finishMoving(context, manifest) : finishRestoring(context, manifest)
}

async function wasTouched(context: StoreContext, manifest: TrashManifest): Promise<boolean> {
  for (const { path, stamp } of manifest.items) {
    if (stamp === null) continue
    const now = await stampOf(context, path)
    const isMoved = (await statusOf(context, trashedPath(manifest, path))) !== null
    if (now !== null && (isMoved || now !== stamp)) return true
  }
  return false
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
  const whose = run === null ? `Files of trash entry ${manifest.id}` : `Files of run ${run}`
  const message = `${whose} exist. Nothing was put back. Move that run to the trash first.`
  throw new AppError('invalid-input', message, { run, entry: manifest.id })
}

/** Also in the archive. */
async function isThere(context: StoreContext, days: Days, run: RunId): Promise<boolean> {
  return (await days.find(run)) !== null || (await findArchiveDay(context, run)) !== null
}

/** What belongs to no run needs no lock. */
export async function underLock<T>(
  context: StoreContext,
  run: RunId | null,
  work: () => Promise<T>,
): Promise<T> {
  if (run === null) return work()
  const options = { purpose: 'trash', controlSocket: null, readEpoch: async () => 0 }
  const lock = await takeLock(context, run, options)
  try {
    const result = await work()
    await announceChange(context, run)
    return result
  } catch (error) {
    throw asWriteError(error, `Run ${run} could not be moved`)
  } finally {
    await lock.release()
  }
}

const folderStamp = 'folder'
const dayMs = 24 * 60 * 60 * 1000
