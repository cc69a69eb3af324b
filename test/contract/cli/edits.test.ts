import { truncateSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createCliBench } from './cliBench.ts'
import { versionTwo } from '../../versionTwo.ts'

const cli = createCliBench()
const { write, workflow, unstuck, output, call, started, refOf, filesOf } = cli

describe('[X1] through the command line: edits', () => {
  it('[X1] [N18] [N21] edit.plan, edit.apply and edit.undo: a value and a step change, are read back, and change back', async () => {
    const run = await started('bad.yaml', 8)
    const edits = ['--succeed', 'a={"ok":true}', '--set', '/variables/tries=9007199254740992']
    const before = await call('state.value', { ref: await refOf(run), pointer: '' })
    const { plan } = await output('edit.plan', ['edit', run, ...edits])
    const done = await output('edit.apply', ['edit', run, ...edits, '--reason', 'seen', '--apply'])
    const { operations } = await output('operations.list', ['operations', run, '--limit', '1'])
    const after = await call('state.value', { ref: await refOf(run), pointer: '/steps/a/output' })
    const undone = await output('edit.undo', ['undo', run])

    expect(plan).toMatchObject({
      ready: true,
      problems: [],
      steps: [{ step: 'a', before: 'failed' }],
    })
    expect(done.observed).toBe(true)
    expect(operations[0]).toMatchObject({ call: 'edit.apply', state: 'done' })
    expect(operations[0]?.changes).toContainEqual({
      path: '/variables/tries',
      before: null,
      after: '9007199254740992',
    })
    expect(JSON.parse(after.text)).toEqual({ ok: true })
    expect(undone).toEqual({ seq: done.seq + 1, undone: done.seq, observed: true })
    const now = await call('state.value', { ref: await refOf(run), pointer: '' })
    expect(stateIn(now.text)).toEqual(stateIn(before.text))
    expect((await unstuck(['undo', run])).err).toContain('has no edit that could be undone')
  })

  it('[N19] what may not be edited is refused with what to do', async () => {
    const run = await started('bad.yaml', 8)
    write('old.json', JSON.stringify(versionTwo))
    const asked = (what: string) => unstuck(['edit', what, '--set', '/variables/x=1'])

    expect((await asked('old.json')).err).toContain('Migrate it first')
    expect((await unstuck(['edit', run, '--set', '/status=completed'])).out).toContain(
      'Only inputs',
    )
    expect((await unstuck(['edit', run, '--set', '/variables/x=1', '--apply'])).err).toContain(
      '--reason',
    )
    await output('run.archive', ['archive', run])
    expect((await asked(run)).out).toContain(`unstuck unarchive ${run}`)
    await output('run.unarchive', ['unarchive', run])
    const [head = ''] = filesOf(run, '.json')
    truncateSync(head, 200)
    expect(await asked(run)).toMatchObject({
      exit: 4,
      err: expect.stringContaining('Repair it first'),
    })
  })

  it('[X1] [N22] [N23] edit.batch.plan and edit.batch.apply: one edit in many runs, a row a run', async () => {
    const [bad, ok] = [await started('bad.yaml', 8), await started('ok.yaml')]
    const edit = ['--all', '--reset', 'a']

    const { plan } = await output('edit.batch.plan', ['edit', ...edit])
    const applied = ['edit', ...edit, '--reason', 'again', '--apply']
    const { rows } = await output('edit.batch.apply', applied, 10)
    const again = await output('edit.batch.apply', [
      'edit',
      bad,
      bad,
      ...edit.slice(1),
      '--reason',
      'x',
      '--apply',
    ])

    expect(plan.counts).toEqual({ ready: 1, unchanged: 0, refused: 1 })
    expect(Object.fromEntries(rows.map(({ item, outcome }) => [item, outcome]))).toEqual({
      [bad]: 'done',
      [ok]: 'failed',
    })
    expect(again.rows).toMatchObject([{ item: bad, outcome: 'done', cause: 'It was so before.' }])
    expect(await output('run.get', ['show', bad])).toMatchObject({
      run: { steps: [{ id: 'a', status: 'pending' }, {}] },
    })
  })

  it('[X1] [M23] edit.batch.plan and edit.batch.apply: runs go over to a definition that changed', async () => {
    const bad = await started('bad.yaml', 8)
    write('now.yaml', workflow({ z: 'echo tried >> tries; test -e fixed', b: 'echo late' }))
    const over = ['migrate', '--definition', join(cli.workspace, 'now.yaml'), '--workflow', 'flow']

    const { plan } = await output('edit.batch.plan', over, 2)
    const done = [...over, '--map', 'a=z', '--reason', 'renamed', '--apply']
    const { rows } = await output('edit.batch.apply', done)

    expect(plan.unmapped).toMatchObject({
      missing: [{ step: 'a', runs: 1 }],
      proposed: [{ was: 'a', now: 'z' }],
    })
    expect(rows).toMatchObject([{ item: bad, outcome: 'done' }])
    expect((await output('run.get', ['show', bad])).run?.steps.map(({ id }) => id)).toContain('z')
    expect((await unstuck([...over, '--apply'])).exit).toBe(2)
  })
})

/** Without what every record changes. */
function stateIn(text: string): unknown {
  const { journal: _journal, updatedAt: _updatedAt, ...state } = JSON.parse(text)
  return state
}
