import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeBundle } from '../../../../electron/bundle/writeBundle.ts'
import type { Host, HostOptions } from '../../../../electron/host/createHost.ts'
import { openHost } from '../../../../electron/host/openHost.ts'
import { neverCancelled } from '../../../../shared/cancel.ts'
import type { Client } from '../../../../shared/contract/contract.ts'
import { BundleManifest } from '../../../../shared/core/bundle/manifest.ts'
import { connect } from '../../../../shared/rpc/connect.ts'
import { memoryPair } from '../../../../shared/rpc/memory.ts'

const passphrase = 'wet paper lantern'
let folder: string
let file: string
const hosts: Host[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unstuck-locked-'))
  file = join(folder, 'secret.unstuck')
  const manifest = BundleManifest.parse({
    format: 'unstuck-bundle',
    version: 1,
    madeBy: { application: 'unstuck', version: '0.0.0-test' },
    madeAt: '2026-01-02T03:04:05.678Z',
    source: { workspace: 'x', folder: null, host: null },
    redacted: true,
    includes: { logs: true, backups: false, paths: false },
    runs: [
      {
        id: 'a',
        day: '2026-01-02',
        kind: null,
        workflow: null,
        status: null,
        form: 'exact',
        note: null,
      },
    ],
    files: [],
    redaction: { total: 0, values: 0, rules: [], rows: [], more: 0 },
  })
  const seal = { passphrase, workFactor: 4 }
  await writeBundle(file, { manifest, content: noContent, seal, signal: neverCancelled })
})
afterAll(async () => {
  await Promise.all(hosts.map((host) => host.close()))
  await rm(folder, { recursive: true, force: true })
})

async function open(more: Partial<HostOptions> = {}): Promise<Host> {
  const kept = { configFolder: join(folder, 'config'), cacheFolder: join(folder, 'cache') }
  const host = await openHost({ path: file, host: 'browser', ...kept, ...more })
  hosts.push(host)
  return host
}

function page(host: Host, options: { readonly readOnly?: boolean } = {}): Client {
  const [here, there] = memoryPair()
  host.attach(there, options)
  return connect(here)
}

const locked = { code: 'invalid-input', details: { needs: 'passphrase' } }

test('[X95] nothing of an encrypted bundle is told before its passphrase; a wrong one can be followed by another', async () => {
  const host = await open()
  const first = page(host, { readOnly: true })
  const other = page(host)
  let changes = 0
  other.on('workspace.changed', () => (changes += 1))

  await expect(first.call('workspace.get', {})).rejects.toMatchObject({
    details: { needs: 'passphrase', bundle: 'secret.unstuck' },
  })
  await expect(first.call('run.list', {})).rejects.toMatchObject(locked)
  await expect(first.call('workspace.unlock', { passphrase: 'dry' })).rejects.toMatchObject(locked)
  await expect(first.call('workspace.get', {})).rejects.toMatchObject(locked)
  expect([changes, host.liveRuns(), basename(host.workspace.bundle ?? '')]).toEqual([
    0,
    [],
    'secret.unstuck',
  ])

  expect(await first.call('workspace.unlock', { passphrase })).toEqual({ name: 'secret.unstuck' })

  const opened = { name: 'secret.unstuck', writable: false, bundle: { sealed: true, runs: 1 } }
  expect(await first.call('workspace.get', {})).toMatchObject(opened)
  // Whoever was there before is told, and asks anew; whoever comes later finds it open.
  expect(changes).toBe(1)
  expect(await other.call('workspace.get', {})).toMatchObject(opened)
  expect(await page(host).call('workspace.get', {})).toMatchObject(opened)
  await expect(other.call('run.archive', { runs: ['a'] as never })).rejects.toMatchObject({
    code: 'read-only',
  })
})

test('[X95] one passphrase is tried at a time', async () => {
  const client = page(await open())

  const tries = await Promise.allSettled(
    ['dry', 'damp', passphrase].map((one) => client.call('workspace.unlock', { passphrase: one })),
  )

  expect(tries.map((tried) => tried.status === 'rejected' && tried.reason.code)).toEqual([
    'invalid-input',
    'busy',
    'busy',
  ])
})

test('[X95] another workspace can be shown instead, unless the host may only be read', async () => {
  const opened: string[] = []
  const recent = {
    list: () => [
      { path: file, attention: null },
      { path: '/srv/etl', attention: 2 },
    ],
    note: () => undefined,
    open: (path: string): void => void opened.push(path),
  }
  const host = await open({ recent })

  const { workspaces } = await page(host).call('workspace.recent', {})
  await page(host).call('workspace.open', { path: '/srv/etl' })
  await expect(
    page(host, { readOnly: true }).call('workspace.open', { path: '/srv/etl' }),
  ).rejects.toMatchObject({ code: 'read-only' })
  await page(host).call('workspace.unlock', { passphrase })
  await page(host).call('workspace.open', { path: '/srv/etl' })

  expect(workspaces.map(({ name, isCurrent }) => [name, isCurrent])).toEqual([
    ['secret.unstuck', true],
    ['etl', false],
  ])
  expect(opened).toEqual(['/srv/etl', '/srv/etl'])
})

test('[X95] a command, and whoever gave a passphrase, is told at once', async () => {
  await expect(open({ host: 'cli' })).rejects.toMatchObject(locked)
  await expect(open({ passphrase: 'dry' })).rejects.toMatchObject(locked)
})

async function* noContent() {}
