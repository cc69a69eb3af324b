import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { createBlockingFileSystem } from '../../../../electron/store/blockingFileSystem.ts'
import { createNodeFileSystem } from '../../../../electron/store/nodeFileSystem.ts'
import { createStampTable } from '../../../../electron/store/stampTable.ts'
import type { Entry, Store } from '../../../../electron/store/store.ts'
import type { SweepPart } from '../../../../electron/store/sweepPart.ts'
import { openFileStore, temporaryFolder } from './storeFixtures.ts'

const fileSystems = [
  ['promises', createNodeFileSystem],
  ['one thread', () => createBlockingFileSystem({ helpers: 0 })],
  ['two threads', () => createBlockingFileSystem({ helpers: 1 })],
] as const

async function put(root: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text)
}

async function putRun(root: string, day: string, run: string): Promise<void> {
  await put(root, `runs/${day}/${run}.json`, `head of ${run}`)
  await put(root, `runs/${day}/${run}.jsonl`, `journal of ${run}`)
}

const days = Array.from({ length: 12 }, (_, index) => `2026-01-${String(index + 10)}`)

async function putDays(root: string): Promise<void> {
  for (const day of days) {
    const compact = day.replaceAll('-', '')
    for (const letter of ['a', 'b', 'c'])
      await putRun(root, day, `deploy-${compact}t000000000z-${letter}`)
  }
}

/** What is known after all parts were taken, and how the starts of heads were given. */
async function takeAll(store: Store, table = createStampTable()) {
  const entries = new Map<string, Entry>()
  const starts: string[] = []
  const take = async ({ changed, removed, heads }: SweepPart): Promise<void> => {
    for (const document of removed) entries.delete(document)
    for (const entry of changed) entries.set(entry.document, entry)
    for (let index = 0; index < (heads?.count ?? 0); index++) {
      const entry = heads?.entryAt(index)
      if (heads === null || entry === undefined) continue
      const { bytes, from, to, sizes, journalSizes, stamps } = heads
      starts.push(Buffer.from(bytes.subarray(from[index], to[index])).toString())
      expect([sizes[index], journalSizes[index], `#${stamps[index]}`]).toEqual([
        entry.sizeBytes,
        entry.journalBytes,
        entry.stamp,
      ])
      expect(heads.documentAt(index)).toBe(entry.document)
      expect(heads.runAt(index)).toBe(entry.run)
      entries.set(entry.document, entry)
    }
  }
  const { total } = await store.sweep(table, { take, startBytes: 7 })
  const inOrder = [...entries.values()].toSorted((a, b) => (a.document < b.document ? -1 : 1))
  return { entries: inOrder, starts, total }
}

for (const [name, createFileSystem] of fileSystems) {
  test(`[T126] what is told part by part is what a list tells: ${name}`, async () => {
    const root = await temporaryFolder()
    await putDays(root)
    await put(root, 'runs/2026-01-11/odd.tmp', 'left over')
    await put(root, 'notes.json', '{}')
    const store = await openFileStore(root, { fileSystem: createFileSystem() })

    const told = await takeAll(store)

    expect(told.entries).toEqual(await store.list())
    expect(told.total).toBe(told.entries.length)
    // The day with a file that is none of a run is put together file by file.
    expect(told.starts).toHaveLength(name === 'promises' ? 0 : 33)
    expect(told.starts.every((start) => start === 'head of')).toBe(true)
  })

  test(`[T127] a run that stands in two days is told again as what it is: ${name}`, async () => {
    const root = await temporaryFolder()
    await putDays(root)
    await putRun(root, '2026-01-20', 'deploy-20260112t000000000z-a')
    await putRun(root, '2026-01-21', 'without-a-day')
    await putRun(root, '2026-01-19', 'without-a-day')
    const store = await openFileStore(root, { fileSystem: createFileSystem() })
    const table = createStampTable()

    const told = await takeAll(store, table)

    expect(told.entries).toEqual(await store.list())
    expect(told.entries.filter(({ kind }) => kind === 'document')).toHaveLength(4)
    expect(await store.sweep(table)).toMatchObject({ changed: [], removed: [] })
  })
}

test('[T127] a run that came to an earlier day is removed from the later one before its files are told', async () => {
  const root = await temporaryFolder()
  await putRun(root, '2026-01-20', 'without-a-day')
  const store = await openFileStore(root)
  const table = createStampTable()
  await takeAll(store, table)
  await putRun(root, '2026-01-19', 'without-a-day')
  const removed: string[] = []

  await store.sweep(table, { take: async (part) => void removed.push(...part.removed) })

  expect(removed).toContain('runs/2026-01-20/without-a-day.json')
  await rm(join(root, 'runs/2026-01-19'), { recursive: true })
})

async function putFiles(
  folder: string,
  names: readonly string[],
  endings: readonly string[],
): Promise<void> {
  for (const name of names)
    for (const ending of endings) await writeFile(join(folder, `${name}${ending}`), 'text')
}

const id = (letter: string) => `deploy-20260111t000000000z-${letter}`
const oddities: readonly (readonly [string, (folder: string) => Promise<void>])[] = [
  ['a head that is empty', (folder) => writeFile(join(folder, `${id('x')}.json`), '')],
  ['a head that is a folder', (folder) => mkdir(join(folder, `${id('x')}.json`))],
  [
    'a head that is a link',
    (folder) => symlink(join(folder, `${id('a')}.json`), join(folder, `${id('x')}.json`)),
  ],
  [
    'a journal that is a folder',
    async (folder) => {
      await writeFile(join(folder, `${id('x')}.json`), 'head')
      await mkdir(join(folder, `${id('x')}.jsonl`))
    },
  ],
  ['a journal without a head', (folder) => writeFile(join(folder, `${id('x')}.jsonl`), 'journal')],
  ['a head without a journal', (folder) => writeFile(join(folder, `${id('x')}.json`), 'head')],
  ['a compressed head', (folder) => writeFile(join(folder, `${id('x')}.json.zst`), 'packed')],
  ['a name that no run has', (folder) => writeFile(join(folder, 'Notes.json'), '{}')],
  ['a document of a short name', (folder) => writeFile(join(folder, 'a.json'), '{}')],
  ['two heads without a journal', (folder) => putFiles(folder, [id('x'), id('y')], ['.json'])],
  ['documents with a journal each', (folder) => putFiles(folder, ['Notes'], ['.json', '.jsonl'])],
  [
    'a head that is empty and has a journal',
    async (folder) => {
      await putFiles(folder, [id('x')], ['.jsonl'])
      await writeFile(join(folder, `${id('x')}.json`), '')
    },
  ],
  [
    'a journal that only another user may read',
    async (folder) => {
      await putFiles(folder, [id('x')], ['.json', '.jsonl'])
      await chmod(join(folder, `${id('x')}.jsonl`), 0o600)
    },
  ],
  [
    'a file in its archive that is none',
    (folder) => put(join(folder, '../..'), '.unstuck/archive/2026-01-11/notes.txt', 'x'),
  ],
  ['a temporary file', (folder) => writeFile(join(folder, '.a.json.9.abcd1234.tmp'), '')],
]

test.each(oddities)(
  '[T126] a day with %s is told as a list tells it, and the days beside it too',
  async (_what, make) => {
    const root = await temporaryFolder()
    await putDays(root)
    await make(join(root, 'runs/2026-01-11'))
    const store = await openFileStore(root, {
      // To somebody to whom none of the files belongs.
      fileSystem: { ...createBlockingFileSystem({ helpers: 0 }), userId: 4711 },
    })

    const { entries, total } = await takeAll(store)

    expect(entries).toEqual(await store.list())
    expect(total).toBe(entries.length)
  },
)
