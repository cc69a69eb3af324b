// A store on a disk.
import { resolve } from 'node:path'
import type { AppError } from '../../shared/errors.ts'
import { defaultConfigFolder } from './configFolder.ts'
import { openStore } from './createStore.ts'
import { createDiskOverPort } from './diskLane.ts'
import { createDiskPool } from './diskPool.ts'
import type { FileSystem } from './fileSystem.ts'
import { createMachine, type Machine } from './machine.ts'
import { createNodeFileSystem } from './nodeFileSystem.ts'
import { realTimers } from './storeContext.ts'
import type { Store } from './store.ts'

export type FileStoreOptions = {
  /** The workspace's folder. */
  readonly root: string
  /** Now, ISO 8601, UTC, milliseconds. */
  readonly now: () => string
  /** `length` random characters of `a-z 0-9`. */
  readonly randomId: (length: number) => string
  readonly application: { readonly version: string }
  /** Whether head and journal of a run that has ended are compressed in place. Default: never. */
  readonly compressesAtRest?: () => boolean
  /** Told of failures that nobody waits for, such as a watch that ended. */
  readonly onProblem?: (error: AppError) => void
  readonly fileSystem?: FileSystem
  readonly machine?: Machine
  /** Where this user's settings of all workspaces lie; used only on machines without an id of their own. */
  readonly configFolder?: string
}

/** Opens the store of a folder, and leaves no trace in it until something is written. */
export async function createFileStore(options: FileStoreOptions): Promise<Store> {
  const configFolder = options.configFolder ?? defaultConfigFolder()
  const machine =
    options.machine ?? (await createMachine({ configFolder, randomId: options.randomId }))
  const fileSystem = options.fileSystem ?? createNodeFileSystem()
  const onProblem = options.onProblem ?? (() => {})
  const port = { fileSystem, timers: realTimers }
  return openStore({
    root: resolve(options.root),
    fileSystem,
    // Threads know only the disk of this machine.
    disk:
      options.fileSystem === undefined
        ? createDiskPool({ port, onProblem })
        : createDiskOverPort(port),
    machine,
    now: options.now,
    randomId: options.randomId,
    application: options.application,
    timers: realTimers,
    compressesAtRest: options.compressesAtRest ?? (() => false),
    onProblem,
  })
}
