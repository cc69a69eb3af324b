import { readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openStore } from '../../../../electron/store/createStore.ts'
import { createBlockingPort } from '../../../../electron/store/diskBlockingPort.ts'
import { createDirectDisk } from '../../../../electron/store/diskDirect.ts'
import { createDiskOverPort } from '../../../../electron/store/diskLane.ts'
import type { DiskPort } from '../../../../electron/store/diskSequence.ts'
import { isOnLocalDisk } from '../../../../electron/store/localDisk.ts'
import { createMachine } from '../../../../electron/store/machine.ts'
import { createNodeFileSystem } from '../../../../electron/store/nodeFileSystem.ts'
import { realTimers } from '../../../../electron/store/storeContext.ts'
import type { RunWriter, Store } from '../../../../electron/store/store.ts'
import type { RunId } from '../../../../shared/schema/ids.ts'
import {
  application,
  createClock,
  createIds,
  createdAt,
  day,
  failureOf,
  openFileStore,
  otherRunId,
  runId,
  setVariable,
  temporaryFolder,
  testing,
} from './storeFixtures.ts'

const durable = { durable: true } as const

describe('a store that writes on the spot', () => {
  test('[T118] writes byte for byte what a store writes over the port', async () => {
    const direct = await openDirect()
    const root = await temporaryFolder()
    const plain = await openFileStore(root, { fileSystem: createNodeFileSystem() })

    for (const store of [direct.store, plain]) await writeAllKinds(store)

    expect(direct.flushes()).toBeGreaterThan(20)
    const journal = plain.layout.journal(runId)
    expect(await withoutIds(direct.root, journal)).toBe(await withoutIds(root, journal))
    expect(await readdir(join(direct.root, 'runs', day))).toEqual(
      await readdir(join(root, 'runs', day)),
    )
    expect(await readFile(join(direct.root, plain.layout.head(runId)), 'utf8')).toBe('{"head":2}\n')
  })

  test('[T118] flushes a record once and a head twice, wherever they are written', async () => {
    const { writer, flushes } = await openQuick()
    const before = flushes()
    for (let n = 0; n < 5; n += 1) await writer.append([setVariable('b')], durable)
    const between = flushes()
    for (let n = 0; n < 5; n += 1) await writer.replaceHead(`{"head":${n}}\n`)

    expect([between - before, flushes() - between]).toEqual([5, 10])
  })

  test('[T119] a disk that becomes slow stops the host for one flush; then the host goes on while it writes', async () => {
    const { store, writer, slow, flushes } = await openQuick()
    slow(300)
    await writer.append([setVariable('slow')], durable)
    const before = flushes()

    for (let n = 0; n < 20; n += 1) await writer.append([setVariable(`v${n}`)], durable)

    // None of them stopped the host: the disk was waited for elsewhere.
    expect(flushes()).toBe(before)
    expect((await store.read(runId)).journal).toMatchObject({ flaws: [] })
  })

  test('[T120] two runs that write at the same time are written elsewhere, each in its order', async () => {
    const { store, writer, flushes } = await openQuick()
    const second = await openWriter(store, otherRunId)
    await Promise.all([writer.append([setVariable('a')], durable), second.append([], durable)])
    const before = flushes()
    await Promise.all(
      [writer, second].flatMap((each) =>
        Array.from({ length: 20 }, (_, n) => each.append([setVariable(`v${n}`)], durable)),
      ),
    )

    // One that finds itself alone for a moment may write on the spot.
    expect(flushes() - before).toBeLessThan(20)
    for (const run of [runId, otherRunId]) {
      const { journal } = await store.read(run)
      expect(journal?.flaws).toEqual([])
      expect(journal?.records.slice(-20).map(({ record }) => record['name'])).toEqual(
        Array.from({ length: 20 }, (_, n) => `v${n}`),
      )
    }
  })

  test('[T121] a run that writes without a pause leaves room for timers', async () => {
    const { writer } = await openQuick()
    let fired = 0
    const timer = setInterval(() => (fired += 1), 5)
    for (let n = 0; n < 300; n += 1) await writer.append([setVariable('b')], durable)
    clearInterval(timer)

    expect(fired).toBeGreaterThan(3)
  })

  test('[T122] nothing is written without the lock', async () => {
    const { root, writer, store } = await openQuick()
    const path = join(root, store.layout.journal(runId))
    const before = await readFile(path, 'utf8')
    await rm(join(root, '.unstuck/locks', `${runId}.json`))

    expect(await failureOf(writer.append([setVariable('b')], durable))).toMatchObject({
      code: 'locked',
      message: expect.stringContaining('nobody holds it now'),
    })
    expect(await failureOf(writer.replaceHead('{}'))).toMatchObject({ code: 'locked' })
    expect(await readFile(path, 'utf8')).toBe(before)
  })

  test('[T122] nothing is written over a foreign write, and everything after it is refused', async () => {
    const { root, writer, store } = await openQuick()
    await writeFile(join(root, store.layout.journal(runId)), 'foreign\n', { flag: 'a' })

    const first = await failureOf(writer.append([setVariable('b')], durable))

    expect(first).toMatchObject({ code: 'stale', message: expect.stringContaining(runId) })
    expect(await failureOf(writer.append([setVariable('c')], durable))).toBe(first)
  })

  test('[T122] a head that could not be replaced is replaced by the next one', async () => {
    const { root, writer, fail } = await openQuick()
    await writer.replaceHead('{"head":1}\n')
    fail('ENOSPC')
    expect(await failureOf(writer.replaceHead('{"head":2}\n'))).toMatchObject({
      code: 'io',
      details: { code: 'ENOSPC' },
    })
    fail(null)
    await writer.replaceHead('{"head":3}\n')

    const names = await readdir(join(root, 'runs', day))
    expect(names).toEqual([`${runId}.json`, `${runId}.jsonl`])
    expect(await readFile(join(root, 'runs', day, `${runId}.json`), 'utf8')).toBe('{"head":3}\n')
  })

  test('[T125] a folder that is not known to lie on a disk of this machine is not on one', async () => {
    expect(await isOnLocalDisk('/proc')).toBe(false)
    expect(await isOnLocalDisk(join(await temporaryFolder(), 'missing'))).toBe(false)
  })
})

type Direct = {
  readonly root: string
  readonly store: Store
  /** Flushes of files and folders that were made on the spot. */
  readonly flushes: () => number
  /** From now on every flush takes so long. */
  readonly slow: (ms: number) => void
  /** From now on what is written on the spot fails so. */
  readonly fail: (code: string | null) => void
}

/** On a real folder, with a port whose flushes are counted and can be made slow. */
async function openDirect(): Promise<Direct> {
  const root = await temporaryFolder()
  const state: PortState = { flushes: 0, nowMs: 0, slowMs: 0, failure: null }
  const fileSystem = createNodeFileSystem()
  const elsewhere = createDiskOverPort({ fileSystem, timers: realTimers })
  const store = await openStore({
    root,
    fileSystem,
    disk: createDirectDisk(elsewhere, {
      port: countingPort(state),
      // Of its own: what a busy machine does to other times is no matter here.
      clockMs: () => (state.nowMs += 0.5),
      nextTurn: () => setImmediate(),
    }),
    machine: await createMachine({ configFolder: root, randomId: createIds('m') }),
    now: createClock(),
    randomId: createIds(),
    application,
    timers: realTimers,
    onProblem: () => {},
  })
  onTestFinished(() => store.close())
  return {
    root,
    store,
    flushes: () => state.flushes,
    slow: (ms) => {
      state.slowMs = ms
    },
    fail: (code) => {
      state.failure = code
    },
  }
}

type PortState = { flushes: number; nowMs: number; slowMs: number; failure: string | null }

function countingPort(state: PortState): DiskPort {
  const port = createBlockingPort()
  const nobody = new Int32Array(new SharedArrayBuffer(4))
  const flush = (work: () => unknown): void => {
    state.flushes += 1
    state.nowMs += state.slowMs
    if (state.slowMs > 0) Atomics.wait(nobody, 0, 0, state.slowMs)
    work()
  }
  return {
    ...port,
    fileSystem: {
      ...port.fileSystem,
      syncFolder: (path) => flush(() => port.fileSystem.syncFolder(path)),
      open: (path, mode) => {
        const file = port.fileSystem.open(path, mode)
        if (file instanceof Promise) throw new Error('The port does not block.')
        return {
          ...file,
          write: (bytes) => {
            if (state.failure === null) return file.write(bytes)
            throw Object.assign(new Error(state.failure), { code: state.failure })
          },
          sync: () => flush(() => file.sync()),
          syncData: () => flush(() => file.syncData()),
        }
      },
    },
  }
}

/** With a run whose writes are done on the spot: the disk was quick so often. */
async function openQuick(): Promise<Direct & { readonly writer: RunWriter }> {
  const direct = await openDirect()
  const writer = await openWriter(direct.store, runId)
  for (let n = 0; direct.flushes() < 4; n += 1) {
    if (n > 2000) throw new Error('The disk is never quick.')
    await writer.append([setVariable('a')], durable)
  }
  return { ...direct, writer }
}

async function openWriter(store: Store, run: RunId): Promise<RunWriter> {
  const writer = await store.create(run, { ...testing, createdAt })
  onTestFinished(async () => void (await Promise.allSettled([writer.release()])))
  return writer
}

/** Many small, several at once, one that is large, a head twice, a cut, and the chain behind it. */
async function writeAllKinds(store: Store): Promise<void> {
  const writer = await store.create(runId, { ...testing, createdAt })
  for (let n = 0; n < 40; n += 1) await writer.append([setVariable(`v${n}`)], durable)
  await writer.append([setVariable('b'), setVariable('ü', '\u{1f6e0}')], { durable: false })
  await writer.append([setVariable('large', 'x'.repeat(200_000))], durable)
  await writer.append([setVariable('small')], durable)
  await writer.replaceHead('{"head":1}\n')
  await writer.replaceHead('{"head":2}\n')
  await writer.cutJournal(writer.journalBytes())
  await writer.append([setVariable('c')], durable)
  await writer.release()
}

/** A journal without what each store has of its own: moments, and the sums over them. */
async function withoutIds(root: string, journal: string): Promise<string> {
  const text = await readFile(join(root, journal), 'utf8')
  return text.replaceAll(/"(at|prev|sum)":"[^"]*"/g, '"$1":""')
}
