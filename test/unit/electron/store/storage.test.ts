import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { createMemoryStore } from '../../../../electron/store/memoryStore.ts'
import { createNodeFileSystem } from '../../../../electron/store/nodeFileSystem.ts'
import {
  createClock,
  createIds,
  day,
  failureOf,
  openFileStore,
  otherRunId,
  runId,
  temporaryFolder,
} from './storeFixtures.ts'

const files = {
  [`runs/${day}/${runId}.json`]: ['head', runId],
  [`runs/${day}/${runId}.jsonl`]: ['journal', runId],
  [`runs/${day}/${otherRunId}.json.zst`]: ['head', otherRunId],
  [`runs/${day}/${otherRunId}.jsonl.zst`]: ['journal', otherRunId],
  [`runs/${day}/notes.txt`]: ['other', null],
  'runs/old.json': ['other', null],
  [`runs/${day}/.${runId}.json.9.abcd1234.tmp`]: ['temporary', null],
  [`logs/${runId}/a.1.log`]: ['log', runId],
  'logs/of no run/a.1.log': ['log', null],
  [`.unstuck/steps/${runId}/a.1/exit`]: ['step', runId],
  [`.unstuck/backups/${runId}/x/files/runs/y.json`]: ['backup', runId],
  [`.unstuck/archive/${day}/${otherRunId}.tar.zst`]: ['archive', otherRunId],
  [`.unstuck/trash/x/files/runs/${day}/${runId}.json`]: ['trash', null],
  [`.unstuck/locks/${runId}.json`]: ['other', null],
  [`.unstuck/locks/.${runId}.0123456789abcdef.claim`]: ['temporary', null],
  '.unstuck/operations.jsonl': ['operation', null],
  '.unstuck/operations.1-abcdef.jsonl': ['operation', null],
  '.unstuck/changes': ['other', null],
} as const

test('[T101] every file of the runs and of Unstuck is counted once, by kind and by run', async () => {
  const root = await temporaryFolder()
  let bytes = 1
  const kinds = new Map<string, { files: number; bytes: number }>()
  const runs = new Map<string, { files: number; bytes: number }>()
  for (const [path, [kind, run]] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), 'x'.repeat(bytes))
    add(kinds, kind, bytes)
    if (run !== null) add(runs, run, bytes)
    bytes *= 2
  }
  await writeFile(join(root, 'flow.yaml'), 'not counted')
  const store = await openFileStore(root)

  const storage = await store.storage()

  expect(new Map(Object.entries(storage.kinds))).toEqual(kinds)
  expect(storage.runs).toEqual(runs)
  expect(storage.problems).toEqual([])
  expect(storage.disk?.totalBytes).toBeGreaterThan(storage.disk?.freeBytes ?? 0)
})

test('[T101] links are counted as themselves', async () => {
  const [root, outside] = [await temporaryFolder(), await temporaryFolder()]
  await writeFile(join(outside, 'large'), 'x'.repeat(10_000))
  await mkdir(join(root, 'runs'))
  await symlink(outside, join(root, 'runs', day))
  await symlink(outside, join(root, 'logs'))
  const store = await openFileStore(root)

  const { kinds } = await store.storage()

  expect(kinds.other.files).toBe(1)
  expect(kinds.other.bytes).toBeLessThan(1000)
  expect(kinds.log.files).toBe(0)
})

test('[T101] a folder that cannot be looked into is told, and the rest is counted', async () => {
  const root = await temporaryFolder()
  await mkdir(join(root, 'logs', runId), { recursive: true })
  await mkdir(join(root, 'runs', day), { recursive: true })
  await writeFile(join(root, 'runs', day, `${runId}.json`), '{}')
  const disk = createNodeFileSystem()
  const store = await openFileStore(root, {
    fileSystem: {
      ...disk,
      list: async (path) => {
        if (path.includes('logs')) throw Object.assign(new Error(), { code: 'EACCES' })
        return disk.list(path)
      },
    },
  })

  const { kinds, problems } = await store.storage()

  expect(kinds.head).toEqual({ files: 1, bytes: 2 })
  expect(problems).toEqual([
    { path: 'logs', sentence: expect.stringMatching(/^It was not counted: permission denied/) },
  ])
})

test('[T101] files that cannot be looked at are told, twenty of them, and the others are counted', async () => {
  const root = await temporaryFolder()
  await mkdir(join(root, 'logs', runId), { recursive: true })
  for (let index = 0; index < 30; index += 1) {
    await writeFile(join(root, 'logs', runId, `a.${index}.log`), '')
  }
  const disk = createNodeFileSystem()
  const store = await openFileStore(root, {
    fileSystem: {
      ...disk,
      status: async (path) => {
        const number = /a\.(\d+)\.log$/.exec(path)?.[1]
        // Gone since the folder was listed.
        if (number === '1') throw Object.assign(new Error(), { code: 'ENOENT' })
        if (Number(number) > 4) throw Object.assign(new Error(), { code: 'EIO' })
        return disk.status(path)
      },
    },
  })

  const { kinds, problems } = await store.storage()

  expect(kinds.log).toEqual({ files: 4, bytes: 0 })
  expect(problems).toHaveLength(20)
  expect(problems[0]).toEqual({
    path: expect.stringMatching(/^logs\/.*\.log$/),
    sentence: expect.stringMatching(/^It was not counted: the disk reports an error/),
  })
})

test('[T101] measuring tells how far it is, and stops when it is cancelled', async () => {
  const root = await temporaryFolder()
  await mkdir(join(root, 'runs', day), { recursive: true })
  for (let index = 0; index < 1100; index += 1) {
    await writeFile(join(root, 'runs', day, `a-${index}.json`), 'xx')
  }
  const store = await openFileStore(root)
  const controller = new AbortController()
  const said: unknown[] = []
  const onProgress = (progress: unknown): void => {
    said.push(progress)
    controller.abort()
  }

  const failure = await failureOf(store.storage({ signal: controller.signal, onProgress }))

  expect(failure).toMatchObject({ code: 'cancelled' })
  expect(said).toEqual([{ files: 512, bytes: 1024, folder: `runs/${day}` }])
})

test('[T101] a memory store has no disk', async () => {
  const store = createMemoryStore({ now: createClock(), randomId: createIds() })
  await store.logOperation({ call: 'x', item: 'a', by: 'ana', phase: 'requested', outcome: null })

  const { disk, kinds } = await store.storage()

  expect([disk, kinds.operation.files]).toEqual([null, 1])
})

function add(sums: Map<string, { files: number; bytes: number }>, key: string, bytes: number) {
  const sum = sums.get(key) ?? { files: 0, bytes: 0 }
  sums.set(key, { files: sum.files + 1, bytes: sum.bytes + bytes })
}
