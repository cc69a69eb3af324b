import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import type { FileSystem } from '../../../../electron/store/fileSystem.ts'
import { createMachine } from '../../../../electron/store/machine.ts'
import { createMemoryMachine } from '../../../../electron/store/memoryStore.ts'
import { createNodeFileSystem } from '../../../../electron/store/nodeFileSystem.ts'
import { RunId } from '../../../../shared/schema/ids.ts'
import { sampleRun } from '../../../conformance/cases/fixtures.ts'
import {
  createIds,
  day,
  failureOf,
  keyframe,
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
    '.unstuck/backups/document-Notes!/x',
    'logs/Notes!/a.log',
  ]
  for (const path of paths) await put(root, path, 'x')
  const store = await openFileStore(root)

  expect(await store.temporaries()).toEqual([])
  expect(await store.sweepTemporaries({ keepDays: 1 })).toEqual([])
  expect([...(await store.heldRuns())]).toEqual([])
  expect(await store.jobs()).toEqual([])
  expect(await store.settleDocuments()).toEqual([])
  expect([...(await store.runsBeside())]).toEqual([])
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

test('[T28] a document that lies among runs under another name is read as it is', async () => {
  const root = await temporaryFolder()
  await put(root, `runs/${day}/Notes.json`, '{"a":1}')
  const store = await openFileStore(root)

  const { bytes } = await store.readDocument(`runs/${day}/Notes.json`)

  expect(Buffer.from(bytes).toString()).toBe('{"a":1}')
})

test('[T40] where locks may not be looked at none is told, and nothing fails', async () => {
  const root = await temporaryFolder()
  await writeRun(await openFileStore(root))
  const disk = createNodeFileSystem()
  const store = await openFileStore(root, {
    fileSystem: {
      ...disk,
      list: async (path) => {
        if (path.endsWith('locks')) throw Object.assign(new Error(), { code: 'EACCES' })
        return disk.list(path)
      },
    },
  })

  expect((await store.heldRuns()).size).toBe(0)
})

test('[T172] a run that is there in another day is not made once more', async () => {
  const store = await openFileStore(await temporaryFolder())
  await writeRun(store)

  expect(await failureOf(store.adopt(runId, { day: '2026-01-05', files: [] }))).toMatchObject({
    code: 'invalid-input',
    message: expect.stringContaining(`so no run ${runId} was made. Nothing was changed.`),
  })
})

test('[T172] a document of another revision than was looked at stays where it is', async () => {
  const root = await temporaryFolder()
  const store = await openFileStore(root)
  await writeRun(store)
  await put(root, 'old.json', '{}')
  const options = { run: runId, reason: 'r', rev: 'sha256:another' }

  expect(await failureOf(store.moveToBackup('old.json', options))).toMatchObject({
    code: 'stale',
    message: expect.stringMatching(/^old\.json changed meanwhile, so it was left where it is/),
  })

  expect(existsSync(join(root, 'old.json'))).toBe(true)
})

test('[T57] a backup whose manifest is damaged, or of another one, is none', async () => {
  const root = await temporaryFolder()
  const store = await openFileStore(root)
  await writeRun(store, { head: '{}\n' })
  const writer = await store.open(runId, testing)
  const { id } = await writer.backup('r')
  await writer.release()
  const path = `.unstuck/backups/${runId}/${id}/manifest.json`
  const other = { run: runId, id: 'other', at: day, reason: 'r', files: [], absent: [] }

  for (const text of ['{"id"', '{}', JSON.stringify(other)]) {
    await put(root, path, text)
    expect(await store.backups(runId)).toEqual([])
    expect(await failureOf(store.restoreDocument(runId, id))).toMatchObject({ code: 'not-found' })
  }
})

test('[X33] a journal that was thinned is thinned again, and stays whole', async () => {
  const store = await openFileStore(await temporaryFolder())
  const names = ['a', 'b', 'c', 'd', 'e']
  await writeRun(store, { bodies: [keyframe(), ...names.map((name) => setVariable(name))] })
  const writer = await store.open(runId, testing)
  const thin = async (fromSeq: number, toSeq: number): Promise<void> => {
    const { id } = await writer.backup('before')
    await writer.compact({ gaps: [{ fromSeq, toSeq, run: sampleRun() }], backup: id })
  }

  await thin(2, 3)
  await thin(5, 6)
  await writer.append([setVariable('f')], durable)
  await writer.release()

  const { journal } = await store.read(runId)
  expect(journal?.flaws).toEqual([])
  expect(journal?.records.map(({ record }) => record.seq)).toEqual([1, 3, 4, 6, 7, 8, 9])
})

test('[T20] a machine in memory has one process', async () => {
  const machine = createMemoryMachine('m')
  const { pid } = machine.identity

  expect(await machine.findProcess(pid)).toEqual({ kind: 'found', startTime: '0' })
  expect(await machine.findProcess(pid + 1)).toEqual({ kind: 'none' })
})

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

const refuse = async () => Promise.reject(Object.assign(new Error(), { code: 'EIO' }))

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
