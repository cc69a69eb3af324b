import { mkdir } from 'node:fs/promises'
import { createFileStore } from '../../electron/store/fileStore.ts'
import type { FileSystem, OpenFile } from '../../electron/store/fileSystem.ts'
import { createNodeFileSystem } from '../../electron/store/nodeFileSystem.ts'
import type { Store } from '../../electron/store/store.ts'
import { randomId } from './randomId.ts'

export type CountedStore = {
  readonly store: Store
  /** Flushes of files and folders since the last call. */
  readonly takeFlushes: () => number
  /** Bytes written since the last call. */
  readonly takeBytes: () => number
}

/** A store on a real disk as hosts open it: it writes on the spot or on threads, as it finds best. */
export async function openThreadedStore(root: string): Promise<Store> {
  await mkdir(root, { recursive: true })
  return createFileStore({ root, now, randomId, application })
}

/** Does a piece of work again and again for half a second: the disk is known then, and code is compiled. */
export async function warmUp(work: () => Promise<unknown>): Promise<void> {
  const end = performance.now() + 500
  while (performance.now() < end) await work()
}

/** A store on a real disk whose flushes and written bytes are counted, which only works without threads. */
export async function openBenchStore(root: string): Promise<CountedStore> {
  await mkdir(root, { recursive: true })
  let flushes = 0
  let bytes = 0
  const real = createNodeFileSystem()
  const counted: FileSystem = {
    ...real,
    open: async (path, mode) => countFile(await real.open(path, mode)),
    syncFile: (path) => {
      flushes += 1
      return real.syncFile(path)
    },
    syncFolder: (path) => {
      flushes += 1
      return real.syncFolder(path)
    },
  }
  function countFile(file: OpenFile): OpenFile {
    return {
      ...file,
      write: async (chunk) => {
        const written = await file.write(chunk)
        bytes += written
        return written
      },
      sync: () => {
        flushes += 1
        return file.sync()
      },
      syncData: () => {
        flushes += 1
        return file.syncData()
      },
    }
  }
  const store = await createFileStore({
    root,
    now,
    randomId,
    application,
    fileSystem: counted,
  })
  return {
    store,
    takeFlushes: () => {
      const taken = flushes
      flushes = 0
      return taken
    },
    takeBytes: () => {
      const taken = bytes
      bytes = 0
      return taken
    },
  }
}

const application = { version: 'bench' }

function now(): string {
  return new Date().toISOString()
}
