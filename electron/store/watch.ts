// Tells that runs changed, from the folders that change when they do; nothing is watched per run.
import { join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { Child, WatchObserver } from './fileSystem.ts'
import { createChangeReader } from './changeReader.ts'
import { isDay, places, runOfFile } from './layout.ts'
import type { StoreContext } from './storeContext.ts'
import { errorCode, isMissing } from './storeErrors.ts'

/** Calls back at most once per 100 ms with the runs that changed; null: any may have. */
export function watchRuns(
  context: StoreContext,
  listener: (runs: readonly RunId[] | null) => void,
): () => void {
  const watched = new Map<string, () => void>()
  const batch = createBatch(context, listener)
  const changes = createChangeReader(context, batch.add)

  const watchFolder = (folder: string, onChange: (name: string | null) => void): void => {
    if (watched.has(folder)) return
    const stop = tryWatch(context, folder, {
      onChange,
      onEnd: (error) => {
        watched.delete(folder)
        if (error !== null) context.onProblem(watchError(folder, error))
        batch.add(null)
      },
    })
    if (stop !== null) watched.set(folder, stop)
  }
  const watchAll = (): void => {
    watchFolder('', (name) => {
      if (name === null || name === places.runs || name === places.state) return again()
      if (/\.json(\.gz)?$/i.test(name)) batch.add(null)
    })
    watchFolder(places.state, (name) => {
      if (name === null || name === nameOf(places.changes)) changes.read()
      if (name === null || name === nameOf(places.locks)) again()
    })
    watchFolder(places.locks, (name) => addFile(name))
    watchFolder(places.runs, again)
    for (const day of recentDays(context)) watchFolder(`${places.runs}/${day}`, addFile)
  }
  // A name that appeared: its folder may be new, and may have got files before it was watched.
  const again = (): void => {
    watchAll()
    batch.add(null)
  }
  const addFile = (name: string | null): void => {
    const run = name === null ? null : runOfFile(name)
    if (name === null || (run === null && !name.startsWith('.'))) batch.add(null)
    else if (run !== null) batch.add([run])
  }

  watchAll()
  return () => {
    batch.close()
    for (const stop of watched.values()) stop()
    watched.clear()
  }
}

/** Null when there is no such folder, or the system has no watches left; the latter is reported. */
function tryWatch(
  context: StoreContext,
  folder: string,
  observer: WatchObserver,
): (() => void) | null {
  const path = join(context.root, folder)
  try {
    return context.fileSystem.watch(path, observer)
  } catch (error) {
    if (!isMissing(error)) context.onProblem(watchError(folder, error))
    return null
  }
}

/** Runs in older day folders are found through the list of changes. */
function recentDays(context: StoreContext): readonly string[] {
  const names = listNow(context, places.runs).filter(
    ({ name, kind }) => kind === 'folder' && isDay(name),
  )
  return names
    .map(({ name }) => name)
    .toSorted()
    .slice(-maxDays)
}

function listNow(context: StoreContext, folder: string): readonly Child[] {
  try {
    return context.fileSystem.listNow(join(context.root, folder))
  } catch (error) {
    if (!isMissing(error)) context.onProblem(watchError(folder, error))
    return []
  }
}

function createBatch(
  context: StoreContext,
  listener: (runs: readonly RunId[] | null) => void,
): { readonly add: (runs: readonly RunId[] | null) => void; readonly close: () => void } {
  let runs: Set<RunId> | null = new Set()
  let forget: (() => void) | null = null
  let isClosed = false
  const flush = (): void => {
    const batch = runs
    runs = new Set()
    forget = null
    listener(batch === null ? null : [...batch])
  }
  return {
    add: (added) => {
      if (isClosed || added?.length === 0) return
      runs = added === null || runs === null ? null : new Set([...runs, ...added])
      forget ??= context.timers.after(batchMs, flush)
    },
    close: () => {
      isClosed = true
      forget?.()
    },
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function watchError(folder: string, cause: unknown): AppError {
  const message = `The folder "${folder}" is not watched (${errorCode(cause) ?? 'unknown reason'}): changes in it are shown after a refresh.`
  return new AppError('io', message, { folder }, { cause })
}

const batchMs = 100
const maxDays = 366
