// Reads a run wherever it lies: as plain files, compressed in place, or in the archive.
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { runOfPath } from './archivePlaces.ts'
import { findKnown, findPacked, type ArchiveMemory, type PackedRun } from './archiveView.ts'
import { archivePath, compressedPath, places } from './layout.ts'
import { statusOf } from './paths.ts'
import { readStoredRun, type ReadMemory } from './readStoredRun.ts'
import { scanJournal } from './scanJournal.ts'
import type { StoreContext } from './storeContext.ts'
import type { StoredRun } from './store.ts'

export type AnywhereMemory = ReadMemory & { readonly archives: ArchiveMemory }

/** A run that is packed or put back meanwhile is looked for again. */
export async function readRunAnywhere(
  context: StoreContext,
  memory: AnywhereMemory,
  run: RunId,
): Promise<StoredRun> {
  const known = await readWhere(memory, run, () => findKnown(context, memory.archives, run))
  if (isWhole(known)) return known
  for (let again = 0; ; again += 1) {
    const live = await orNotFound(() => readStoredRun(context, memory, run))
    if (isWhole(live)) return live
    const shown = await readWhere(memory, run, () => findPacked(context, memory, run))
    if (isWhole(shown)) return shown
    if (again === rounds) return shown ?? live ?? (await readStoredRun(context, memory, run))
  }
}

async function readWhere(
  memory: AnywhereMemory,
  run: RunId,
  find: () => Promise<PackedRun | null>,
): Promise<StoredRun | null> {
  return orNotFound(async () => {
    const packed = await find()
    return packed === null ? null : readPacked(packed, memory, run)
  })
}

function isWhole(stored: StoredRun | null): stored is StoredRun {
  return stored !== null && stored.head !== null && stored.journal !== null
}

/** Does with the files of a run, wherever they lie, what is done with plain ones; again when they were moved meanwhile. */
export async function inPlaceOf<T>(
  context: StoreContext,
  memory: AnywhereMemory,
  options: {
    readonly run: RunId
    readonly work: (context: StoreContext) => Promise<T>
  },
): Promise<T> {
  const look = (): Promise<PackedRun | null> =>
    orNotFound(() => findPacked(context, memory, options.run))
  let packed = await look()
  for (let again = 0; ; again += 1) {
    const [done] = await Promise.allSettled([options.work(packed?.context ?? context)])
    const now = await look()
    if (again === rounds || placeOf(now) === placeOf(packed)) {
      if (done.status === 'rejected') throw done.reason
      return done.value
    }
    packed = now
  }
}

/** What tells one place of a run from another. */
function placeOf(packed: PackedRun | null): string {
  return packed === null ? 'plain' : (packed.archive?.path ?? 'compressed')
}

/** Reads a document of the workspace, also one of a run that lies elsewhere than its path says. */
export async function readFileAnywhere<T>(
  context: StoreContext,
  memory: AnywhereMemory,
  options: {
    readonly document: string
    readonly work: (context: StoreContext) => Promise<T>
  },
): Promise<T> {
  const { document, work } = options
  const run = runOfPath(document)
  if (run === null) return work(context)
  for (let again = 0; ; again += 1) {
    const found = await orNotFound(async () => ({ result: await work(context) }))
    if (found !== null) return found.result
    const shown = await orNotFound(async () => {
      if (await isPackedNowhere(context, document, run)) return null
      const packed = await findPacked(context, memory, run)
      return packed === null ? null : { result: await work(packed.context) }
    })
    if (shown !== null) return shown.result
    if (again === rounds) return work(context)
  }
}

/** A head or journal is packed beside its place or in the archive of its day, so no other day has to be searched. */
async function isPackedNowhere(
  context: StoreContext,
  document: string,
  run: RunId,
): Promise<boolean> {
  const [folder, day = ''] = document.split('/')
  if (folder !== places.runs) return false
  const packed = [compressedPath(document), archivePath(day, run)]
  const found = await Promise.all(packed.map((path) => statusOf(context, path)))
  return found.every((status) => status === null)
}

async function readPacked(
  packed: PackedRun,
  memory: AnywhereMemory,
  run: RunId,
): Promise<StoredRun> {
  const { day, archive, isSealed } = packed
  const days = { ...memory.days, find: async () => day, findNow: () => day }
  // Records of what is encrypted are not kept from one reading to the next.
  const scan = isSealed ? scanOnce : memory.scan
  const stored = await readStoredRun(packed.context, { ...memory, days, scan }, run)
  const place =
    archive === null ? null : { path: archive.path, sizeBytes: archive.sizeBytes, isSealed }
  return { ...stored, archive: place }
}

const scanOnce: ReadMemory['scan'] = async (_path, bytes) => scanJournal(bytes)

async function orNotFound<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return null
    throw error
  }
}

const rounds = 1
