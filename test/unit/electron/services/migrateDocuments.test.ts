import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { ServiceContext } from '../../../../electron/services/context.ts'
import {
  applyMigration,
  planMigrationOf,
  rollbackMigration,
} from '../../../../electron/services/migrateDocuments.ts'
import { RunId } from '../../../../shared/schema/ids.ts'
import { pastMigrations } from '../../../../electron/services/pastMigrations.ts'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'

let bench: Workbench
afterEach(() => bench.close())

const beside = 'runs/deploy-7.json'
const options = { signal: new AbortController().signal, progress: () => undefined }

function documentOf(status: string): string {
  const build = { status: 'completed', output: 'ok', exit_code: 0 }
  return JSON.stringify({
    workflow_id: 'deploy-7',
    workflow_name: 'deploy',
    status,
    states: { build },
  })
}

async function write(document: string, status: string): Promise<void> {
  await mkdir(join(bench.root, document, '..'), { recursive: true })
  await writeFile(join(bench.root, document), documentOf(status))
}

async function migrate(document: string, context: ServiceContext = bench.context) {
  const input = {
    rev: null,
    documents: [document],
    asOf: null,
    digest: null,
    offset: 0,
    limit: 500,
  }
  const { rev, digest, asOf } = await planMigrationOf(bench.context, input)
  return applyMigration(context, { ...input, asOf, rev, digest }, options)
}

/** The engine that owns the document writes it once more, just before this call of the store. */
function writingBefore(call: 'create' | 'open' | 'moveToBackup', document: string): ServiceContext {
  const { store } = bench.context
  const changed = {
    ...store,
    [call]: async (...given: never[]) => {
      await write(document, 'failed')
      const original: (...args: never[]) => unknown = store[call]
      return original(...given)
    },
  }
  return { ...bench.context, store: changed }
}

describe('a document that changes while it is migrated', () => {
  test.each(['create', 'moveToBackup'] as const)(
    '[E30] before %s: it stays where it is, and no run is left beside it',
    async (call) => {
      bench = await createWorkbench()
      await write(beside, 'running')
      const { rows } = await migrate(beside, writingBefore(call, beside))
      expect(rows).toMatchObject([{ item: beside, outcome: 'stale' }])
      expect(await readFile(join(bench.root, beside), 'utf8')).toBe(documentOf('failed'))
      const entries = await bench.store.list()
      expect(entries.filter(({ kind }) => kind === 'run')).toEqual([])

      expect((await migrate(beside)).rows).toMatchObject([{ outcome: 'done', result: 'deploy-7' }])
      expect((await bench.read(RunId.parse('deploy-7'))).status).toBe('failed')
    },
  )

  test('[E30] in the place of its run: it is not replaced', async () => {
    bench = await createWorkbench()
    const place = 'runs/2025-01-02/deploy-7.json'
    await write(place, 'running')
    const { rows } = await migrate(place, writingBefore('open', place))
    expect(rows).toMatchObject([{ outcome: 'stale' }])
    expect(await readFile(join(bench.root, place), 'utf8')).toBe(documentOf('failed'))
    expect(await readdir(join(bench.root, 'runs/2025-01-02'))).toEqual(['deploy-7.json'])
  })
})

test('[E30] a document is kept, and not called migrated, until its run was read back', async () => {
  bench = await createWorkbench()
  await write(beside, 'failed')
  const { store } = bench
  const create: typeof store.create = async (...given) => ({
    ...(await store.create(...given)),
    replaceHead: async () => undefined,
  })
  const { rows } = await migrate(beside, { ...bench.context, store: { ...store, create } })
  expect(rows).toMatchObject([
    { outcome: 'failed', cause: expect.stringContaining('does not read back') },
  ])
  expect(await readFile(join(bench.root, beside), 'utf8')).toBe(documentOf('failed'))
  expect((await bench.store.list()).filter(({ kind }) => kind === 'run')).toEqual([])
})

test('[E28] a migration is not rolled back once the run went on', async () => {
  bench = await createWorkbench()
  await write(beside, 'failed')
  await migrate(beside)
  const id = RunId.parse('deploy-7')
  const writer = await bench.store.open(id, { purpose: 'run', controlSocket: null })
  await writer.append(
    [{ type: 'runResumed', by: 'ada', reason: null, reset: [], stopAfter: null }],
    { durable: true },
  )
  await writer.release()
  const { rows } = await rollbackMigration(bench.context, { runs: [id] }, options)
  expect(rows).toMatchObject([{ outcome: 'failed', cause: expect.stringContaining('went on') }])
  expect((await bench.read(id)).status).toBe('running')
  await expect(readFile(join(bench.root, beside))).rejects.toMatchObject({ code: 'ENOENT' })
})

test('[M25] runs that were migrated are told with why they cannot be rolled back', async () => {
  bench = await createWorkbench()
  await write(beside, 'failed')
  await migrate(beside)
  const past = () => pastMigrations(bench.context, { offset: 0, limit: 100 }, options)
  const before = await past()
  const id = RunId.parse('deploy-7')
  const writer = await bench.store.open(id, { purpose: 'run', controlSocket: null })
  const held = await past()
  await writer.append(
    [{ type: 'runResumed', by: 'ada', reason: null, reset: [], stopAfter: null }],
    { durable: true },
  )
  await writer.release()
  const later = await past()

  expect(before).toMatchObject({
    rows: [{ run: id, document: beside, by: bench.context.user, problem: null }],
    total: 1,
  })
  expect(held.rows[0]?.problem).toContain('Somebody holds it')
  expect(later.rows[0]?.problem).toContain('went on')
})

test('[M25] what was rolled back is told no more, and what was migrated again is', async () => {
  bench = await createWorkbench()
  await write(beside, 'failed')
  await migrate(beside)
  const past = async () => (await pastMigrations(bench.context, page, options)).total
  const page = { offset: 0, limit: 100 }
  await rollbackMigration(bench.context, { runs: [RunId.parse('deploy-7')] }, options)
  const none = await past()
  await migrate(beside)

  expect([none, await past()]).toEqual([0, 1])
})

test('[E54] a roll back that was cut short between the document and its run is finished by the next', async () => {
  bench = await createWorkbench()
  await write(beside, 'failed')
  await migrate(beside)
  const id = RunId.parse('deploy-7')
  const [backup] = await bench.store.backups(id)
  await bench.store.restoreDocument(id, backup?.id ?? '')

  const { rows } = await rollbackMigration(bench.context, { runs: [id] }, options)

  expect(rows).toMatchObject([{ outcome: 'done', result: beside }])
  expect(await readFile(join(bench.root, beside), 'utf8')).toBe(documentOf('failed'))
  expect((await bench.store.list()).filter(({ kind }) => kind === 'run')).toEqual([])
})

test('[E54] another document in its place is not taken for it', async () => {
  bench = await createWorkbench()
  await write(beside, 'failed')
  await migrate(beside)
  await write(beside, 'running')

  const { rows } = await rollbackMigration(
    bench.context,
    { runs: [RunId.parse('deploy-7')] },
    options,
  )

  expect(rows).toMatchObject([{ outcome: 'failed', cause: expect.stringContaining('exists') }])
  expect(await readFile(join(bench.root, beside), 'utf8')).toBe(documentOf('running'))
})
