// Keeps a set of folders watched, through their removal, their return and the system's refusals.
import { join } from 'node:path'
import type { StoreContext } from './storeContext.ts'
import { isMissing } from './storeErrors.ts'
import { watchError } from './watchError.ts'

export type FolderWatches = {
  /** Watches what is wanted and there, and looks whether what is watched still stands at its path. */
  readonly refresh: () => void
  /** Forgets a folder that says of itself that it went: what stands there now may have its very inode number. */
  readonly forget: (folder: string) => void
  readonly close: () => void
}

export type FolderWatchesOptions = {
  /** Folders relative to the root. The root itself (`''`) must be there, the others may come later. */
  readonly wanted: () => readonly string[]
  /** A name in a folder changed; null when the system does not say which. */
  readonly onChange: (folder: string, name: string | null) => void
  /** Something may have changed while nobody watched. */
  readonly onGap: () => void
}

type Watched = { readonly stop: () => void; inode: bigint | null }

type State = {
  readonly watched: Map<string, Watched>
  /** Folders of which it was told that they are not watched. */
  readonly reported: Set<string>
  /** Until the next try, while some folder is wanted and not watched. */
  delayMs: number
  forgetRetry: (() => void) | null
  isChecking: boolean
  isCheckWanted: boolean
  isClosed: boolean
  /** While some wait for their turn. */
  forgetRest: (() => void) | null
  /** Some were not watched at once. */
  isLate: boolean
}

export function createFolderWatches(
  context: StoreContext,
  options: FolderWatchesOptions,
): FolderWatches {
  const state: State = {
    watched: new Map(),
    reported: new Set(),
    delayMs: firstRetryMs,
    forgetRetry: null,
    isChecking: false,
    isCheckWanted: false,
    isClosed: false,
    forgetRest: null,
    isLate: false,
  }
  watchWanted(context, options, state)
  void check(context, options, state)
  return {
    refresh: () => {
      if (state.isClosed) return
      watchWanted(context, options, state)
      void check(context, options, state)
    },
    forget: (folder) => {
      state.watched.get(folder)?.stop()
      state.watched.delete(folder)
    },
    close: () => {
      state.isClosed = true
      state.forgetRetry?.()
      state.forgetRest?.()
      for (const { stop } of state.watched.values()) stop()
      state.watched.clear()
    },
  }
}

/** Watches what is not watched yet; what the system refuses is told once and tried again later. */
function watchWanted(context: StoreContext, options: FolderWatchesOptions, state: State): void {
  // What waits for its turn is among what is missing.
  state.forgetRest?.()
  const missing = options.wanted().filter((folder) => !state.watched.has(folder))
  watchSome(context, options, { state, missing, hasRefused: false })
}

/** The system takes a good part of a millisecond for a folder of many files: the thread answers others in between. */
function watchSome(
  context: StoreContext,
  options: FolderWatchesOptions,
  round: { readonly state: State; readonly missing: readonly string[]; hasRefused: boolean },
): void {
  const { state, missing } = round
  for (const folder of missing.slice(0, foldersAtOnce))
    if (!watchOne(context, options, { state, folder })) round.hasRefused = true
  if (missing.length > foldersAtOnce) {
    state.isLate = true
    state.forgetRest = context.timers.after(0, () => {
      state.forgetRest = null
      watchSome(context, options, { ...round, missing: missing.slice(foldersAtOnce) })
    })
    return
  }
  // Somebody may have looked at the last ones before they were watched.
  if (state.isLate) options.onGap()
  state.isLate = false
  if (round.hasRefused) tryLater(context, options, state)
  else {
    state.delayMs = firstRetryMs
    state.reported.clear()
  }
}

const foldersAtOnce = 8

function tryLater(context: StoreContext, options: FolderWatchesOptions, state: State): void {
  state.forgetRetry ??= context.timers.after(state.delayMs, () => {
    state.forgetRetry = null
    state.delayMs = Math.min(state.delayMs * 2, lastRetryMs)
    watchWanted(context, options, state)
    void check(context, options, state)
    options.onGap()
  })
}

/** True when it is watched, or not there and need not be. */
function watchOne(
  context: StoreContext,
  options: FolderWatchesOptions,
  { state, folder }: { readonly state: State; readonly folder: string },
): boolean {
  try {
    const stop = context.fileSystem.watch(join(context.root, folder), {
      onChange: (name) => options.onChange(folder, name),
      onEnd: (error) => {
        state.watched.delete(folder)
        if (state.isClosed) return
        if (error !== null) report(context, state, { folder, error })
        watchWanted(context, options, state)
        options.onGap()
      },
    })
    state.watched.set(folder, { stop, inode: null })
    return true
  } catch (error) {
    if (isMissing(error) && folder !== '') return true
    report(context, state, { folder, error })
    return false
  }
}

/** The same trouble of many folders is one message. */
function report(
  context: StoreContext,
  { reported }: State,
  { folder, error }: { readonly folder: string; readonly error: unknown },
): void {
  if (reported.size === 0) context.onProblem(watchError(folder, error))
  reported.add(folder)
}

/** A watch stays with a folder that was removed or renamed, and then tells nothing of what stands at its path since. */
async function check(
  context: StoreContext,
  options: FolderWatchesOptions,
  state: State,
): Promise<void> {
  state.isCheckWanted = true
  if (state.isChecking) return
  state.isChecking = true
  let isGap = false
  while (state.isCheckWanted && !state.isClosed) {
    state.isCheckWanted = false
    const lost = await dropMoved(context, state)
    if (!lost || state.isClosed) continue
    isGap = true
    watchWanted(context, options, state)
    state.isCheckWanted = true
  }
  state.isChecking = false
  if (isGap && !state.isClosed) options.onGap()
}

async function dropMoved(context: StoreContext, state: State): Promise<boolean> {
  const before = [...state.watched]
  const inodes = await Promise.all(
    before.map(([folder, { inode }]) => inodeOf(context, folder, inode)),
  )
  const moved = before.filter(([folder, watched], index) => {
    const inode = inodes[index] ?? null
    if (state.watched.get(folder) !== watched) return false
    if (inode === null) return true
    watched.inode ??= inode === unknownInode ? null : inode
    return watched.inode !== null && watched.inode !== inode
  })
  for (const [folder, { stop }] of moved) {
    stop()
    state.watched.delete(folder)
  }
  return moved.length > 0
}

/** Null where nothing is; the known one where it cannot be looked at. */
async function inodeOf(
  context: StoreContext,
  folder: string,
  known: bigint | null,
): Promise<bigint | null> {
  try {
    return (await context.fileSystem.status(join(context.root, folder))).inode
  } catch (error) {
    return isMissing(error) ? null : (known ?? unknownInode)
  }
}

const unknownInode = -1n
const firstRetryMs = 1000
const lastRetryMs = 30_000
