import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createHost, type Host } from '../../../../electron/host/createHost.ts'
import type { CallInput, CallOutput, Client } from '../../../../shared/contract/contract.ts'

let folder: string
let workspace: string
let host: Host
let client: Client

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'unstuck-batch-'))
  workspace = mkdtempSync(join(folder, 'workspace-'))
  host = await openHost()
  client = host.client()
})

afterEach(async () => {
  await host.close()
  rmSync(folder, { recursive: true })
})

function openHost(): Promise<Host> {
  const configFolder = join(folder, 'config')
  return createHost({ path: workspace, host: 'cli', trust: true, configFolder })
}

/** Each fails at `a` until there is a file `fixed`; then `b` has its effect. */
async function failedRuns(count: number): Promise<readonly string[]> {
  const steps = {
    a: { run: 'test -e fixed', sideEffects: 'none' },
    b: { run: 'echo "$UNSTUCK_RUN" >> effects', needs: ['a'], sideEffects: 'none' },
  }
  writeFileSync(join(workspace, 'pay.yaml'), JSON.stringify({ name: 'pay', steps }))
  const started = []
  for (let n = 0; n < count; n += 1)
    started.push((await client.call('run.start', { definition: 'pay.yaml' })).ref)
  for (const ref of started) await client.call('run.wait', { ref })
  return started.map(({ document }) => document).toSorted()
}

function fix(): void {
  writeFileSync(join(workspace, 'fixed'), '')
}

function effects(): readonly string[] {
  return readFileSync(join(workspace, 'effects'), 'utf8').trim().split('\n')
}

const failed = {
  filter: [{ kind: 'words' as const, field: 'status' as const, values: ['failed'], isNot: false }],
}

async function start(
  more: Partial<CallInput<'resume.batch.start'>> = {},
): Promise<CallOutput<'resume.batch.start'>> {
  const { rev, digest, asOf } = await client.call('resume.batch.plan', failed)
  return client.call('resume.batch.start', { ...failed, rev, digest, asOf, ...more })
}

async function restOf(batch: string): Promise<CallOutput<'resume.batch.get'>> {
  for (;;) {
    const shown = await client.call('resume.batch.get', { batch })
    const { phase, counts } = shown.batch
    const isOver = ['waiting', 'paused', 'cancelled', 'done'].includes(phase)
    if (isOver && counts.underWay === 0) return shown
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test('[R101] [R105] [R108] a canary goes first, a person lets the rest follow, and each row says what was observed', async () => {
  const runs = await failedRuns(3)
  fix()

  const { batch, total } = await start({ canary: 1, parallel: 2 })
  const canary = await restOf(batch)
  const effectsOfCanary = effects()
  await client.call('resume.batch.control', { batch, action: 'continue' })
  const whole = await restOf(batch)

  expect(total).toBe(3)
  expect(canary.batch).toMatchObject({ phase: 'waiting', counts: { completed: 1, open: 2 } })
  expect(effectsOfCanary).toHaveLength(1)
  expect(whole.batch).toMatchObject({ phase: 'done', counts: { completed: 3, open: 0 } })
  expect(whole.rows).toMatchObject([
    { document: runs[0], outcome: 'completed', sentence: 'It is completed.', isCanary: true },
    { document: runs[1], outcome: 'completed', isCanary: false },
    { document: runs[2], outcome: 'completed', isCanary: false },
  ])
  expect(effects().toSorted()).toEqual(runs)
})

test('[R107] three failures for one reason pause it, and it says so', async () => {
  await failedRuns(5)

  const { batch } = await start({ canary: 0, parallel: 1, guard: { failures: 3, of: 10 } })
  const held = await restOf(batch)

  expect(held.batch).toMatchObject({ phase: 'paused', counts: { failed: 3, open: 2 } })
  expect(held.batch.because).toMatch(/^3 of the last 3 runs failed for the same reason: a: /)

  fix()
  const told = await client.call('resume.batch.control', { batch, action: 'retry' })
  const whole = await restOf(batch)

  expect(told).toMatchObject({ retried: 3, refused: [] })
  expect(whole.batch).toMatchObject({ phase: 'done', counts: { completed: 5, failed: 0 } })
  expect(new Set(effects()).size).toBe(5)
})

test('[R109] a run that changed since it was planned is not resumed, and the others are', async () => {
  const [changed = '', ...others] = await failedRuns(3)
  fix()
  const { rev, digest, asOf } = await client.call('resume.batch.plan', failed)
  const { id: workspaceId } = await client.call('workspace.get', {})
  const ref = { workspace: workspaceId, format: 'unstuck', document: changed, item: null } as const
  await client.call('run.checkpoint', { ref, name: 'meanwhile' })

  const asked = { ...failed, rev, digest, asOf, canary: 0 }
  const { batch } = await client.call('resume.batch.start', asked)
  const whole = await restOf(batch)

  expect(whole.rows[0]).toMatchObject({ document: changed, outcome: 'refused' })
  expect(whole.rows[0]?.sentence).toContain('changed on disk since you looked')
  expect(effects().toSorted()).toEqual(others)
})

test('[R106] a batch that is cancelled begins nothing more, and is not gone on with', async () => {
  await failedRuns(3)
  fix()
  const { batch } = await start({ canary: 1 })
  await restOf(batch)

  await client.call('resume.batch.control', { batch, action: 'cancel', reason: 'wrong runs' })

  expect((await restOf(batch)).batch).toMatchObject({
    phase: 'cancelled',
    because: expect.stringContaining('wrong runs'),
    counts: { completed: 1, open: 2 },
  })
  await expect(
    client.call('resume.batch.control', { batch, action: 'continue' }),
  ).rejects.toMatchObject({ code: 'invalid-input' })
  expect(effects()).toHaveLength(1)
})

test('[R110] a host that opens the workspace later goes on with it, and resumes no run a second time', async () => {
  const runs = await failedRuns(4)
  fix()
  const { batch } = await start({ canary: 0, parallel: 1 })
  await host.close()

  host = await openHost()
  client = host.client()
  await client.call('resume.batch.control', { batch, action: 'continue' })
  const whole = await restOf(batch)

  expect(whole.batch).toMatchObject({ phase: 'done', counts: { completed: 4 } })
  expect(effects().toSorted()).toEqual(runs)
})

test('[R98] [R99] every run has its row, and those that are left out say why', async () => {
  await failedRuns(1)
  fix()
  const { ref } = await client.call('run.start', { definition: 'pay.yaml' })
  await client.call('run.wait', { ref })

  const { plan } = await client.call('resume.batch.plan', {})

  expect(plan).toMatchObject({
    total: 2,
    counts: { ready: 1, asks: 0, blocked: 0, unneeded: 1 },
    reasons: [{ outcome: 'unneeded', sentence: 'It is completed.', count: 1 }],
  })
})

test('[R103] another engine goes on by its own command, and what a cut one did is in doubt', async () => {
  mkdirSync(join(workspace, 'states'))
  copyFileSync(failedAwf, join(workspace, 'states/run-7.json'))
  const command = 'sh -c "echo {name} >> effects; echo done"'
  const settings = { version: 1, resume: { commands: { awf: command } } }
  writeFileSync(join(workspace, 'unstuck.json'), JSON.stringify(settings))
  await host.close()
  host = await openHost()
  client = host.client()

  const { plan, ...approval } = await client.call('resume.batch.plan', {})
  const { batch } = await client.call('resume.batch.start', { ...approval, canary: 0 })
  const { rows } = await restOf(batch)
  await cutBehindClaim(batch)
  const cut = (await restOf(`${batch}-cut`)).rows

  expect(plan.commands).toEqual([
    { format: 'awf', command: "sh -c 'echo run-7 >> effects; echo done'", count: 1 },
  ])
  expect(rows).toMatchObject([{ document: 'states/run-7.json', outcome: 'completed' }])
  expect(cut).toMatchObject([{ document: 'states/run-7.json', outcome: 'inDoubt' }])
  expect(effects()).toEqual(['run-7'])
})

const failedAwf = fileURLToPath(
  new URL('../../../fixtures/foreign/awf/failed.json', import.meta.url),
)

/** The same batch as a host leaves it that is killed when it has just claimed its first run. */
async function cutBehindClaim(batch: string): Promise<void> {
  const jobs = join(workspace, '.unstuck', 'jobs')
  const lines = readFileSync(join(jobs, `${batch}.jsonl`), 'utf8').split('\n')
  const claim = lines.findIndex((line) => line.includes('"claimed"'))
  const cut = `${batch}-cut`
  writeFileSync(join(jobs, `${cut}.jsonl`), `${lines.slice(0, claim + 1).join('\n')}\n`)
  await client.call('resume.batch.control', { batch: cut, action: 'continue' })
}
