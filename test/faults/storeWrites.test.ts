import { describe, expect, test } from 'vitest'
import type { FileSystem } from '../../electron/store/fileSystem.ts'
import {
  createMemoryFileSystem,
  type MemoryFileSystem,
} from '../../electron/store/memoryFileSystem.ts'
import {
  createMemoryMachine,
  createMemoryStore,
  memoryRoot,
} from '../../electron/store/memoryStore.ts'
import type { Machine } from '../../electron/store/machine.ts'
import type { RunWriter, Store, StoredRun } from '../../electron/store/store.ts'
import {
  createClock,
  createIds,
  failureOf,
  keyframe,
  runId,
  setVariable,
  testing,
  writeRun,
} from '../unit/electron/store/storeFixtures.ts'
import { createFaultyFileSystem, createNarrowFileSystem, type Fault } from './faultyFileSystem.ts'

const durable = { durable: true } as const
const faultKinds = [
  { kind: 'once', code: 'ENOSPC' },
  { kind: 'dead', code: 'EIO' },
] as const

describe('a disk that fails at any operation', () => {
  test.each(faultKinds)(
    '[T11] an append under $kind $code leaves old records, and whole new ones at most',
    async (kind) => {
      const outcomes = new Set<string>()
      const runs = await campaign(kind, {
        prepare: (store) =>
          writeRun(store, { bodies: [setVariable('a'), keyframe()], head: '{"old":1}\n' }),
        act: (writer) => writer.append([setVariable('b'), setVariable('c')], durable),
        check: ({ run, failure }) => {
          const seqs = run.journal?.records.map(({ record }) => record.seq) ?? []
          expect([
            [1, 2],
            [1, 2, 3],
            [1, 2, 3, 4],
          ]).toContainEqual(seqs)
          expect(run.journal?.flaws.every((flaw) => flaw.kind === 'torn')).toBe(true)
          if (failure === null) expect(seqs).toEqual([1, 2, 3, 4])
          else expect(failure).toMatchObject({ code: expect.stringMatching(/^(io|locked)$/) })
          outcomes.add(`${failure === null ? 'done' : 'failed'} ${seqs.length}`)
        },
      })

      expect(runs).toBeGreaterThan(5)
      expect([...outcomes]).toEqual(expect.arrayContaining(['done 4', 'failed 2']))
    },
  )

  test.each(faultKinds)(
    '[T12] a head under $kind $code is the old one or the new one',
    async (kind) => {
      const seen = new Set<string>()
      const runs = await campaign(kind, {
        prepare: (store) => writeRun(store, { head: '{"old":1}\n' }),
        act: (writer) => writer.replaceHead(`{"new":"${'x'.repeat(5000)}"}\n`),
        check: ({ run, failure }) => {
          const text = Buffer.from(run.head?.bytes ?? []).toString()
          expect(text === '{"old":1}\n' || text === `{"new":"${'x'.repeat(5000)}"}\n`).toBe(true)
          if (failure === null) expect(text).toContain('new')
          seen.add(text.slice(2, 5))
        },
      })

      expect(runs).toBeGreaterThan(5)
      expect([...seen].toSorted()).toEqual(['new', 'old'])
    },
  )

  test.each(faultKinds)(
    '[T13] a torn tail under $kind $code is never lost before it is backed up',
    async (kind) => {
      const torn = '{"seq":2,"at'
      const runs = await campaign(kind, {
        prepare: async (store, fileSystem) => {
          await writeRun(store)
          await appendBytes(fileSystem, store.layout.journal(runId), torn)
        },
        act: (writer) => writer.append([setVariable('b')], durable),
        check: async ({ run, store }) => {
          const journal = await store.readDocument(store.layout.journal(runId))
          const backups = await store.backups(runId)
          const isBackedUp = backups.length > 0
          expect(isBackedUp || Buffer.from(journal.bytes).toString().endsWith(torn)).toBe(true)
          expect(run.journal?.records[0]?.record.seq).toBe(1)
          expect(run.journal?.flaws.every((flaw) => flaw.kind === 'torn')).toBe(true)
        },
      })

      expect(runs).toBeGreaterThan(15)
    },
  )

  test.each(faultKinds)(
    '[T14] a run that is trashed under $kind $code is whole, here or in the trash',
    async (kind) => {
      const runs = await campaign(kind, {
        prepare: (store) => writeRun(store, { head: '{"old":1}\n' }),
        act: (writer) => writer.trash({ reason: 'old', workflow: null, keepDays: 1 }),
        check: async ({ store, run }) => {
          const [trashed] = await store.trashed()
          if (trashed !== undefined) await store.restoreTrashed(trashed.id)
          expect(await store.read(runId)).toMatchObject({
            head: { bytes: run.head?.bytes ?? expect.anything() },
            journal: { flaws: [], records: [{ record: { seq: 1 } }] },
          })
          expect(await store.trashed()).toEqual([])
        },
      })

      expect(runs).toBeGreaterThan(15)
    },
  )

  test.each(faultKinds)(
    '[T14] a run that is put back under $kind $code is whole in the end',
    async (kind) => {
      for (let at = 1; ; at += 1) {
        const { disk, store } = createDisk()
        await writeRun(store, { head: '{"old":1}\n' })
        const writer = await store.open(runId, testing)
        const { id } = await writer.trash({ reason: 'old', workflow: null, keepDays: 1 })
        const faulty = createFaultyFileSystem(disk, { ...kind, at })
        const failing = createProcess(faulty, 2)
        await Promise.allSettled([failing.restoreTrashed(id)])
        const after = createProcess(disk, 3)
        const [trashed] = await after.trashed()
        if (trashed !== undefined) await after.restoreTrashed(id)
        expect(await after.read(runId)).toMatchObject({
          head: { bytes: new TextEncoder().encode('{"old":1}\n') },
          journal: { flaws: [], records: [{ record: { seq: 1 } }] },
        })
        expect(await after.trashed()).toEqual([])
        if (!faulty.wasMet()) break
      }
    },
  )

  test.each(faultKinds)(
    '[T15] a backup that is put back under $kind $code is still there',
    async (kind) => {
      const runs = await campaign(kind, {
        prepare: (store) => writeRun(store, { head: '{"old":1}\n' }),
        act: async (writer) => {
          const { id } = await writer.backup('before')
          await writer.append([setVariable('b')], durable)
          await writer.replaceHead('{"new":1}\n')
          await writer.restoreBackup(id)
        },
        check: async ({ run, store, failure }) => {
          const text = Buffer.from(run.head?.bytes ?? []).toString()
          expect(['{"old":1}\n', '{"new":1}\n']).toContain(text)
          expect(run.journal?.flaws.every((flaw) => flaw.kind === 'torn')).toBe(true)
          for (const { id, files } of await store.backups(runId)) {
            for (const file of files) await store.readBackup(runId, id, file)
          }
          if (failure === null) expect(text).toContain('old')
        },
      })

      expect(runs).toBeGreaterThan(30)
    },
  )

  test('[T10] a writer whose write failed refuses everything after it, and says which run and why', async () => {
    const failed: unknown[] = []
    for (let at = 1; at < 200 && failed.length === 0; at += 1) {
      const { disk, store } = createDisk()
      await writeRun(store)
      const faulty = createFaultyFileSystem(disk, { at, kind: 'once', code: 'ENOSPC' })
      const [writer] = await Promise.allSettled([createProcess(faulty, 2).open(runId, testing)])
      if (writer?.status !== 'fulfilled') continue
      const first = await failureOf(writer.value.append([setVariable('b')], durable))
      const second = await failureOf(writer.value.append([setVariable('c')], durable))
      await writer.value.release()
      if (first === second) failed.push(first)
    }

    expect(failed).toMatchObject([
      {
        code: 'io',
        message: `The journal of run ${runId} could not be written, and nothing more will be until it is opened again: the disk is full. Free space, then open the run again (ENOSPC).`,
      },
    ])
  })

  test('[T16] writes that take one byte at a time lose nothing', async () => {
    const { disk } = createDisk()
    const store = createProcess(createNarrowFileSystem(disk), 1)
    await writeRun(store, { bodies: [setVariable('a'), keyframe()], head: '{"a":1}\n' })

    const run = await createProcess(disk, 2).read(runId)

    expect(Buffer.from(run.head?.bytes ?? []).toString()).toBe('{"a":1}\n')
    expect(run.journal).toMatchObject({ flaws: [], records: { length: 2 } })
  })
})

describe('a power cut', () => {
  test('[T17] leaves every record that was acknowledged as durable, and the last head', async () => {
    const { disk, store } = createDisk()
    const writer = await store.create(runId, { ...testing, createdAt: '2026-01-02T03:04:05.678Z' })
    const seen: string[] = []
    const look = async (): Promise<void> => {
      const run = await createProcess(disk.afterPowerCut(), 2).read(runId)
      const head = run.head === null ? 'none' : Buffer.from(run.head.bytes).toString()
      seen.push(`${run.journal?.records.length} ${run.journal?.flaws.length} ${head}`)
    }
    await writer.append([setVariable('a')], durable)
    await look()
    await writer.append([setVariable('b')], { durable: false })
    await look()
    await writer.append([setVariable('c')], durable)
    await look()
    await writer.replaceHead('{"a":1}')
    await look()
    await writer.replaceHead('{"a":2}')
    await look()

    expect(seen).toEqual(['1 0 none', '1 0 none', '3 0 none', '3 0 {"a":1}', '3 0 {"a":2}'])
  })

  test('[T17] leaves a backup that was acknowledged, and the trash', async () => {
    const { disk, store } = createDisk()
    await writeRun(store, { head: '{"a":1}\n' })
    const writer = await store.open(runId, testing)
    const backup = await writer.backup('before')
    const cut = createProcess(disk.afterPowerCut(), 2)
    expect(await cut.backups(runId)).toEqual([backup])
    const trashed = await writer.trash({ reason: 'old', workflow: null, keepDays: 1 })
    const later = createProcess(disk.afterPowerCut(), 2)

    expect(await later.trashed()).toEqual([trashed])
    expect(await later.restoreTrashed(trashed.id)).toBe(runId)
    expect(await later.backups(runId)).toEqual([backup])
  })
})

type Campaign = {
  readonly prepare: (store: Store, disk: MemoryFileSystem) => Promise<void>
  readonly act: (writer: RunWriter) => Promise<unknown>
  readonly check: (outcome: {
    readonly run: StoredRun
    readonly store: Store
    readonly failure: unknown
  }) => Promise<void> | void
}

/** Fails the n-th operation for every n until none is left; what is left is looked at by another process. */
async function campaign(
  fault: Omit<Fault, 'at'>,
  { prepare, act, check }: Campaign,
): Promise<number> {
  for (let at = 1; ; at += 1) {
    const { disk, store } = createDisk()
    await prepare(store, disk)
    const faulty = createFaultyFileSystem(disk, { ...fault, at })
    const failure = await attempt(createProcess(faulty, 2), act)
    // One failure is no reason to keep the lock for as long as the process lives.
    if (fault.kind === 'once') await expectFree(createProcess(disk, 4, [2]))
    const after = createProcess(disk, 3)
    const run = await readAnywhere(after)
    await check({ run, store: after, failure })
    await expectFree(after)
    if (!faulty.wasMet()) return at
  }
}

async function attempt(
  store: Store,
  act: (writer: RunWriter) => Promise<unknown>,
): Promise<unknown> {
  const [opened] = await Promise.allSettled([store.open(runId, testing)])
  if (opened?.status !== 'fulfilled') return opened?.reason
  const [acted] = await Promise.allSettled([act(opened.value)])
  const [released] = await Promise.allSettled([opened.value.release()])
  if (released?.status === 'rejected') await Promise.allSettled([opened.value.release()])
  return acted?.status === 'rejected' ? acted.reason : null
}

/** Of a run in the trash only its absence. */
async function readAnywhere(store: Store): Promise<StoredRun> {
  const nothing = {
    id: runId,
    head: null,
    journal: null,
    rev: '',
    holder: null,
    archive: null,
    files: [],
  }
  const [read] = await Promise.allSettled([store.read(runId)])
  return read?.status === 'fulfilled' ? read.value : nothing
}

/** Whatever the failed process left behind, the next one gets the lock. */
async function expectFree(store: Store): Promise<void> {
  const failure = await failureOf(store.open(runId, testing).then((writer) => writer.release()))
  if (failure instanceof Error) expect(failure).toMatchObject({ code: 'not-found' })
}

function createDisk(): { readonly disk: MemoryFileSystem; readonly store: Store } {
  const disk = createMemoryFileSystem(memoryRoot)
  return { disk, store: createProcess(disk, 1) }
}

/** A store of a process of its own, on one machine; every other process that is not said to live is gone. */
function createProcess(fileSystem: FileSystem, pid: number, alive: readonly number[] = []): Store {
  return createMemoryStore({
    now: createClock(),
    randomId: createIds(String(pid)),
    fileSystem,
    machine: createOneProcess(pid, alive),
  })
}

function createOneProcess(pid: number, alive: readonly number[]): Machine {
  const { identity } = createMemoryMachine('machine')
  return {
    identity: { ...identity, pid },
    findProcess: async (other) =>
      other === pid || alive.includes(other) ? { kind: 'found', startTime: '0' } : { kind: 'none' },
  }
}

async function appendBytes(disk: FileSystem, path: string, text: string): Promise<void> {
  const file = await disk.open(`${memoryRoot}/${path}`, 'append')
  await file.write(Buffer.from(text))
  await file.close()
}
