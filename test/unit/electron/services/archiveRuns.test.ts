import { existsSync } from 'node:fs'
import { readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { createBundleDesk } from '../../../../electron/host/createBundleDesk.ts'
import { archiveRuns, unarchiveRuns } from '../../../../electron/services/archiveRuns.ts'
import { planCleanupOf } from '../../../../electron/services/planCleanupOf.ts'
import { queryRuns } from '../../../../electron/services/queryRuns.ts'
import { startRun } from '../../../../electron/services/startRun.ts'
import { neverCancelled } from '../../../../shared/cancel.ts'
import { contract } from '../../../../shared/contract/contract.ts'
import { RunId } from '../../../../shared/schema/ids.ts'
import type { Run } from '../../../../shared/schema/run.ts'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'

let bench: Workbench
afterEach(() => bench.close())

const quiet = { signal: neverCancelled, progress: () => undefined }
const archive = (...runs: Pick<Run, 'id'>[]) =>
  archiveRuns(bench.context, { runs: runs.map(({ id }) => id) }, quiet)
const unarchive = (...runs: Pick<Run, 'id'>[]) =>
  unarchiveRuns(bench.context, { runs: runs.map(({ id }) => id) }, quiet)

describe('archiving runs', () => {
  test('[E45] each run has its row, and its two lines in the operations log', async () => {
    bench = await createWorkbench()
    const [one, two] = [await ran(), await ran()]
    const progress: string[] = []

    const archived = await archiveRuns(
      bench.context,
      { runs: [one.id, RunId.parse('nobody'), two.id] },
      { ...quiet, progress: ({ item }) => progress.push(item) },
    )

    expect(archived.rows.map(({ item, outcome }) => [item, outcome])).toEqual([
      [one.id, 'done'],
      ['nobody', 'failed'],
      [two.id, 'done'],
    ])
    expect(archived.archiveBytes).toBeGreaterThan(0)
    expect(progress).toEqual([one.id, 'nobody', two.id])
    expect((await bench.store.read(one.id)).archive?.path).toBe(archived.rows[0]?.result)
    expect(await unarchive(one)).toMatchObject({ rows: [{ outcome: 'done' }] })
    const lines = (await bench.text('.unstuck/operations.jsonl')).trim().split('\n')
    const told = lines.map((line) => JSON.parse(line) as Record<string, string>)
    expect(
      told
        .filter(({ item, call }) => item === one.id && call?.includes('archive'))
        .map(({ call, phase, outcome }) => [call, phase, outcome]),
    ).toEqual([
      ['run.archive', 'requested', null],
      ['run.archive', 'observed', 'done'],
      ['run.unarchive', 'requested', null],
      ['run.unarchive', 'observed', 'done'],
    ])
  })

  test('[E45] a run that goes on, or is damaged, is left where it is', async () => {
    bench = await createWorkbench()
    const going = await started('sleep 5')
    expect((await archive(going)).rows).toMatchObject([
      { outcome: 'failed', cause: expect.stringContaining(`Run ${going.id} is running`) },
    ])
    await bench.executor.find(going.id)?.cancel('ada', null)
    await bench.executor.find(going.id)?.done
    expect((await archive(going)).rows).toMatchObject([{ outcome: 'done' }])

    const damaged = await ran()
    await truncate(join(bench.root, bench.store.layout.head(damaged.id)), 300)
    expect((await archive(damaged)).rows).toMatchObject([
      { outcome: 'failed', cause: expect.stringContaining('Repair it first') },
    ])
    expect(existsSync(join(bench.root, bench.store.layout.journal(damaged.id)))).toBe(true)
  })

  test('[E53] what is archived already, or was not archived, is said to be so, and is not counted', async () => {
    bench = await createWorkbench()
    const [one, two] = [await ran(), await ran()]
    await archive(one)

    const again = await archive(one, two)

    const { sizeBytes, path } = (await bench.store.read(two.id)).archive ?? {}
    expect(again).toMatchObject({
      archiveBytes: sizeBytes,
      rows: [
        { item: one.id, outcome: 'done', cause: 'It was in the archive already.' },
        { item: two.id, outcome: 'done', cause: null, result: path },
      ],
    })
    await unarchive(one)
    expect(await unarchive(one)).toEqual({
      rows: [{ item: one.id, outcome: 'done', cause: 'It was not in the archive.', result: null }],
      archiveBytes: 0,
      plainBytes: 0,
    })
    expect((await unarchive({ id: RunId.parse('nobody') })).rows).toMatchObject([
      { outcome: 'failed', cause: expect.stringContaining('neither in the archive nor') },
    ])
  })

  test('[E219] an encrypted run is listed by what is in the clear, and comes back only with its passphrase', async () => {
    bench = await createWorkbench()
    const desk = createBundleDesk({
      randomId: () => 'x',
      openStore: () => Promise.reject(new Error('not asked for')),
      workFactor: 4,
    })
    const context = { ...bench.context, bundleDesk: desk }
    const run = await bench.run({ a: { run: 'echo top-secret-word' } })
    const before = await bench.text(bench.store.layout.head(run.id))
    const runs = [run.id]

    const packed = await archiveRuns(context, { runs, passphrase: 'five words' }, quiet)

    expect(packed.rows).toMatchObject([{ outcome: 'done', cause: null }])
    const bytes = await readFile(join(bench.root, packed.rows[0]?.result ?? ''))
    const text = bytes.toString('latin1')
    expect([text.includes(run.id), text.includes('age-encryption.org/v1')]).toEqual([true, true])
    const asked = contract['run.list'].input.parse({})
    const { rows } = await queryRuns(context, asked, quiet)
    expect(rows).toMatchObject([
      { id: run.id, status: 'completed', health: 'ok', archived: true, reason: { rule: 'E219' } },
    ])
    await expect(bench.store.read(run.id)).rejects.toMatchObject({
      code: 'invalid-input',
      details: { needs: 'passphrase' },
    })
    const plan = await planCleanupOf(
      context,
      contract['cleanup.plan'].input.parse({
        policy: { days: { completed: 0 }, archive: { days: 0 } },
      }),
      quiet,
    )
    expect([plan.plan.total, plan.plan.kept]).toMatchObject([0, [{ rule: 'E219', count: 1 }]])

    const refused = [
      await unarchiveRuns(context, { runs }, quiet),
      await unarchiveRuns(context, { runs, passphrase: 'four words' }, quiet),
    ]
    expect(refused.map((done) => done.rows[0]?.cause)).toEqual([
      expect.stringContaining('its passphrase is needed'),
      expect.stringContaining('does not open with this passphrase'),
    ])
    const folder = await readdir(dirname(join(bench.root, packed.rows[0]?.result ?? '')))
    expect(folder).toEqual([`${run.id}.tar.zst`])

    const back = await unarchiveRuns(context, { runs, passphrase: 'five words' }, quiet)

    expect(back.rows).toMatchObject([{ outcome: 'done', cause: null }])
    expect(await bench.text(bench.store.layout.head(run.id))).toBe(before)
  })

  test('[E45] a cancelled batch says which runs were not reached', async () => {
    bench = await createWorkbench()
    const run = await ran()

    const { rows } = await archiveRuns(
      bench.context,
      { runs: [run.id] },
      { ...quiet, signal: { ...neverCancelled, aborted: true } },
    )

    expect(rows).toMatchObject([{ item: run.id, outcome: 'not-reached' }])
  })

  test('[E46] clean up never takes archived runs away, and counts them among what stays', async () => {
    bench = await createWorkbench()
    const [kept, gone] = [await ran(), await ran()]
    await archive(kept)
    const policy = {
      days: { completed: 0, failed: 0, cancelled: 0 },
      maxRunsPerWorkflow: null,
      maxBytes: null,
    }

    const asked = { policy, asOf: '2126-01-01T00:00:00.000Z' }
    const input = contract['cleanup.plan'].input.parse(asked)
    const { plan } = await planCleanupOf(bench.context, input, quiet)

    expect(plan.victims.map(({ run }) => run)).toEqual([gone.id])
    expect(plan.kept).toMatchObject([{ rule: 'K20', count: 1 }])
  })
})

async function ran(): Promise<Run> {
  return bench.run({ a: { run: 'echo it was built' } })
}

async function started(command: string): Promise<{ readonly id: RunId }> {
  await writeFile(
    join(bench.root, 'flow.json'),
    JSON.stringify({ name: 'flow', steps: { a: { run: command } } }),
  )
  const { ref } = await startRun(bench.context, { definition: 'flow.json', inputs: {} })
  return { id: RunId.parse(ref.document) }
}
