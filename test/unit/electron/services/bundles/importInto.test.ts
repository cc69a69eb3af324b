import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHost, type Host } from '../../../../../electron/host/createHost.ts'
import type { Client } from '../../../../../shared/contract/contract.ts'
import { connect } from '../../../../../shared/rpc/connect.ts'
import { memoryPair } from '../../../../../shared/rpc/memory.ts'
import { RunId } from '../../../../../shared/schema/ids.ts'

let folder: string
let bundle: Host
let target: string
let id: RunId
const hosts: Host[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unstuck-into-'))
  target = await mkdtemp(join(folder, 'target-'))
  const from = await open(await mkdtemp(join(folder, 'from-')))
  id = await failedRun(from)
  const file = join(folder, 'incident.unstuck')
  await writeFile(file, await bundleOf(from.client(), id))
  bundle = await open(file, [target, file, join(folder, 'gone')])
})
afterAll(async () => {
  await Promise.all(hosts.map((host) => host.close()))
  await rm(folder, { recursive: true, force: true })
})

async function open(path: string, recent: readonly string[] | null = null): Promise<Host> {
  const list = () => (recent ?? []).map((one) => ({ path: one, attention: null }))
  const desktop = recent === null ? {} : { recent: { list, note: nothing, open: nothing } }
  const configFolder = join(folder, 'config')
  const host = await createHost({
    path,
    host: 'cli',
    trust: !path.endsWith('.unstuck'),
    configFolder,
    ...desktop,
  })
  hosts.push(host)
  return host
}

const nothing = (): void => undefined

async function failedRun(host: Host): Promise<RunId> {
  const steps = { first: { run: 'true' }, last: { run: 'exit 3', needs: ['first'] } }
  await writeFile(join(host.workspace.root, 'w.yaml'), JSON.stringify({ name: 'w', steps }))
  const client = host.client()
  const { ref } = await client.call('run.start', { definition: 'w.yaml' })
  expect(await client.call('run.wait', { ref })).toMatchObject({ status: 'failed' })
  return RunId.parse(ref.document)
}

async function bundleOf(client: Client, run: RunId): Promise<Buffer> {
  const runs = [run]
  const { plan: _, ...approval } = await client.call('bundle.export.plan', { runs })
  const { download } = await client.call('bundle.export.apply', { runs, ...approval })
  const { bytes, nextOffset } = await client.call('bundle.read', { download })
  expect(nextOffset).toBe(null)
  return Buffer.from(bytes, 'base64')
}

async function into(client: Client, workspace: string, runs: RunId[] | null = null) {
  const asked = { workspace, runs }
  const { plan, ...approval } = await client.call('bundle.into.plan', asked)
  return { plan, ...(await client.call('bundle.into.apply', { ...asked, ...approval })) }
}

test('[X96] runs of an opened bundle become runs of another workspace, with where they came from, and can be taken back', async () => {
  const client = bundle.client()

  const first = await into(client, target)
  const again = await into(client, target, [id])

  expect(first.rows).toMatchObject([{ item: id, outcome: 'done', result: id }])
  const fork = again.rows[0]?.result ?? ''
  expect(again.plan.rows).toMatchObject([{ run: id, as: fork, notes: [/a fork of/] }].map(noted))
  const there = (await open(target)).client()
  const { id: workspace } = await there.call('workspace.get', {})
  const ref = { workspace, format: 'unstuck', document: fork, item: null } as const
  const { run, health } = await there.call('run.get', { ref })
  expect([health, run?.status, run?.lineage]).toMatchObject([
    'ok',
    'failed',
    { parent: id, relation: 'fork' },
  ])
  const { operations } = await there.call('operations.list', {})
  expect(operations.filter(({ call }) => call === 'bundle.import')).toMatchObject([
    { item: fork, undo: { call: 'bundle.import.apply' } },
    { item: id, undo: { call: 'bundle.import.apply' } },
  ])
  // The bundle is as it was.
  expect((await client.call('run.list', {})).rows).toHaveLength(1)
})

test('[X96] only into a folder that was open here lately, and only by who may', async () => {
  const client = bundle.client()

  await expect(into(client, '/etc')).rejects.toMatchObject({ code: 'not-found' })
  await expect(into(client, join(folder, 'gone'))).rejects.toMatchObject({ code: 'not-found' })
  await expect(into(client, bundle.workspace.bundle ?? '')).rejects.toThrow('is one file')
  const alone = await open(join(folder, 'incident.unstuck'))
  await expect(into(alone.client(), target)).rejects.toThrow('unstuck import incident.unstuck')
  const [here, there] = memoryPair()
  bundle.attach(there, { readOnly: true })
  await expect(into(connect(here), target)).rejects.toMatchObject({ code: 'read-only' })
  await expect(into((await open(target)).client(), target)).rejects.toThrow('No bundle is open')
})

function noted({ notes: [pattern], ...row }: { readonly notes: readonly RegExp[] }) {
  return { ...row, notes: [expect.stringMatching(pattern ?? '')] }
}
