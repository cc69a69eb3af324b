import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createBundleDesk } from '../../../../../electron/host/createBundleDesk.ts'
import { unarchiveRuns } from '../../../../../electron/services/archiveRuns.ts'
import { applyCleanup, listTrash, restoreRuns } from '../../../../../electron/services/cleanUp.ts'
import { cleanUpBySchedule } from '../../../../../electron/services/cleanUpBySchedule.ts'
import {
  getCleanupSettings,
  lastCleanup,
  setCleanupSettings,
} from '../../../../../electron/services/cleanupSettings.ts'
import type { ServiceContext } from '../../../../../electron/services/context.ts'
import { planCleanupOf } from '../../../../../electron/services/planCleanupOf.ts'
import { neverCancelled } from '../../../../../shared/cancel.ts'
import { contract } from '../../../../../shared/contract/contract.ts'
import type { RunId } from '../../../../../shared/schema/ids.ts'
import { makeRuns as makeMany } from '../../../../bench/makeRuns.ts'
import { cleanUpAndBack } from '../../../../bench/rows/cleanupWhole.ts'
import { createWorkbench, type Workbench } from '../../executor/workbench.ts'
import { checkpointedRun } from './checkpointedRun.ts'

let bench: Workbench
beforeEach(async () => {
  bench = await createWorkbench()
})
afterEach(() => bench.close())

const quiet = { signal: neverCancelled, progress: () => undefined }
const all = { days: { completed: 0 } }

function makeRuns(count: number): Promise<RunId[]> {
  return Promise.all(
    Array.from({ length: count }, () => checkpointedRun(bench.context, { checkpoints: 1 })),
  )
}

function plan(policy: object, given: object = {}, context: ServiceContext = bench.context) {
  return planCleanupOf(context, contract['cleanup.plan'].input.parse({ policy, ...given }), quiet)
}

async function apply(policy: object, given: object = {}) {
  const { plan: shown, ...approval } = await plan(policy)
  const input = contract['cleanup.apply'].input.parse({ policy, ...approval, ...given })
  return { shown, approval, done: await applyCleanup(bench.context, input, quiet) }
}

test('[X36] the size of a run is that of all its files, and what it promises is what leaves its place', async () => {
  const run = await bench.run({ a: { run: 'head -c 5000 /dev/zero | tr "\\0" x' } })
  const files = (await bench.store.read(run.id)).files.filter(({ kind }) => kind !== 'lock')
  const { shown, done } = await apply(all)

  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0)
  expect(sizeBytes).toBeGreaterThan(5000)
  expect([shown.sizeBytes, done.freedBytes]).toEqual([sizeBytes, sizeBytes])
  expect((await bench.store.trashed())[0]?.sizeBytes).toBe(sizeBytes)
})

test('[X37] a run that is pinned, or that changed, after it was shown stays', async () => {
  const [first, second] = await makeRuns(2)
  const { plan: shown, ...approval } = await plan(all)
  const input = contract['cleanup.apply'].input.parse({ policy: all, ...approval })
  const writer = await bench.store.open(first ?? ('' as RunId), {
    purpose: 'test',
    controlSocket: null,
  })
  await writer.append([{ type: 'variableSet', name: 'new', value: 1 }], { durable: true })
  await writer.release()

  const { rows } = await applyCleanup(bench.context, input, quiet)

  expect(shown.total).toBe(2)
  expect(Object.fromEntries(rows.map(({ item, outcome }) => [item, outcome]))).toEqual({
    [String(first)]: 'stale',
    [String(second)]: 'done',
  })
})

test('[E218] many runs go and come back side by side, each with its row in its place, and the log names their heads', async () => {
  const runs = await makeRuns(12)
  const { done, shown } = await apply(all)
  const restored = await restoreRuns(
    bench.context,
    { entries: done.rows.map(({ result }) => result ?? '') },
    quiet,
  )

  expect(done.rows.map(({ item, outcome }) => [item, outcome])).toEqual(
    shown.victims.map(({ run }) => [run, 'done']),
  )
  expect(restored.rows.map(({ result }) => result)).toEqual(done.rows.map(({ item }) => item))
  const { operations } = await bench.store.operations({ offset: 0, limit: 12 })
  const told = operations.map(({ call, run, after }) => [call, after?.path, after?.status, run])
  const expected = runs.map((run) => [
    'cleanup.restore',
    bench.store.layout.head(run),
    'completed',
    run,
  ])
  expect(new Set(told)).toEqual(new Set(expected))
})

test('[X38] a plan is given and applied in parts, each run once; a digest that nobody knows is stale', async () => {
  const runs = await makeRuns(5)
  const first = await plan(all, { limit: 2 })
  const { digest, rev, asOf } = first
  const second = await plan(all, { digest, rev, asOf, offset: 2 })
  const victims = [...first.plan.victims, ...second.plan.victims]
  expect(victims.map(({ run }) => run).toSorted()).toEqual(runs.toSorted())

  const done: string[] = []
  let offset: number | null = 0
  while (offset !== null) {
    const input = contract['cleanup.apply'].input.parse({
      policy: all,
      digest,
      rev,
      asOf,
      offset,
      limit: 2,
    })
    const part: Awaited<ReturnType<typeof applyCleanup>> = await applyCleanup(
      bench.context,
      input,
      quiet,
    )
    done.push(...part.rows.map(({ item, outcome }) => `${outcome} ${item}`))
    offset = part.nextOffset
  }
  expect(done).toEqual(victims.map(({ run }) => `done ${run}`))
  const input = { policy: all, digest: 'sha256:other', rev, asOf, offset: 2 }
  await expect(
    applyCleanup(bench.context, contract['cleanup.apply'].input.parse(input), quiet),
  ).rejects.toMatchObject({ code: 'stale' })
})

test('[X38] the trash is told in pages', async () => {
  await makeRuns(3)
  await apply(all)
  const first = await listTrash(bench.context, { offset: 0, limit: 2 })
  const rest = await listTrash(bench.context, { offset: first.nextOffset ?? -1, limit: 2 })
  expect([first.total, first.entries.length, rest.entries.length, rest.nextOffset]).toEqual([
    3,
    2,
    1,
    null,
  ])
})

test('[X31] archived first, then from the archive to the trash, and back', async () => {
  const [run] = await makeRuns(1)
  const archiving = { ...all, archive: { days: null } }
  const { done } = await apply(archiving)
  expect(done.rows.map(({ outcome }) => outcome)).toEqual(['done'])
  expect((await bench.store.read(run ?? ('' as RunId))).archive).not.toBeNull()
  expect((await plan(archiving)).plan).toMatchObject({
    total: 0,
    kept: [{ rule: 'K20', count: 1 }],
  })

  const { done: gone } = await apply({ archive: { days: 0 } })
  expect(gone.rows.map(({ outcome }) => outcome)).toEqual(['done'])
  const entries = gone.rows.map(({ result }) => result ?? '')
  const { rows } = await restoreRuns(bench.context, { entries }, quiet)
  expect(rows).toMatchObject([{ outcome: 'done', result: run }])
})

const saved = contract['cleanup.settings.set'].input.parse({
  retention: all,
  schedule: 'daily',
  trashDays: 7,
  rev: null,
})

test('[X41] the policy is written into unstuck.json, where all else stays as it is', async () => {
  const path = join(bench.root, 'unstuck.json')
  writeFileSync(path, '{\n  "checkpoint": { "interval":   3 },\n  "cleanup": {"trashDays": 2}\n}\n')
  const { rev, isSaved, trashDays } = await getCleanupSettings(bench.context)
  expect([isSaved, trashDays]).toEqual([true, 2])

  const set = await setCleanupSettings(bench.context, { ...saved, rev })

  expect(set.observed).toBe(true)
  expect(readFileSync(path, 'utf8')).toContain('"checkpoint": { "interval":   3 },')
  expect(await getCleanupSettings(bench.context)).toMatchObject({
    schedule: 'daily',
    trashDays: 7,
    retention: { days: { completed: 0, failed: null } },
  })
  await expect(setCleanupSettings(bench.context, { ...saved, rev })).rejects.toMatchObject({
    code: 'stale',
  })
})

async function left(): Promise<number> {
  return (await plan(all)).plan.total
}

test('[X39] by schedule only what a person has saved, in a trusted workspace, when it is due', async () => {
  await makeRuns(2)
  const { context } = bench
  await cleanUpBySchedule(context, neverCancelled)
  expect(await left()).toBe(2)

  await setCleanupSettings(context, saved)
  await context.trust.setTrusted(false)
  await cleanUpBySchedule(context, neverCancelled)
  expect([await left(), await lastCleanup(context)]).toEqual([2, null])

  await context.trust.setTrusted(true)
  await cleanUpBySchedule(context, neverCancelled)
  expect(await left()).toBe(0)
  expect(await lastCleanup(context)).toMatchObject({ done: 2, left: 0, problem: null })
  const { operations } = await context.store.operations({ offset: 0, limit: 20 })
  expect(operations.filter(({ by }) => by === 'unstuck').map(({ call }) => call)).toEqual([
    'cleanup.apply',
    'cleanup.apply',
    'cleanup.schedule',
  ])

  await makeRuns(1)
  await cleanUpBySchedule(context, neverCancelled)
  expect(await left()).toBe(1)
  const tomorrow = new Date(Date.now() + 25 * 3_600_000).toISOString()
  await cleanUpBySchedule({ ...context, now: () => tomorrow }, neverCancelled)
  expect(await left()).toBe(0)
})

test('[X40] of several hosts one does it', async () => {
  await makeRuns(3)
  await setCleanupSettings(bench.context, saved)
  const another = await bench.another()

  await Promise.all(
    [bench, another].map(({ context }) => cleanUpBySchedule(context, neverCancelled)),
  )

  const { operations } = await bench.store.operations({ offset: 0, limit: 50 })
  expect(operations.filter(({ call }) => call === 'cleanup.schedule')).toHaveLength(1)
  expect(operations.filter(({ call }) => call === 'cleanup.apply')).toHaveLength(3)
  expect(existsSync(join(bench.root, '.unstuck/locks/task-cleanup.json'))).toBe(false)
  await another.close()
})

test('[X38] cancelled in the middle and undone, everything is there as before', async () => {
  const folder = join(bench.root, 'whole')
  const root = makeMany(join(folder, 'runs'), 60)

  const { victims, done, leftThen, leftAfter, wrong } = await cleanUpAndBack(root, folder)

  expect(victims).toBeGreaterThan(20)
  expect([done > 0, done < victims, leftThen, leftAfter, wrong]).toEqual([
    true,
    true,
    victims - done,
    victims,
    0,
  ])
})

test('[X97] what is archived is encrypted to what is given, or to what the host was told; where that cannot be read nothing is done', async () => {
  const bundleDesk = createBundleDesk({
    randomId: () => 'x',
    openStore: () => Promise.reject(new Error('not asked for')),
    workFactor: 4,
  })
  const file = join(bench.root, 'passphrase.txt')
  const environment = { UNSTUCK_ARCHIVE_PASSPHRASE_FILE: file }
  const policy = { ...all, archive: { days: null } }
  const clean = async (given: object, more: Partial<ServiceContext> = {}) => {
    const context = { ...bench.context, bundleDesk, ...more }
    const { plan: _, ...approval } = await plan(policy, {}, context)
    const input = contract['cleanup.apply'].input.parse({ policy, ...approval, ...given })
    return applyCleanup(context, input, quiet)
  }
  const first = await makeRuns(2)
  const given = await clean({ passphrase: 'five words' })
  const [second] = await makeRuns(1)
  await expect(clean({}, { environment })).rejects.toThrow('Nothing was cleaned up')
  writeFileSync(file, '\nsecond line')
  await expect(clean({}, { environment })).rejects.toThrow('first line of its file is empty')
  expect((await bench.store.read(second ?? ('' as RunId))).archive).toBe(null)
  writeFileSync(file, 'of the host\n')
  const told = await clean({}, { environment })
  const [third] = await makeRuns(1)
  const plain = await clean({}, { environment: {} })

  const sealed = ({ result }: { readonly result: string | null }) =>
    readFileSync(join(bench.root, result ?? ''), 'latin1').includes('age-encryption.org/v1')
  expect([given, told, plain].map(({ rows }) => rows.map(sealed))).toEqual([
    [true, true],
    [true],
    [false],
  ])
  const { operations } = await bench.store.operations({ offset: 0, limit: 20 })
  const undo = operations.flatMap((one) =>
    one.call === 'cleanup.apply' ? [[one.item, one.undo?.call ?? null]] : [],
  )
  // What is encrypted comes back only with its passphrase, which is kept nowhere.
  expect(Object.fromEntries(undo)).toEqual({
    ...Object.fromEntries([...first, second].map((run) => [run, null])),
    [String(third)]: 'run.unarchive',
  })
  const context = { ...bench.context, bundleDesk }
  const back = await unarchiveRuns(context, { runs: first, passphrase: 'five words' }, quiet)
  expect(back.rows.map(({ outcome }) => outcome)).toEqual(['done', 'done'])
  const log = readFileSync(join(bench.root, '.unstuck/operations.jsonl'), 'utf8')
  expect(log).not.toMatch(/five words|of the host/)
})
