import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listTrash, restoreRuns } from '../../../../electron/services/cleanUp.ts'
import {
  applyEngineCleanup,
  planEngineCleanup,
} from '../../../../electron/services/engineCleanup.ts'
import { neverCancelled } from '../../../../shared/cancel.ts'
import { openForeignBench } from './foreignBench.ts'

const input = { olderThanDays: 0, keepLatest: 1, asOf: null }
const options = { signal: neverCancelled, progress: () => undefined }

test('[F280] a clean-up of other engines tells each of their rules, what their own would destroy, and file by file which rule takes it', async () => {
  const bench = await openForeignBench('tapps/healthy-mixed')
  await bench.put('awf/failed.json', 'states/11111111-aaaa-4aaa-8aaa-111111111111.json')

  const { plan } = await planEngineCleanup(bench.context, input)

  expect(plan.engines.map(({ engine, rules }) => [engine, rules.length > 0])).toEqual([
    ['TappsCodingAgents', true],
    ['AWF', false],
  ])
  expect(plan.engines[0]?.dangers.join()).toContain('deletes the newest snapshot of a workflow')
  const victims = plan.rows.filter(({ goes }) => goes)
  expect(plan.total).toEqual({
    files: victims.length,
    sizeBytes: victims.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    staying: plan.rows.length - victims.length,
  })
  expect(victims.length).toBeGreaterThan(0)
  expect(plan.rows.every(({ reason }) => reason.length > 10)).toBe(true)
})

test('[F281] files of other engines lie in the trash under their own names, and come back byte for byte; what a cancellation left is told', async () => {
  const bench = await openForeignBench('tapps/healthy-mixed')
  const planned = await planEngineCleanup(bench.context, input)
  const [first, second] = planned.plan.rows.filter(({ goes }) => goes)
  const before = await readFile(join(bench.root, first?.path ?? ''))
  let isCancelled = false
  const signal = {
    ...neverCancelled,
    get aborted() {
      return isCancelled
    },
  }

  const { rows, freedBytes } = await applyEngineCleanup(
    bench.context,
    { ...input, asOf: planned.asOf, digest: planned.digest, rev: planned.rev },
    { signal, progress: () => void (isCancelled = true) },
  )

  expect(rows.slice(0, 2)).toMatchObject([
    { item: first?.path, outcome: 'done' },
    { item: second?.path, outcome: 'not-reached' },
  ])
  expect(freedBytes).toBe(first?.sizeBytes)
  const { entries } = await listTrash(bench.context, { offset: 0, limit: 100 })
  expect(entries).toMatchObject([{ run: null, document: first?.path }])
  await restoreRuns(bench.context, { entries: entries.map(({ id }) => id) }, options)
  expect(await readFile(join(bench.root, first?.path ?? ''))).toEqual(before)
})
