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
  type FileNumbers,
  type FolderLook,
  type LookFailure,
} from './walkLook.ts'
import { chooseChildren, type Chosen } from './walkRules.ts'

export interface FileBatch {
  /** Looks at what is listed of each folder; folders are relative to the root. */
  readonly lookAt: (
    root: string,
    folders: readonly string[],
    signal: CancelSignal | undefined,
  ) => Promise<readonly (FolderLook | LookFailure)[]>
  /** The first bytes of each file. */
  readonly startsOf: (
    paths: readonly string[],
    limitBytes: number,
  ) => Promise<readonly (Uint8Array | LookFailure)[]>
}

export function batchOf(fileSystem: FileSystem): FileBatch {
  return (
    fileSystem.batch ?? {
      lookAt: (root, folders, signal) =>
        mapBounded(folders, 4, (folder) => {
          throwIfCancelled(signal, 'Listing the workspace')
          return orFailure(() => lookAtFolder(fileSystem, root, folder))
        }),
      startsOf: (paths, limitBytes) =>
        mapBounded(paths, 16, (path) => orFailure(() => startOf(fileSystem, path, limitBytes))),
    }
  )
}

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
      columns.set(place, numbersOf(await fileSystem.status(join(path, name))))
    } catch (error) {
      columns.fail(place, asFailure(error))
    }
  })
  return columns.look()
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
