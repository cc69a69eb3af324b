import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHost, type Host } from '../../electron/host/createHost.ts'
import type { Ref } from '../../shared/contract/call.ts'
import type { Client } from '../../shared/contract/contract.ts'

let folder: string
let workspace: string
let host: Host
let client: Client

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'unstuck-approval-'))
  workspace = mkdtempSync(join(folder, 'workspace-'))
  host = await createHost({
    path: workspace,
    host: 'cli',
    trust: true,
    configFolder: join(folder, 'config'),
  })
  client = host.client()
})

afterEach(async () => {
  await host.close()
  rmSync(folder, { recursive: true })
})

const other = 'sha256:0000'

describe('an apply does what was approved and nothing else', () => {
  it('[E26] a resume under another digest or revision is stale and runs nothing', async () => {
    const ref = await failedRun()
    const { plan: _plan, ...approval } = await client.call('resume.plan', { ref })

    await expectStale(client.call('resume.apply', { ref, ...approval, digest: other }))
    await expectStale(client.call('resume.apply', { ref, ...approval, rev: other }))

    expect(readTries()).toHaveLength(1)
  })

  it('[E26] a resume planned before somebody else resumed is stale and runs nothing', async () => {
    const ref = await failedRun()
    const { plan: _plan, ...approval } = await client.call('resume.plan', { ref })
    await client.call('resume.apply', { ref, ...approval })
    await client.call('run.wait', { ref })

    await expectStale(client.call('resume.apply', { ref, ...approval }))

    expect(readTries()).toHaveLength(2)
  })

  it('[E26] a fork under another digest or revision is stale and makes no run', async () => {
    const ref = await failedRun()
    const { plan: _plan, ...approval } = await client.call('resume.plan', { ref, fork: true })

    for (const wrong of [{ digest: other }, { rev: other }])
      await expectStale(client.call('resume.apply', { ref, fork: true, ...approval, ...wrong }))

    expect((await client.call('run.list', {})).total).toBe(1)
  })

  it('[N20] an edit under another digest or revision is stale and writes nothing', async () => {
    const ref = await failedRun()
    const edits = [{ kind: 'set', path: '/variables/x', json: '1' }] as const
    const asked = { ref, edits: [...edits], reason: 'why' }
    const { plan: _plan, ...approval } = await client.call('edit.plan', { ref, edits: [...edits] })

    for (const wrong of [{ digest: other }, { rev: other }])
      await expectStale(client.call('edit.apply', { ...asked, ...approval, ...wrong }))
    await client.call('run.checkpoint', { ref, name: 'meanwhile' })
    await expectStale(client.call('edit.apply', { ...asked, ...approval }))

    const variables = await client.call('state.value', { ref, pointer: '/variables' })
    expect(variables.text).toBe('{}')
  })

  it('[N12] edits that were staged before the run changed are told so, and are done once they are rebased', async () => {
    const ref = await failedRun()
    const seq = (await client.call('run.get', { ref })).run?.seq ?? 0
    const mine = {
      ref,
      edits: [{ kind: 'set' as const, path: '/variables/x', json: '1' }],
      base: seq,
    }
    const theirs = { ref, edits: [{ kind: 'set' as const, path: '/variables/x', json: '2' }] }
    const { plan: _plan, ...approval } = await client.call('edit.plan', theirs)
    await client.call('edit.apply', { ...theirs, ...approval, reason: 'quicker' })

    const { plan } = await client.call('edit.plan', mine)
    const rebased = await client.call('edit.plan', { ...mine, base: plan.meanwhile?.now ?? null })

    expect(plan).toMatchObject({
      ready: false,
      meanwhile: { records: 1, changes: [{ path: '/variables/x', after: '2' }] },
      rows: [{ conflict: '/variables/x was not there and is 2 now.' }],
    })
    expect(rebased.plan).toMatchObject({ ready: true, rows: [{ before: '2', after: '1' }] })
  })

  it('[N23] of many runs the one that changed since stays as it is, the others are edited', async () => {
    const [changed, same] = [await failedRun(), await failedRun()]
    const edit = { kind: 'set' as const, path: '/variables/x', json: '1' }
    const runs = [changed.document, same.document]
    const { plan: _plan, ...approval } = await client.call('edit.batch.plan', { runs, edit })
    await client.call('run.checkpoint', { ref: changed, name: 'meanwhile' })

    const asked = { runs, edit, ...approval, reason: 'why' }
    const { rows } = await client.call('edit.batch.apply', asked)

    expect(rows).toMatchObject([
      { item: changed.document, outcome: 'stale' },
      { item: same.document, outcome: 'done' },
    ])
    const { operations } = await client.call('operations.list', { run: same.document, limit: 1 })
    expect(operations[0]).toMatchObject({ changes: [{ path: '/variables/x', after: '1' }] })
  })

  it('[R93] of many damaged runs the one that changed since stays as it is, the others are repaired', async () => {
    const [changed, same] = [await failedRun(), await failedRun()]
    for (const ref of [changed, same]) truncateSync(headOf(ref), 300)
    const runs = [changed.document, same.document]
    const { plan, ...approval } = await client.call('repair.batch.plan', { runs })
    truncateSync(headOf(changed), 200)
    const damaged = readFileSync(headOf(changed), 'utf8')

    const { rows } = await client.call('repair.batch.apply', { runs, ...approval })

    expect(plan).toMatchObject({ total: 2, able: 2, ready: true })
    expect(rows).toMatchObject([
      { item: changed.document, outcome: 'stale' },
      { item: same.document, outcome: 'done', cause: 'Read back: no finding remains.' },
    ])
    expect(readFileSync(headOf(changed), 'utf8')).toBe(damaged)
    await expectStale(client.call('repair.batch.apply', { runs, ...approval, digest: other }))
  })

  it('a repair under another digest or revision is stale and writes nothing', async () => {
    const ref = await failedRun()
    truncateSync(headOf(ref), 300)
    const damaged = readFileSync(headOf(ref), 'utf8')
    const { plan: _plan, ...approval } = await client.call('repair.plan', { ref })

    await expectStale(client.call('repair.apply', { ref, ...approval, digest: other }))
    await expectStale(client.call('repair.apply', { ref, ...approval, rev: other }))

    expect(readFileSync(headOf(ref), 'utf8')).toBe(damaged)
    expect((await client.call('run.get', { ref })).backups).toEqual([])
  })

  it('a repair keeps a backup of its own, also when there are older ones', async () => {
    const ref = await failedRun()
    const kept: string[] = []
    for (const size of [300, 200]) {
      truncateSync(headOf(ref), size)
      const { plan: _plan, ...approval } = await client.call('repair.plan', { ref })
      kept.push((await client.call('repair.apply', { ref, ...approval })).backup)
    }

    const { backups } = await client.call('run.get', { ref })

    expect(new Set(kept).size).toBe(2)
    expect(backups.map(({ id }) => id).toSorted()).toEqual(kept.toSorted())
  })

  it('a run that changed since the clean up was shown stays, although its policy would take it now too', async () => {
    const [changed, same] = [await failedRun(), await failedRun()]
    const policy = {
      days: { completed: null, failed: null, cancelled: null },
      maxRunsPerWorkflow: 0,
      maxBytes: null,
    }
    const { plan, ...approval } = await client.call('cleanup.plan', { policy })
    const { plan: _plan, ...again } = await client.call('resume.plan', { ref: changed })
    await client.call('resume.apply', { ref: changed, ...again })
    await client.call('run.wait', { ref: changed })

    const { rows } = await client.call('cleanup.apply', { policy, ...approval })

    expect(plan.victims.map(({ run }): string => run).toSorted()).toEqual(
      [changed.document, same.document].toSorted(),
    )
    expect(Object.fromEntries(rows.map(({ item, outcome }) => [item, outcome]))).toEqual({
      [changed.document]: 'stale',
      [same.document]: 'done',
    })
    expect((await client.call('run.get', { ref: changed })).run?.status).toBe('failed')
  })
})

/** A run of one step that fails every time, and says in `tries` that it was tried. */
async function failedRun(): Promise<Ref> {
  const step = { run: 'echo tried >> tries; exit 3', sideEffects: 'none' }
  writeFileSync(join(workspace, 'bad.yaml'), JSON.stringify({ name: 'bad', steps: { a: step } }))
  const definition = join(workspace, 'bad.yaml')
  const { ref } = await client.call('run.start', { definition })
  await client.call('run.wait', { ref })
  return ref
}

function readTries(): readonly string[] {
  return readFileSync(join(workspace, 'tries'), 'utf8').trim().split('\n')
}

function headOf({ document }: Ref): string {
  const all = readdirSync(workspace, { recursive: true, encoding: 'utf8' })
  const head = all.find((path) => path.startsWith('runs') && path.endsWith(`${document}.json`))
  return join(workspace, head ?? document)
}

async function expectStale(call: Promise<unknown>): Promise<void> {
  await expect(call).rejects.toMatchObject({ code: 'stale' })
}
