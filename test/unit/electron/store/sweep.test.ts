import { chmod, mkdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { array, assert, asyncProperty, constantFrom, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createBlockingFileSystem } from '../../../../electron/store/blockingFileSystem.ts'
import type { FileSystem } from '../../../../electron/store/fileSystem.ts'
import { createMemoryFileSystem } from '../../../../electron/store/memoryFileSystem.ts'
import { createMemoryStore, memoryRoot } from '../../../../electron/store/memoryStore.ts'
import { createNodeFileSystem } from '../../../../electron/store/nodeFileSystem.ts'
import { createStampTable } from '../../../../electron/store/stampTable.ts'
import type { Entry, Store } from '../../../../electron/store/store.ts'
import { createFaultyFileSystem } from '../../../faults/faultyFileSystem.ts'
import { oddWorkspaces } from '../../../faults/campaigns/oddWorkspaces.ts'
import { makeWorkspace } from '../../../faults/campaigns/oddMakers.ts'
import { createClock, createIds, openFileStore, temporaryFolder } from './storeFixtures.ts'

describe('a sweep', () => {
  test('[T62] tells of an empty table exactly what a list tells', async () => {
    const root = await temporaryFolder()
    for (const path of many) await put(root, path)
    await symlink(root, join(root, 'runs/2026-01-10/link-1.json'))

    for (const fileSystem of fileSystems()) {
      const store = await openFileStore(root, { fileSystem })
      const { changed, removed, total } = await store.sweep(createStampTable())

      expect(inOrder(changed)).toEqual(await store.list())
      expect({ removed, total }).toEqual({ removed: [], total: changed.length })
    }
  })

  test('[T62] tells the same whoever looks: promises, one thread, two threads', async () => {
    const root = await temporaryFolder()
    for (const path of many) await put(root, path)
    const lists = await Promise.all(
      fileSystems().map(async (fileSystem) => (await openFileStore(root, { fileSystem })).list()),
    )

    expect(lists[1]).toEqual(lists[0])
    expect(lists[2]).toEqual(lists[0])
  })

  test('[T62] over files in memory', async () => {
    const fileSystem = createMemoryFileSystem(memoryRoot)
    await fileSystem.makeFolder(join(memoryRoot, 'runs'))
    await fileSystem.makeFolder(join(memoryRoot, 'runs/2026-01-02'))
    for (const name of ['b-2.jsonl', 'a-1.json', 'a-1.jsonl', 'x.txt']) {
      await (await fileSystem.open(join(memoryRoot, 'runs/2026-01-02', name), 'create')).close()
    }
    const store = createMemoryStore({ fileSystem, now: createClock(), randomId: createIds() })
    const table = createStampTable()
    const { changed } = await store.sweep(table)
    await fileSystem.remove(join(memoryRoot, 'runs/2026-01-02/x.txt'))

    expect(changed.map(({ kind, document }) => [kind, document])).toEqual([
      ['run', 'runs/2026-01-02/a-1.json'],
      ['run', 'runs/2026-01-02/b-2.json'],
      ['document', 'runs/2026-01-02/x.txt'],
    ])
    expect(await store.sweep(table)).toEqual({
      changed: [],
      removed: ['runs/2026-01-02/x.txt'],
      total: 2,
    })
  })

  test('[T63] tells nothing where nothing changed', async () => {
    const root = await temporaryFolder()
    for (const path of many) await put(root, path)
    const store = await openFileStore(root, { fileSystem: createBlockingFileSystem() })
    const table = createStampTable()
    const { total } = await store.sweep(table)

    expect(await store.sweep(table)).toEqual({ changed: [], removed: [], total })
  })

  test('[T63] tells a file that another of the same size and time took the place of', async () => {
    const root = await temporaryFolder()
    const path = 'runs/2026-01-02/a-1.json'
    await put(root, path)
    const at = new Date('2026-01-02T03:04:05Z')
    await utimes(join(root, path), at, at)
    const store = await openFileStore(root)
    const table = createStampTable()
    await store.sweep(table)
    await put(root, 'other')
    await utimes(join(root, 'other'), at, at)
    await rename(join(root, 'other'), join(root, path))

    const { changed } = await store.sweep(table)

    expect(changed.map(({ document }) => document)).toEqual([path])
  })

  test('[T64] a run that came to an earlier day takes its name from the later one', async () => {
    const root = await temporaryFolder()
    await put(root, 'runs/2026-01-05/a-1.jsonl')
    await put(root, 'runs/2026-01-05/b-2.json')
    const store = await openFileStore(root)
    const table = createStampTable()
    await store.sweep(table)
    await put(root, 'runs/2026-01-02/a-1.json')

    const { changed, removed, total } = await store.sweep(table)

    expect(inOrder(changed).map(({ kind, document }) => [kind, document])).toEqual([
      ['run', 'runs/2026-01-02/a-1.json'],
      ['document', 'runs/2026-01-05/a-1.jsonl'],
    ])
    expect({ removed, total }).toEqual({ removed: ['runs/2026-01-05/a-1.json'], total: 3 })
    await rm(join(root, 'runs/2026-01-02/a-1.json'))
    const back = await store.sweep(table)
    expect(back.changed.map(({ kind, document }) => [kind, document])).toEqual([
      ['run', 'runs/2026-01-05/a-1.json'],
    ])
    expect(back.removed.toSorted()).toEqual([
      'runs/2026-01-02/a-1.json',
      'runs/2026-01-05/a-1.jsonl',
    ])
  })

  test('[T64] an archived run and a compressed one are runs, under the path of their head', async () => {
    const root = await temporaryFolder()
    await put(root, '.unstuck/archive/2026-01-02/a-1.tar.zst')
    await put(root, '.unstuck/archive/2026-01-02/notes.txt')
    await put(root, 'runs/2026-01-03/b-2.json.zst')
    await put(root, 'runs/2026-01-03/b-2.jsonl.zst')
    const store = await openFileStore(root)
    const table = createStampTable()

    const { changed } = await store.sweep(table)

    expect(
      inOrder(changed).map(({ document, archived, run }) => [document, archived, run]),
    ).toEqual([
      ['runs/2026-01-02/a-1.json', true, 'a-1'],
      ['runs/2026-01-03/b-2.json', false, 'b-2'],
    ])
    await put(root, 'runs/2026-01-02/a-1.json')
    const brought = await store.sweep(table)
    expect(brought.changed.map(({ document, archived }) => [document, archived])).toEqual([
      ['runs/2026-01-02/a-1.json', false],
    ])
    for (const entry of await store.list()) {
      if (entry.run !== null) expect(await store.entry(entry.run)).toEqual(entry)
    }
  })

  test('[T65] one that fails or is cancelled leaves the table as it was', async () => {
    const root = await temporaryFolder()
    await put(root, 'runs/2026-01-02/a-1.json')
    const table = createStampTable()
    const signal = AbortSignal.abort()
    for (const fileSystem of fileSystems()) {
      const store = await openFileStore(root, { fileSystem })
      await expect(store.sweep(table, { signal })).rejects.toMatchObject({ code: 'cancelled' })
    }
    const gone = await openFileStore(join(root, 'runs'))
    await rename(join(root, 'runs'), join(root, 'elsewhere'))
    await expect(gone.sweep(table)).rejects.toMatchObject({ code: 'not-found' })

    expect(table).toEqual(createStampTable())
  })

  test('[T65] whatever call of the disk fails, the next sweep tells what this one did not', async () => {
    const root = await temporaryFolder()
    for (const path of many.slice(0, 6)) await put(root, path)
    const whole = await (await openFileStore(root)).list()
    for (let at = 1; at <= 40; at += 1) {
      const real = createNodeFileSystem()
      const table = createStampTable()
      const known = new Map<string, Entry>()
      const faulty = createFaultyFileSystem(real, { at, kind: 'once', code: 'EIO' })
      const opened = await Promise.allSettled([openFileStore(root, { fileSystem: faulty })])
      const [first] = opened
      if (first?.status === 'fulfilled') await follow(first.value, table, known)
      await follow(await openFileStore(root), table, known)
      expect(inOrder([...known.values()])).toEqual(whole)
    }
  })

  test('[T62] odd workspaces: as a list tells them, and twice the same', async () => {
    for (const { make } of oddWorkspaces.filter(({ name }) => !isLarge(name))) {
      const root = await temporaryFolder()
      const outside = await temporaryFolder()
      await makeWorkspace(root)
      await make({ root, outside })
      const table = createStampTable()
      const blocking = await openFileStore(root, { fileSystem: createBlockingFileSystem() })
      const { changed, total } = await blocking.sweep(table)

      expect(inOrder(changed)).toEqual(await (await openFileStore(root)).list())
      expect(await blocking.sweep(table)).toEqual({ changed: [], removed: [], total })
      await chmod(root, 0o700)
    }
  }, 120_000)

  test('[T63] after any changes, what was known and what is told give the list', async () => {
    await assert(
      asyncProperty(array(array(change, { maxLength: 4 }), { maxLength: 5 }), async (rounds) => {
        const root = await temporaryFolder()
        const store = await openFileStore(root, { fileSystem: createBlockingFileSystem() })
        const table = createStampTable()
        const known = new Map<string, Entry>()
        for (const changes of [[], ...rounds]) {
          for (const [path, kind] of changes) await apply(root, path, kind)
          await follow(store, table, known)
          expect(inOrder([...known.values()])).toEqual(await store.list())
        }
        await rm(root, { recursive: true })
      }),
      { seed: 20260301, numRuns: 150 },
    )
  }, 120_000)
})

const days = [
  'runs/2026-01-02',
  'runs/2026-01-03',
  '.unstuck/archive/2026-01-02',
  'runs/x',
  'other',
]
const names = [
  'a-1.json',
  'a-1.jsonl',
  'a-1.json.zst',
  'a-1.tar.zst',
  'b-2.json',
  'B.json',
  '.a.tmp',
]
const change = tuple(
  tuple(constantFrom(...days), constantFrom(...names)).map((parts) => parts.join('/')),
  constantFrom('write', 'remove', 'link', 'folder', 'unreadable'),
)

async function apply(root: string, path: string, kind: string): Promise<void> {
  const whole = join(root, path)
  await rm(whole, { recursive: true, force: true })
  await mkdir(dirname(whole), { recursive: true })
  if (kind === 'write') await writeFile(whole, '{}')
  if (kind === 'link') await symlink(root, whole)
  if (kind === 'folder') await put(root, `${path}/inner.json`)
  if (kind === 'unreadable') await writeFile(whole, '{}', { mode: 0 })
}

/** Keeps what a reader knows up to date with what sweeps tell it. */
async function follow(
  store: Store,
  table: ReturnType<typeof createStampTable>,
  known: Map<string, Entry>,
): Promise<void> {
  const [swept] = await Promise.allSettled([store.sweep(table)])
  if (swept?.status !== 'fulfilled') return
  for (const document of swept.value.removed) known.delete(document)
  for (const entry of swept.value.changed) known.set(entry.document, entry)
  expect(known.size).toBe(swept.value.total)
}

function fileSystems(): readonly FileSystem[] {
  return [
    createNodeFileSystem(),
    createBlockingFileSystem({ helpers: 0 }),
    createBlockingFileSystem({ helpers: 1 }),
  ]
}

function inOrder(entries: readonly Entry[]): readonly Entry[] {
  return entries.toSorted((a, b) => (a.document < b.document ? -1 : 1))
}

function isLarge(name: string): boolean {
  return /MB|thousand|000/.test(name)
}

async function put(root: string, path: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), '{}')
}

/** More day folders than one thread takes for itself. */
const many = [
  'state.json',
  'sub/deep/x.json',
  'runs/loose.json',
  ...Array.from({ length: 12 }, (_, index) => {
    const day = `runs/2026-01-${String(index + 10)}`
    return [`${day}/a-${index}.json`, `${day}/a-${index}.jsonl`, `${day}/b.jsonl`, `${day}/x.txt`]
  }).flat(),
]
