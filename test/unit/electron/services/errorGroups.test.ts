import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHost, type Host } from '../../../../electron/host/createHost.ts'
import type { Ref } from '../../../../shared/contract/call.ts'
import type { Client } from '../../../../shared/contract/contract.ts'
import type { ErrorDetail } from '../../../../shared/contract/errors.ts'

let folder = ''
let host: Host
let client: Client
let runs: readonly string[] = []

/** One error in three runs: the first is forked past it, the second edited and resumed, the third left. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unstuck-errors-'))
  const load = { run: 'cat fixed', sideEffects: 'none' }
  const steps = {
    before: { run: 'true', sideEffects: 'none' },
    load: { ...load, needs: ['before'] },
  }
  await writeFile(join(folder, 'etl.json'), JSON.stringify({ name: 'etl', steps }))
  host = await createHost({ path: folder, host: 'cli', configFolder: join(folder, 'config') })
  client = host.client()
  await client.call('workspace.trust', { trusted: true })
  runs = [await start(), await start(), await start()]
}, 60_000)
afterAll(async () => {
  await host.close()
  await rm(folder, { recursive: true, force: true })
})

async function start(): Promise<string> {
  const { ref } = await client.call('run.start', { definition: 'etl.json', inputs: {} })
  await client.call('run.wait', { ref })
  return ref.document
}

async function resume(run: string, fork: boolean): Promise<string> {
  const ref = await refOf(run)
  const { plan: _, ...approval } = await client.call('resume.plan', { ref, fork })
  const made = await client.call('resume.apply', { ref, fork, ...approval })
  await client.call('run.wait', { ref: made.ref })
  return made.ref.document
}

async function refOf(run: string): Promise<Ref> {
  const { id: workspace } = await client.call('workspace.get', {})
  return { workspace, format: 'unstuck', document: run, item: null }
}

async function only(): Promise<ErrorDetail> {
  const { groups } = await client.call('error.list', {})
  return client.call('error.get', { error: groups[0]?.id ?? 'none' })
}

test('[X110] runs that failed alike are one error, with what the newest says and the log it wrote', async () => {
  const { groups, total, counts } = await client.call('error.list', {})
  const detail = await only()

  expect([total, counts, groups[0]?.left]).toEqual([1, { open: 1, resolved: 0, muted: 0 }, 3])
  expect(detail).toMatchObject({
    step: 'load',
    runs: 3,
    workflows: [{ workflow: 'etl', version: null, count: 3 }],
    newest: { step: 'load', attempt: 1 },
    standing: { state: 'open', sentence: 'Nothing was tried yet.' },
    triesTotal: 0,
  })
  expect(detail.examples.map(({ id }) => id).toSorted()).toEqual([...runs].toSorted())
  expect(detail.bars?.counts.reduce((sum, one) => sum + one, 0)).toBe(3)
  expect(await client.call('error.get', { error: detail.error })).toMatchObject({ id: detail.id })
  await expect(client.call('error.get', { error: 'nothing' })).rejects.toMatchObject({
    code: 'not-found',
  })
  const found = await client.call('run.list', { filter: detail.filter })
  expect(found.total).toBe(3)
})

test('[X110] a resume that failed alike resolves nothing; a fork that got past the step resolves it for all', async () => {
  await resume(runs[0] ?? '', false)
  expect((await only()).tries).toMatchObject([{ kind: 'resume', run: runs[0], outcome: 'same' }])

  await writeFile(join(folder, 'fixed'), '')
  const fork = await resume(runs[0] ?? '', true)
  await rm(join(folder, 'fixed'))

  const detail = await only()
  expect(detail.tries).toMatchObject([
    { kind: 'fork', run: runs[0], goesOn: fork, outcome: 'past' },
    { kind: 'resume', outcome: 'same' },
  ])
  expect(detail).toMatchObject({
    standing: { state: 'resolved', solvedBy: { goesOn: fork } },
    left: 2,
    runs: 3,
  })
})

test('[X110] what fails like it afterwards opens it again', async () => {
  const again = await start()

  expect((await only()).standing).toMatchObject({ state: 'open', again: expect.any(String) })
  expect((await client.call('error.list', { state: 'open' })).total).toBe(1)
  expect((await only()).examples[0]?.id).toBe(again)
})

test('[X110] an edited run that went on in its own place is told, though it is no longer failed', async () => {
  const run = runs[1] ?? ''
  const ref = await refOf(run)
  const edits = [{ kind: 'set' as const, path: '/variables/x', json: '1' }]
  const { plan: _, ...approval } = await client.call('edit.plan', { ref, edits })
  await client.call('edit.apply', { ref, edits, ...approval, reason: 'was wrong' })
  await writeFile(join(folder, 'fixed'), '')
  await resume(run, false)

  const detail = await only()
  expect(detail.standing).toMatchObject({
    state: 'resolved',
    solvedBy: { kind: 'resume', run, edited: true },
  })
  expect(detail.examples.map(({ id }) => id)).not.toContain(run)
  expect(detail.tries.slice(0, 2)).toMatchObject([
    { kind: 'resume', run, outcome: 'past' },
    { kind: 'edit', run, reason: 'was wrong', outcome: 'none' },
  ])
})

test('[X111] what a person says of an error is kept, is in the operations log, and is taken back from there', async () => {
  const { error, id } = await only()
  const states = async () => (await client.call('error.list', {})).counts
  const muted = { kind: 'muted', more: 3 } as const

  const decided = await client.call('error.decide', { error, decision: muted, reason: 'outage' })
  expect(decided).toMatchObject({ observed: true, said: { reason: 'outage' } })
  expect(await states()).toMatchObject({ muted: 1 })
  const [logged] = (await client.call('operations.list', { limit: 1 })).operations
  expect(logged).toMatchObject({
    call: 'error.decide',
    item: error,
    reason: 'outage',
    state: 'done',
    changes: [{ before: '{"kind":"none"}', after: '{"kind":"muted","more":3,"until":null}' }],
  })

  const reopened = await createHost({ path: folder, host: 'cli', configFolder: join(folder, 'b') })
  const other = await reopened.client().call('error.get', { error: id })
  await reopened.close()
  expect(other.said).toMatchObject({ decision: { kind: 'muted' }, reason: 'outage' })

  const undone = await client.call('operations.undo', { id: logged?.id ?? '' })
  expect([undone.observed, await states()]).toEqual([true, { open: 0, resolved: 1, muted: 0 }])
})
