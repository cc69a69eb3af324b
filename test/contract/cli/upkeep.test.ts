import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createCliBench } from './cliBench.ts'

const cli = createCliBench()
const { write, unstuck, output, started } = cli

describe('[X1] through the command line: upkeep', () => {
  it('[X1] cleanup.plan, cleanup.apply, trash.list and cleanup.restore', async () => {
    const run = await started('ok.yaml')
    const policy = ['--completed-days', '0']
    const { plan } = await output('cleanup.plan', ['cleanup', ...policy])
    const cleaned = await output('cleanup.apply', ['cleanup', ...policy, '--apply'])
    const { entries } = await output('trash.list', ['restore'])
    const restored = await output('cleanup.restore', ['restore', run])
    expect(cleaned).toMatchObject({ total: 1, nextOffset: null })

    expect(plan.victims.map((victim): string => victim.run)).toEqual([run])
    expect(cleaned.rows).toMatchObject([{ item: run, outcome: 'done' }])
    expect(entries).toMatchObject([{ run }])
    expect(restored.rows).toMatchObject([{ outcome: 'done' }])
    expect((await output('run.list', ['list'])).rows).toMatchObject([{ id: run }])
  })

  it('[X43] what a plan printed is what is applied, and a digest of another plan is refused', async () => {
    const first = await started('ok.yaml')
    const { digest, asOf } = await output('cleanup.plan', ['cleanup', '--completed-days', '0'])
    const asked = ['cleanup', '--completed-days', '0', '--apply', '--digest', digest]
    const again = await output('cleanup.plan', [
      'cleanup',
      '--completed-days',
      '0',
      '--as-of',
      asOf,
    ])
    expect(again.digest).toBe(digest)
    expect((await unstuck(asked)).exit).toBe(2)

    const second = await started('ok.yaml')
    const refused = await unstuck([...asked, '--as-of', asOf])
    expect([refused.exit, refused.err]).toEqual([6, expect.stringContaining('changed')])

    await output('cleanup.apply', ['cleanup', second, '--apply'])
    const { rows } = await output('cleanup.apply', [...asked, '--as-of', asOf])
    expect(rows).toMatchObject([{ item: first, outcome: 'done' }])
  })

  it('[X1] [X41] cleanup.settings.get and cleanup.settings.set: a policy is kept, and taken where none is given', async () => {
    const run = await started('ok.yaml')
    expect((await unstuck(['cleanup'])).exit).toBe(2)
    const keep = ['cleanup', '--completed-days', '0', '--archive', '--save', '--schedule', 'weekly']
    expect(await output('cleanup.settings.set', keep)).toMatchObject({ observed: true })
    expect(await output('cleanup.settings.get', ['cleanup', '--saved'])).toMatchObject({
      isSaved: true,
      schedule: 'weekly',
      retention: { days: { completed: 0 }, archive: { days: null } },
    })
    const { plan } = await output('cleanup.plan', ['cleanup'])
    expect(plan.victims).toMatchObject([{ run, action: 'archive' }])
  })

  it('[X1] [E214] settings.get, settings.plan, settings.try and settings.apply: set, seen, checked, taken back', async () => {
    const shown = await output('settings.plan', [
      'settings',
      'set',
      'checkpoint.interval',
      '3',
      '--plan',
    ])
    expect(shown.plan).toMatchObject({ ready: true, rows: [{ before: '1', after: '3' }] })
    const set = ['settings', 'set', 'checkpoint.interval', '3']
    expect(await output('settings.apply', set)).toMatchObject({ observed: true })
    const { settings } = await output('settings.get', ['settings'])
    expect(settings.filter(({ source }) => source === 'file')).toMatchObject([
      { key: 'checkpoint.interval', value: { text: '3' }, said: { line: 4 } },
    ])
    const words = ['settings', 'set', 'redaction.keys', 'pin', 'card*']
    await output('settings.apply', words)
    expect((await unstuck(['settings', 'get', 'redaction.keys'])).out).toBe('["pin","card*"]\n')
    const tried = await output('settings.try', ['settings', 'try', 'redaction.keys', 'cardHolder'])
    expect(tried.ends).toEqual(['no', 'pattern'])
    expect((await unstuck(['settings', 'set', 'checkpoint.intervall', '3'])).exit).toBe(2)
    expect((await unstuck(['settings', 'set', 'checkpoint.interval', 'x'])).exit).toBe(2)

    await output('document.undo', ['settings', 'undo'])
    write('other.json', '{"checkpoint": {"interval": 0}}')
    const { exit, out } = await unstuck(['settings', 'check', 'other.json'])
    expect([exit, out.split('\n')[0]]).toEqual([
      2,
      'other.json:1:29: /checkpoint/interval: expected a whole number of steps or seconds, at least 1, found 0',
    ])
    expect((await unstuck(['settings', 'check'])).exit).toBe(0)
    await output('settings.apply', ['settings', 'unset', 'checkpoint.interval'])
    const schema = await unstuck(['settings', 'schema'])
    expect(JSON.parse(schema.out)).toMatchObject({ title: 'Unstuck settings' })
  })

  it('[X1] storage.get: what the runs take, by workflow', async () => {
    await started('ok.yaml')

    const { kinds, workflows, disk } = await output('storage.get', ['storage'])

    expect(kinds.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['head', 'journal', 'log']),
    )
    expect(workflows).toMatchObject([{ workflow: 'flow', runs: 1 }])
    expect(disk?.freeBytes).toBeGreaterThan(0)
  })

  it('[X1] [X110] [X111] error.list, error.get and error.decide: one error of two runs, muted, shown and reopened', async () => {
    const run = await started('bad.yaml', 8)
    await started('bad.yaml', 8)
    const { groups } = await output('error.list', ['errors'])
    const id = groups[0]?.id ?? ''

    const said = ['--more', '2', '--reason', 'known']
    expect(await output('error.decide', ['errors', 'mute', id, ...said])).toMatchObject({
      observed: true,
      said: { decision: { kind: 'muted', more: 2 }, reason: 'known' },
    })
    expect(await output('error.list', ['errors', 'list', '--state', 'muted'])).toMatchObject({
      total: 1,
      groups: [{ id, runs: 2 }],
    })
    expect((await output('error.get', ['errors', 'show', id])).examples).toHaveLength(2)
    const shown = await unstuck(['errors', 'show', id])
    expect(shown.out).toMatch(/muted: Muted by .* \(known\) until 2 more fail like this\./)
    expect(shown.out).toContain(run)
    await output('error.decide', ['errors', 'reopen', id])
    expect((await unstuck(['errors'])).out).toMatch(/1 open, 0 muted, 0 resolved/)
    expect((await unstuck(['errors', 'resolve'])).exit).toBe(2)
  })

  it('[X1] operations.list: who asked for what, and what came of it', async () => {
    const run = await started('ok.yaml')
    await output('cleanup.apply', ['cleanup', '--completed-days', '0', '--apply'])
    await output('cleanup.restore', ['restore', run])

    const all = await output('operations.list', ['operations'])
    const ofRun = await output('operations.list', ['operations', run, '--limit', '1'])

    expect(all.operations.map((each) => [each.call, each.run ?? each.item, each.state])).toEqual([
      ['cleanup.restore', run, 'done'],
      ['cleanup.apply', run, 'done'],
      ['run.start', run, 'done'],
    ])
    expect(ofRun).toEqual({ operations: all.operations.slice(0, 1), nextOffset: 1, findings: [] })
  })

  it('[X1] [X80] operations.undo: a run that was moved to the trash is back', async () => {
    const run = await started('ok.yaml')
    await output('cleanup.apply', ['cleanup', '--completed-days', '0', '--apply'])
    const { operations } = await output('operations.list', ['operations', '--limit', '1'])

    const undone = await output('operations.undo', ['undo', '--operation', operations[0]?.id ?? ''])

    expect(undone.observed).toBe(true)
    expect(await output('run.get', ['show', run])).toMatchObject({ run: { id: run } })
  })

  it('[X1] [E202] run.annotate: a pin and a note are recorded, and a pinned run stays in a clean-up', async () => {
    const run = await started('ok.yaml')
    const said = ['--pin', '--note', 'for the audit', '--tag', 'eu', '--colour', 'red']
    const { rows } = await output('run.annotate', ['annotate', run, ...said])
    const { plan } = await output('cleanup.plan', ['cleanup', '--completed-days', '0'])

    expect(rows).toMatchObject([{ item: run, outcome: 'done' }])
    expect(await output('run.get', ['show', run])).toMatchObject({
      run: { annotations: { pinned: true, note: 'for the audit', tags: ['eu'], colour: 'red' } },
    })
    expect(plan.victims.map((victim) => victim.run)).not.toContain(run)
    await output('run.annotate', ['annotate', run, '--unpin', '--no-tags', '--note', ''])
  })

  it('[X1] host.get and host.dismiss: what the host holds in memory', async () => {
    const facts = await output('host.get', ['host', '--state-file', join(cli.folder, 'state.json')])
    const seen = await output('host.dismiss', ['host', '--dismiss'])

    expect(facts.stateFile).toMatchObject({ use: 'read', problem: null })
    expect(seen).toMatchObject({ stateFile: null, batches: { total: 0 }, runs: { total: 0 } })
  })

  it('[X1] purge.plan and purge.apply: expired entries go a day after they were found so', async () => {
    const run = await started('ok.yaml')
    write('unstuck.json', JSON.stringify({ cleanup: { trashDays: 0 } }))
    await output('cleanup.apply', ['cleanup', '--completed-days', '0', '--apply'])

    const { plan } = await output('purge.plan', ['trash', 'purge'])
    const waited = await output('purge.apply', ['trash', 'purge', '--apply'])
    const purged = await output('purge.apply', ['trash', 'purge', '--apply', '--now'])
    const { entries } = await output('trash.list', ['trash'])

    expect([plan.victims, plan.waiting.map(({ entry }) => entry.run)]).toEqual([[], [run]])
    expect(waited).toEqual({ rows: [], freedBytes: 0, left: 0 })
    expect(purged.rows).toMatchObject([{ outcome: 'done', result: run }])
    expect(entries).toEqual([])
  })
})
