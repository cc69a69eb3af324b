import { describe, expect, test } from 'vitest'
import type { FileSystem } from '../../../../electron/store/fileSystem.ts'
import { createMemoryMachine } from '../../../../electron/store/memoryStore.ts'
import { createNodeFileSystem } from '../../../../electron/store/nodeFileSystem.ts'
import {
  createIds,
  failureOf,
  openFileStore,
  runId,
  setVariable,
  temporaryFolder,
  testing,
  writeRun,
} from './storeFixtures.ts'

describe('a lock', () => {
  test('[T29] holds on a file system without links', async () => {
    const root = await temporaryFolder()
    const refused = Object.assign(new Error('EPERM'), { code: 'EPERM' })
    const fileSystem = { ...createNodeFileSystem(), link: () => Promise.reject(refused) }
    const store = await openFileStore(root, { fileSystem })
    await writeRun(store)
    const results = await Promise.allSettled([1, 2, 3].map(() => store.open(runId, testing)))
    const writers = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))

    expect(writers).toHaveLength(1)
    expect(await failureOf(store.open(runId, testing))).toMatchObject({ code: 'locked' })
    await writers[0]?.append([setVariable('b')], { durable: true })
    await writers[0]?.release()
    expect((await store.read(runId)).holder).toBeNull()
  })

  test('[T20] of a process elsewhere is not taken, and what to do before it is broken is said', async () => {
    const root = await temporaryFolder()
    const elsewhere = await openFileStore(root, { machine: createMemoryMachine('elsewhere') })
    await writeRun(elsewhere)
    const writer = await elsewhere.open(runId, testing)

    const failure = await failureOf((await openFileStore(root)).open(runId, testing))
    await writer.release()

    expect(failure).toMatchObject({
      code: 'locked',
      details: { state: 'unknown' },
      message: expect.stringMatching(/held by process 1 on memory, .*look there before you break/),
    })
  })

  test('[T33] that a full disk keeps from being given back is given back once there is room', async () => {
    const root = await temporaryFolder()
    const real = createNodeFileSystem()
    let isFull = false
    const store = await openFileStore(root, {
      fileSystem: {
        ...real,
        open: async (path, mode) => {
          if (isFull && mode === 'create')
            throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })
          return real.open(path, mode)
        },
      },
    })
    await writeRun(store)
    const writer = await store.open(runId, testing)
    isFull = true
    expect(await failureOf(writer.release())).toMatchObject({
      code: 'io',
      message: expect.stringContaining('the disk is full'),
    })
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect((await store.read(runId)).holder).not.toBeNull()
    isFull = false
    await expect.poll(async () => (await store.read(runId)).holder, { timeout: 60_000 }).toBeNull()
    await (await store.open(runId, testing)).release()
  })

  test('[T30] is taken anew when somebody wrote while it was taken', async () => {
    const root = await temporaryFolder()
    const real = createNodeFileSystem()
    const other = await openFileStore(root)
    await writeRun(other)
    let isFirst = true
    const store = await openFileStore(root, {
      randomId: createIds('q'),
      fileSystem: {
        ...real,
        link: async (from, to) => {
          if (isFirst) {
            isFirst = false
            const writer = await other.open(runId, testing)
            await writer.append([setVariable('b')], { durable: true })
            await writer.release()
          }
          return real.link(from, to)
        },
      },
    })

    const writer = await store.open(runId, testing)
    const [record] = await writer.append([setVariable('c')], { durable: true })
    await writer.release()

    expect(record).toMatchObject({ seq: 3, epoch: 3 })
    expect((await store.read(runId)).journal?.flaws).toEqual([])
  })

  test('[T31] that was lost stops every write, before it touches the disk', async () => {
    const root = await temporaryFolder()
    const store = await openFileStore(root)
    await writeRun(store, { head: '{}\n' })
    const writer = await store.open(runId, testing)
    const { holder } = await store.read(runId)
    if (holder !== null) await store.breakLock(holder)
    const before = await store.read(runId)

    const failures = await Promise.all([
      failureOf(writer.append([setVariable('b')], { durable: true })),
      failureOf(writer.replaceHead('{"a":1}')),
      failureOf(writer.backup('x')),
      failureOf(writer.cutJournal(0)),
      failureOf(writer.restoreBackup('x')),
      failureOf(writer.trash({ reason: '', workflow: null, keepDays: 1 })),
    ])
    await writer.release()

    expect(failures).toEqual(failures.map(() => expect.objectContaining({ code: 'locked' })))
    expect(await store.read(runId)).toEqual(before)
  })

  test('[T117] that may not be looked at is somebody’s who is unknown, and its run is read', async () => {
    const root = await temporaryFolder()
    await writeRun(await openFileStore(root), { head: '{}\n' })
    const store = await openFileStore(root, { fileSystem: withoutState() })

    expect((await store.list()).map(({ run }) => run)).toContain(runId)
    expect(await store.heldRuns()).toEqual(new Set())
    const { head, journal, holder } = await store.read(runId)
    expect([head !== null, journal?.records.length]).toEqual([true, 1])
    expect(holder).toMatchObject({
      hostName: 'unknown host',
      purpose: expect.stringMatching(/may/),
    })
    expect(holder && (await store.holderState(holder))).toBe('unknown')
    const failures = [
      await failureOf(store.open(runId, testing)),
      await failureOf(holder === null ? Promise.resolve() : store.breakLock(holder)),
    ]
    expect(failures).toEqual(
      failures.map(() => expect.objectContaining({ message: expect.stringMatching(/EACCES/) })),
    )
  })
})

/** The disk of a user who may not look into `.unstuck`. */
function withoutState(): FileSystem {
  const disk = createNodeFileSystem()
  const refused = Object.assign(new Error('EACCES'), { code: 'EACCES' })
  const orRefused = <T>(path: string, work: () => Promise<T>): Promise<T> =>
    path.includes('/.unstuck/') ? Promise.reject(refused) : work()
  return {
    ...disk,
    open: (path, mode) => orRefused(path, () => disk.open(path, mode)),
    status: (path) => orRefused(path, () => disk.status(path)),
    list: (path) => orRefused(path, () => disk.list(path)),
  }
}
