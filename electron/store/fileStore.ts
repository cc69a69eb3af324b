// A store on a disk.
import { resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { AppError } from '../../shared/errors.ts'
import { defaultConfigFolder } from './configFolder.ts'
import { createStore, openStore } from './createStore.ts'
import type { Disk } from './disk.ts'
import { createBlockingPort } from './diskBlockingPort.ts'
import { createDirectDisk } from './diskDirect.ts'
import { createDiskOverPort } from './diskLane.ts'
import { createDiskPool } from './diskPool.ts'
import type { FileSystem } from './fileSystem.ts'
import { isOnLocalDisk } from './localDisk.ts'
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
  /** Nothing is written here, whatever the folder allows, and this is said of it. */
  readonly readOnlyReason?: string
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
  const root = resolve(options.root)
  const context = {
    root,
    fileSystem,
    // Threads and blocking calls know only the disk of this machine.
    disk:
      options.fileSystem === undefined
        ? await openMachineDisk(root, { fileSystem, onProblem })
        : createDiskOverPort({ fileSystem, timers: realTimers }),
    machine,
    now: options.now,
    randomId: options.randomId,
    application: options.application,
    timers: realTimers,
    compressesAtRest: options.compressesAtRest ?? (() => false),
    onProblem,
  }
  if (options.readOnlyReason === undefined) return openStore(context)
  return createStore(context, { writable: false, reason: options.readOnlyReason })
}

async function openMachineDisk(
  root: string,
  {
    fileSystem,
    onProblem,
  }: { readonly fileSystem: FileSystem; readonly onProblem: (error: AppError) => void },
): Promise<Disk> {
  const pool = createDiskPool({ port: { fileSystem, timers: realTimers }, onProblem })
  if (!(await isOnLocalDisk(root))) return pool
  return createDirectDisk(pool, {
    port: createBlockingPort(),
    clockMs: () => performance.now(),
    nextTurn: () => setImmediate(),
  })
}
