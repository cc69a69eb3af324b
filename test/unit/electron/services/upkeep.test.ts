import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ServiceContext } from '../../../../electron/services/context.ts'
import { contract, type Client } from '../../../../shared/contract/contract.ts'
import { applyWholePurge, readPurgePlan } from '../../../../shared/contract/purgeAll.ts'
import { applyPurge, planPurge, purgeBySchedule } from '../../../../electron/services/purgeTrash.ts'
import { createUpkeep, keepUp } from '../../../../electron/services/upkeep.ts'
import type { FileSystem } from '../../../../electron/store/fileSystem.ts'
import { createMemoryFileSystem } from '../../../../electron/store/memoryFileSystem.ts'
import {
  createMemoryMachine,
  createMemoryStore,
  memoryRoot,
} from '../../../../electron/store/memoryStore.ts'
import { temporaryName } from '../../../../electron/store/temporaryName.ts'
import { neverCancelled } from '../../../../shared/cancel.ts'
import type { AppError } from '../../../../shared/errors.ts'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'
import {
  createIds,
  failureOf,
  otherRunId,
  runId,
  setVariable,
  testing,
} from '../store/storeFixtures.ts'

let bench: Workbench
let disk: FileSystem
let context: ServiceContext
let time: string

beforeEach(async () => {
  bench = await createWorkbench()
  time = '2026-01-10T00:00:00.000Z'
  const now = (): string => time
  disk = createMemoryFileSystem(memoryRoot)
  const machine = createMemoryMachine('here')
  const store = createMemoryStore({ fileSystem: disk, now, randomId: createIds(), machine })
  context = { ...bench.context, store, now, randomId: createIds('i') }
})

afterEach(() => bench.close())

const options = { signal: neverCancelled, progress: () => undefined }

describe('[K15] without a person, an entry goes a day after it was first found expired', () => {
  test('[K15] and never earlier', async () => {
    const id = await trash({ keepDays: 10 })
    time = '2026-01-20T00:00:00.000Z'
    expect(await schedule()).toEqual([])
    time = '2026-01-20T00:00:00.001Z'
    expect(await schedule()).toEqual([])
    expect((await context.store.trashed())[0]?.seenExpiredAt).toBe(time)
    time = '2026-01-21T00:00:00.000Z'
    expect(await schedule()).toEqual([])
    time = '2026-01-21T00:00:00.001Z'
    expect(await schedule()).toEqual([{ item: id, outcome: 'done', cause: null, result: runId }])
    expect(await context.store.trashed()).toEqual([])
  })

  test('[K15] so a clock that jumps ahead for less than a day empties nothing', async () => {
    await trash({ keepDays: 10 })
    await trash({ run: otherRunId, keepDays: 3000 })
    time = '2099-01-01T00:00:00.000Z'
    expect(await schedule()).toEqual([])
    time = '2026-01-10T12:00:00.000Z'
    expect(await schedule()).toEqual([])
    expect((await context.store.trashed()).map(({ seenExpiredAt }) => seenExpiredAt)).toEqual([
      null,
      null,
    ])
    time = '2026-02-01T00:00:00.000Z'
    expect(await schedule()).toEqual([])
    expect(await context.store.trashed()).toHaveLength(2)
  })

  test('[K15] and what a clock ahead has noted does not count', async () => {
    await trash({ keepDays: 1 })
    time = '2099-01-01T00:00:00.000Z'
    await schedule()
    time = '2026-02-01T00:00:00.000Z'
    expect(await schedule()).toEqual([])
    time = '2026-02-02T00:00:00.000Z'
    expect(await schedule()).toHaveLength(1)
  })
})

const planInput = contract['purge.plan'].input
const applyInput = contract['purge.apply'].input
const all = { offset: 0, limit: 1000 }

describe('[K16] a person deletes what the plan showed', () => {
  test('[K16] what was found expired less than a day ago only by saying so', async () => {
    const id = await trash({ keepDays: 1 })
    await trash({ run: otherRunId, keepDays: 100 })
    time = '2026-01-12T00:00:00.000Z'
    const cautious = await planPurge(context, { recent: false, asOf: null, ...all })
    const recent = await planPurge(context, { recent: true, asOf: null, ...all })

    expect([cautious.plan.victims, cautious.plan.waiting]).toEqual([
      [],
      [{ entry: recent.plan.victims[0], until: '2026-01-13T00:00:00.000Z' }],
    ])
    const { digest, rev, asOf } = recent
    const { rows, freedBytes } = await applyPurge(
      context,
      { recent: true, digest, rev, asOf, limit: 1000 },
      options,
    )
    expect(rows).toEqual([{ item: id, outcome: 'done', cause: null, result: runId }])
    expect(freedBytes).toBe(recent.plan.sizeBytes)
    expect((await context.store.trashed()).map(({ run }) => run)).toEqual([otherRunId])
  })

  test('[K16] nothing when the trash has changed since', async () => {
    await trash({ keepDays: 1 })
    time = '2026-01-12T00:00:00.000Z'
    const { digest, rev, asOf } = await planPurge(context, { recent: true, asOf: null, ...all })
    await trash({ run: otherRunId, keepDays: 1 })

    const failure = await failureOf(
      applyPurge(context, { recent: true, digest, rev, asOf, limit: 1000 }, options),
    )

    expect(failure).toMatchObject({ code: 'stale' })
    expect(await context.store.trashed()).toHaveLength(2)
  })

  test('[X115] a plan and its work come in parts of which each is of the whole plan', async () => {
    await trash({ keepDays: 1 })
    await trash({ run: otherRunId, keepDays: 1 })
    time = '2026-01-12T00:00:00.000Z'
    const call = async (name: string, input: object) => {
      const limit = 1
      if (name === 'purge.plan') return planPurge(context, planInput.parse({ ...input, limit }))
      return applyPurge(context, applyInput.parse({ ...input, limit }), options)
    }
    const client = { call } as Pick<Client, 'call'> // the two calls that are made of it

    const whole = await planPurge(context, { recent: true, asOf: null, ...all })
    const pages = await readPurgePlan(client, { recent: true })
    expect(pages).toEqual({ ...whole, asOf: pages.asOf, digest: pages.digest })
    expect([whole.nextOffset, whole.plan.victims.length]).toEqual([null, 2])

    const { digest, rev, asOf } = pages
    const done = await applyWholePurge(client, { recent: true, digest, rev, asOf }, {})
    expect(done.rows.map(({ outcome }) => outcome)).toEqual(['done', 'done'])
    expect([done.left, done.freedBytes]).toEqual([0, whole.plan.sizeBytes])
    expect(await context.store.trashed()).toEqual([])
  })

  test('[K16] each in a line of the operations log, with who it was', async () => {
    const id = await trash({ keepDays: 1 })
    time = '2026-01-12T00:00:00.000Z'
    const { digest, rev, asOf } = await planPurge(context, { recent: true, asOf: null, ...all })
    await applyPurge(context, { recent: true, digest, rev, asOf, limit: 1000 }, options)

    const { operations } = await context.store.operations({ offset: 0, limit: 10 })
    expect(operations).toMatchObject([
      { call: 'purge.apply', item: id, run: runId, by: 'ada', state: 'done' },
    ])
  })

  test('[K16] planning writes nothing', async () => {
    await trash({ keepDays: 1 })
    time = '2026-01-12T00:00:00.000Z'
    const before = await context.store.storage()
    await planPurge(context, { recent: true, asOf: null, ...all })

    expect(await context.store.storage()).toEqual(before)
  })
})

describe('[K17] a host that lives long', () => {
  test('[K17] moves left-over files to the trash, with lines in the operations log', async () => {
    await trash({ keepDays: 100 })
    await leaveOver()

    await keepUp(context, neverCancelled)

    expect((await context.store.trashed()).map(({ kind }) => kind).toSorted()).toEqual([
      'run',
      'temporary',
    ])
    const { operations } = await context.store.operations({ offset: 0, limit: 10 })
    expect(operations).toMatchObject([{ call: 'trash.sweep', by: 'unstuck', state: 'done' }])
  })

  test('[K17] writes nothing where there is nothing to do, or nothing may be written', async () => {
    await trash({ keepDays: 100 })
    const before = await context.store.storage()
    await keepUp(context, neverCancelled)
    expect(await context.store.storage()).toEqual(before)

    await leaveOver()
    const left = await context.store.storage()
    const access = { writable: false, reason: 'read-only' } as const
    await keepUp({ ...context, store: { ...context.store, access } }, neverCancelled)
    const workspace = { ...context.workspace, document: 'a.json' }
    await keepUp({ ...context, workspace }, neverCancelled)
    expect(await context.store.storage()).toEqual(left)
  })

  test('[K21] deletes what has expired also when left-over files cannot be looked at', async () => {
    await trash({ keepDays: 1 })
    time = '2026-02-01T00:00:00.000Z'
    await schedule()
    time = '2026-02-03T00:00:00.000Z'
    const failure = Object.assign(new Error('EIO'), { code: 'EIO' })
    const store = { ...context.store, temporaries: () => Promise.reject(failure) }

    expect(await failureOf(keepUp({ ...context, store }, neverCancelled))).toBe(failure)

    expect(await context.store.trashed()).toEqual([])
  })

  test('[K19] beside another host reports nothing that the other one did first', async () => {
    await trash({ keepDays: 1 })
    time = '2026-02-01T00:00:00.000Z'
    await schedule()
    time = '2026-02-03T00:00:00.000Z'
    const { store } = context
    const other = { ...context, randomId: createIds('o') }
    const purgeTrashed = async (id: string) => {
      await purgeBySchedule(other, neverCancelled)
      return store.purgeTrashed(id)
    }

    await keepUp({ ...context, store: { ...store, purgeTrashed } }, neverCancelled)

    expect(await store.trashed()).toEqual([])
    const { operations } = await store.operations({ offset: 0, limit: 10 })
    expect(operations.map(({ state }) => state)).toEqual(['done', 'failed'])
  })

  test('[K19] and still reports what is there and could not be deleted', async () => {
    const id = await trash({ keepDays: 1 })
    time = '2026-02-01T00:00:00.000Z'
    await schedule()
    time = '2026-02-03T00:00:00.000Z'
    const fileSystem: FileSystem = {
      ...disk,
      rename: (from, to) =>
        to.includes('.purging-')
          ? Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' }))
          : disk.rename(from, to),
    }
    const machine = createMemoryMachine('here')
    const store = createMemoryStore({
      fileSystem,
      now: () => time,
      randomId: createIds('f'),
      machine,
    })

    expect(await failureOf(keepUp({ ...context, store }, neverCancelled))).toMatchObject({
      code: 'io',
      message: expect.stringContaining(`Trash entry ${id} has expired and could not be deleted`),
    })
  })

  test('[K17] does so soon and then daily, tells what failed, and stops when it is closed', async () => {
    const reported: AppError[] = []
    const asked: number[] = []
    const rings: (() => void)[] = []
    let forgotten = 0
    const failing = {
      ...context.store,
      temporaries: () => Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' })),
    }
    const upkeep = createUpkeep(
      { ...context, store: failing },
      {
        report: (error) => reported.push(error),
        after: (ms, callback) => {
          asked.push(ms)
          rings.push(callback)
          return () => (forgotten += 1)
        },
      },
    )
    upkeep.begin()
    upkeep.begin()
    expect(asked).toEqual([3000])
    rings[0]?.()
    await expect.poll(() => asked).toEqual([3000, 86_400_000])
    expect(reported).toHaveLength(1)
    await upkeep.close()
    expect(forgotten).toBe(1)
  })
})

async function schedule() {
  return (await purgeBySchedule(context, neverCancelled)).rows
}

async function trash(request: {
  readonly run?: typeof runId
  readonly keepDays: number
}): Promise<string> {
  const { run = runId, keepDays } = request
  const { store } = context
  const writer = await store.create(run, { ...testing, createdAt: '2026-01-02T00:00:00.000Z' })
  await writer.append([setVariable('a')], { durable: true })
  return (await writer.trash({ reason: 'old', workflow: null, keepDays })).id
}

/** A temporary file of a process of an earlier boot. */
async function leaveOver(): Promise<void> {
  const { identity } = createMemoryMachine('here')
  const name = temporaryName({ ...identity, bootId: 'before' }, 'changes', 'abcd1234')
  const file = await disk.open(`${memoryRoot}/.unstuck/${name}`, 'create')
  await file.write(Buffer.from('half'))
  await file.close()
}
