// The file system of the machine for a thread on which nobody else waits: reading stands still until the disk answers.
import {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
} from 'node:fs'
import { availableParallelism } from 'node:os'
import { createBlockingBatch } from './blockingFileSystemBatch.ts'
import type { FileSystem, OpenFile } from './fileSystem.ts'
import { child, createNodeFileSystem, fileStatus, openFlags } from './nodeFileSystem.ts'
import { readOnlyFile } from './readOnlyFile.ts'

/** A call that blocks costs a third of one that waits for a promise. `helpers`: threads beside this one for large sweeps. */
export function createBlockingFileSystem(options: { readonly helpers?: number } = {}): FileSystem {
  const waiting = createNodeFileSystem()
  return {
    ...waiting,
    open: async (path, mode) =>
      mode === 'read' ? readingFile(openSync(path, openFlags.read)) : waiting.open(path, mode),
    status: async (path) => fileStatus(lstatSync(path, { bigint: true })),
    list: async (path) => readdirSync(path, { withFileTypes: true }).map(child),
    check: async (path, right) =>
      accessSync(path, right === 'read' ? constants.R_OK : constants.W_OK),
    batch: createBlockingBatch(options.helpers ?? helpersOfMachine()),
  }
}

/** One for each core that is left, and no more than are of use: the disk is the same for all. */
function helpersOfMachine(): number {
  return Math.min(3, availableParallelism() - 1)
}

/** Of an open file only reading is asked here. */
function readingFile(descriptor: number): OpenFile {
  return readOnlyFile({
    read: async (into, position) => readSync(descriptor, into, 0, into.byteLength, position),
    status: async () => fileStatus(fstatSync(descriptor, { bigint: true })),
    close: async () => closeSync(descriptor),
  })
}
