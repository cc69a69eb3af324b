import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createCliBench } from './cliBench.ts'

const cli = createCliBench()
const { write, fixture, putForeign, unstuck, output, call } = cli

describe('[X1] through the command line: other engines’ documents', () => {
  it("[X1] document.plan, document.apply and document.undo: another engine's state is changed where it lies", async () => {
    const file = putForeign('awf/failed.json', 'states/run-7.json')
    const before = readFileSync(file, 'utf8')
    const asked = ['edit', 'states/run-7.json', '--set', '/Inputs/replicas=7.0']

    const { plan } = await output('document.plan', asked)
    const applied = await output('document.apply', [...asked, '--reason', 'wrong', '--apply'])
    const after = readFileSync(file, 'utf8')
    const undone = await output('document.undo', ['undo', 'states/run-7.json'])

    expect(plan).toMatchObject({ ready: true, engine: 'AWF', files: [{ kind: 'changed' }] })
    expect(after).toBe(before.replace(/"replicas": \S+/, '"replicas": 7.0'))
    expect(undone).toMatchObject({ undone: applied.backup, observed: true })
    expect(readFileSync(file, 'utf8')).toBe(before)
    const shown = await unstuck(asked)
    expect(shown.out).toContain('+     "replicas": 7.0')
    expect((await unstuck(['repair', 'states/run-7.json'])).exit).toBe(2)
    expect((await unstuck(['migrate', 'states/run-7.json'])).exit).toBe(2)
  })

  it("[X1] document.resume.plan and document.resume.apply: an engine's own command is shown, then run", async () => {
    putForeign('awf/failed.json', 'states/run-7.json')
    write('unstuck.json', '{"version":1,"resume":{"commands":{"awf":"echo went on {name}"}}}')
    const plan = await output('document.resume.plan', ['resume', 'states/run-7.json', '--plan'])
    expect(plan.plan).toMatchObject({ ready: true, command: ['echo', 'went', 'on', 'run-7'] })
    expect((await unstuck(['resume', 'states/run-7.json'])).exit).toBe(2)
    expect((await unstuck(['resume', 'states/run-7.json', '--yes'])).exit).toBe(2)
    await unstuck(['trust'])
    const done = await output('document.resume.apply', ['resume', 'states/run-7.json', '--yes'])
    expect(done).toMatchObject({ exitCode: 0, output: 'went on run-7\n', changedFiles: [] })
  })

  it('[X1] [L183] document.map.plan and document.map.apply: what is what in unknown JSON is shown, and kept', async () => {
    mkdirSync(join(cli.workspace, 'exports'))
    write('exports/one.json', '{"zustand":"kaputt","teile":[{"n":"eins","z":"fertig"}]}')
    write('exports/two.json', '{"zustand":"fertig","teile":[]}')
    const said = ['--status', '/zustand', '--steps', '/teile/*', '--field', 'stepId=/n']
    const words = [
      '--field',
      'stepStatus=/z',
      '--word',
      'kaputt=failed',
      '--word',
      'fertig=completed',
    ]
    const asked = ['map', 'exports/one.json', ...said, ...words]

    const { plan } = await output('document.map.plan', asked)
    expect(plan).toMatchObject({
      ready: true,
      status: 'failed',
      steps: [{ id: 'eins', status: 'succeeded' }],
      rows: [
        { document: 'exports/one.json', status: 'failed', stepsDone: 1, stepsTotal: 1 },
        { document: 'exports/two.json', status: 'completed', stepsDone: 0, stepsTotal: 0 },
      ],
    })
    expect(await output('document.map.apply', [...asked, '--apply'])).toMatchObject({
      observed: true,
    })
    const listed = await unstuck(['show', 'exports/two.json', '--json'])
    expect(listed.out).toContain('Unknown JSON, mapped')
    expect((await unstuck(['map', 'exports/one.json', '--field', 'colour=/x'])).exit).toBe(2)
  })

  it('[X1] [L221] document.shapes: what is what is said of a folder, and its shapes are shown where there are more', async () => {
    mkdirSync(join(cli.workspace, 'exports/old'), { recursive: true })
    write('exports/one.json', '{"zustand":"kaputt"}')
    write('exports/old/two.json', '{"zustand":"heil"}')
    const { plan } = await output('document.map.plan', ['map', 'exports', '--status', '/zustand'])
    expect(plan).toMatchObject({
      mapping: { folder: 'exports' },
      rows: [{ document: 'exports/old/two.json' }, { document: 'exports/one.json' }],
    })
    write('exports/three.json', '{"status":"failed","run_id":"r"}')
    const { shapes } = await output('document.shapes', ['map', 'exports'])
    expect(shapes).toMatchObject([{ documents: 2 }, { documents: 1, status: 'failed' }])
    expect((await unstuck(['map', 'exports', '--status', '/zustand', '--apply'])).exit).toBe(2)
    const in1 = ['map', 'exports/one.json', '--in', '.', '--status', '/zustand']
    expect((await output('document.map.plan', in1)).plan.mapping).toMatchObject({ folder: '' })
  })

  it('[X1] document.import.plan, document.import.apply and document.origin: a run is made of it, and written back', async () => {
    putForeign('awf/failed.json', 'states/run-7.json')
    putForeign('sets/awf/workflows/deploy.yaml', 'deploy.yaml')
    const asked = ['import', 'states/run-7.json', '--definition', 'deploy.yaml']
    const { plan } = await output('document.import.plan', asked)
    expect(plan).toMatchObject({ ready: true, workflow: 'deploy' })

    const { ref } = await output('document.import.apply', [...asked, '--apply'])

    expect(await call('document.origin', { ref })).toMatchObject({
      origin: { format: 'awf', document: 'states/run-7.json' },
    })
    const exported = await output('document.plan', ['export', ref.document], 2)
    expect(exported.plan.problems).toEqual(['Nothing would be different.'])
  })

  it('[X1] [E184] document.cleanup.plan and document.cleanup.apply: by the rules of each engine, to the trash and back', async () => {
    for (const name of readdirSync(
      fixture('sets/tapps/healthy-mixed/.tapps-agents/workflow-state'),
    ))
      if (name.endsWith('.json'))
        putForeign(
          `sets/tapps/healthy-mixed/.tapps-agents/workflow-state/${name}`,
          `.tapps-agents/workflow-state/${name}`,
        )
    const asked = ['cleanup', '--engines', '--keep-latest', '1']
    const { plan } = await output('document.cleanup.plan', asked)
    const victims = plan.rows.filter(({ goes }) => goes)

    const { rows } = await output('document.cleanup.apply', [...asked, '--apply'])

    expect(victims.length).toBeGreaterThan(0)
    expect(rows).toMatchObject(victims.map(({ path }) => ({ item: path, outcome: 'done' })))
    const { entries } = await output('trash.list', ['restore'])
    expect(entries).toHaveLength(victims.length)
    await unstuck(['restore', ...entries.map(({ id }) => id)])
    expect(readdirSync(join(cli.workspace, '.tapps-agents/workflow-state'))).toEqual(
      expect.arrayContaining(victims.map(({ path }) => path.slice(path.lastIndexOf('/') + 1))),
    )
  })
})
