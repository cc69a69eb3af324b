import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance as eventLoop } from 'node:perf_hooks'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createHost, type Host } from '../../../../../electron/host/createHost.ts'
import type { Client } from '../../../../../shared/contract/contract.ts'
import { connect } from '../../../../../shared/rpc/connect.ts'
import { memoryPair } from '../../../../../shared/rpc/memory.ts'
import { RunId } from '../../../../../shared/schema/ids.ts'
import { makeLongRun } from '../../../../bench/makeLongRun.ts'

const id = RunId.parse('long-20260102t030405z-1mb')
const secret = 'correct-horse-battery-9'
let folder: string
let host: Host
let client: Client

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unstuck-exports-'))
  const rows = Array.from({ length: 800 }, (_, index) => ({
    id: index,
    password: `${secret}${index % 7}`,
    text: `what came of row ${index}, as its program told it; `.repeat(8),
  }))
  await makeLongRun(folder, { id, records: 2, variables: { rows } })
  host = await createHost({ path: folder, host: 'browser', configFolder: join(folder, 'config') })
  const [here, there] = memoryPair()
  host.attach(there)
  client = connect(here)
})
afterAll(async () => {
  await host.close()
  await rm(folder, { recursive: true })
})

async function exported(): Promise<string> {
  const begun = await client.call('export.open', { runs: [id], as: 'json' })
  let text = ''
  for (let piece = 0; ; piece += 1) {
    const read = await client.call('export.read', { export: begun.export, piece })
    text += read.text
    if (read.end !== null) return text
  }
}

async function bundled(): Promise<number> {
  const { plan, ...approval } = await client.call('bundle.export.plan', { runs: [id] })
  expect(plan.ready).toBe(true)
  const made = await client.call('bundle.export.apply', { runs: [id], ...approval })
  let sizeBytes = 0
  for (let offset: number | null = 0; offset !== null;) {
    const input: { download: string; offset: number } = { download: made.download, offset }
    const piece: { bytes: string; nextOffset: number | null } = await client.call(
      'bundle.read',
      input,
    )
    sizeBytes += Buffer.from(piece.bytes, 'base64').byteLength
    offset = piece.nextOffset
  }
  expect(sizeBytes).toBe(made.sizeBytes)
  return sizeBytes
}

test('[X106] an export and a bundle are masked on a thread of their own, and noted by the host', async () => {
  // The threads are there, and this one has loaded what it needs.
  await client.call('export.plan', { runs: [id], as: 'jsonl' })
  const began = eventLoop.eventLoopUtilization()

  const text = await exported()
  await bundled()

  // Masking takes most of this time: here hardly anything was done meanwhile.
  expect(eventLoop.eventLoopUtilization(began).utilization).toBeLessThan(0.5)
  expect(text.length).toBeGreaterThan(300_000)
  expect(text).not.toContain(secret)
  const log = await readFile(join(folder, '.unstuck/operations.jsonl'), 'utf8')
  const told = log
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, string>)
  expect(told.map(({ call, phase, outcome }) => [call, phase, outcome])).toEqual([
    ['export.open', 'requested', null],
    ['export.open', 'observed', 'done'],
    ['bundle.export', 'requested', null],
    ['bundle.export', 'observed', 'done'],
  ])
})

test('[X106] what is refused or given up is noted too, and refused before it is begun', async () => {
  await expect(
    client.call('export.open', { runs: [id], as: 'json', redact: false }),
  ).rejects.toThrow('Say why')
  await expect(client.call('export.open', { runs: [id], as: 'patch' })).rejects.toThrow(
    'from which checkpoint',
  )
  const { export: token } = await client.call('export.open', { runs: [id], as: 'json' })
  await client.call('export.read', { export: token, piece: 0 })
  await expect(client.call('export.read', { export: token, piece: 9 })).rejects.toThrow(
    'in their order',
  )
  await client.call('export.close', { export: token })
  await expect(client.call('export.read', { export: token, piece: 1 })).rejects.toMatchObject({
    code: 'not-found',
  })
  const { operations } = await client.call('operations.list', { call: 'export.open', limit: 2 })
  expect(operations.map(({ state }) => state)).toEqual(['failed', 'failed'])
})

test('[X106] runs that are kept in memory only are exported all the same', async () => {
  // Its files must not lie where another test looks for what a run leaves.
  vi.stubEnv('TMPDIR', folder)
  const flow = { name: 'w', steps: { one: { run: 'true' } } }
  await writeFile(join(folder, 'w.yaml'), JSON.stringify(flow))
  await writeFile(
    join(folder, 'unstuck.json'),
    JSON.stringify({ version: 1, persistence: { enabled: false } }),
  )
  const volatile = await createHost({
    path: folder,
    host: 'browser',
    trust: true,
    configFolder: join(folder, 'config'),
  })
  try {
    const own = volatile.client()
    const { ref } = await own.call('run.start', { definition: 'w.yaml' })
    await own.call('run.wait', { ref })
    const runs = [RunId.parse(ref.document)]
    const planned = await own.call('export.plan', { runs, as: 'json' })
    const { plan } = await own.call('bundle.export.plan', { runs })
    expect([planned.problems, plan.ready]).toEqual([[], true])
  } finally {
    await volatile.close()
    vi.unstubAllEnvs()
  }
})
