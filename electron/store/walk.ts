// Walks the folders of a workspace, level by level. Nothing is opened, no link is followed.
import { throwIfCancelled, type CancelSignal } from '../../shared/cancel.ts'
import type { FolderStamps } from './stampTable.ts'
import type { StoreContext } from './storeContext.ts'
import { explain, isMissing } from './storeErrors.ts'
import { batchOf } from './walkBatch.ts'
import {
  asError,
  namesOf,
  type FolderLook,
  type FolderStarts,
  type LookFailure,
} from './walkLook.ts'
import { isOwnFolder, joinPath } from './walkRules.ts'

/** What a folder holds; `look` is null when it could not be opened. */
export type WalkedFolder = { readonly stamps: FolderStamps; readonly look: FoundNumbers }

/** What tells of each file whether it can be read; null: the folder could not be opened. */
export type FoundNumbers = Pick<FolderLook, 'modes' | 'uids'> | null

type OpenedFolder = WalkedFolder & { readonly look: FolderLook }
type ClosedFolder = WalkedFolder & { readonly look: null }

export type WalkOptions = {
  readonly signal: CancelSignal | undefined
  /** What stands for these stamps from now on: the same that are known already need not be there twice. */
  readonly keep: (path: string, stamps: FolderStamps) => FolderStamps
  /** So many first bytes of each head are read with it, where that is quicker. */
  readonly startBytes?: number | null
  /** Told of each folder as soon as it was looked at; of those of the archive before those of runs. */
  readonly told?: (path: string, folder: WalkedFolder, starts: FolderStarts | null) => Promise<void>
}

/** By path relative to the root. A folder that has just gone is left out. */
export async function walkFolders(
  context: StoreContext,
  options: WalkOptions,
): Promise<ReadonlyMap<string, WalkedFolder>> {
  const walked = new Map<string, WalkedFolder>()
  await walkLevels(context, [''], { ...options, walked })
  return walked
}

async function walkLevels(
  context: StoreContext,
  from: readonly string[],
  options: WalkOptions & { readonly walked: Map<string, WalkedFolder> },
): Promise<void> {
  const { signal, keep, told, walked, startBytes = null } = options
  let level = from
  while (level.length > 0) {
    throwIfCancelled(signal, 'Listing the workspace')
    const own = level.filter(isOwnFolder)
    if (own.length > 0 && own.length < level.length) {
      await walkLevels(context, own, options)
      level = level.filter((path) => !isOwnFolder(path))
    }
    const below: string[] = []
    await batchOf(context.fileSystem).lookAt(context.root, level, {
      signal,
      startBytes,
      take: async ({ folder: path, look, starts }) => {
        const folder = 'code' in look ? closedFolder(path, look) : openFolder(look)
        if (folder === null) return
        for (const name of folder.look?.folders ?? []) below.push(joinPath(path, name))
        const kept = keptFolder(folder, keep(path, folder.stamps))
        walked.set(path, kept)
        await told?.(path, kept, starts)
      },
    })
    level = below.toSorted()
  }
}

/** With numbers of its own: those that were told are used again. */
function keptFolder({ stamps, look }: WalkedFolder, kept: FolderStamps): WalkedFolder {
  return {
    stamps: kept === stamps ? { ...stamps, rows: stamps.rows.slice() } : kept,
    look: look && { modes: look.modes.slice(), uids: look.uids.slice() },
  }
}

export function openFolder(look: FolderLook): OpenedFolder {
  const { names, rows, failures } = look
  return { look, stamps: { names, rows, problems: problemsOf(look, failures), problem: null } }
}

/** One that is there and cannot be opened is told of; the root cannot be passed over. */
function closedFolder(path: string, failure: LookFailure): ClosedFolder | null {
  const error = asError(failure)
  if (path === '') throw error
  if (isMissing(error)) return null
  const problem = `The folder cannot be opened: ${explain(error)}`
  return { look: null, stamps: { names: '', rows: noRows, problems: noProblems, problem } }
}

/** A file that has just gone has none, and is passed over. */
function problemsOf(
  { names }: FolderLook,
  failures: ReadonlyMap<number, LookFailure>,
): ReadonlyMap<number, string> {
  if (failures.size === 0) return noProblems
  const all = namesOf(names)
  const problems = new Map<number, string>()
  for (const [place, failure] of failures) {
    const error = asError(failure)
    if (!isMissing(error)) problems.set(place, `It cannot be looked at: ${explain(error)}`)
    // A name of other bytes is read with replacement characters, and nothing is found under it.
    else if (all[place]?.includes('\ufffd') === true) problems.set(place, otherBytes)
  }
  return problems
}

const otherBytes = 'Its name is not UTF-8, so it cannot be opened. Rename it.'
const noRows = new Float64Array()
const noProblems: ReadonlyMap<number, string> = new Map()
