import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createCliBench, foreignHolder } from './cliBench.ts'
import { versionTwo } from '../../versionTwo.ts'

const cli = createCliBench()
const { write, unstuck, output, started, newestIs, damageHead } = cli

describe('[X1] through the command line: locks, resume, repair and migration', () => {
  it('[X1] lock.get and lock.break: a foreign holder goes by a word, a living one stays', async () => {
    const run = await started('ok.yaml')
    expect(await output('lock.get', ['lock', 'show', run])).toEqual({
      holder: null,
      state: null,
      heldHere: false,
    })
    const locks = join(cli.workspace, '.unstuck/locks')
    mkdirSync(locks, { recursive: true })
    writeFileSync(join(locks, `${run}.json`), JSON.stringify(foreignHolder(run)))
    expect(await output('lock.get', ['lock', 'show', run])).toMatchObject({ state: 'unknown' })
    expect(await unstuck(['repair', run, '--undo', 'b'])).toMatchObject({ exit: 3 })
    expect(await output('lock.break', ['lock', 'break', run])).toEqual({ observed: true })
    expect(await unstuck(['lock', 'break', run])).toMatchObject({ exit: 3 })

    const running = unstuck(['run', 'slow.yaml', '--trust', '--json'])
    await newestIs('running')
    expect(await unstuck(['lock', 'break', 'latest'])).toMatchObject({ exit: 5 })
    await unstuck(['cancel', 'latest'])
    await running
  })

  it('[X1] resume.plan and resume.apply', async () => {
    const run = await started('bad.yaml', 8)
    write('fixed', '')
    const { plan } = await output('resume.plan', ['resume', run, '--plan'])
    const resumed = await output('resume.apply', ['resume', run, '--yes'])

    expect(plan.steps.map(({ step, action }) => [step, action])).toEqual([
      ['a', 'run'],
      ['b', 'run'],
    ])
    expect(resumed).toMatchObject({ ref: { document: run }, observed: true })
    expect(await output('run.get', ['show', run])).toMatchObject({ run: { status: 'completed' } })
  })

  it('[X1] repair.plan, repair.apply and repair.undo', async () => {
    const run = await started('ok.yaml')
    damageHead(run)
    const { plan } = await output('repair.plan', ['repair', run])
    const repaired = await output('repair.apply', ['repair', run, '--apply'])
    const undone = await output('repair.undo', ['repair', run, '--undo', repaired.backup])

    expect(plan.ready).toBe(true)
    expect(repaired).toMatchObject({ findings: [], observed: true })
    expect(undone.observed).toBe(true)
    await output('run.check', ['check', run], 4)
  })

  it('[R83] [R93] [R94] repair.batch.plan, repair.batch.apply and repair.batch.undo: a row a run', async () => {
    const [damaged, sound] = [await started('ok.yaml'), await started('ok.yaml')]
    damageHead(damaged)
    const { plan, digest } = await output('repair.batch.plan', ['repair', '--all', '--plan'])
    expect(plan.rows).toContainEqual(expect.objectContaining({ run: damaged, outcome: 'ready' }))
    expect(plan.rows.some(({ run }) => run === sound)).toBe(false)
    expect(await unstuck(['repair'])).toMatchObject({ exit: 2 })
    const apply = ['repair', '--all', '--apply']
    expect(await unstuck([...apply, '--digest', 'sha256:0000'])).toMatchObject({ exit: 6 })
    const { rows } = await output('repair.batch.apply', [...apply, '--digest', digest])
    expect(rows).toContainEqual(expect.objectContaining({ item: damaged, outcome: 'done' }))
    await output('run.check', ['check', damaged])
    const name = digest.slice('sha256:'.length, 20)
    const undone = await output('repair.batch.undo', ['repair', '--all', '--undo', name])
    expect(undone.rows.map(({ item, outcome }) => [item, outcome])).toEqual([[damaged, 'done']])
    await output('run.check', ['check', damaged], 4)
    await output('repair.apply', ['repair', damaged, '--apply'])
  })

  it('[X85] [X86] [X87] resume.batch.plan, resume.batch.start, resume.batch.list, resume.batch.get and resume.batch.control', async () => {
    const runs = [await started('bad.yaml', 8), await started('bad.yaml', 8)]
    write('fixed', '')
    const many = ['resume', '--select', 'status:failed']
    const { plan, digest } = await output('resume.batch.plan', [...many, '--plan'])
    expect(plan).toMatchObject({ total: 2, counts: { ready: 2 } })
    const apply = [...many, '--apply', '--canary', '1']
    expect(await unstuck([...apply, '--digest', 'sha256:0000'])).toMatchObject({ exit: 6 })

    const begun = await output('resume.batch.start', [...apply, '--digest', digest], 9)
    const { batch } = begun
    const shown = await output('resume.batch.get', ['batch', 'show', batch])
    const told = await output('resume.batch.control', ['batch', 'continue', batch])
    const { batches } = await output('resume.batch.list', ['batch'])

    expect(shown.batch).toMatchObject({ phase: 'waiting', counts: { completed: 1, open: 1 } })
    expect(told.batch).toMatchObject({ phase: 'done', counts: { completed: 2 } })
    expect(batches).toMatchObject([{ batch, phase: 'done', title: 'status:failed' }])
    const said = await unstuck(['batch', 'show', batch])
    for (const run of runs) expect(said.out).toContain(run)
    expect(await unstuck(['batch', 'pause', batch])).toMatchObject({ exit: 2 })
    expect(await unstuck(['batch', 'show', 'nothing'])).toMatchObject({ exit: 3 })
    expect(await unstuck(['resume'])).toMatchObject({ exit: 2 })
  })

  it('[X1] migrate.plan, migrate.apply, migrate.past and migrate.rollback', async () => {
    mkdirSync(join(cli.workspace, 'runs'))
    write('runs/etl-7.json', JSON.stringify(versionTwo))
    const { plan } = await output('migrate.plan', ['migrate'])
    const shown = await output('migrate.show', ['migrate', '--show', 'runs/etl-7.json'])
    const migrated = await output('migrate.apply', ['migrate', '--apply'])
    const past = await output('migrate.past', ['migrate', '--past'])
    const rolled = await output('migrate.rollback', ['migrate', '--rollback', 'etl-7'])

    expect(plan.rows.map(({ run, problem }) => [run, problem])).toEqual([['etl-7', null]])
    expect(past.rows).toMatchObject([{ run: 'etl-7', document: 'runs/etl-7.json', problem: null }])
    expect((await output('migrate.past', ['migrate', '--past'])).rows).toEqual([])
    expect(shown.changes).toContainEqual(
      expect.objectContaining({ kind: 'changed', path: '/startedAt' }),
    )
    expect([migrated.rows, rolled.rows].map((rows) => rows.map(({ outcome }) => outcome))).toEqual([
      ['done'],
      ['done'],
    ])
  })
})
