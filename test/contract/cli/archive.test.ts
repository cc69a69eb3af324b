import { mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { encryptArchive } from '../../unit/electron/services/encryptArchive.ts'
import { createCliBench } from './cliBench.ts'

const cli = createCliBench()
const { unstuck, openHost, output, started, filesOf } = cli

describe('[X1] through the command line: runs that go to the archive, the trash or elsewhere', () => {
  it('[X1] run.select: every run that matches and that it can be done with, one a line', async () => {
    const done = await started('ok.yaml')
    const failed = await started('bad.yaml', 8)

    const { rows, total } = await output('run.select', ['select', '--for', 'archive'])
    const named = await unstuck(['select', '--view', 'completed', '--except', failed])

    expect(new Set(rows.map(({ document }) => document))).toEqual(new Set([done, failed]))
    expect(total).toBe(2)
    expect(named.out.trim()).toBe(done)
  })

  it('[X1] cleanup.plan and cleanup.apply: runs that are named go to the trash, and come back', async () => {
    const run = await started('ok.yaml')

    const plan = await output('cleanup.plan', ['cleanup', run])
    const applied = await output('cleanup.apply', ['cleanup', run, '--apply'])

    expect(plan.plan.victims).toMatchObject([{ run, rule: 'L110' }])
    expect(applied.rows).toMatchObject([{ item: run, outcome: 'done' }])
    const both = await unstuck(['cleanup', run, '--keep', '1'])
    expect(both).toMatchObject({ exit: 2, err: expect.stringContaining('not both') })
  })

  it('[X1] run.archive and run.unarchive: a run at rest becomes one file, is read as before, and comes back', async () => {
    const run = await started('ok.yaml')
    const before = await output('run.get', ['show', run])
    const log = await unstuck(['show', run, '--log', 'a'])

    const archived = await output('run.archive', ['archive', run])

    expect(archived.rows).toMatchObject([{ item: run, outcome: 'done', cause: null }])
    expect(archived.archiveBytes).toBeLessThan(archived.plainBytes)
    expect(filesOf(run, '.tar.zst')).toHaveLength(1)
    expect([...filesOf(run, '.json'), ...filesOf(run, '.jsonl')]).toEqual([])
    const after = await output('run.get', ['show', run])
    expect(after).toMatchObject({
      rev: before.rev,
      health: 'ok',
      archive: archived.rows[0]?.result,
    })
    expect(after.run).toEqual(before.run)
    expect(await unstuck(['show', run, '--log', 'a'])).toEqual(log)
    expect((await output('run.history', ['show', run, '--history'])).flaws).toEqual([])
    const { rows } = await output('run.list', ['list'])
    expect(rows).toMatchObject([{ id: run, status: 'completed', archived: true }])
    const refused = await unstuck(['cancel', run])
    expect(refused.exit).not.toBe(0)

    const back = await output('run.unarchive', ['unarchive', run])

    expect(back.rows).toMatchObject([{ item: run, outcome: 'done' }])
    expect(await output('run.get', ['show', run])).toMatchObject({
      archive: null,
      files: before.files,
    })
    const again = await output('run.unarchive', ['unarchive', run])
    expect(again.rows).toMatchObject([
      { outcome: 'done', cause: 'It was not in the archive.', result: null },
    ])
  })

  it("[X136] 'archive.unlock': what is encrypted is shown, compared and exported with its passphrase, and stays where it is", async () => {
    const run = await started('ok.yaml')
    const before = await output('run.get', ['show', run])
    await encryptArchive(cli.workspace, run, 'five words')
    const [secret, wrong] = ['secret.txt', 'wrong.txt'].map((name) => join(cli.folder, name))
    writeFileSync(secret ?? '', 'five words\n')
    writeFileSync(wrong ?? '', 'four words\n')
    const [given, guess] = [secret, wrong].map((file) => ['--passphrase-file', file ?? ''])
    const other = await started('ok.yaml')
    await output('run.archive', ['archive', other, ...(given ?? [])])

    for (const sealed of [run, other])
      expect(await unstuck(['show', sealed])).toMatchObject({
        exit: 2,
        err: expect.stringContaining(`unstuck show ${sealed}`),
      })
    expect(await unstuck(['show', run, ...(guess ?? [])])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('does not open with this passphrase'),
    })
    const shown = await output('run.get', ['show', run, ...(given ?? [])])
    expect(shown).toMatchObject({ unlocked: true, run: before.run })
    const diff = await unstuck(['diff', run, ...(given ?? [])])
    expect(diff).toMatchObject({ exit: 0, err: '' })
    const exported = await unstuck(['export', run, '--as', 'json', '-o', '-', ...(given ?? [])])
    expect(exported.out).toContain(`"id":"${run}"`)

    expect([...filesOf(run, '.json'), ...filesOf(run, '.jsonl')]).toEqual([])
    expect(await unstuck(['show', run])).toMatchObject({ exit: 2 })
  })

  it('[X100] bundle.export.plan, bundle.export.apply and bundle.import.plan, bundle.import.apply: a run goes elsewhere in one file', async () => {
    const run = await started('bad.yaml', 8)
    const file = join(cli.folder, 'x.unstuck')

    const plan = await output('bundle.export.plan', ['bundle', run, '--plan'])
    const made = await unstuck(['bundle', run, '-o', file])

    expect(plan.plan).toMatchObject({ ready: true, runs: 1, redacted: true })
    expect(made).toMatchObject({ exit: 0, err: '', out: expect.stringContaining(file) })
    writeFileSync(join(cli.workspace, 'jobs.json'), '{"id":"job-7","status":"failed","error":"x"}')
    const both = await unstuck(['bundle', run, 'jobs.json', '--plan'])
    expect(both.out).toContain('1 run, 1 document of other engines')
    const again = await unstuck(['bundle', run, '-o', file])
    expect(again).toMatchObject({ exit: 2, err: expect.stringContaining('is not replaced') })
    const open = ['no-redact', '-o', `${file}2`].map((word) => word.replace(/^no/, '--no'))
    expect(await unstuck(['bundle', run, ...open])).toMatchObject({ exit: 2 })
    const shown = await output('run.get', ['show', run, '--workspace', file])
    expect(shown).toMatchObject({ health: 'ok', run: { status: 'failed' } })
    const refused = await unstuck(['archive', run, '--workspace', file])
    expect(refused).toMatchObject({
      exit: 10,
      err: expect.stringContaining('unstuck import x.unstuck'),
    })
    const other = ['--workspace', mkdtempSync(join(cli.folder, 'other-'))]
    const wanted = await output('bundle.import.plan', ['import', file, ...other])
    expect(wanted.plan).toMatchObject({ ready: true, rows: [{ run, as: run, problem: null }] })
    const done = await output('bundle.import.apply', ['import', file, '--apply', ...other])
    expect(done.rows).toMatchObject([{ item: run, outcome: 'done', result: run }])
    const { run: there } = await output('run.get', ['show', run, ...other])
    expect(there).toMatchObject({ status: 'failed', origin: { document: 'x.unstuck' } })
  })

  it("[X1] 'bundle.export.apply', bundle.receive and bundle.read: pieces cross in their order, and only as long as the host knows them", async () => {
    const host = await openHost({ path: cli.workspace, host: 'cli' })
    try {
      const client = host.client()
      const { upload } = await client.call('bundle.receive', { offset: 0, bytes: 'AAAA' })
      const wrong = client.call('bundle.receive', { upload, offset: 7, bytes: 'AAAA' })
      await expect(wrong).rejects.toThrow('3 bytes arrived')
      const none = client.call('bundle.read', { download: upload })
      await expect(none).rejects.toThrow('no such download')
    } finally {
      await host.close()
    }
  })

  it('[X16] a run is not archived while it goes on or is damaged, and an archived one is only read', async () => {
    const failed = await started('bad.yaml', 8)
    const [path = ''] = filesOf(failed, '.json')
    await output('run.archive', ['archive', failed])
    const plan = await unstuck(['resume', failed, '--plan'])
    expect(plan.out).toContain(`First: unstuck unarchive ${failed}`)
    expect((await unstuck(['list'])).out).toContain('Archived. ')
    const resume = await unstuck(['resume', failed, '--yes'])
    expect(resume).toMatchObject({ exit: 2, err: expect.stringContaining('unstuck unarchive') })
    await output('run.unarchive', ['unarchive', failed])
    truncateSync(path, 200)
    const damaged = await output('run.archive', ['archive', failed], 10)
    expect(damaged.rows).toMatchObject([
      { outcome: 'failed', cause: expect.stringContaining('Repair it first') },
    ])
  })

  it('[X16] an archived run whose archive is damaged is still that run, and what is wrong is said', async () => {
    const run = await started('ok.yaml')
    await output('run.archive', ['archive', run])
    const [archive = ''] = filesOf(run, '.tar.zst')
    const bytes = readFileSync(archive)
    writeFileSync(archive, bytes.fill(0, bytes.length - 200))

    const { rows } = await output('run.list', ['list'])
    expect(rows).toMatchObject([{ id: run, health: 'unreadable', ref: { format: 'unstuck' } }])
    const back = await output('run.unarchive', ['unarchive', run], 10)
    expect(back.rows).toMatchObject([{ cause: expect.stringContaining('is damaged: ') }])
    expect(await unstuck(['show', run])).toMatchObject({ exit: 4 })
  })
})
