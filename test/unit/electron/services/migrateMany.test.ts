import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { planMigrationOf } from '../../../../electron/services/migrateDocuments.ts'
import { viewMigration } from '../../../../electron/services/viewMigration.ts'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'

let bench: Workbench
afterEach(() => bench.close())

const first = { documents: null, asOf: null, digest: null, rev: null, offset: 0, limit: 500 }

async function write(name: string, text: string): Promise<void> {
  await mkdir(join(bench.root, 'runs'), { recursive: true })
  await writeFile(join(bench.root, 'runs', name), text)
}

const versionOne = (id: string, more: object = {}) =>
  JSON.stringify({
    workflow_id: id,
    workflow_name: 'deploy',
    status: 'failed',
    started_at: '2025-01-02T10:15:00Z',
    states: { build: { status: 'completed', output: 'ok' } },
    ...more,
  })

const long = (id: string) =>
  versionOne(id, {
    states: Object.fromEntries(
      Array.from({ length: 30 }, (_, at) => [`${'x '.repeat(5_000)}${at}`, { status: 'pending' }]),
    ),
  })

describe('a plan over a workspace', () => {
  test('[M15] tells of damaged documents too, and groups what cannot be migrated by cause', async () => {
    bench = await createWorkbench()
    for (let number = 0; number < 5; number += 1)
      await write(`d-${number}.json`, versionOne(`d-${number}`))
    await write('cut.json', versionOne('cut').slice(0, -20))
    await write('odd.json', versionOne('odd', { status: 'blessed' }))
    await write('even.json', versionOne('even', { status: 'cursed' }))

    const { plan } = await planMigrationOf(bench.context, first)
    expect(plan).toMatchObject({
      total: 8,
      migratable: 5,
      versions: [{ version: 1, count: 8 }],
      ready: true,
      failures: [
        {
          cause: 'It does not fit the shape of its version.',
          count: 2,
          documents: ['runs/even.json', 'runs/odd.json'],
        },
        { cause: 'It is no whole JSON.', count: 1, documents: ['runs/cut.json'] },
      ],
    })
    expect(plan.failures.every(({ remedy }) => remedy !== '')).toBe(true)
  })

  test('[M20] says how far it is, and stops when it is told to', async () => {
    bench = await createWorkbench()
    for (let number = 0; number < 4; number += 1)
      await write(`d-${number}.json`, versionOne(`d-${number}`))
    const told: string[] = []
    const stopping = new AbortController()

    const stopped = planMigrationOf(bench.context, first, {
      signal: stopping.signal,
      progress: ({ done, total, item }) => {
        told.push(`${done} of ${total} ${item}`)
        if (done === 1) stopping.abort()
      },
    })

    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' })
    expect(told).toEqual(['0 of 4 runs/d-0.json', '1 of 4 runs/d-1.json'])
  })

  test('[M15] is given a page at a time, all of them of the same plan', async () => {
    bench = await createWorkbench()
    for (let number = 0; number < 5; number += 1)
      await write(`d-${number}.json`, versionOne(`d-${number}`))
    const shown = await planMigrationOf(bench.context, { ...first, limit: 2 })
    await write('d-9.json', versionOne('d-9'))
    const { digest, rev, asOf } = shown
    const next = { ...first, digest, rev, asOf, offset: 2, limit: 2 }
    const more = await planMigrationOf(bench.context, next)
    const rest = await planMigrationOf(bench.context, { ...next, offset: 4 })
    const rows = [shown, more, rest].flatMap(({ plan }) => plan.rows.map(({ run }) => run))
    expect(rows).toEqual(['d-0', 'd-1', 'd-2', 'd-3', 'd-4'])
    expect([more, rest].map(({ digest: same, plan }) => [same, plan.total])).toEqual([
      [digest, 5],
      [digest, 5],
    ])
  })

  test('[M15] of long rows a page holds as many as a message does', async () => {
    bench = await createWorkbench()
    for (const id of ['a', 'b', 'c']) await write(`${id}.json`, long(id))
    const shown = await planMigrationOf(bench.context, first)
    expect(shown.plan.rows.length).toBeLessThan(3)
    expect(shown.plan.total).toBe(3)
    expect(JSON.stringify(shown).length).toBeLessThan(1_000_000)
  })
})

describe('one document before and after', () => {
  test('[M17] shows each old value where the run has it', async () => {
    bench = await createWorkbench()
    await write('d.json', versionOne('d', { owner: 'ada' }))
    const view = await viewMigration(bench.context, { document: 'runs/d.json', asOf: null })
    const changes = new Map(view.changes.map((change) => [change.path, change]))
    expect(changes.get('/startedAt')).toMatchObject({
      kind: 'changed',
      before: '"2025-01-02T10:15:00Z"',
      after: '"2025-01-02T10:15:00.000Z"',
    })
    expect(changes.get('/steps/build/status')).toMatchObject({
      before: '"completed"',
      after: '"succeeded"',
    })
    expect(changes.has('/steps/build/output')).toBe(false)
    expect(changes.has('/migratedFrom/fields/owner')).toBe(false)
    expect(changes.has('/id')).toBe(false)
    expect(view.row.notes.join()).toContain('no place for owner')
  })

  test('[M17] of a document that cannot be migrated shows its text, and why', async () => {
    bench = await createWorkbench()
    const text = versionOne('d').slice(0, -9)
    await write('d.json', text)
    const view = await viewMigration(bench.context, { document: 'runs/d.json', asOf: null })
    expect(view).toMatchObject({ target: null, changes: [], source: { text } })
    expect(view.row.problem).toContain('no JSON')
  })
})
