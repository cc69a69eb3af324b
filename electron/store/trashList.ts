// Lists the trash, and brings moves to their end that a crash cut short.
import { compare } from '../../shared/schema/compare.ts'
import { AppError } from '../../shared/errors.ts'
import { mapBounded } from '../../shared/mapBounded.ts'
import { places } from './layout.ts'
import { statusOf } from './paths.ts'
import { childrenOf } from './readStoredRun.ts'
import type { StoreContext } from './storeContext.ts'
import { asReadError } from './storeErrors.ts'
import type { TrashedRun } from './trashStore.ts'
import { finishMoving, stampOf } from './trash.ts'
import { underLockOf } from './trashLock.ts'
import type { FileStatus } from './fileSystem.ts'
import {
  manifestPath,
  readManifest,
  trashedPath,
  trashedRunOf,
  trashFolder,
  type TrashManifest,
} from './trashManifest.ts'
import { finishRestoring } from './trashRestore.ts'

/**
 * Newest first. A move that a crash cut short is settled on the way: finished when the run was not touched since, rolled
 * back when somebody went on with it. With `settle: false` (a read-only workspace) it is listed as it is.
 */
export async function listTrashed(
  context: StoreContext,
  memory: TrashMemory,
  options: { readonly settle: boolean; readonly only: ReadonlySet<string> | null },
): Promise<readonly TrashedRun[]> {
  const { only } = options
  const all = await childrenOf(context, places.trash)
  const ids = all.filter((id) => only?.has(id) ?? true)
  const found = await mapBounded(ids, 8, (id) =>
    orTold(context, id, () =>
      remembered(context, memory, id, async () => {
        const manifest = await readManifest(context, id)
        if (manifest === null) return null
        return options.settle ? settleIfFree(context, manifest) : manifest
      }),
    ),
  )
  const there = new Set(all)
  for (const id of memory.keys()) if (!there.has(id)) memory.delete(id)
  const listed = found.filter((entry) => entry !== null)
  return listed.toSorted((a, b) => compare(b.at + b.id, a.at + a.id))
}

/** Entries that lie at rest in the trash, each with its folder and manifest as they were when it was read. */
export type TrashMemory = Map<string, { readonly stamp: string; readonly entry: TrashedRun }>

/**
 * [X109] An entry that lies at rest is read once: notes come and go in its folder, which tells it. One that changed just now
 * is read again, since the clock of a disk may not tell two changes apart.
 */
async function remembered(
  context: StoreContext,
  memory: TrashMemory,
  id: string,
  read: () => Promise<TrashManifest | null>,
): Promise<TrashedRun | null> {
  const [folder, file] = await Promise.all([
    statusOf(context, trashFolder(id)),
    statusOf(context, manifestPath(trashFolder(id))),
  ])
  const stamp = folder === null || file === null ? null : `${textOf(folder)} ${textOf(file)}`
  const known = memory.get(id)
  if (known !== undefined && known.stamp === stamp) return known.entry
  memory.delete(id)
  const manifest = await read()
  if (manifest === null) return null
  const entry = await trashedRunOf(context, manifest)
  const ageMs = Date.parse(context.now()) - changedMs([folder, file])
  if (stamp !== null && manifest.state === 'trashed' && ageMs > restMs)
    memory.set(id, { stamp, entry })
  return entry
}

function changedMs(of: readonly (FileStatus | null)[]): number {
  return Math.max(...of.map((status) => Number((status?.changedNs ?? 0n) / 1_000_000n)))
}

function textOf({ inode, modifiedNs, changedNs, sizeBytes }: FileStatus): string {
  return `${inode} ${modifiedNs} ${changedNs} ${sizeBytes}`
}

const restMs = 2_000

/** One entry that cannot be read hides no other one. */
async function orTold<T>(
  context: StoreContext,
  id: string,
  work: () => Promise<T>,
): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    context.onProblem(asReadError(error, `Trash entry ${id} could not be read`))
    return null
  }
}

/** An entry whose run is held right now, or may not be written, is settled another time; why else it was not is told. */
async function settleIfFree(
  context: StoreContext,
  manifest: TrashManifest,
): Promise<TrashManifest | null> {
  if (manifest.state === 'trashed') return manifest
  try {
    return await underLockOf(context, manifest, () => settle(context, manifest.id))
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.code !== 'locked' && error.code !== 'read-only') context.onProblem(error)
    return manifest
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
