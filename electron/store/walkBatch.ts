// Many answers of a file system in one call. One that stands on a thread of its own brings its own; for any other they
// are put together from single ones, so that whatever makes those fail makes these fail too.
import { join } from 'node:path'
import { throwIfCancelled, type CancelSignal } from '../../shared/cancel.ts'
import { mapBounded } from '../../shared/mapBounded.ts'
import type { FileStatus, FileSystem } from './fileSystem.ts'
import { readRange } from './files.ts'
import { errorCode } from './storeErrors.ts'
import {
  asFailure,
  createColumns,
  kindBits,
  lookOf,
  setNumbers,
  type FileNumbers,
  type FolderLook,
  type FolderStarts,
  type LookFailure,
} from './walkLook.ts'
import { chooseChildren, type Chosen } from './walkRules.ts'

export type LookOptions = {
  readonly signal: CancelSignal | undefined
  /** So many first bytes of each head are read with the look at it, where that is quicker; null: none are. */
  readonly startBytes: number | null
  /**
   * Told of one folder after the other, in no order, as soon as it was looked at. Its numbers and the bytes of starts may be
   * others once it is done.
   */
  readonly take: (found: FoundFolder) => Promise<void>
}

export type FoundFolder = {
  readonly folder: string
  readonly look: FolderLook | LookFailure
  /** Null where none were read; whoever needs them asks for them. */
  readonly starts: FolderStarts | null
}

export interface FileBatch {
  /** Looks at what is listed of each folder; folders are relative to the root. */
  readonly lookAt: (root: string, folders: readonly string[], options: LookOptions) => Promise<void>
  /** The first bytes of each file. */
  readonly startsOf: (
    paths: readonly string[],
    limitBytes: number,
  ) => Promise<readonly (Uint8Array | LookFailure)[]>
}

export function batchOf(fileSystem: FileSystem): FileBatch {
  return (
    fileSystem.batch ?? {
      lookAt: (root, folders, options) => lookAtEach(fileSystem, { root, folders, options }),
      startsOf: (paths, limitBytes) =>
        mapBounded(paths, 16, (path) => orFailure(() => startOf(fileSystem, path, limitBytes))),
    }
  )
}

async function lookAtEach(
  fileSystem: FileSystem,
  asked: {
    readonly root: string
    readonly folders: readonly string[]
    readonly options: LookOptions
  },
): Promise<void> {
  const { root, folders, options } = asked
  for (let from = 0; from < folders.length; from += foldersAtOnce) {
    const some = folders.slice(from, from + foldersAtOnce)
    const found = await mapBounded(some, 4, async (folder) => {
      throwIfCancelled(options.signal, 'Listing the workspace')
      return { folder, look: await orFailure(() => lookAtFolder(fileSystem, root, folder)) }
    })
    for (const { folder, look } of found) await options.take({ folder, look, starts: null })
  }
}

/** Some million bytes of names and numbers, where all folders of a large workspace have many. */
const foldersAtOnce = 16

async function lookAtFolder(
  fileSystem: FileSystem,
  root: string,
  folder: string,
): Promise<FolderLook> {
  const path = join(root, folder)
  return lookAtFiles(fileSystem, path, chooseChildren(folder, await fileSystem.list(path)))
}

/** Looks at files of a folder, given by its absolute path. */
export async function lookAtFiles(
  fileSystem: FileSystem,
  path: string,
  chosen: Chosen,
): Promise<FolderLook> {
  const columns = createColumns(chosen)
  await mapBounded(chosen.files, 16, async (name, place) => {
    try {
      setNumbers(columns, place, numbersOf(await fileSystem.status(join(path, name))))
    } catch (error) {
      columns.failures.set(place, asFailure(error))
    }
  })
  return lookOf(columns)
}

async function startOf(
  fileSystem: FileSystem,
  path: string,
  limitBytes: number,
): Promise<Uint8Array> {
  const file = await fileSystem.open(path, 'read')
  try {
    return await readRange(file, 0, limitBytes)
  } finally {
    await file.close()
  }
}

/** What a single look is worth in a batch: the same numbers, whoever looked. */
export function numbersOf(status: FileStatus): FileNumbers {
  return {
    ino: Number(status.inode),
    mtimeMs: inMs(status.modifiedNs),
    ctimeMs: inMs(status.changedNs),
    size: status.sizeBytes,
    mode: kindBits[status.kind] | status.mode,
    uid: status.uid,
  }
}

/** As node:fs adds them up, so that the double is the same. */
function inMs(ns: bigint): number {
  return Number(ns / 1_000_000_000n) * 1000 + Number(ns % 1_000_000_000n) / 1_000_000
}

async function orFailure<T>(work: () => Promise<T>): Promise<T | LookFailure> {
  try {
    return await work()
  } catch (error) {
    if (errorCode(error) === null) throw error
    return asFailure(error)
  }
}
