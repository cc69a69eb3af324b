import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkRun } from '../../../../../electron/services/checkRun.ts'
import { applyCleanup, restoreRuns } from '../../../../../electron/services/cleanUp.ts'
import { readStoredRun } from '../../../../../electron/services/openStoredRun.ts'
import { planCleanupOf } from '../../../../../electron/services/planCleanupOf.ts'
import { readRunState } from '../../../../../electron/services/readState.ts'
import { nativeRef } from '../../../../../electron/services/refs.ts'
import { neverCancelled } from '../../../../../shared/cancel.ts'
import { contract } from '../../../../../shared/contract/contract.ts'
import type { RunId } from '../../../../../shared/schema/ids.ts'
import { createWorkbench, type Workbench } from '../../executor/workbench.ts'
import { checkpointedRun } from './checkpointedRun.ts'

let bench: Workbench
beforeEach(async () => {
  bench = await createWorkbench()
})
afterEach(() => bench.close())

const quiet = { signal: neverCancelled, progress: () => undefined }
const policy = { thin: { days: 0, every: null } }

async function plan(given: object = policy) {
  const input = contract['cleanup.plan'].input.parse({ policy: given })
  return planCleanupOf(bench.context, input, quiet)
}

async function apply(given: object = policy) {
  const { plan: shown, ...approval } = await plan(given)
  const input = contract['cleanup.apply'].input.parse({ policy: given, ...approval })
  return { shown, done: await applyCleanup(bench.context, input, quiet) }
}

/** Of every file of runs, without the trash. */
function bytesOnDisk(): number {
  const files = readdirSync(bench.root, { recursive: true, withFileTypes: true })
  return files
    .filter((file) => file.isFile() && /\/(runs|backups|logs)(\/|$)/.test(file.parentPath))
    .filter((file) => !file.parentPath.includes('/trash/'))
    .reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0)
}

async function pageAt(run: RunId, checkpoint: string): Promise<unknown> {
  const at = { ref: nativeRef(bench.context, run), checkpoint }
  return (await readRunState(bench.context, at)).variables['page']
}

async function opensAt(run: RunId): Promise<readonly string[]> {
  const opened: string[] = []
  const { run: now } = await readStoredRun(bench.context, run)
  for (const { id } of now?.checkpoints ?? []) {
    const [found] = await Promise.allSettled([pageAt(run, id)])
    if (found.status !== 'fulfilled') continue
    expect(found.value).toBe(Number(id.slice(3)))
    opened.push(id)
  }
  return opened
}

test('[X32] the first, the last, named checkpoints, that before a failure and every n-th stay, and open as before', async () => {
  const run = await checkpointedRun(bench.context, { checkpoints: 60, named: [20], failsAfter: 41 })
  const [none, tenth] = [policy, { thin: { days: 0, every: 10 } }]
  expect((await plan(tenth)).plan.victims[0]?.checkpoints).toEqual({ kept: 8, gone: 52 })

  const { done } = await apply(none)

  expect(done.rows.map(({ outcome, cause }) => [outcome, cause])).toEqual([['done', null]])
  expect(await opensAt(run)).toEqual(['cp-1', 'cp-20', 'cp-41', 'cp-60'])
  const findings = await checkRun(bench.context, { ref: nativeRef(bench.context, run) })
  expect(findings.findings).toEqual([])
})

test('[X32] what was thinned has nothing more to thin, and says which checkpoints are gone', async () => {
  const run = await checkpointedRun(bench.context, { checkpoints: 40 })
  await apply()
  expect((await plan()).plan).toMatchObject({ total: 0, sums: { thin: { count: 0 } } })

  await expect(pageAt(run, 'cp-17')).rejects.toThrow(
    /Checkpoint cp-17 of run .* was thinned away. The nearest that open are cp-1 and cp-40./,
  )
})

test('[X36] what a thinning promises is what the disk has less', async () => {
  await checkpointedRun(bench.context, { checkpoints: 50 })
  const before = bytesOnDisk()
  const { shown, done } = await apply()

  expect(shown.sizeBytes).toBeGreaterThan(10_000)
  expect([before - bytesOnDisk(), done.freedBytes]).toEqual([shown.sizeBytes, shown.sizeBytes])
})

test('[X35] undone from the trash, head and journal are byte for byte as they were', async () => {
  const run = await checkpointedRun(bench.context, { checkpoints: 40 })
  const paths = [bench.store.layout.head(run), bench.store.layout.journal(run)]
  const texts = () => paths.map((path) => readFileSync(join(bench.root, path), 'utf8'))
  const before = texts()
  const { done } = await apply()
  expect(texts()).not.toEqual(before)

  const entries = done.rows.map(({ result }) => result ?? '')
  const { rows } = await restoreRuns(bench.context, { entries }, quiet)

  expect(rows).toMatchObject([{ outcome: 'done', result: run }])
  expect(texts()).toEqual(before)
  expect(await bench.store.trashed()).toEqual([])
})

test('[X35] a journal is not put back behind what happened since: it stays in the trash', async () => {
  const run = await checkpointedRun(bench.context, { checkpoints: 40 })
  const { done } = await apply()
  const writer = await bench.store.open(run, { purpose: 'test', controlSocket: null })
  await writer.append([{ type: 'variableSet', name: 'since', value: 1 }], { durable: true })
  await writer.release()

  const entries = done.rows.map(({ result }) => result ?? '')
  const { rows } = await restoreRuns(bench.context, { entries }, quiet)

  expect(rows).toMatchObject([{ outcome: 'failed', cause: expect.stringContaining('went on') }])
  expect((await bench.store.trashed()).map(({ kind }) => kind)).toEqual(['thinned'])
})

test('[X34] what a person did stays as a record', async () => {
  const run = await checkpointedRun(bench.context, { checkpoints: 40, editedAfter: 21 })

  await apply()

  const { journal } = await bench.store.read(run)
  const types = journal?.records.map(({ record }) => record.type) ?? []
  expect(types.filter((type) => type === 'edited')).toHaveLength(1)
  expect(types.filter((type) => type === 'checkpoint')).toHaveLength(2)
  expect(journal?.flaws).toEqual([])
  // The keyframe before the edit stands where cp-21 was.
  expect(await opensAt(run)).toEqual(['cp-1', 'cp-21', 'cp-40'])
})

test('[X33] a thinned journal that is thinned again, and goes on, is read without a flaw', async () => {
  const run = await checkpointedRun(bench.context, { checkpoints: 60 })
  await apply({ thin: { days: 0, every: 10 } })
  await apply()
  expect(await opensAt(run)).toEqual(['cp-1', 'cp-60'])
  const writer = await bench.store.open(run, { purpose: 'test', controlSocket: null })
  await writer.append([{ type: 'variableSet', name: 'since', value: 1 }], { durable: true })
  await writer.release()

  const { run: now, health, reading } = await readStoredRun(bench.context, run)
  expect([health, reading.findings, now?.variables['since']]).toEqual(['ok', [], 1])
})
