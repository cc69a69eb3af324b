import { describe, expect, it } from 'vitest'
import { createCliBench } from './cliBench.ts'

const { output, call, started } = createCliBench()

describe('[X1] through the command line: workspaces, views and workflows', () => {
  it('[X1] workspace.trust and workspace.get', async () => {
    const trusted = await output('workspace.trust', ['trust'])
    const seen = await call('workspace.get', {})
    const revoked = await output('workspace.trust', ['trust', '--revoke'])

    expect([trusted.trusted, seen.trusted, revoked.trusted]).toEqual([true, true, false])
  })

  it('[X1] workspace.reveal: a command has no file manager', async () => {
    expect(await call('workspace.reveal', {})).toEqual({ shown: false })
  })

  it('[X1] workspace.recent and workspace.open: a command has one workspace', async () => {
    const { workspaces, canOpen } = await call('workspace.recent', {})

    expect([workspaces.map(({ isCurrent }) => isCurrent), canOpen]).toEqual([[true], false])
    await expect(call('workspace.open', { path: '/srv' })).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })

  it('[X1] connection.get, connection.active and connection.redial: a command is alone', async () => {
    expect(await call('connection.active', { name: 'Ada' })).toEqual({})
    expect(await call('connection.redial', { token: null })).toEqual({})
    expect(await call('connection.get', {})).toMatchObject({ isRemote: false, address: null })
  })

  it('[X1] hosts.list, hosts.connect and hosts.forget: only the desktop shows other hosts', async () => {
    const address = 'http://127.0.0.1:7300'
    const refused = { code: 'invalid-input' }

    expect(await call('hosts.list', {})).toMatchObject({ hosts: [], canConnect: false })
    await expect(
      call('hosts.connect', { address, token: null, remember: false }),
    ).rejects.toMatchObject(refused)
    await expect(call('hosts.forget', { address })).rejects.toMatchObject(refused)
  })

  it('[X1] sample.create and run.list', async () => {
    const { runs } = await output('sample.create', ['sample', 'fresh'])
    const list = await output('run.list', ['list', '--workspace', 'fresh'])

    expect(list.total).toBe(runs)
  }, 120_000)

  it('[X1] run.groups and run.count', async () => {
    const run = await started('bad.yaml', 8)
    const groups = await output('run.groups', ['list', '--status', 'failed', '--group-by', 'error'])
    const { totals } = await call('run.count', { queries: [{}, { text: run }, { text: 'none' }] })

    expect(groups).toMatchObject({ total: 1, runs: 1, groups: [{ statuses: { failed: 1 } }] })
    expect(totals).toEqual([1, 1, 0])
  })

  it('[X1] view.save, view.list, view.rename and view.delete', async () => {
    const run = await started('bad.yaml', 8)
    await output('view.save', ['view', 'save', 'Broken', '--query', 'status:failed workflow:flow'])
    await output('view.rename', ['view', 'rename', 'Broken', 'Failed flows'])
    const { views } = await output('view.list', ['view', 'list'])
    const list = await output('run.list', ['list', '--view', 'Failed flows', '--where', 'sleep'])
    const found = await output('run.list', ['list', '--view', 'Failed flows'])
    const left = await output('view.delete', ['view', 'delete', 'Failed flows'])

    expect(views).toMatchObject([{ name: 'Failed flows', text: 'status:failed workflow:flow' }])
    expect(list.total).toBe(0)
    expect(found.rows.map(({ id }) => id)).toEqual([run])
    expect(left.views).toEqual([])
  })

  it('[X1] workflow.list and workflow.read', async () => {
    const read = await output('workflow.read', ['validate', 'ok.yaml'])
    const { workflows } = await call('workflow.list', {})

    expect(read.problems).toEqual([])
    expect(workflows).toContainEqual({
      path: read.path,
      name: read.name,
      version: read.version,
      description: read.description,
      steps: read.steps.length,
      problems: 0,
    })
  })
})
