import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHost, type Host } from '../../../../electron/host/createHost.ts'
import type { Client } from '../../../../shared/contract/contract.ts'
import { RunId } from '../../../../shared/schema/ids.ts'

let folder: string
const hosts: Host[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unstuck-bundle-host-'))
})
afterAll(async () => {
  await Promise.all(hosts.map((host) => host.close()))
  await rm(folder, { recursive: true, force: true })
})

async function open(path: string): Promise<Host> {
  const host = await createHost({ path, host: 'cli', configFolder: join(folder, 'config') })
  hosts.push(host)
  return host
}

async function ids(client: Client): Promise<RunId[]> {
  const { rows } = await client.call('run.list', { limit: 500 })
  const native = rows.filter(({ ref }) => ref.format === 'unstuck')
  return native.map(({ ref }) => RunId.parse(ref.document)).toSorted()
}

async function bundleOf(client: Client, runs: RunId[]): Promise<Buffer> {
  const { plan: _, ...approval } = await client.call('bundle.export.plan', { runs })
  const { download } = await client.call('bundle.export.apply', { runs, ...approval })
  const pieces: Buffer[] = []
  for (let offset: number | null = 0; offset !== null;) {
    const piece: { bytes: string; nextOffset: number | null } = await client.call('bundle.read', {
      download,
      offset,
    })
    pieces.push(Buffer.from(piece.bytes, 'base64'))
    offset = piece.nextOffset
  }
  return Buffer.concat(pieces)
}

describe('an opened bundle', () => {
  test('[B63] the sample in one file is read like the workspace it is of; nothing is written, trusted or left', async () => {
    const sample = await open(await mkdtemp(join(folder, 'sample-')))
    const client = sample.client()
    await client.call('sample.create', {})
    const all = await ids(client)
    const file = join(folder, 'all.unstuck')
    await writeFile(file, await bundleOf(client, all))

    const host = await open(file)
    const bundle = host.client()

    expect(await bundle.call('workspace.get', {})).toMatchObject({
      writable: false,
      trusted: false,
      readOnlyReason: expect.stringContaining('unstuck import all.unstuck'),
      bundle: { redacted: true, runs: all.length, damaged: 0, source: { folder: null } },
    })
    expect(await ids(bundle)).toEqual(all)
    for (const run of all) {
      const ref = { workspace: '', format: 'unstuck', document: run, item: null } as const
      const [there, here] = await Promise.all([
        client.call('run.get', {
          ref: { ...ref, workspace: (await client.call('workspace.get', {})).id },
        }),
        bundle.call('run.get', {
          ref: { ...ref, workspace: (await bundle.call('workspace.get', {})).id },
        }),
      ])
      expect([run, here.health, here.run?.status]).toEqual([run, there.health, there.run?.status])
    }
    await expect(bundle.call('workspace.trust', { trusted: true })).rejects.toThrow()
    await expect(bundle.call('run.archive', { runs: all.slice(0, 1) })).rejects.toThrow(
      /read-only|read only/i,
    )
    const { root } = host.workspace
    expect(existsSync(root)).toBe(true)
    await host.close()
    expect(existsSync(root)).toBe(false)
    expect(await readFile(file)).toBeInstanceOf(Buffer)
  })
})
