// The file system of the machine.
import {
  constants,
  existsSync,
  readdirSync,
  watch,
  type BigIntStats,
  type Dirent,
  type Stats,
} from 'node:fs'
import {
  access,
  chown,
  copyFile,
  link,
  lstat,
  mkdir,
  open,
  opendir,
  readdir,
  rename,
  rmdir,
  statfs,
  unlink,
  type FileHandle,
} from 'node:fs/promises'
import {
  fileMode,
  folderMode,
  type Child,
  type FileKind,
  type FileStatus,
  type FileSystem,
  type OpenFile,
  type OpenMode,
  type WatchObserver,
} from './fileSystem.ts'

/**
 * Uses `node:fs/promises`. Measured on ext4, 2 KB appended and synced: 0.20 ms with synchronous calls, 0.29 ms with
 * promises. A tenth of a millisecond a record is less than a host that stands still while the disk is busy.
 */
export function createNodeFileSystem(): FileSystem {
  return {
    userId: ownUserId(),
    open: async (path, mode) => openFile(await open(path, openFlags[mode], fileMode)),
    status: async (path) => fileStatus(await lstat(path, { bigint: true })),
    list: async (path) => (await readdir(path, { withFileTypes: true })).map(child),
    listInPieces,
    makeFolder: (path) => mkdir(path, { mode: folderMode }),
    rename,
    link,
    remove: unlink,
    removeFolder: rmdir,
    copy: (from, to) => copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE),
    changeOwner: chown,
    check: (path, right) => access(path, right === 'read' ? constants.R_OK : constants.W_OK),
    syncFile: (path) => syncPath(path, system.syncs),
    // Windows cannot sync a folder, and keeps its names by itself.
    syncFolder: async (path) => {
      if (!isWindows) await syncPath(path, constants.O_RDONLY)
    },
    listNow: (path) => readdirSync(path, { withFileTypes: true }).map(child),
    existsNow: existsSync,
    space: async (path) => {
      const { bavail, blocks, bsize } = await statfs(path)
      return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
    },
    watch: watchFolder,
  }
}

export const isWindows = process.platform === 'win32'

/** Null where the platform has none. */
export function ownUserId(): number | null {
  return process.getuid?.() ?? null
}

// Opening a pipe would wait for ever for somebody to write into it; of files it changes nothing. Windows knows neither flag (the
// path was checked for links before), and syncs only what is open for writing.
const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_RDWR } = constants
const system = isWindows
  ? { noFollow: 0, noWaiting: 0, syncs: O_RDWR }
  : { noFollow: O_NOFOLLOW, noWaiting: O_NONBLOCK, syncs: O_RDONLY }
const { noFollow, noWaiting } = system

export const openFlags = {
  read: constants.O_RDONLY | noFollow | noWaiting,
  append: constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | noFollow,
  create: constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | noFollow,
} as const satisfies Record<OpenMode, number>

function openFile(handle: FileHandle): OpenFile {
  return {
    read: async (into, position) =>
      (await handle.read(into, 0, into.byteLength, position)).bytesRead,
    write: async (bytes) => (await handle.write(bytes)).bytesWritten,
    syncData: () => handle.datasync(),
    sync: () => handle.sync(),
    status: async () => fileStatus(await handle.stat({ bigint: true })),
    truncate: (sizeBytes) => handle.truncate(sizeBytes),
    changeMode: (mode) => handle.chmod(mode),
    changeOwner: (uid, gid) => handle.chown(uid, gid),
    close: () => handle.close(),
  }
}

/**
 * Measured with 200,000 files: the thread stands still for 2 ms at most, and for 100 ms when they are listed whole. A read that
 * is waited for fills a whole piece; waiting for each of its names would throw away half a kilobyte a name.
 */
async function* listInPieces(path: string): AsyncGenerator<readonly Child[]> {
  const folder = await opendir(path, { bufferSize: pieceSize })
  try {
    for (;;) {
      const first = await folder.read()
      if (first === null) return
      const piece = [child(first)]
      while (piece.length < pieceSize) {
        const next = folder.readSync()
        if (next === null) break
        piece.push(child(next))
      }
      yield piece
    }
  } finally {
    await folder.close()
  }
}

const pieceSize = 1024

async function syncPath(path: string, flags: number): Promise<void> {
  const handle = await open(path, flags)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function watchFolder(path: string, observer: WatchObserver): () => void {
  const watcher = watch(path, { persistent: false }, (_event, name) => observer.onChange(name))
  watcher.on('error', (error) => {
    watcher.close()
    observer.onEnd(error)
  })
  return () => watcher.close()
}

export function fileStatus(stats: BigIntStats): FileStatus {
  return {
    kind: kindOf(stats),
    sizeBytes: Number(stats.size),
    mode: Number(stats.mode) & 0o7777,
    uid: Number(stats.uid),
    gid: Number(stats.gid),
    inode: stats.ino,
    modifiedNs: stats.mtimeNs,
    changedNs: stats.ctimeNs,
  }
}

export function child(entry: Dirent): Child {
  return { name: entry.name, kind: kindOf(entry) }
}

function kindOf(entry: Dirent | Stats | BigIntStats): FileKind {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  return entry.isSymbolicLink() ? 'link' : 'other'
}
