import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHost, type Host } from '../../../../electron/host/createHost.ts'
import type { Client } from '../../../../shared/contract/contract.ts'
import { readLogTail } from '../../../../shared/contract/readLogTail.ts'
import type { RunRow } from '../../../../shared/contract/runs.ts'
import { StepId } from '../../../../shared/schema/ids.ts'

let folder = ''
let host: Host
let client: Client
let rows: readonly RunRow[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unstuck-diagnose-'))
  host = await createHost({ path: join(folder), host: 'cli', configFolder: join(folder, 'config') })
  client = host.client()
  await client.call('sample.create', {})
  rows = (await client.call('run.list', {})).rows
}, 60_000)
afterAll(async () => {
  await host.close()
  await rm(folder, { recursive: true, force: true })
})

test('[X143] the operations of the sample stand in the order of their times', async () => {
  const { operations } = await client.call('operations.list', {})
  const times = operations.map(({ requestedAt }) => requestedAt ?? '')
  expect(times.length).toBeGreaterThanOrEqual(7)
  expect(times).toEqual(times.toSorted().toReversed())
})

test('[G51] the healthy runs of the sample have no reason to look at them', async () => {
  const healthy = rows.filter(({ health, status }) => health === 'ok' && status === 'completed')
  const details = await Promise.all(healthy.map(({ ref }) => client.call('run.get', { ref })))
  expect(healthy.length).toBeGreaterThanOrEqual(2)
  expect(details.flatMap(({ diagnoses }) => diagnoses.map(({ rule }) => rule))).toEqual(
    healthy.map(() => 'G29'),
  )
})

test('[G58] a row of the sample says what its screen says first', async () => {
  const first = await Promise.all(
    rows.map(async ({ ref }) => (await client.call('run.get', { ref })).diagnoses[0]?.rule),
  )
  expect(rows.map(({ id, reason }) => [id, reason.rule])).toEqual(
    rows.map(({ id }, index) => [id, first[index]]),
  )
})

test('[G57] the end of a log is its last lines, and of no log nothing', async () => {
  const failed = rows.find(({ status, health }) => status === 'failed' && health === 'ok')
  if (failed === undefined) throw new Error('The sample has no failed run.')
  const { ref } = failed
  const step = StepId.parse('load')
  expect(await readLogTail(client, { ref, step, attempt: 3 })).toEqual({
    lines: ['connecting to reports-db:5432', 'connection refused (reports-db:5432)'],
    sizeBytes: 67,
  })
  expect(await readLogTail(client, { ref, step, attempt: 9 })).toEqual({ lines: [], sizeBytes: 0 })
})
