import type { FileSystem, OpenFile } from '../../electron/store/fileSystem.ts'
import { failure as failureOf } from '../../electron/store/memoryDisk.ts'

export type Fault = {
  /** The operation that meets it, counted from 1; reads count too. */
  readonly at: number
  /**
   * `once`: that operation fails, a write after half of its bytes. `dead`: all operations from there on fail, as when the
   * process was killed in the middle of that one. `short`: nothing fails, but that operation, which is a write, takes half.
   */
  readonly kind: 'once' | 'dead' | 'short'
  readonly code: string
}

export interface FaultyFileSystem extends FileSystem {
  /** Operations so far; of a `short` fault only writes. */
  count(): number
  /** True once the fault was met. */
  wasMet(): boolean
}

/** A file system that fails on purpose. */
export function createFaultyFileSystem(inner: FileSystem, fault: Fault): FaultyFileSystem {
  let count = 0
  const isFailing = (): boolean => {
    if (fault.kind === 'short') return false
    count += 1
    return fault.kind === 'once' ? count === fault.at : count >= fault.at
  }
  const failure = (): Error => failureOf(fault.code)
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isFailing()) throw failure()
    return work()
  }
  const openFile = (file: OpenFile): OpenFile => ({
    read: (into, position) => guard(() => file.read(into, position)),
    write: async (bytes) => {
      if (fault.kind === 'short') {
        count += 1
        const isShort = count === fault.at && bytes.byteLength > 1
        return file.write(isShort ? bytes.subarray(0, bytes.byteLength >> 1) : bytes)
      }
      if (!isFailing()) return file.write(bytes)
      if (count === fault.at) await file.write(bytes.subarray(0, bytes.byteLength >> 1))
      throw failure()
    },
    syncData: () => guard(() => file.syncData()),
    sync: () => guard(() => file.sync()),
    status: () => guard(() => file.status()),
    truncate: (sizeBytes) => guard(() => file.truncate(sizeBytes)),
    changeMode: (mode) => guard(() => file.changeMode(mode)),
    changeOwner: (uid, gid) => guard(() => file.changeOwner(uid, gid)),
    close: () => guard(() => file.close()),
  })
  return {
    ...inner,
    count: () => count,
    wasMet: () => count >= fault.at,
    open: async (path, mode) => openFile(await guard(() => inner.open(path, mode))),
    status: (path) => guard(() => inner.status(path)),
    list: (path) => guard(() => inner.list(path)),
    makeFolder: (path) => guard(() => inner.makeFolder(path)),
    rename: (from, to) => guard(() => inner.rename(from, to)),
    link: (from, to) => guard(() => inner.link(from, to)),
    remove: (path) => guard(() => inner.remove(path)),
    removeFolder: (path) => guard(() => inner.removeFolder(path)),
    copy: (from, to) => guard(() => inner.copy(from, to)),
    changeOwner: (path, uid, gid) => guard(() => inner.changeOwner(path, uid, gid)),
    check: (path, right) => guard(() => inner.check(path, right)),
    syncFile: (path) => guard(() => inner.syncFile(path)),
    syncFolder: (path) => guard(() => inner.syncFolder(path)),
  }
}

/** A file system whose writes take one byte at a time, and whose reads give one. */
export function createNarrowFileSystem(inner: FileSystem): FileSystem {
  return {
    ...inner,
    open: async (path, mode) => {
      const file = await inner.open(path, mode)
      return {
        ...file,
        read: (into, position) => file.read(into.subarray(0, 1), position),
        write: (bytes) => file.write(bytes.subarray(0, 1)),
      }
    },
  }
}
