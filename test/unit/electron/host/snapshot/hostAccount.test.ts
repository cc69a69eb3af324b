import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createHost, type Host, type HostOptions } from '../../../../../electron/host/createHost.ts'
import {
  decodeHostState,
  encodeHostState,
} from '../../../../../electron/host/snapshot/hostStateText.ts'
import { createProcessKeeper } from '../../../../../electron/host/snapshot/createProcessKeeper.ts'
import type { Ref } from '../../../../../shared/contract/call.ts'
import type { HostFacts } from '../../../../../shared/contract/host.ts'
import type { HostState, HostWorkspace } from '../../../../../shared/schema/hostState.ts'
import { RunId } from '../../../../../shared/schema/ids.ts'

let folder: string
let workspace: string
let stateFile: string
const hosts: Host[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unstuck-account-'))
  workspace = join(folder, 'workspace')
  stateFile = join(folder, 'state.json')
  await mkdir(workspace)
  const steps = { ask: { gate: { message: 'Go on?' } }, after: { run: 'true', needs: ['ask'] } }
  await writeFile(join(workspace, 'gate.yaml'), JSON.stringify({ name: 'gated', steps }))
})

afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
})

async function openHost(options: Partial<HostOptions> = {}): Promise<Host> {
  const host = await createHost({
    path: workspace,
    host: 'browser',
    stateFile,
    trust: true,
    configFolder: join(folder, 'config'),
    cacheFolder: join(folder, 'cache'),
    ...options,
  })
  hosts.push(host)
  return host
}

async function closeAll(): Promise<void> {
  for (const host of hosts.splice(0)) await host.close()
}

function factsOf(host: Host): Promise<HostFacts> {
  return host.client().call('host.get', {})
}

async function startGated(host: Host): Promise<Ref> {
  const { ref } = await host.client().call('run.start', { definition: 'gate.yaml' })
  await expect.poll(async () => (await factsOf(host)).approvals.total).toBe(1)
  return ref
}

async function approve(host: Host, ref: Ref): Promise<void> {
  const decided = { ref, step: 'ask', decision: 'approved' } as const
  await host.client().call('run.decide', decided)
  await host.client().call('run.wait', { ref })
}

async function stored(): Promise<HostState> {
  const found = decodeHostState(await readFile(stateFile, 'utf8'))
  if (found.kind !== 'state') throw new Error(`There is no state in the file: ${found.kind}`)
  return found.state
}

/** As if the host had been killed when the file said this. */
async function putBack(state: HostState, change: Partial<HostWorkspace> = {}): Promise<void> {
  const workspaces = state.workspaces.map((one) => ({ ...one, ...change }))
  await writeFile(stateFile, encodeHostState({ ...state, workspaces }))
}

test('[E129] what a host holds is told, and what it does not hold any more is not', async () => {
  const host = await openHost()
  const ref = await startGated(host)
  const held = await factsOf(host)
  expect(held.runs.shown).toMatchObject([{ run: ref.document, workflow: 'gated' }])
  expect(held.definitions.shown).toMatchObject([
    { workflow: 'gated', runs: 1, digest: expect.stringMatching(/^sha256:/) },
  ])
  expect(held.approvals.shown).toMatchObject([{ run: ref.document, step: 'ask', until: null }])
  expect(held.locks.shown).toMatchObject([{ run: ref.document, epoch: 1 }])
  expect(held).toMatchObject({ trusted: true, differences: { total: 0 } })
  expect(held.process).toMatchObject({ pid: process.pid, isAlive: true })
  expect(held.workspaces.shown).toMatchObject([{ path: host.workspace.root, closedAt: null }])

  await approve(host, ref)
  await expect.poll(async () => (await factsOf(host)).locks.total).toBe(0)
  const after = await factsOf(host)
  expect([after.runs.total, after.approvals.total, after.operations.total]).toEqual([0, 0, 0])
  expect(after.events.total).toBeGreaterThan(0)
})

test('[E129] without a state file the account is the same, and nothing is written', async () => {
  const host = await openHost({ stateFile: null })
  const ref = await startGated(host)
  const { stateFile: file, runs, process: own } = await factsOf(host)
  expect([file, runs.total]).toEqual([null, 1])
  expect(own).toMatchObject({ pid: process.pid, hostName: hostname() })
  await approve(host, ref)
  expect(existsSync(stateFile)).toBe(false)
})

test('[E123] journal and locks win over the file, and each difference is told', async () => {
  const host = await openHost()
  const ref = await startGated(host)
  await expect.poll(async () => (await stored()).workspaces[0]?.approvals.length).toBe(1)
  const before = await stored()
  await approve(host, ref)
  await closeAll()
  const since = '2026-01-02T03:04:05.678Z'
  const run = RunId.parse(ref.document)
  await putBack(before, {
    trusted: false,
    locks: [{ run: RunId.parse('gone-1'), epoch: 1, purpose: 'repair', since }],
    operations: [{ id: 'x', call: 'repair.apply', item: 'gone-1', by: 'ada', since }],
  })

  const next = await openHost()
  const { differences, runs, approvals, locks, operations } = await factsOf(next)
  expect(differences.shown.map(({ about, item, now }) => [about, item, now])).toEqual([
    ['run', run, 'It is completed.'],
    ['approval', `${run} ask`, 'It is succeeded.'],
    ['lock', 'gone-1', expect.stringContaining('gone-1')],
    ['operation', 'gone-1', 'The operations log does not know it.'],
    ['trust', next.workspace.root, 'It is.'],
  ])
  expect([runs, approvals, locks, operations].map(({ total }) => total)).toEqual([0, 0, 0, 0])
})

test('[E123] a gate that still waits is no difference', async () => {
  const host = await openHost()
  await startGated(host)
  await closeAll()
  const { differences } = await factsOf(await openHost())
  expect(differences.shown.map(({ about }) => about)).toEqual(['run'])
})

test('[E128] a run of which nothing is kept is not in the file', async () => {
  await writeFile(join(workspace, 'unstuck.json'), '{"persistence":{"enabled":false}}')
  const host = await openHost()
  const { ref } = await host.client().call('run.start', { definition: 'gate.yaml' })
  await expect.poll(() => host.liveRuns().length).toBe(1)
  expect((await factsOf(host)).runs.total).toBe(0)
  await closeAll()
  expect(await readFile(stateFile, 'utf8')).not.toContain(ref.document)
})

test('[E126] a batch that is not there cannot be dismissed, and the others stay', async () => {
  const client = (await openHost()).client()
  await expect(client.call('host.dismiss', { batches: [7] })).rejects.toMatchObject({
    code: 'not-found',
  })
})

test('[E130] all workspaces of a process lie in one file, and each is told what it held', async () => {
  const other = join(folder, 'other')
  await mkdir(other)
  await writeFile(join(other, 'gate.yaml'), await readFile(join(workspace, 'gate.yaml')))
  const configFolder = join(folder, 'config')
  const shared = {
    path: stateFile,
    host: 'electron' as const,
    configFolder,
    report: () => undefined,
  }
  const keeper = createProcessKeeper(shared)
  const both = [await openHost({ keeper }), await openHost({ keeper, path: other })]
  for (const host of both) await startGated(host)
  expect((await stored()).owner.application.host).toBe('electron')
  await closeAll()
  await keeper.close()
  expect((await stored()).workspaces.map(({ name }) => name).toSorted()).toEqual([
    'other',
    'workspace',
  ])

  const next = createProcessKeeper(shared)
  const opened = await openHost({ keeper: next, path: other })
  const { differences, workspaces } = await factsOf(opened)
  expect(differences.shown.map(({ about }) => about)).toEqual(['run'])
  expect(workspaces.shown.map(({ name, closedAt }) => [name, closedAt === null])).toEqual([
    ['other', true],
    ['workspace', false],
  ])
  await closeAll()
  await next.close()
})

test('[E127] a command takes the file when it begins a batch, and gives it back', async () => {
  const command = await openHost({ host: 'cli' })
  await factsOf(command)
  expect(existsSync(stateFile)).toBe(false)
  await command.client().call('run.archive', { runs: ['gone-1'] })
  const { batches, stateFile: file } = await factsOf(command)
  expect(file?.use).toBe('kept')
  expect(batches.shown).toMatchObject([
    { call: 'run.archive', state: 'ended', counts: { failed: 1 } },
  ])
  await closeAll()
  expect((await stored()).workspaces[0]?.batches).toMatchObject([{ number: 1, state: 'ended' }])
  expect((await factsOf(await openHost())).stateFile).toMatchObject({ use: 'kept' })
})

test('[E126] [E120] what another host keeps is not dismissed from here', async () => {
  const host = await openHost()
  const command = await openHost({ host: 'cli' })
  await expect(command.client().call('host.dismiss', {})).rejects.toMatchObject({ code: 'locked' })
  expect((await factsOf(host)).stateFile?.use).toBe('kept')
})
