// A file system that shows files which lie inside other files at the places that they came from, to be read only.
import { dirname, basename } from 'node:path'
import {
  folderMode,
  type Child,
  type FileStatus,
  type FileSystem,
  type OpenFile,
} from './fileSystem.ts'
import { orMissing } from './storeErrors.ts'

export type ShownFile = {
  /** As a listing tells it: `sizeBytes` is what it takes on the disk. */
  readonly status: FileStatus
  /** Size of its content. */
  readonly sizeBytes: () => Promise<number>
  /** Reads at a position; 0 at the end. */
  readonly read: (into: Uint8Array, position: number) => Promise<number>
}

/** What is shown hides what is there; whatever else is there is seen through. Nothing is written. */
export function showFiles(beneath: FileSystem, files: ReadonlyMap<string, ShownFile>): FileSystem {
  const folders = foldersOf([...files.keys()])
  return {
    ...beneath,
    ...refusing(),
    open: async (path, mode) => {
      const file = files.get(path)
      if (mode !== 'read') throw failure('EROFS')
      return file === undefined ? beneath.open(path, mode) : openFile(file)
    },
    status: async (path) => {
      const file = files.get(path)
      if (file !== undefined) return file.status
      const children = folders.get(path)
      return children === undefined
        ? beneath.status(path)
        : orMissing(() => beneath.status(path), folderStatus)
    },
    list: async (path) => {
      const shown = folders.get(path)
      if (shown === undefined) return beneath.list(path)
      const there = await orMissing(() => beneath.list(path), [])
      return [...there.filter(({ name }) => !shown.has(name)), ...shown.values()]
    },
    check: async (path, right) => {
      if (right === 'write') throw failure('EROFS')
      if (!files.has(path) && !folders.has(path)) await beneath.check(path, right)
    },
  }
}

/** The children of every folder on the way to a file. */
function foldersOf(paths: readonly string[]): ReadonlyMap<string, ReadonlyMap<string, Child>> {
  const folders = new Map<string, Map<string, Child>>()
  for (const file of paths) {
    let [path, kind]: [string, Child['kind']] = [file, 'file']
    while (dirname(path) !== path) {
      const [parent, name] = [dirname(path), basename(path)]
      const children = folders.get(parent) ?? new Map<string, Child>()
      folders.set(parent, children.set(name, { name, kind }))
      path = parent
      kind = 'folder'
    }
  }
  return folders
}

function openFile(file: ShownFile): OpenFile {
  return {
    read: file.read,
    status: async () => ({ ...file.status, sizeBytes: await file.sizeBytes() }),
    write: refuseWriting,
    syncData: refuseWriting,
    sync: refuseWriting,
    truncate: refuseWriting,
    changeMode: refuseWriting,
    changeOwner: refuseWriting,
    close: async () => undefined,
  }
}

type Writing =
  | 'makeFolder'
  | 'rename'
  | 'link'
  | 'remove'
  | 'removeFolder'
  | 'copy'
  | 'changeOwner'
  | 'syncFile'
  | 'syncFolder'

function refusing(): Pick<FileSystem, Writing> {
  return {
    makeFolder: refuseWriting,
    rename: refuseWriting,
    link: refuseWriting,
    remove: refuseWriting,
    removeFolder: refuseWriting,
    copy: refuseWriting,
    changeOwner: refuseWriting,
    syncFile: refuseWriting,
    syncFolder: refuseWriting,
  }
}

async function refuseWriting(): Promise<never> {
  throw failure('EROFS')
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code })
}

const folderStatus: FileStatus = {
  kind: 'folder',
  sizeBytes: 0,
  mode: folderMode,
  uid: 0,
  gid: 0,
  inode: 0n,
  modifiedNs: 0n,
  changedNs: 0n,
}
