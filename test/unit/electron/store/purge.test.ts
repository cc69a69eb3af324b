import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createNodeFileSystem } from '../../../../electron/store/nodeFileSystem.ts'
import { createMemoryFileSystem } from '../../../../electron/store/memoryFileSystem.ts'
import {
  createMemoryMachine,
  createMemoryStore,
  memoryRoot,
} from '../../../../electron/store/memoryStore.ts'
import type { FileSystem } from '../../../../electron/store/fileSystem.ts'
import type { Store } from '../../../../electron/store/store.ts'
import { createFaultyFileSystem } from '../../../faults/faultyFileSystem.ts'
import {
  createClock,
  createIds,
  failureOf,
  openFileStore,
  runId,
  temporaryFolder,
  testing,
  writeRun,
} from './storeFixtures.ts'

const keptDays = { reason: 'old', workflow: 'deploy', keepDays: 10 }
const later = '2026-03-01T00:00:00.000Z'

describe('an entry of the trash', () => {
  test('[T93] is deleted when its expiry has passed, and tells what it was', async () => {
    const { root, id } = await trashedRun()
    const store = await openFileStore(root, { now: createClock(later) })
    const [entry] = await store.trashed()

    expect(await store.purgeTrashed(id)).toEqual(entry)

    expect(await store.trashed()).toEqual([])
    expect(await readdir(join(root, '.unstuck/trash'))).toEqual([])
    expect(await failureOf(store.restoreTrashed(id))).toMatchObject({ code: 'not-found' })
    expect(await failureOf(store.purgeTrashed(id))).toMatchObject({ code: 'not-found' })
  })

  test('[T93] is not deleted a moment before', async () => {
    const { root, id, expiresAt } = await trashedRun()
    const atIt = await openFileStore(root, { now: () => expiresAt })

    expect(await failureOf(atIt.purgeTrashed(id))).toMatchObject({
      code: 'stale',
      message: `Trash entry ${id} is kept until ${expiresAt}. Nothing was deleted.`,
    })
    expect(await atIt.trashed()).toHaveLength(1)
  })

  test('[T93] is not deleted while its run is held, or while it is put back', async () => {
    const { root, id } = await trashedRun()
    const store = await openFileStore(root, { now: createClock(later) })
    const path = join(root, `.unstuck/trash/${id}/manifest.json`)
    const manifest = await readFile(path, 'utf8')
    await writeFile(path, manifest.replace('"trashed"', '"restoring"'))
    expect(await failureOf(store.purgeTrashed(id))).toMatchObject({ code: 'stale' })
    await writeFile(path, manifest)
    await writeRun(store)
    const writer = await store.open(runId, testing)

    expect(await failureOf(store.purgeTrashed(id))).toMatchObject({ code: 'locked' })
    await writer.release()
    expect((await store.trashed()).map((entry) => entry.id)).toEqual([id])
  })

  test('[T93] whose expiry cannot be read is not deleted', async () => {
    const { root, id } = await trashedRun()
    const path = join(root, `.unstuck/trash/${id}/manifest.json`)
    const manifest = await readFile(path, 'utf8')
    await writeFile(path, manifest.replace(/"expiresAt": "[^"]*"/, '"expiresAt": "soon"'))
    const store = await openFileStore(root, { now: createClock(later) })

    expect(await failureOf(store.purgeTrashed(id))).toMatchObject({ code: 'stale' })
  })

  test('[T116] that was deleted while it waited for its lock is not said to be restored', async () => {
    const { root, id } = await trashedRun()
    const disk = createNodeFileSystem()
    const other = await openFileStore(root, { now: createClock(later), randomId: createIds('o') })
    let isPurged = false
    const store = await openFileStore(root, {
      now: createClock(later),
      randomId: createIds('r'),
      fileSystem: {
        ...disk,
        link: async (from, to) => {
          if (!isPurged && to.endsWith(`${runId}.json`)) {
            isPurged = true
            await other.purgeTrashed(id)
          }
          return disk.link(from, to)
        },
      },
    })

    expect(await failureOf(store.restoreTrashed(id))).toMatchObject({ code: 'not-found' })
    expect(isPurged).toBe(true)
    expect(await readdir(join(root, '.unstuck/trash'))).toEqual([])
  })

  test('[T116] of which a file is in the way is not said to be restored, and keeps it', async () => {
    const { root, id } = await trashedRun()
    const store = await openFileStore(root, { randomId: createIds('r') })
    const path = join(root, `.unstuck/trash/${id}/manifest.json`)
    const manifest = await readFile(path, 'utf8')
    await writeFile(path, manifest.replace('"trashed"', '"restoring"'))
    const head = join(root, `runs/2026-01-02/${runId}.json`)
    await mkdir(join(root, 'runs/2026-01-02'), { recursive: true })
    await writeFile(head, 'in the way')

    expect(await failureOf(store.restoreTrashed(id))).toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining(`files of trash entry ${id}, which stay in the trash`),
    })
    expect(await readFile(head, 'utf8')).toBe('in the way')
    expect((await store.trashed()).map((entry) => entry.id)).toEqual([id])
  })

  test('[T116] that another process deleted is nothing to be noted of', async () => {
    const { root, id } = await trashedRun()
    const other = await openFileStore(root, { now: createClock(later), randomId: createIds('o') })
    const disk = createNodeFileSystem()
    const slow = await openFileStore(root, {
      now: createClock(later),
      randomId: createIds('r'),
      fileSystem: {
        ...disk,
        open: async (file, mode) => {
          const isNote = mode === 'create' && file.includes('.expired.json.')
          if (isNote && (await other.trashed()).length > 0) await other.purgeTrashed(id)
          return disk.open(file, mode)
        },
      },
    })

    await slow.noteExpired(id, { isExpired: true })
    expect(await slow.trashed()).toEqual([])
    await slow.noteExpired(id, { isExpired: false })
    expect(await readdir(join(root, '.unstuck/trash'))).toEqual([])
  })

  test('[T132] that cannot be read hides no other one, and is told', async () => {
    const { root, id } = await trashedRun()
    const trash = join(root, '.unstuck/trash')
    const manifest = JSON.parse(await readFile(join(trash, id, 'manifest.json'), 'utf8')) as object
    const outside = {
      ...manifest,
      id: 'a-1',
      state: 'moving',
      items: [{ path: '../x', stamp: null }],
    }
    await mkdir(join(trash, 'a-1'))
    await writeFile(join(trash, 'a-1/manifest.json'), JSON.stringify(outside))
    await mkdir(join(trash, 'b-1'))
    await symlink(join(trash, id, 'manifest.json'), join(trash, 'b-1/manifest.json'))
    const problems: string[] = []
    const store = await openFileStore(root, {
      randomId: createIds('r'),
      onProblem: ({ code }) => problems.push(code),
    })

    expect((await store.trashed()).map((entry) => entry.id)).toEqual(['a-1', id])

    expect(problems).toEqual(['invalid-input', 'invalid-input'])
    expect(await store.restoreTrashed(id)).toBe(runId)
  })

  test('[T132] a folder that only looks like a deletion that was cut short is none', async () => {
    const root = await temporaryFolder()
    await mkdir(join(root, '.unstuck/trash/.purging-Not An Entry'), { recursive: true })

    expect(await (await openFileStore(root)).leftPurges()).toEqual([])
  })

  test('[T94] leaves the trash whole before its first file goes; what is left is told and finished', async () => {
    const { root, id, sizeBytes } = await trashedRun()
    const disk = createNodeFileSystem()
    let removed = 0
    const failing = await openFileStore(root, {
      now: createClock(later),
      randomId: createIds('1'),
      fileSystem: {
        ...disk,
        remove: async (path) => {
          if (!path.includes('.purging-')) return disk.remove(path)
          removed += 1
          if (removed === 2) throw Object.assign(new Error('EIO'), { code: 'EIO' })
          return disk.remove(path)
        },
      },
    })

    expect(await failureOf(failing.purgeTrashed(id))).toMatchObject({ code: 'io' })

    const store = await openFileStore(root, { now: createClock(later) })
    expect(await store.trashed()).toEqual([])
    const [left] = await store.leftPurges()
    expect(left).toMatchObject({ id, run: runId, files: 2 })
    expect(left?.sizeBytes).toBeLessThan(sizeBytes + 1000)
    await store.finishPurge(id)
    await store.finishPurge(id)
    expect(await store.leftPurges()).toEqual([])
    expect(await readdir(join(root, '.unstuck/trash'))).toEqual([])
  })

  test('[T94] is whole, or told as what is left of it, at whatever operation the process dies', async () => {
    for (let at = 1; ; at += 1) {
      const disk = createMemoryFileSystem(memoryRoot)
      const { id } = await trashIn(memoryStoreOn(disk, '2026-01-02T00:00:00.000Z', '0'))
      const faulty = createFaultyFileSystem(disk, { at, kind: 'dead', code: 'EIO' })
      const [done] = await Promise.allSettled([memoryStoreOn(faulty, later, '1').purgeTrashed(id)])

      const after = memoryStoreOn(disk, later, '2')
      const left = await after.leftPurges()
      const entries = (await after.trashed()).filter(({ kind }) => kind === 'run')
      expect({ at, told: entries.length + left.length < 2 }).toEqual({ at, told: true })
      if (entries.length === 1) {
        expect(await after.restoreTrashed(id)).toBe(runId)
        expect((await after.read(runId)).journal?.records).toHaveLength(1)
      }
      for (const purge of left) await after.finishPurge(purge.id)
      expect(await after.leftPurges()).toEqual([])
      if (!faulty.wasMet()) {
        expect(done?.status).toBe('fulfilled')
        expect(at).toBeGreaterThan(20)
        return
      }
    }
  })

  test('[T94] after a power cut it is whole, or told as what is left of it', async () => {
    const disk = createMemoryFileSystem(memoryRoot)
    const { id } = await trashIn(memoryStoreOn(disk, '2026-01-02T00:00:00.000Z', '0'))
    await memoryStoreOn(disk, later, '1').purgeTrashed(id)

    const after = memoryStoreOn(disk.afterPowerCut(), later, '2')
    expect([await after.trashed(), await after.leftPurges()]).toEqual([[], []])
  })

  test('[T95] takes a link with it, and not what the link shows', async () => {
    const { root, id } = await trashedRun()
    const outside = await temporaryFolder()
    await mkdir(join(outside, 'kept'))
    await writeFile(join(outside, 'kept/file'), 'kept')
    await symlink(join(outside, 'kept'), join(root, `.unstuck/trash/${id}/files/link`))
    const store = await openFileStore(root, { now: createClock(later) })

    await store.purgeTrashed(id)

    expect(await readFile(join(outside, 'kept/file'), 'utf8')).toBe('kept')
    expect(await readdir(join(root, '.unstuck/trash'))).toEqual([])
  })

  test('[T96] keeps the note of when it was first found expired, unless that lies ahead', async () => {
    const { root, id } = await trashedRun()
    const at = (now: string) => openFileStore(root, { now: () => now, randomId: createIds('n') })
    const seen = async (now: string): Promise<string | null | undefined> => {
      const store = await at(now)
      await store.noteExpired(id, { isExpired: true })
      return (await store.trashed())[0]?.seenExpiredAt
    }

    expect(await seen('2099-01-01T00:00:00.000Z')).toBe('2099-01-01T00:00:00.000Z')
    expect(await seen('2026-03-01T00:00:00.000Z')).toBe('2026-03-01T00:00:00.000Z')
    expect(await seen('2026-03-02T00:00:00.000Z')).toBe('2026-03-01T00:00:00.000Z')
    const store = await at('2026-03-03T00:00:00.000Z')
    await store.noteExpired(id, { isExpired: false })
    expect((await store.trashed())[0]?.seenExpiredAt).toBeNull()
    await store.noteExpired(id, { isExpired: true })
    expect(await store.restoreTrashed(id)).toBe(runId)
    expect(await readdir(join(root, '.unstuck/trash'))).toEqual([])
  })
})

/** A process of its own on one machine, on which no other one lives. */
function memoryStoreOn(fileSystem: FileSystem, now: string, prefix: string): Store {
  const { identity } = createMemoryMachine('machine')
  const pid = 10 + Number(prefix)
  return createMemoryStore({
    fileSystem,
    machine: {
      identity: { ...identity, pid },
      findProcess: async (asked) =>
        asked === pid ? { kind: 'found', startTime: '0' } : { kind: 'none' },
    },
    now: createClock(now),
    randomId: createIds(prefix),
  })
}

async function trashIn(
  store: Store,
): Promise<{ readonly id: string; readonly expiresAt: string; readonly sizeBytes: number }> {
  await writeRun(store, { head: '{}\n' })
  const writer = await store.open(runId, testing)
  return writer.trash(keptDays)
}

async function trashedRun(): Promise<Awaited<ReturnType<typeof trashIn>> & { root: string }> {
  const root = await temporaryFolder()
  const store = await openFileStore(root, { randomId: createIds('t') })
  return { root, ...(await trashIn(store)) }
}
