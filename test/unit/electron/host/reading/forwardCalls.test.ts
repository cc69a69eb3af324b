import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHost, type Host } from '../../../../../electron/host/createHost.ts'
import { createFileStore } from '../../../../../electron/store/fileStore.ts'
import type { Ref } from '../../../../../shared/contract/call.ts'
import type { Client } from '../../../../../shared/contract/contract.ts'
import { healthy, makeLong, makeWorkspace, victim } from '../../../../faults/campaigns/oddMakers.ts'
import { createClock, createIds, testing } from '../../store/storeFixtures.ts'

let folder: string
let root: string
const hosts: Host[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unstuck-forward-'))
  root = join(folder, 'flows')
  await mkdir(root)
  await makeWorkspace(root)
  await makeLong(root, 30)
  await writeFile(join(root, 'listed.yaml'), 'name: listed\nsteps:\n  a: { run: "true" }\n')
})
afterAll(async () => {
  for (const host of hosts) await host.close()
  await rm(folder, { recursive: true })
})

async function open(kind: 'cli' | 'browser'): Promise<Client> {
  const host = await createHost({
    path: root,
    host: kind,
    configFolder: join(folder, 'config'),
    cacheFolder: join(folder, `cache-${kind}`),
  })
  hosts.push(host)
  return host.client()
}

async function refOf(client: Client, document: string): Promise<Ref> {
  const { id } = await client.call('workspace.get', {})
  return { workspace: id, format: 'unstuck', document, item: null }
}

/** Everything that is read of a run. */
async function readAll(client: Client, document: string): Promise<readonly unknown[]> {
  const ref = await refOf(client, document)
  const sides = { left: { ref, checkpoint: null }, right: { ref, checkpoint: null } }
  const { plan: resume } = await client.call('resume.plan', { ref })
  const { plan: repair } = await client.call('repair.plan', { ref })
  return [
    resume,
    repair,
    await client.call('run.get', { ref }),
    await client.call('run.forks', { ref }),
    await client.call('run.steps', { ref }),
    await client.call('run.checkpoints', { ref }),
    await client.call('run.history', { ref, limit: 5 }),
    await client.call('run.check', { ref }),
    await client.call('run.wait', { ref }),
    await client.call('state.read', { ref }),
    await client.call('state.value', { ref, limitBytes: 1000 }),
    await client.call('checkpoint.compare', sides),
    await client.call('checkpoint.patch', sides),
    await client.call('run.divergence', sides),
    await client.call('state.blame', { ref, pointer: '/status' }),
    await client.call('edit.plan', { ref, edits: [edit], asOf }),
    await client.call('run.raw', { ref, file: 'journal', offset: 2_000_000, limitBytes: 100 }),
  ]
}

const edit = { kind: 'set', path: '/variables/x', json: '1' } as const
const asOf = '2026-01-02T03:04:05.678Z'

describe('a host that serves for long', () => {
  test('[Q20] says of a large run, and of a small one, what a command says', async () => {
    const [command, server] = [await open('cli'), await open('browser')]

    for (const run of [victim, healthy])
      expect(await readAll(server, run)).toEqual(await readAll(command, run))
  })

  test('[Q19] lists and plans over all rows as a command does', async () => {
    const [command, server] = [await open('cli'), await open('browser')]
    const policy = {
      days: { completed: 0, failed: 0, cancelled: 0 },
      maxRunsPerWorkflow: 1,
      maxBytes: null,
    }
    const answers = async (client: Client) => [
      (await client.call('run.list', {})).rows,
      await client.call('run.select', {}),
      (await client.call('cleanup.plan', { policy })).plan,
      (await client.call('migrate.plan', {})).plan,
      (await client.call('edit.batch.plan', { runs: [victim, healthy], edit, asOf })).plan,
      (await client.call('workflow.list', {})).workflows,
    ]

    const told = await answers(server)
    expect(told).toEqual(await answers(command))
    expect(told.at(-1)).toMatchObject([{ path: 'listed.yaml', name: 'listed', steps: 1 }])
  })

  test('[Q25] a run that this process holds is held here, whichever thread is asked', async () => {
    const server = await open('browser')
    const store = await createFileStore({
      root,
      now: createClock(),
      randomId: createIds('h'),
      application: { version: 'test' },
      configFolder: join(folder, 'config'),
    })
    const writers = [await store.open(victim, testing), await store.open(healthy, testing)]
    const [large, small] = [await refOf(server, victim), await refOf(server, healthy)]

    for (const ref of [large, small])
      expect(await server.call('run.get', { ref })).toMatchObject({
        heldHere: true,
        holder: { pid: process.pid },
      })
    for (const writer of writers) await writer.release()
    await store.close()
  })

  test('[Q24] a reading thread does not keep its process alive', async () => {
    const module = pathToFileURL(
      join(import.meta.dirname, '../../../../../electron/host/reading/startReadingWorker.ts'),
    )
    const options = { path: root, host: 'browser', configFolder: folder, cacheFolder: folder }
    const script = `const { startReadingWorker } = await import(${JSON.stringify(module.href)})
      const worker = startReadingWorker(${JSON.stringify({ ...options, isSample: false })})
      console.log((await worker.call('run.list', {})).total)`
    const file = join(folder, 'ask.mjs')
    await writeFile(file, script)

    expect(
      execFileSync(process.execPath, ['--no-warnings', file], { timeout: 60_000 }).toString(),
    ).toBe('2\n')
  })

  // It changes the runs that all tests share, so it comes last.
  test('[N22] a plan over many runs that a reading thread made is applied as it was shown', async () => {
    const server = await open('browser')
    const asked = { runs: [victim, healthy], edit }
    const { plan, ...approval } = await server.call('edit.batch.plan', { ...asked, limit: 1 })
    const { digest, asOf: at } = approval
    const rest = { ...asked, digest, asOf: at, offset: 1, limit: 1 }
    const second = await server.call('edit.batch.plan', rest)

    const done = await server.call('edit.batch.apply', { ...asked, ...approval, reason: 'why' })

    expect([...plan.rows, ...second.plan.rows].map(({ run }) => run)).toEqual([victim, healthy])
    expect(second).toMatchObject({ digest, rev: approval.rev, plan: { total: 2 } })
    expect(done.rows.map(({ item, cause }) => [item, cause])).toEqual(
      [...plan.rows, ...second.plan.rows].map(({ run, outcome, sentence }) => [
        run,
        outcome === 'ready' ? null : sentence,
      ]),
    )
  })
})
