// A store without a disk: the same rules over files in memory, gone with the process.
import type { AppError } from '../../shared/errors.ts'
import { createStore } from './createStore.ts'
import type { FileSystem } from './fileSystem.ts'
import type { Machine } from './machine.ts'
import { createDiskOverPort } from './diskLane.ts'
import { createMemoryFileSystem } from './memoryFileSystem.ts'
import { realTimers } from './storeContext.ts'
import type { Store } from './store.ts'

export type MemoryStoreOptions = {
  /** Only a name: nothing is read or written there. */
  readonly root?: string
  readonly now: () => string
  readonly randomId: (length: number) => string
  readonly application?: { readonly version: string }
  readonly onProblem?: (error: AppError) => void
  readonly compressesAtRest?: () => boolean
  /** A memory file system that already holds files, or one that fails on purpose. */
  readonly fileSystem?: FileSystem
  readonly machine?: Machine
}

export function createMemoryStore(options: MemoryStoreOptions): Store {
  const root = options.root ?? memoryRoot
  const fileSystem = options.fileSystem ?? createMemoryFileSystem(root)
  const context = {
    root,
    fileSystem,
    disk: createDiskOverPort({ fileSystem, timers: realTimers }),
    machine: options.machine ?? createMemoryMachine(options.randomId(8)),
    now: options.now,
    randomId: options.randomId,
    application: options.application ?? { version: '0.0.0' },
    timers: realTimers,
    compressesAtRest: options.compressesAtRest ?? (() => false),
    onProblem: options.onProblem ?? (() => {}),
  }
  return createStore(context, { writable: true })
}

/** A machine with one process. */
export function createMemoryMachine(name: string): Machine {
  const identity = {
    machineId: name,
    hostName: 'memory',
    bootId: name,
    pidNamespace: '',
    pid: 1,
    processStartTime: '0',
  }
  return {
    identity,
    findProcess: async (pid) =>
      pid === identity.pid ? { kind: 'found', startTime: '0' } : { kind: 'none' },
  }
}

export const memoryRoot = '/memory'
