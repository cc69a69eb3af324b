import { describe, expect, test } from 'vitest'
import { createDiskOverPort } from '../../electron/store/diskLane.ts'
import type { FileSystem, OpenFile } from '../../electron/store/fileSystem.ts'
import { takeLock } from '../../electron/store/lock.ts'
import { createMemoryFileSystem } from '../../electron/store/memoryFileSystem.ts'
import { createMemoryMachine, memoryRoot } from '../../electron/store/memoryStore.ts'
import type { StoreContext } from '../../electron/store/storeContext.ts'
import { AppError } from '../../shared/errors.ts'
import {
  application,
  createClock,
  createIds,
  runId,
  testing,
} from '../unit/electron/store/storeFixtures.ts'

const schedules = 400

describe('taking a lock, one disk operation at a time in any order', () => {
  test('[T18] never two processes hold it, and the stale one is always taken over', async () => {
    for (let seed = 1; seed <= schedules; seed += 1) {
      const world = await createWorld(seed)
      await world.run([1, 2, 3], 0)
      expect({ seed, ...world.outcome() }).toEqual({ seed, most: 1, problems: [] })
      expect(world.taken()).toBeGreaterThan(0)
    }
  })

  test('[T18] a process that dies at any operation never leaves a lock that cannot be taken', async () => {
    for (let seed = 1; seed <= schedules; seed += 1) {
      const world = await createWorld(seed)
      await world.run([1, 2, 3], 2)
      const before = world.taken()
      await world.run([4], 0)
      expect({ seed, ...world.outcome() }).toEqual({ seed, most: 1, problems: [] })
      expect({ seed, taken: world.taken() }).toEqual({ seed, taken: before + 1 })
    }
  })
})

type Turn = { readonly pid: number; readonly go: () => void }

/** Processes on one disk that begins with the lock of process 99, which is gone. */
async function createWorld(seed: number) {
  const disk = createMemoryFileSystem(memoryRoot)
  const random = createRandom(seed)
  const living = new Set<number>()
  const waiting: Turn[] = []
  const holding = new Set<number>()
  const problems: unknown[] = []
  let [most, taken] = [0, 0]

  const turn = (pid: number): Promise<void> =>
    new Promise((resolve) => {
      waiting.push({ pid, go: resolve })
    })
  const contextOf = (pid: number): StoreContext => {
    const { identity } = createMemoryMachine('machine')
    const fileSystem = inTurns(disk, () => turn(pid))
    const timers = { after: () => () => {}, wait: () => turn(pid) }
    return {
      root: memoryRoot,
      fileSystem,
      disk: createDiskOverPort({ fileSystem, timers }),
      machine: {
        identity: { ...identity, pid },
        findProcess: async (other) =>
          living.has(other) ? { kind: 'found', startTime: '0' } : { kind: 'none' },
      },
      now: createClock(),
      randomId: createIds(pid.toString(36).slice(-1)),
      application,
      timers,
      onProblem: (error) => problems.push(error),
    }
  }
  const work = async (pid: number): Promise<void> => {
    try {
      const lock = await takeLock(contextOf(pid), runId, { ...testing, readEpoch: async () => 0 })
      holding.add(pid)
      taken += 1
      most = Math.max(most, holding.size)
      await turn(pid)
      await lock.verify()
      await turn(pid)
      holding.delete(pid)
      await lock.release()
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'locked')) problems.push(error)
      else if (holding.has(pid)) problems.push('robbed')
    }
  }
  const stale = { ...contextOf(99), fileSystem: disk }
  await takeLock(stale, runId, { ...testing, readEpoch: async () => 0 })
  return {
    outcome: () => ({ most, problems }),
    taken: () => taken,
    run: async (pids: readonly number[], deaths: number): Promise<void> => {
      let deathsLeft = deaths
      const working = new Set(pids)
      for (const pid of pids) {
        living.add(pid)
        void work(pid).finally(() => working.delete(pid))
      }
      while (working.size > 0) {
        await settle()
        const [next] = waiting.splice(Math.trunc(random() * waiting.length), 1)
        if (next === undefined) continue
        const dies = deathsLeft > 0 && random() < 0.03
        if (!dies) {
          next.go()
          continue
        }
        // It never goes on, and nothing more is heard of it.
        deathsLeft -= 1
        living.delete(next.pid)
        holding.delete(next.pid)
        working.delete(next.pid)
      }
      for (const pid of pids) living.delete(pid)
    },
  }
}

/** Every operation waits for its turn. */
function inTurns(disk: FileSystem, turn: () => Promise<void>): FileSystem {
  const after = async <T>(work: () => Promise<T>): Promise<T> => {
    await turn()
    return work()
  }
  const inTurnsFile = (file: OpenFile): OpenFile => ({
    ...file,
    write: (bytes) => after(() => file.write(bytes)),
    read: (into, position) => after(() => file.read(into, position)),
  })
  return {
    ...disk,
    open: (path, mode) => after(async () => inTurnsFile(await disk.open(path, mode))),
    status: (path) => after(() => disk.status(path)),
    link: (from, to) => after(() => disk.link(from, to)),
    rename: (from, to) => after(() => disk.rename(from, to)),
    remove: (path) => after(() => disk.remove(path)),
    makeFolder: (path) => after(() => disk.makeFolder(path)),
  }
}

function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}

/** Numbers from 0 to 1 that depend on the seed only. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
