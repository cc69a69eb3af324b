// The file system of the machine for a thread that may block: each operation is done when it returns.
import {
  chownSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import type { DiskFile, DiskPort } from './diskSequence.ts'
import { fileMode } from './fileSystem.ts'
import { fileStatus, isWindows, openFlags, ownUserId } from './nodeFileSystem.ts'

export function createBlockingPort(): DiskPort {
  const nobody = new Int32Array(new SharedArrayBuffer(4))
  return {
    fileSystem: {
      userId: ownUserId(),
      open: (path, mode) => openedFile(openSync(path, openFlags[mode], fileMode)),
      status: (path) => fileStatus(lstatSync(path, { bigint: true })),
      rename: renameSync,
      remove: unlinkSync,
      changeOwner: chownSync,
      // Windows cannot sync a folder, and keeps its names by itself.
      syncFolder: (path) => {
        if (!isWindows) syncFolder(path)
      },
    },
    timers: {
      wait: (ms) => {
        Atomics.wait(nobody, 0, 0, ms)
      },
    },
  }
}

function openedFile(descriptor: number): DiskFile {
  return {
    read: (into, position) => readSync(descriptor, into, 0, into.byteLength, position),
    write: (bytes) => writeSync(descriptor, bytes),
    syncData: () => fdatasyncSync(descriptor),
    sync: () => fsyncSync(descriptor),
    status: () => fileStatus(fstatSync(descriptor, { bigint: true })),
    truncate: (sizeBytes) => ftruncateSync(descriptor, sizeBytes),
    changeMode: (mode) => fchmodSync(descriptor, mode),
    changeOwner: (uid, gid) => fchownSync(descriptor, uid, gid),
    close: () => closeSync(descriptor),
  }
}

function syncFolder(path: string): void {
  const descriptor = openSync(path, constants.O_RDONLY)
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
