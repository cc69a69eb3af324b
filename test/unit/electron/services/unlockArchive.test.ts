import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBundleDesk } from '../../../../electron/host/createBundleDesk.ts'
import { createHost, type Host } from '../../../../electron/host/createHost.ts'
import { archiveRuns } from '../../../../electron/services/archiveRuns.ts'
import { createOpenedArchives } from '../../../../electron/services/openedArchives.ts'
import { unlockArchive } from '../../../../electron/services/unlockArchive.ts'
import { neverCancelled } from '../../../../shared/cancel.ts'
import type { Ref } from '../../../../shared/contract/call.ts'
import type { Client } from '../../../../shared/contract/contract.ts'
import { connect } from '../../../../shared/rpc/connect.ts'
import { memoryPair } from '../../../../shared/rpc/memory.ts'
import type { RunId } from '../../../../shared/schema/ids.ts'
import { createWorkbench } from '../executor/workbench.ts'

const word = 'plain-word-of-the-state'
const passphrase = 'wet paper lantern'
let folder: string
let root: string
let small: RunId
let large: RunId
let host: Host
let client: Client
let workspace: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unstuck-unlock-'))
  root = join(folder, 'work')
  await mkdir(root)
  const bench = await createWorkbench({ root })
  const steps = { a: { run: 'true' } }
  small = (await bench.run(steps, { inputs: { note: word } })).id
  // Nothing of it can be compressed: other threads are asked for it.
  const noise = randomBytes(400_000).toString('base64')
  large = (await bench.run(steps, { inputs: { note: word, noise } })).id
  const quiet = { signal: neverCancelled, progress: () => undefined }
  const { rows } = await archiveRuns(
    { ...bench.context, bundleDesk: createDesk() },
    { runs: [small, large], passphrase },
    quiet,
  )
  expect(rows.map(({ outcome }) => outcome)).toEqual(['done', 'done'])
  await bench.executor.close()
  host = await createHost({
    path: root,
    host: 'browser',
    trust: true,
    configFolder: join(folder, 'config'),
    cacheFolder: join(folder, 'cache'),
  })
  client = page(host)
  workspace = (await client.call('workspace.get', {})).id
})
afterAll(async () => {
  await host.close()
  await rm(folder, { recursive: true })
})

function createDesk(): ReturnType<typeof createBundleDesk> {
  return createBundleDesk({
    randomId: () => 'x',
    openStore: () => Promise.reject(new Error('not asked for')),
    workFactor: 4,
  })
}

function page(on: Host): Client {
  const [here, there] = memoryPair()
  on.attach(there, { readOnly: true })
  return connect(here)
}

function refOf(run: RunId): Ref {
  return { workspace, format: 'unstuck', document: run, item: null }
}

const sealed = { code: 'invalid-input', details: { needs: 'passphrase' } }

/** Every file below the folders of the host in which the word stands. */
async function filesWith(text: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true })
  const found: string[] = []
  for (const name of names) {
    const path = join(folder, name)
    if ((await stat(path)).isFile() && (await readFile(path, 'latin1')).includes(text))
      found.push(name)
  }
  return found
}

async function exported(run: RunId): Promise<string> {
  const owner = host.client()
  const begun = await owner.call('export.open', { runs: [run], as: 'json' })
  let text = ''
  for (let piece = 0; ; piece += 1) {
    const read = await owner.call('export.read', { export: begun.export, piece })
    text += read.text
    if (read.end !== null) return text
  }
}

test('[X136] an encrypted archived run is read with its passphrase, on every thread, until it is locked again', async () => {
  for (const run of [small, large]) {
    const ref = refOf(run)
    await expect(client.call('run.get', { ref })).rejects.toMatchObject(sealed)
    await expect(client.call('archive.unlock', { ref, passphrase: 'dry' })).rejects.toMatchObject(
      sealed,
    )
    await expect(client.call('run.get', { ref })).rejects.toMatchObject(sealed)

    expect(await client.call('archive.unlock', { ref, passphrase })).toEqual({ unlocked: true })

    expect(await client.call('run.get', { ref })).toMatchObject({
      unlocked: true,
      archive: expect.stringContaining('.tar.zst'),
      health: 'ok',
    })
    const { text } = await client.call('state.value', {
      ref,
      checkpoint: null,
      pointer: '/inputs/note',
    })
    expect(text).toBe(JSON.stringify(word))
    expect(await exported(run)).toContain(word)
  }

  expect(await client.call('archive.lock', { ref: refOf(large) })).toEqual({ locked: true })

  await expect(client.call('run.get', { ref: refOf(large) })).rejects.toMatchObject(sealed)
  const value = { ref: refOf(large), checkpoint: null, pointer: '/inputs/note' }
  await expect(client.call('state.value', value)).rejects.toMatchObject(sealed)
  await expect(exported(large)).rejects.toMatchObject(sealed)
  expect(await client.call('run.get', { ref: refOf(small) })).toMatchObject({ unlocked: true })
  expect(await client.call('archive.lock', { ref: refOf(large) })).toEqual({ locked: false })
})

test('[X137] its row goes on to say only what is in the clear, and nothing of it comes to any disk', async () => {
  const ref = refOf(small)
  await client.call('archive.unlock', { ref, passphrase })
  await client.call('state.read', { ref, checkpoint: null })
  const { rows } = await client.call('run.list', { text: small })

  expect(rows).toMatchObject([{ id: small, archived: true, reason: { rule: 'E219' } }])
  expect(await filesWith(word)).toEqual([])
  expect(await filesWith(passphrase)).toEqual([])
  const log = await readFile(join(root, '.unstuck/operations.jsonl'), 'utf8')
  expect(log).not.toContain('archive.unlock')
})

test('[X138] what is open is locked at the end of the host, and where the file that was opened is replaced', async () => {
  const ref = refOf(small)
  await client.call('archive.unlock', { ref, passphrase })
  const archive = (await client.call('run.get', { ref })).archive ?? ''
  const second = await createHost({
    path: root,
    host: 'browser',
    configFolder: join(folder, 'config'),
    cacheFolder: join(folder, 'cache'),
  })
  await expect(page(second).call('run.get', { ref })).rejects.toMatchObject(sealed)
  await second.close()

  const path = join(root, archive)
  await writeFile(`${path}.copy`, await readFile(path))
  await rename(`${path}.copy`, path)

  await expect(client.call('run.get', { ref })).rejects.toMatchObject(sealed)
})

test('[X138] an hour after it was opened last it is locked again', async () => {
  const waiting: { readonly ms: number; readonly work: () => void }[] = []
  const bench = await createWorkbench({ root })
  const context = {
    ...bench.context,
    bundleDesk: createDesk(),
    openedArchives: createOpenedArchives((ms, work) => void waiting.push({ ms, work })),
  }
  const input = { ref: { ...refOf(small), workspace: bench.context.workspace.id }, passphrase }
  await unlockArchive(context, input)
  await unlockArchive(context, input)
  expect(waiting.map(({ ms }) => ms)).toEqual([3_600_000, 3_600_000])

  waiting[0]?.work()
  expect(await bench.store.read(small)).toMatchObject({ archive: { isSealed: true } })
  waiting[1]?.work()
  await expect(bench.store.read(small)).rejects.toMatchObject(sealed)
  expect(bench.store.lockArchive(null)).toEqual([])
  await bench.close()
})

test('[X139] a run that is open so is neither forked, nor resumed, nor tried: its state would lie plain on the disk', async () => {
  const ref = refOf(small)
  const owner = host.client()
  await owner.call('archive.unlock', { ref, passphrase })

  await expect(owner.call('resume.plan', { ref, fork: true })).rejects.toMatchObject({
    code: 'invalid-input',
    message: expect.stringContaining('unstuck unarchive'),
  })
  await expect(owner.call('step.try', { ref, step: 'a' })).rejects.toMatchObject({
    message: expect.stringContaining('no step of it is tried'),
  })
  await expect(
    owner.call('run.annotate', { runs: [small], change: { pinned: true } }),
  ).resolves.toMatchObject({ rows: [{ outcome: 'failed' }] })
})
