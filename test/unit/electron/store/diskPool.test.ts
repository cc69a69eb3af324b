import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { RunId } from '../../../../shared/schema/ids.ts'
import type { RunWriter, Store } from '../../../../electron/store/store.ts'
import { openStoreOnThreads, type StoreOnThreads } from './diskFixtures.ts'
import {
  createdAt,
  day,
  failureOf,
  openFileStore,
  runId,
  setVariable,
  temporaryFolder,
  testing,
} from './storeFixtures.ts'

const durable = { durable: true } as const

describe('a store that writes on threads', () => {
  test('[T44] writes byte for byte what a store writes over the port', async () => {
    const { store, root } = await openReady()
    const other = await temporaryFolder()
    const plain = await openFileStore(other)

    await writeAllKinds(store)
    await writeAllKinds(plain)

    expect(await recordsOf(store)).toEqual(await recordsOf(plain))
    expect(await readdir(join(root, 'runs', day))).toEqual(await readdir(join(other, 'runs', day)))
    expect(await readFile(join(root, plain.layout.head(runId)), 'utf8')).toBe('{"head":2}\n')
  })

  test('[T45] refuses a journal that somebody else wrote, and everything after it', async () => {
    const { store, root } = await openReady()
    const writer = await openOnThread(store)
    await writeFile(join(root, store.layout.journal(runId)), 'foreign\n', { flag: 'a' })

    const first = await failureOf(writer.append([setVariable('b')], durable))
    const second = await failureOf(writer.append([setVariable('c')], durable))

    expect(first).toMatchObject({ code: 'stale', message: expect.stringContaining(runId) })
    expect(second).toBe(first)
  })

  test('[T45] makes no journal anew where the one of the run is gone', async () => {
    const { store, root } = await openReady()
    const before = await store.create(runId, { purpose: 'test', controlSocket: null, createdAt })
    await before.append([setVariable('a')], durable)
    await before.release()
    const path = join(root, store.layout.journal(runId))
    const writer = await store.open(runId, { purpose: 'test', controlSocket: null })
    await rm(path)

    const failure = await failureOf(writer.append([setVariable('b')], durable))

    expect(failure).toMatchObject({ code: 'stale', details: { foundBytes: null } })
    expect(await readdir(join(root, 'runs', day))).toEqual([])
  })

  test('[T45] writes nothing when its lock was taken away', async () => {
    const { store, root } = await openReady()
    const writer = await openOnThread(store)
    const before = await readFile(join(root, store.layout.journal(runId)), 'utf8')
    await rm(join(root, '.unstuck/locks', `${runId}.json`))

    expect(await failureOf(writer.append([setVariable('b')], durable))).toMatchObject({
      code: 'locked',
      message: expect.stringContaining('nobody holds it now'),
    })
    expect(await failureOf(writer.replaceHead('{}'))).toMatchObject({ code: 'locked' })
    expect(await readFile(join(root, store.layout.journal(runId)), 'utf8')).toBe(before)
    expect(await readdir(join(root, 'runs', day))).toEqual([`${runId}.jsonl`])
  })

  test('[T45] tells what the system refused with its code, and leaves no temporary file', async () => {
    const { store, root } = await openReady()
    const writer = await openOnThread(store)
    await mkdir(join(root, store.layout.head(runId), 'in-the-way'), { recursive: true })

    expect(await failureOf(writer.replaceHead('{}'))).toMatchObject({
      code: 'io',
      message: expect.stringContaining(`${runId}.json could not be replaced`),
      details: { code: expect.stringMatching(/^(EISDIR|ENOTEMPTY|EEXIST)$/) },
    })
    expect(await readdir(join(root, 'runs', day))).toEqual([`${runId}.json`, `${runId}.jsonl`])
  })

  test('[T2] a record that does not fit its schema is withdrawn, and the next one is written', async () => {
    const { store } = await openReady()
    const writer = await openOnThread(store)

    const wrong = { type: 'variableSet', name: 1, value: 1 } as never // what types forbid, a plug-in may do
    expect(await failureOf(writer.append([wrong], durable))).toMatchObject({ code: 'bug' })
    await writer.append([setVariable('c')], durable)

    const run = await store.read(runId)
    expect(run.journal).toMatchObject({ flaws: [], records: { length: 2 } })
  })

  test('[T46] keeps the order of each of many runs that are written at once, on at most three threads', async () => {
    const { store, threads, forbidPort, allReady } = await openReady()
    const runs = Array.from({ length: 8 }, (_, n) => RunId.parse(`etl-20260102t030405z-${n}abc`))
    const writers = await Promise.all(runs.map((run) => openOnThread(store, run)))
    await allReady()
    await Promise.all(writers.map((writer) => writer.append([setVariable('b')], durable)))
    forbidPort()

    await Promise.all(
      writers.flatMap((writer) =>
        Array.from({ length: 12 }, (_, n) =>
          writer.append([setVariable(`v${n}`, 'x'.repeat(n * 9000))], { durable: n % 3 === 0 }),
        ),
      ),
    )
    for (const writer of writers) await writer.release()

    expect(threads.length).toBe(3)
    for (const run of runs) {
      const { journal } = await store.read(run)
      expect(journal).toMatchObject({ flaws: [], records: { length: 14 } })
      const names = journal?.records.slice(2).map(({ record }) => record['name'])
      expect(names).toEqual(Array.from({ length: 12 }, (_, n) => `v${n}`))
    }
  })

  test('[T48] starts no thread for reading, nor for the few writes of a short command', async () => {
    const { store, threads } = await openStoreOnThreads({ jobsBefore: 8 })
    const writer = await store.create(runId, { ...testing, createdAt })
    for (let n = 0; n < 8; n += 1) await writer.append([setVariable('a')], durable)
    await store.read(runId)
    await store.list()
    expect(threads.length).toBe(0)

    await writer.append([setVariable('a')], durable)
    expect(threads.length).toBe(1)
    await writer.release()
  })

  test('[T49] goes on over the port when no thread can be started, and tells it once', async () => {
    const { startDiskThread } = await import('../../../../electron/store/diskThread.ts')
    const { store, problems } = await openStoreOnThreads({
      start: (onDeath) => startDiskThread(onDeath, '/nowhere/disk.js'),
    })
    const writer = await store.create(runId, { ...testing, createdAt })
    for (let n = 0; problems.length === 0 && n < 5000; n += 1) {
      await writer.append([setVariable('a')], { durable: false })
    }
    await writer.append([setVariable('b')], durable)
    await writer.release()

    expect(problems).toMatchObject([
      { code: 'io', message: expect.stringContaining('No thread could be started') },
    ])
    expect((await store.read(runId)).journal?.flaws).toEqual([])
  })

  test('[T50] that is closed before a writer is released still writes, over the port', async () => {
    const { store, threads } = await openReady()
    const writer = await openOnThread(store)
    await store.close()
    await writer.append([setVariable('b')], durable)
    await writer.release()

    expect(threads.map((thread) => thread.state())).toEqual(['closed'])
    expect((await store.read(runId)).journal).toMatchObject({ flaws: [], records: { length: 2 } })
  })
})

/** One thread is ready, and the port may not write runs any more. */
async function openReady(): Promise<StoreOnThreads> {
  const opened = await openStoreOnThreads()
  const first = RunId.parse('warm-20260101t030405z-0000')
  const writer = await opened.store.create(first, {
    ...testing,
    createdAt: '2026-01-01T03:04:05.678Z',
  })
  await writer.append([setVariable('a')], durable)
  await opened.allReady()
  await writer.release()
  return opened
}

async function openOnThread(store: Store, run: RunId = runId): Promise<RunWriter> {
  const writer = await store.create(run, { ...testing, createdAt })
  await writer.append([setVariable('a')], durable)
  return writer
}

/** Small and large, several at once, a head twice, a cut, and the chain behind it. */
async function writeAllKinds(store: Store): Promise<void> {
  const writer = await store.create(runId, { ...testing, createdAt })
  await writer.append([setVariable('a')], durable)
  await writer.append([setVariable('b'), setVariable('ü', '\u{1f6e0}')], { durable: false })
  await writer.append([setVariable('large', 'x'.repeat(200_000))], durable)
  await writer.replaceHead('{"head":1}\n')
  await writer.replaceHead('{"head":2}\n')
  await writer.cutJournal(writer.journalBytes())
  await writer.append([setVariable('c')], durable)
  await writer.release()
}

/** Without what each store has of its own: moments, and the sums over them. */
async function recordsOf(store: Store): Promise<unknown> {
  const { journal } = await store.read(runId)
  expect(journal?.flaws).toEqual([])
  return journal?.records.map(({ record }) => ({ ...record, at: '', prev: '', sum: '' }))
}
