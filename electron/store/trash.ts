// Takes whole runs away so that they can be put back.
import type { RunId } from '../../shared/schema/ids.ts'
import { entryId } from './entryId.ts'
import { backupFolder, headPath, journalPath, logFolder, stepsFolder } from './layout.ts'
import { moveInto } from './moveInto.ts'
import { statusOf } from './paths.ts'
import { listFiles } from './readStoredRun.ts'
import type { StoreContext } from './storeContext.ts'
import { asWriteError } from './storeErrors.ts'
import type { TrashedRun } from './trashStore.ts'
import { underLockOf } from './trashLock.ts'
import { trashedPath, trashedRunOf, writeManifest, type TrashManifest } from './trashManifest.ts'

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
    return await move(context, { ...rest, kind: 'run', run, items }, newEntry(context))
  } catch (error) {
    throw asWriteError(error, `Run ${run} could not be moved to the trash`)
  }
}

type TrashRequest = Pick<TrashManifest, 'kind' | 'run' | 'workflow' | 'reason'> & {
  readonly items: readonly { readonly path: string; readonly restoreAs?: string }[]
  readonly keepDays: number
}

/** Moves what is there of these files to the trash, as one entry that no other process settles meanwhile. */
export async function moveToTrash(
  context: StoreContext,
  request: TrashRequest & { readonly kind: 'temporary' | 'thinned' },
): Promise<TrashedRun> {
  const entry = newEntry(context)
  return underLockOf(context, { ...request, ...entry }, () => move(context, request, entry))
}

type NewEntry = { readonly id: string; readonly at: string }

function newEntry(context: StoreContext): NewEntry {
  const at = context.now()
  return { id: entryId(context, at), at }
}

async function move(
  context: StoreContext,
  request: TrashRequest,
  { id, at }: NewEntry,
): Promise<TrashedRun> {
  const { kind, run, workflow, reason } = request
  const items = await existingItems(context, request.items)
  const files = await Promise.all(request.items.map(({ path }) => listFiles(context, path)))
  const manifest = await writeManifest(context, {
    id,
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

/** Tells whether a file was written since; null when nothing is there. */
export async function stampOf(context: StoreContext, path: string): Promise<string | null> {
  const status = await statusOf(context, path)
  if (status === null) return null
  return status.kind === 'folder' ? folderStamp : `${status.sizeBytes}:${status.modifiedNs}`
}

export async function finishMoving(
  context: StoreContext,
  manifest: TrashManifest,
): Promise<TrashManifest> {
  for (const { path } of manifest.items) {
    await moveInto(context, path, trashedPath(manifest, path))
  }
  return writeManifest(context, { ...manifest, state: 'trashed' })
}

const folderStamp = 'folder'
const dayMs = 24 * 60 * 60 * 1000
