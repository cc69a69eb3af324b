import { describe, expect, onTestFinished, test } from 'vitest'
import { keepUp } from '../../electron/services/upkeep.ts'
import { neverCancelled } from '../../shared/cancel.ts'
import { createWorkbench } from '../unit/electron/executor/workbench.ts'
import { digestOf } from '../../electron/store/files.ts'
import { createMemoryFileSystem } from '../../electron/store/memoryFileSystem.ts'
import { memoryRoot } from '../../electron/store/memoryStore.ts'
import type { FileSystem } from '../../electron/store/fileSystem.ts'
import type { Store } from '../../electron/store/store.ts'
import { openProcess } from './campaigns/process.ts'
import { createFaultyFileSystem } from './faultyFileSystem.ts'

const document = 'states/run-1.json'
const files = ['run-1.json', 'run-1.meta.json', 'last.json'].map((name) => `states/${name}`)

describe.each(['dead', 'once'] as const)('a change of three documents that is cut (%s)', (kind) => {
  test('[E176] at any operation is whole or not there after the next start, and leaves nothing', async () => {
    const seen = new Set<string>()
    for (let at = 1; ; at += 1) {
      const disk = await makeDisk()
      const faulty = createFaultyFileSystem(disk, { at, kind, code: 'EIO' })
      const [end] = await Promise.allSettled([change(openProcess(faulty, 2))])

      const next = openProcess(disk, 3)
      const settled = await next.settleDocuments()
      const state = await stateOf(next)
      expect(['old', 'new'], `cut at ${at}`).toContain(state)
      // What was said to be done is done; of an error nothing follows before it was looked at again.
      if (end.status === 'fulfilled') expect(state).toBe('new')
      expect(settled.every(({ state: told }) => told === 'done' || told === 'undone')).toBe(true)
      expect(await leftOver(disk)).toEqual([])
      seen.add(state)
      if (!faulty.wasMet()) break
    }
    expect([...seen].toSorted()).toEqual(['new', 'old'])
  })
})

test('[E176] of a document at the top of the workspace nothing is left either', async () => {
  const path = 'run-1.json'
  for (let at = 1; ; at += 1) {
    const disk = createMemoryFileSystem(memoryRoot)
    await put(disk, path, 'old')
    const faulty = createFaultyFileSystem(disk, { at, kind: 'dead', code: 'EIO' })
    const changes = [{ path, bytes: new TextEncoder().encode('new'), why: 'w' }]
    const revs = new Map([[path, digestOf('old')]])
    const cut = openProcess(faulty, 2).replaceDocuments(path, { changes, revs, reason: 'test' })
    await Promise.allSettled([cut])

    await openProcess(disk, 3).settleDocuments()

    const names = (await disk.list(memoryRoot)).map(({ name }) => name)
    expect(names.toSorted(), `cut at ${at}`).toEqual(
      names.includes('.unstuck') ? ['.unstuck', path] : [path],
    )
    if (!faulty.wasMet()) break
  }
})

test('[E176] a change that was cut is left as it is, and told, once somebody else wrote a file', async () => {
  const { disk, at } = await cutHalfWay()
  const stranger = openProcess(disk, 4)
  await disk.remove(`${memoryRoot}/${files[2]}`)
  await put(disk, files[2] ?? '', 'theirs')

  const settled = await stranger.settleDocuments()

  expect(at).toBeGreaterThan(0)
  expect(settled).toMatchObject([{ document, state: 'left', files }])
  expect(await textsOf(stranger)).toEqual(['new', 'old', 'theirs'])
  expect(await stranger.settleDocuments()).toEqual([])
})

test('[E176] a change is taken back at once when the disk refuses the second file', async () => {
  const disk = await makeDisk()
  const refusing: FileSystem = {
    ...disk,
    rename: async (from, to) => {
      if (to.endsWith('run-1.meta.json') && !to.includes('.unstuck')) throw failure()
      return disk.rename(from, to)
    },
  }

  await expect(change(openProcess(refusing, 2))).rejects.toMatchObject({ code: 'io' })

  const next = openProcess(disk, 3)
  expect(await textsOf(next)).toEqual(['old', 'old', 'old'])
  expect(await next.documentBackups(document)).toMatchObject([{ state: 'undone' }])
})

test('[E179] the next host finishes a change that was cut, and notes it; one that it cannot end is told', async () => {
  const bench = await createWorkbench()
  onTestFinished(() => bench.close())
  const { disk } = await cutHalfWay()
  const store = openProcess(disk, 5)
  const context = { ...bench.context, store }

  await keepUp(context, neverCancelled)

  expect(await textsOf(store)).toEqual(['new', 'new', 'new'])
  const page = await store.operations({ offset: 0, limit: 10 })
  expect(JSON.stringify(page)).toContain('document.settle (done)')

  const other = await cutHalfWay()
  await other.disk.remove(`${memoryRoot}/${files[2]}`)
  await put(other.disk, files[2] ?? '', 'theirs')
  const told = keepUp({ ...context, store: openProcess(other.disk, 6) }, neverCancelled)
  await expect(told).rejects.toMatchObject({ message: expect.stringContaining('was cut short') })
})

/** The first file is replaced, the others are not. */
async function cutHalfWay(): Promise<{ readonly disk: FileSystem; readonly at: number }> {
  for (let at = 1; ; at += 1) {
    const disk = await makeDisk()
    const faulty = createFaultyFileSystem(disk, { at, kind: 'dead', code: 'EIO' })
    await Promise.allSettled([change(openProcess(faulty, 2))])
    const texts = await textsOf(openProcess(disk, 3))
    if (texts.join() === 'new,old,old') return { disk, at }
    if (!faulty.wasMet()) throw new Error('No cut lies between the files.')
  }
}

async function makeDisk(): Promise<FileSystem> {
  const disk = createMemoryFileSystem(memoryRoot)
  await disk.makeFolder(`${memoryRoot}/states`)
  for (const path of files) await put(disk, path, 'old')
  return disk
}

async function put(disk: FileSystem, path: string, text: string): Promise<void> {
  const file = await disk.open(`${memoryRoot}/${path}`, 'create')
  await file.write(new TextEncoder().encode(text))
  await file.close()
}

async function change(store: Store): Promise<void> {
  await store.replaceDocuments(document, {
    changes: files.map((path) => ({ path, bytes: new TextEncoder().encode('new'), why: 'w' })),
    revs: new Map(files.map((path) => [path, digestOf('old')])),
    reason: 'test',
  })
}

async function textsOf(store: Store): Promise<readonly string[]> {
  const found = await Promise.all(files.map((path) => store.readDocument(path)))
  return found.map(({ bytes }) => new TextDecoder().decode(bytes))
}

async function stateOf(store: Store): Promise<string> {
  const texts = new Set(await textsOf(store))
  return texts.size === 1 ? ([...texts][0] ?? '') : 'between'
}

/** Files in the folder of the engine that are not its own. */
async function leftOver(disk: FileSystem): Promise<readonly string[]> {
  const names = (await disk.list(`${memoryRoot}/states`)).map(({ name }) => `states/${name}`)
  return names.filter((name) => !files.includes(name))
}

function failure(): Error {
  return Object.assign(new Error('EIO'), { code: 'EIO' })
}
