import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHost, type Host } from '../../../../electron/host/createHost.ts'
import type { Client } from '../../../../shared/contract/contract.ts'
import type { ExportDocument } from '../../../../shared/contract/exports.ts'
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

async function bundleOf(
  client: Client,
  runs: RunId[],
  documents: ExportDocument[] = [],
): Promise<Buffer> {
  const input = { runs, documents }
  const { plan: _, ...approval } = await client.call('bundle.export.plan', input)
  const { download } = await client.call('bundle.export.apply', { ...input, ...approval })
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

function byName(a: readonly unknown[], b: readonly unknown[]): number {
  return String(a[0]).localeCompare(String(b[0]))
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

  test('[X140] documents of other engines are in it as the files that they are, masked, and read like those of a workspace', async () => {
    const root = await mkdtemp(join(folder, 'others-'))
    const sets = join(import.meta.dirname, '../../../fixtures/foreign/sets')
    await cp(join(sets, 'awf'), join(root, 'awf'), { recursive: true })
    await cp(join(sets, 'marsys'), join(root, 'marsys sessions'), { recursive: true })
    await writeFile(
      join(root, 'jobs.json'),
      JSON.stringify({ id: 'job-7', status: 'failed', error: 'no', password: 'correct-horse-9' }),
    )
    const packed = gzipSync(JSON.stringify({ id: 'job-8', status: 'failed', error: 'no' }))
    await writeFile(join(root, 'packed.json.gz'), packed)
    const client = (await open(root)).client()
    const { rows } = await client.call('run.list', { limit: 500 })
    const documents = rows.map(({ ref: { format, document } }) => ({
      format,
      document,
      item: null,
    }))

    const { plan, ...approval } = await client.call('bundle.export.plan', { documents })

    expect(plan).toMatchObject({ ready: true, runs: 0 })
    const refused = plan.documents?.filter(({ problem }) => problem !== null) ?? []
    expect(refused.map(({ document }) => document)).toContain('packed.json.gz')
    expect(plan.documents?.find(({ document }) => document === 'jobs.json')).toMatchObject({
      form: 'masked',
      problem: null,
    })
    expect(approval.rev).not.toBe('')
    const file = join(folder, 'others.unstuck')
    await writeFile(file, await bundleOf(client, [], documents))
    const host = await open(file)
    const bundle = host.client()
    const shown = await bundle.call('run.list', { limit: 500 })
    const lost = new Set(refused.map(({ document }) => document))
    const facts = ({ ref, status, health }: (typeof rows)[number]) =>
      [ref.document, ref.format, status, health] as const
    // What is no document by itself may lie beside one.
    const told = (all: typeof rows) =>
      all
        .filter(({ ref }) => !lost.has(ref.document))
        .map(facts)
        .toSorted(byName)
    expect(told(shown.rows)).toEqual(told(rows))
    expect((await bundle.call('workspace.get', {})).bundle).toMatchObject({
      runs: 0,
      documents: documents.length - refused.length,
    })
    const text = await readFile(join(host.workspace.root, 'jobs.json'), 'utf8')
    expect(text).not.toContain('correct-horse-9')
    expect(text.replace(/«redacted:\d+»/, 'correct-horse-9')).toBe(
      await readFile(join(root, 'jobs.json'), 'utf8'),
    )
    const whole = await client.call('bundle.export.plan', { documents, redact: false })
    expect(whole.plan.documents?.filter(({ problem }) => problem !== null)).toEqual([])
  })
})
