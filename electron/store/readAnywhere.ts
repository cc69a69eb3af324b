// Reads a run wherever it lies: as plain files, compressed in place, or in the archive.
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { runOfPath } from './archivePlaces.ts'
import { findKnown, findPacked, type ArchiveMemory, type PackedRun } from './archiveView.ts'
import { readStoredRun, type ReadMemory } from './readStoredRun.ts'
import type { StoreContext } from './storeContext.ts'
import type { StoredRun } from './store.ts'

export type AnywhereMemory = ReadMemory & { readonly archives: ArchiveMemory }

/** A run that is packed or put back meanwhile is looked for again. */
export async function readRunAnywhere(
  context: StoreContext,
  memory: AnywhereMemory,
  run: RunId,
): Promise<StoredRun> {
  const known = await findKnown(context, memory.archives, run)
  if (known !== null) return readPacked(known, memory, run)
  for (let again = 0; ; again += 1) {
    const live = await orNotFound(() => readStoredRun(context, memory, run))
    if (isWhole(live)) return live
    const packed = await findPacked(context, memory, run)
    const shown = packed === null ? null : await orNotFound(() => readPacked(packed, memory, run))
    if (isWhole(shown)) return shown
    if (again === rounds) return shown ?? live ?? (await readStoredRun(context, memory, run))
  }
}

function isWhole(stored: StoredRun | null): stored is StoredRun {
  return stored !== null && stored.head !== null && stored.journal !== null
}

/** Does with the files of a run, wherever they lie, what is done with plain ones. */
export async function inPlaceOf<T>(
  context: StoreContext,
  memory: AnywhereMemory,
  options: {
    readonly run: RunId
    readonly work: (context: StoreContext) => Promise<T>
  },
): Promise<T> {
  const packed = await findPacked(context, memory, options.run)
  return options.work(packed?.context ?? context)
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
  const found = await orNotFound(async () => ({ result: await work(context) }))
  if (found !== null) return found.result
  const run = runOfPath(document)
  const packed = run === null ? null : await findPacked(context, memory, run)
  return work(packed?.context ?? context)
}

async function readPacked(
  packed: PackedRun,
  memory: AnywhereMemory,
  run: RunId,
): Promise<StoredRun> {
  const { day, archive } = packed
  const days = { ...memory.days, find: async () => day, findNow: () => day }
  const stored = await readStoredRun(packed.context, { ...memory, days }, run)
  const place = archive === null ? null : { path: archive.path, sizeBytes: archive.sizeBytes }
  return { ...stored, archive: place }
}

async function orNotFound<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return null
    throw error
  }
}

const rounds = 1
