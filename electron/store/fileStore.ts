// A store on a disk.
import { resolve } from 'node:path'
import type { AppError } from '../../shared/errors.ts'
import { defaultConfigFolder } from './configFolder.ts'
import { openStore } from './createStore.ts'
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
  return openStore({
    root: resolve(options.root),
    fileSystem: options.fileSystem ?? createNodeFileSystem(),
    machine,
    now: options.now,
    randomId: options.randomId,
    application: options.application,
    timers: realTimers,
    onProblem: options.onProblem ?? (() => {}),
  })
}
