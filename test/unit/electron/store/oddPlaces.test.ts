import { existsSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import type { FileSystem } from '../../../../electron/store/fileSystem.ts'
import { createMachine } from '../../../../electron/store/machine.ts'
import { createNodeFileSystem } from '../../../../electron/store/nodeFileSystem.ts'
import { RunId } from '../../../../shared/schema/ids.ts'
import {
  createIds,
  day,
  failureOf,
  openFileStore,
  runId,
  setVariable,
  temporaryFolder,
  testing,
  writeRun,
} from './storeFixtures.ts'

const durable = { durable: true } as const

test('[T89] what only looks like a file of ours is neither listed nor moved', async () => {
  const root = await temporaryFolder()
  const paths = [
    `runs/${day}/.notes.tmp`,
    '.unstuck/locks/.Notes.0123456789abcdef.claim',
    '.unstuck/locks/notes.txt',
    `.unstuck/archive/${day}/Notes!.tar.zst`,
    '.unstuck/jobs/notes.txt',
  ]
  for (const path of paths) await put(root, path, 'x')
  const store = await openFileStore(root)

  expect(await store.temporaries()).toEqual([])
  expect(await store.sweepTemporaries({ keepDays: 1 })).toEqual([])
  expect([...(await store.heldRuns())]).toEqual([])
  expect(await store.jobs()).toEqual([])
  expect((await store.list()).filter(({ run }) => run !== null)).toEqual([])
  for (const path of paths) expect(existsSync(join(root, path)), path).toBe(true)
})

test.runIf(process.platform === 'linux')(
  '[T20] of a process of which the system tells no start time nothing is proved',
  async () => {
    const processFolder = await temporaryFolder()
    await put(processFolder, `${process.ppid}/stat`, '7 (a) S')
    const configFolder = await temporaryFolder()
    const machine = await createMachine({ configFolder, processFolder, randomId: createIds() })

    expect(await machine.findProcess(process.ppid)).toEqual({ kind: 'found', startTime: null })
  },
)

test('[T82] however many archives are read in turn, each gives its own run', async () => {
  const store = await openFileStore(await temporaryFolder())
  const runs = Array.from({ length: 6 }, (_, n) => RunId.parse(`etl-20260102t030405z-${n}abc`))
  for (const run of runs) {
    await writeRun(store, { run, bodies: [setVariable(run)], head: '{}\n' })
    await store.archive(run)
  }

  for (const run of [...runs, ...runs])
    expect((await store.read(run)).journal?.records).toMatchObject([{ record: { name: run } }])
})

test('[T82] a file that becomes shorter while it is archived leaves the run as it is', async () => {
  const root = await temporaryFolder()
  await writeRun(await openFileStore(root), { head: '{}\n' })
  const path = join(root, `runs/${day}/${runId}.jsonl`)
  const store = await openFileStore(root, {
    fileSystem: opening(path, 'read', (file) => ({
      ...file,
      status: async () => {
        const status = await file.status()
        return { ...status, sizeBytes: status.sizeBytes + 1 }
      },
    })),
  })

  expect(await failureOf(store.archive(runId))).toMatchObject({
    message: expect.stringContaining('became shorter while it was archived. Try again.'),
  })

  expect(existsSync(path)).toBe(true)
  expect(existsSync(join(root, `.unstuck/archive/${day}/${runId}.tar.zst`))).toBe(false)
})

test('[T11] after a failed write nothing is cut either: nobody knows what is on the disk', async () => {
  const root = await temporaryFolder()
  await writeRun(await openFileStore(root))
  const refuse = async () => Promise.reject(Object.assign(new Error(), { code: 'EIO' }))
  const path = join(root, `runs/${day}/${runId}.jsonl`)
  const store = await openFileStore(root, {
    fileSystem: opening(path, 'append', (file) => ({ ...file, write: refuse })),
  })
  const writer = await store.open(runId, testing)
  const failure = await failureOf(writer.append([setVariable('b')], durable))

  expect(failure).toMatchObject({ code: 'io' })
  expect(await failureOf(writer.cutJournal(0))).toBe(failure)
  await writer.release()
})

test('[T29] a lock whose link was made, and answered as taken, is held', async () => {
  const root = await temporaryFolder()
  await writeRun(await openFileStore(root))
  const disk = createNodeFileSystem()
  const store = await openFileStore(root, {
    fileSystem: {
      ...disk,
      link: async (from, to) => {
        await disk.link(from, to)
        throw Object.assign(new Error(), { code: 'EEXIST' })
      },
    },
  })

  const writer = await store.open(runId, testing)
  await writer.append([setVariable('b')], durable)
  await writer.release()

  expect((await store.read(runId)).journal?.records).toHaveLength(2)
})

test('[T29] without links, a lock that another one makes first is not replaced', async () => {
  const root = await temporaryFolder()
  await writeRun(await openFileStore(root))
  const disk = createNodeFileSystem()
  const lock = join(root, `.unstuck/locks/${runId}.json`)
  const store = await openFileStore(root, {
    fileSystem: {
      ...disk,
      link: async () => {
        await writeFile(lock, 'of somebody else', { flag: 'wx' })
        throw Object.assign(new Error(), { code: 'EPERM' })
      },
    },
  })

  expect(await failureOf(store.open(runId, testing))).toMatchObject({ code: 'locked' })
})

test('[T33] a lock whose first name cannot be taken away is given up', async () => {
  const root = await temporaryFolder()
  await writeRun(await openFileStore(root))
  const disk = createNodeFileSystem()
  let isRefused = true
  const store = await openFileStore(root, {
    fileSystem: {
      ...disk,
      remove: async (path) => {
        if (isRefused && path.endsWith('.tmp')) {
          isRefused = false
          throw Object.assign(new Error(), { code: 'EIO' })
        }
        return disk.remove(path)
      },
    },
  })

  expect(await failureOf(store.open(runId, testing))).toMatchObject({ code: 'io' })

  expect([...(await store.heldRuns())]).toEqual([])
})

type Opened = Awaited<ReturnType<FileSystem['open']>>

function opening(path: string, mode: string, change: (file: Opened) => Opened): FileSystem {
  const disk = createNodeFileSystem()
  return {
    ...disk,
    open: async (opened, as) => {
      const file = await disk.open(opened, as)
      return opened === path && as === mode ? change(file) : file
    },
  }
}

async function put(root: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text)
}
