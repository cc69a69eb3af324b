import { onTestFinished, vi } from 'vitest'
import { openStore } from '../../../../electron/store/createStore.ts'
import { createDiskPool, type DiskPoolOptions } from '../../../../electron/store/diskPool.ts'
import { startDiskThread, type DiskThread } from '../../../../electron/store/diskThread.ts'
import type { FileSystem } from '../../../../electron/store/fileSystem.ts'
import { createMachine } from '../../../../electron/store/machine.ts'
import { createNodeFileSystem } from '../../../../electron/store/nodeFileSystem.ts'
import { realTimers } from '../../../../electron/store/storeContext.ts'
import type { Store } from '../../../../electron/store/store.ts'
import { AppError } from '../../../../shared/errors.ts'
import { application, createClock, createIds, temporaryFolder } from './storeFixtures.ts'

export type StoreOnThreads = {
  readonly root: string
  readonly store: Store
  readonly threads: readonly DiskThread[]
  readonly problems: readonly AppError[]
  /** Resolves when every thread that was started takes jobs. */
  readonly allReady: () => Promise<void>
  /** From now on a journal or a head that is written over the port is a failure. */
  readonly forbidPort: () => void
}

/** A store on a real folder that starts its threads with its first write. */
export async function openStoreOnThreads(
  options: Partial<DiskPoolOptions> = {},
): Promise<StoreOnThreads> {
  const root = await temporaryFolder()
  const threads: DiskThread[] = []
  const problems: AppError[] = []
  const port = { isForbidden: false }
  const fileSystem = createNodeFileSystem()
  const watched: FileSystem = {
    ...fileSystem,
    open: async (path, mode) => {
      const isOfRun = mode !== 'read' && path.includes('/runs/')
      if (port.isForbidden && isOfRun) throw new AppError('bug', `The port was used for ${path}.`)
      return fileSystem.open(path, mode)
    },
  }
  const onProblem = (error: AppError): void => void problems.push(error)
  const disk = createDiskPool({
    port: { fileSystem: watched, timers: realTimers },
    onProblem,
    jobsBefore: 0,
    start: (...given) => {
      const thread = startDiskThread(...given)
      threads.push(thread)
      return thread
    },
    ...options,
  })
  const store = await openStore({
    root,
    fileSystem,
    disk,
    machine: await createMachine({ configFolder: root, randomId: createIds('m') }),
    now: createClock(),
    randomId: createIds(),
    application,
    timers: realTimers,
    onProblem,
  })
  onTestFinished(() => store.close())
  return {
    root,
    store,
    threads,
    problems,
    allReady: async () => {
      await vi.waitUntil(() => threads.every((thread) => thread.state() !== 'starting'), 60_000)
    },
    forbidPort: () => {
      port.isForbidden = true
    },
  }
}
