// Stores of several processes on one disk in memory, none of which ever waits.
import { createStore } from '../../../electron/store/createStore.ts'
import { createDiskOverPort } from '../../../electron/store/diskLane.ts'
import type { FileSystem } from '../../../electron/store/fileSystem.ts'
import { createMemoryMachine, memoryRoot } from '../../../electron/store/memoryStore.ts'
import type { Timers } from '../../../electron/store/storeContext.ts'
import type { Store } from '../../../electron/store/store.ts'
import { application, createClock, createIds } from '../../unit/electron/store/storeFixtures.ts'

/** A store of a process of its own. Any other process is gone, unless it is said to live. */
export function openProcess(
  fileSystem: FileSystem,
  pid: number,
  options: {
    readonly alive?: readonly number[]
    readonly boot?: string
    readonly timers?: Timers
  } = {},
): Store {
  const { alive = [], boot = 'boot', timers = instant } = options
  const { identity } = createMemoryMachine('machine')
  return createStore(
    {
      root: memoryRoot,
      fileSystem,
      disk: createDiskOverPort({ fileSystem, timers }),
      machine: {
        identity: { ...identity, pid, bootId: boot },
        findProcess: async (other) =>
          other === pid || alive.includes(other)
            ? { kind: 'found', startTime: '0' }
            : { kind: 'none' },
      },
      now: createClock(),
      randomId: createIds(pid.toString(36).slice(-1)),
      application,
      timers,
      onProblem: () => {},
      // Only runs that have ended are compressed.
      compressesAtRest: () => true,
    },
    { writable: true },
  )
}

const instant: Timers = { after: () => () => {}, wait: async () => {} }

/** Timers that ring when they are told that time has passed, each once. */
export function createAlarms(): { readonly timers: Timers; elapse: () => Promise<void> } {
  let waiting = new Set<() => void>()
  return {
    timers: {
      ...instant,
      after: (_ms, callback) => {
        waiting.add(callback)
        return () => waiting.delete(callback)
      },
    },
    elapse: async () => {
      const due = waiting
      waiting = new Set()
      for (const callback of due) callback()
      // In memory everything that a callback began is done by then.
      await new Promise((resolve) => {
        setImmediate(resolve)
      })
    },
  }
}
