// A store as somebody else would bring it: the file store over a file system of its own, or one that breaks a promise.
import { createFileStore } from '../../../electron/store/fileStore.ts'
import type { FileSystem, OpenFile } from '../../../electron/store/fileSystem.ts'
import { createNodeFileSystem } from '../../../electron/store/nodeFileSystem.ts'
import type { RunWriter, Store } from '../../../electron/store/store.ts'

export const outsideKinds = ['whole', 'forgetful', 'unlocked'] as const
export type OutsideKind = (typeof outsideKinds)[number]

export async function openOutsideStore(root: string, kind: OutsideKind): Promise<Store> {
  let ids = 0
  let time = Date.parse('2026-01-02T03:04:05.678Z')
  const store = await createFileStore({
    root,
    now: () => new Date(time++).toISOString(),
    randomId: (length) => (ids++).toString(36).padStart(length, '0'),
    application: { version: 'outside' },
    fileSystem: createHastyFileSystem(),
  })
  if (kind === 'forgetful') return withWriters(store, forgetRecords)
  return kind === 'unlocked' ? openWithoutLock(store) : store
}

/** A disk that takes at most 1000 bytes at a time. */
function createHastyFileSystem(): FileSystem {
  const real = createNodeFileSystem()
  return { ...real, open: async (path, mode) => hasty(await real.open(path, mode)) }
}

function hasty(file: OpenFile): OpenFile {
  return { ...file, write: (bytes) => file.write(bytes.subarray(0, 1000)) }
}

function withWriters(store: Store, change: (writer: RunWriter) => RunWriter): Store {
  return {
    ...store,
    create: async (run, options) => change(await store.create(run, options)),
    open: async (run, options) => change(await store.open(run, options)),
  }
}

/** Acknowledges a second record that it does not write. */
function forgetRecords(writer: RunWriter): RunWriter {
  return {
    ...writer,
    append: async ([first, ...others], options) => {
      const records = await writer.append(first === undefined ? [] : [first], options)
      const [known] = records
      return known === undefined ? records : [known, ...others.map(() => known)]
    },
  }
}

/** Gives a run to whoever asks. */
function openWithoutLock(store: Store): Store {
  return {
    ...store,
    open: async (run, options) => {
      const [opened] = await Promise.allSettled([store.open(run, options)])
      if (opened?.status === 'fulfilled') return opened.value
      const { holder } = await store.read(run)
      if (holder !== null) await store.breakLock(holder)
      return store.open(run, options)
    },
  }
}
