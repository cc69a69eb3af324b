import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHost, type Host } from '../../electron/host/createHost.ts'
import { runCli, type CliEnvironment } from '../../electron/cli/runCli.ts'
import {
  contract,
  type CallInput,
  type CallName,
  type CallOutput,
} from '../../shared/contract/contract.ts'
import type { Ref } from '../../shared/contract/call.ts'

let folder: string
let workspace: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unstuck-cli-'))
  workspace = mkdtempSync(join(folder, 'workspace-'))
  write('ok.yaml', workflow({ a: 'echo hello', b: 'echo world' }))
  write('bad.yaml', workflow({ a: 'echo tried >> tries; test -e fixed', b: 'echo late' }))
  write('slow.yaml', workflow({ a: 'echo quick', b: 'sleep 60' }))
})

afterEach(() => rmSync(folder, { recursive: true }))

function write(name: string, text: string): void {
  writeFileSync(join(workspace, name), text)
}

function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/foreign/${name}`, import.meta.url))
}

/** A real document of another engine, as a file of the workspace. */
function putForeign(name: string, path: string): string {
  const file = join(workspace, path)
  mkdirSync(dirname(file), { recursive: true })
  copyFileSync(fixture(name), file)
  return file
}

/** Steps without side effects, each needing the one before it. */
function workflow(commands: { readonly [step: string]: string }): string {
  const names = Object.keys(commands)
  const steps = Object.entries(commands).map(([step, run], index) => {
    const needs = index === 0 ? [] : [names[index - 1]]
    return [step, { run, needs, sideEffects: 'none' }]
  })
  return JSON.stringify({ name: 'flow', steps: Object.fromEntries(steps) })
}

type Said = { readonly exit: number; readonly out: string; readonly err: string }

async function unstuck(argv: readonly string[], more: Partial<CliEnvironment> = {}): Promise<Said> {
  const out: string[] = []
  const err: string[] = []
  const exit = await runCli(argv, {
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    env: {},
    cwd: workspace,
    isTty: false,
    createHost: openHost,
    version: '0.0.0',
    rendererDirectory: join(folder, 'nowhere'),
    nowMs: Date.now,
    ask: async () => 'no',
    onInterrupt: () => () => undefined,
    ...more,
  })
  return { exit, out: out.join(''), err: err.join('') }
}

function openHost(options: Parameters<CliEnvironment['createHost']>[0]): Promise<Host> {
  return createHost({ ...options, configFolder: join(folder, 'config') })
}

/** What a command prints with `--json`, which must be what the contract says that the call returns. */
async function output<N extends CallName>(
  name: N,
  argv: readonly string[],
  exit = 0,
): Promise<CallOutput<N>> {
  const said = await unstuck([...argv, '--json'])
  expect({ argv, exit: said.exit, err: said.err, out: said.out }).toMatchObject({ exit, err: '' })
  return contract[name].output.parse(JSON.parse(said.out)) as CallOutput<N> // the schema of that very call
}

async function call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const host = await openHost({ path: workspace, host: 'cli' })
  try {
    return await host.client().call(name, input)
  } finally {
    await host.close()
  }
}

async function started(file: string, exit = 0): Promise<string> {
  return (await output('run.start', ['run', file, '--trust'], exit)).ref.document
}

async function refOf(run: string): Promise<Ref> {
  return (await output('run.get', ['show', run])).ref
}

/** Resolves when the newest run has that status. */
async function newestIs(status: string): Promise<void> {
  await expect
    .poll(async () => (await call('run.list', {})).rows[0]?.status, { timeout: 60_000 })
    .toBe(status)
}

function filesIn(path: string): readonly string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
}

function filesOf(run: string, ending: string): readonly string[] {
  const all = readdirSync(workspace, { recursive: true, encoding: 'utf8' })
  return all.filter((path) => path.endsWith(`${run}${ending}`)).map((path) => join(workspace, path))
}

/** A lock of another machine: nothing can be proved of its process. */
function foreignHolder(run: string): object {
  return {
    run,
    machineId: 'another machine',
    hostName: 'elsewhere',
    bootId: 'another boot',
    pidNamespace: 'another namespace',
    pid: 4711,
    processStartTime: '1',
    applicationVersion: '0.1.0',
    epoch: 1,
    since: '2026-01-02T03:04:05.678Z',
    controlSocket: null,
    purpose: 'run',
  }
}

function damageHead(run: string): void {
  for (const file of filesOf(run, '.json')) truncateSync(file, 700)
}

describe('[X1] every call reaches a real folder through the command line', () => {
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

  it('[X1] run.start and run.wait', async () => {
    const rested = await output('run.wait', ['run', 'ok.yaml', '--trust'])

    expect(rested).toEqual({ status: 'completed', liveness: 'none', error: null })
  })

  it('[X1] run.get, run.forks, run.steps, run.checkpoints and run.history', async () => {
    const run = await started('ok.yaml')
    const detail = await output('run.get', ['show', run])
    const history = await output('run.history', ['show', run, '--history'])
    const { ref } = detail
    const { forks } = await call('run.forks', { ref })
    const { steps } = await call('run.steps', { ref })
    const { checkpoints } = await call('run.checkpoints', { ref })

    expect(forks).toEqual(detail.forks)
    expect(steps.map(({ id, status }) => [id, status])).toEqual([
      ['a', 'succeeded'],
      ['b', 'succeeded'],
    ])
    expect(checkpoints).toEqual(detail.run?.checkpoints)
    expect(history.total).toBe(detail.run?.seq)
  })

  it('[X1] run.log and run.raw', async () => {
    const run = await started('ok.yaml')
    const log = await output('run.log', ['show', run, '--log', 'a'])
    const raw = await output('run.raw', ['show', run, '--raw', 'journal'])

    expect(log.text).toBe('hello\n')
    expect(raw.text).toMatch(/^\{.*\}\n$/s)
  })

  it('[X1] state.read and state.value', async () => {
    const run = await started('ok.yaml')
    const { children } = await output('state.read', ['show', run, '--state', '/steps'])
    const value = await output('state.value', ['show', run, '--value', '/steps/a/status'])

    expect(children.map(({ key }) => key)).toEqual(['a', 'b'])
    expect(value.text).toBe('"succeeded"')
  })

  it('[X1] state.search, log.search, step.uses and run.records', async () => {
    const run = await started('ok.yaml')
    const found = await output('state.search', ['show', run, '--find', 'steps.a.output'])
    const lines = await output('log.search', ['show', run, '--grep', 'WORLD'])
    const uses = await output('step.uses', ['show', run, '--uses', 'b'])
    const records = await call('run.records', { ref: await refOf(run), limit: 1 })

    expect(found.matches.map(({ node }) => node.pointer)).toEqual(['/steps/a/output'])
    expect(lines.matches).toEqual([{ step: 'b', attempt: 1, line: 1, offset: 0, text: 'world' }])
    expect(uses.reads.map(({ pointer }) => pointer)).toEqual(['/steps/a'])
    expect(records.lines).toMatchObject([{ type: 'keyframe' }])
    const said = await unstuck(['show', run, '--grep', 'o', '--limit', '1'])
    expect(said.out).toBe('a.1:1: hello\nThere may be more: --limit.\n')
  })

  it('[X1] run.check', async () => {
    const run = await started('ok.yaml')

    const checked = await output('run.check', ['check', run])

    expect(checked).toEqual({ item: run, health: 'ok', findings: [] })
  })

  it('[X1] run.checkAll', async () => {
    const runs = [await started('ok.yaml'), await started('ok.yaml')].toSorted()
    write('torn.json', '{"open": [1')

    const checked = await output('run.checkAll', ['check'], 4)

    expect(checked.total).toBe(checked.items.length)
    const flawed = checked.items.flatMap(({ item, findings }) =>
      findings.map(({ rule }) => [item, rule]),
    )
    expect(flawed).toEqual([['torn.json', 'I28']])
    expect(checked.items.map(({ item }) => item)).toEqual(expect.arrayContaining(runs))
  })

  it('[X1] checkpoint.compare and checkpoint.patch', async () => {
    const run = await started('ok.yaml')
    const { checkpoints } = await call('run.checkpoints', { ref: await refOf(run) })
    const [first] = checkpoints
    const changes = await output('checkpoint.compare', ['diff', `${run}@${first?.id}`, run])
    const patch = await output('checkpoint.patch', ['diff', `${run}@${first?.id}`, run, '--patch'])

    expect(changes.changes.map(({ path }) => path)).toContain('/steps/a/status')
    expect(JSON.parse(patch.text)).toHaveLength(patch.operations)
  })

  it('[T155] values of edits and operations are masked as on a screen', async () => {
    write('unstuck.json', JSON.stringify({ redaction: { keys: ['pin'], values: ['Z\\d{4}'] } }))
    const flow = { name: 'flow', inputs: { pin: '', code: '', password: '' } }
    write('secret.yaml', JSON.stringify({ ...flow, steps: { a: { run: 'true' } } }))
    const run = await started('secret.yaml')
    const edits = ['pin="4711-x"', 'code="Z1234"', 'password="hunter2"'].flatMap((text) => [
      '--set',
      `/inputs/${text}`,
    ])
    const planned = await unstuck(['edit', run, ...edits])
    const applied = await unstuck(['edit', run, ...edits, '--reason', 'try', '--apply'])
    const listed = await unstuck(['operations', '--call', 'edit.apply'])
    const { operations } = await output('operations.list', ['operations', '--call', 'edit.apply'])
    const one = await unstuck(['operations', '--id', operations[0]?.id ?? ''])

    for (const { out } of [planned, applied, listed, one])
      expect(out).not.toMatch(/4711|Z1234|hunter/)
    expect(one.out).toContain('→ "••••••"')
  })

  it('[X1] [T154] export.plan, export.open, export.read and export.close', async () => {
    const run = await started('ok.yaml')
    const planned = await output('export.plan', ['export', run, '--as', 'json', '--plan'])
    const shown = await unstuck(['export', run, '--as', 'json', '-o', '-'])
    const made = await unstuck(['export', run, '--as', 'otlp', '-o', 'trace.json', '--json'])
    const again = await unstuck(['export', run, '--as', 'otlp', '-o', 'trace.json'])
    const bare = await unstuck(['export', run, '--as', 'jsonl', '--no-redact'])

    expect(shown.out).toContain('"format":"unstuck-export"')
    expect(shown.out.length).toBe(planned.sizeBytes)
    expect(JSON.parse(made.out)).toMatchObject({
      path: join(workspace, 'trace.json'),
      problems: [],
    })
    const trace = readFileSync(join(workspace, 'trace.json'), 'utf8')
    expect(JSON.parse(trace).resourceSpans).toHaveLength(1)
    expect(again).toMatchObject({ exit: 2, err: expect.stringContaining('is there already') })
    expect(bare).toMatchObject({ exit: 2, err: expect.stringContaining('Say why') })
    expect(readdirSync(workspace).filter((name) => name.endsWith('.part'))).toEqual([])
    await expect(call('export.read', { export: 'a1', piece: 0 })).rejects.toThrow('no such export')
    expect(await call('export.close', { export: 'a1' })).toEqual({})
    const { operations } = await output('operations.list', ['operations', '--call', 'export.open'])
    expect(operations.map(({ state, error }) => [state, error?.code])).toEqual([
      ['failed', 'cancelled'],
      ['done', undefined],
      ['done', undefined],
    ])
  })

  it('[X1] run.divergence and state.blame', async () => {
    const good = await started('ok.yaml')
    write('ok.yaml', workflow({ a: 'echo hello', b: 'echo moon' }))
    const bad = await started('ok.yaml')
    const { first, steps } = await output('run.divergence', ['diff', good, bad, '--divergence'])
    const blamed = await output('state.blame', ['blame', bad, '/steps/b/output'])
    const shown = await unstuck(['diff', good, bad])

    expect(first).toMatchObject({ step: 'b', part: 'definition', after: '"echo moon"' })
    expect(steps.map(({ step, verdict }) => [step, verdict])).toEqual([
      ['a', 'same'],
      ['b', 'parted'],
    ])
    expect(blamed.changes[0]).toMatchObject({ type: 'stepSucceeded', step: 'b', before: 'null' })
    expect(shown.out).toMatch(/^Both runs agree up to step a; at step b the definition differs/)
  })

  it('[X1] run.pause', async () => {
    const steps = Array.from({ length: 100 }, (_, index) => [`s${index}`, 'sleep 0.1'])
    write('long.yaml', workflow(Object.fromEntries(steps)))
    const running = unstuck(['run', 'long.yaml', '--trust', '--json'])
    await newestIs('running')

    const paused = await output('run.pause', ['pause', 'latest'])

    expect(paused).toEqual({ status: 'paused', observed: true })
    expect(await running).toMatchObject({ exit: 9 })
  })

  it('[X1] run.cancel', async () => {
    const running = unstuck(['run', 'slow.yaml', '--trust', '--json'])
    await newestIs('running')

    const cancelled = await output('run.cancel', ['cancel', 'latest', '--reason', 'enough'])

    expect(cancelled).toEqual({ status: 'cancelled', observed: true })
    expect(await running).toMatchObject({ exit: 130 })
  })

  it('[X1] run.decide: another process decides at the gate of a run that goes on, and of one that rests', async () => {
    const gate = { fields: { amount: { type: 'integer', minimum: 1 } } }
    const steps = { ask: { gate }, pay: { run: 'true', needs: ['ask'], sideEffects: 'none' } }
    write('gate.yaml', JSON.stringify({ name: 'gate', steps }))
    const running = unstuck(['run', 'gate.yaml', '--trust', '--json'])
    await newestIs('waiting')
    const wrong = await unstuck(['approve', 'latest', 'ask', '--value', 'amount=0'])
    expect(wrong).toMatchObject({ exit: 2, err: expect.stringContaining('amount') })

    const decided = await output('run.decide', ['approve', 'latest', '--value', 'amount=3'])

    expect(decided.observed).toBe(true)
    expect(await running).toMatchObject({ exit: 0 })

    const second = unstuck(['run', 'gate.yaml', '--json'])
    await newestIs('waiting')
    await unstuck(['pause', 'latest'])
    await second
    const rejected = await unstuck(['reject', 'latest', '--reason', 'no'])
    expect(rejected.out).toContain('Go on: unstuck resume')
    expect((await unstuck(['approve', 'latest'])).err).toContain('waits for a decision')
  })

  it('[X1] run.retry and run.checkpoint', async () => {
    const retry = { attempts: 2, delay: '1h' }
    const steps = {
      a: { run: 'test -e again || { touch again; exit 1; }', retry, sideEffects: 'none' },
    }
    write('retry.yaml', JSON.stringify({ name: 'retry', steps }))
    const running = unstuck(['run', 'retry.yaml', '--trust', '--json'])
    await newestIs('waiting')

    const made = await output('run.checkpoint', ['checkpoint', 'latest', '--name', 'by hand'])
    const retried = await output('run.retry', ['retry', 'latest'])

    expect([made.observed, retried.observed]).toEqual([true, true])
    expect(await running).toMatchObject({ exit: 0 })
    const later = await output('run.checkpoint', ['checkpoint', 'latest'])
    const { checkpoints } = await call('run.checkpoints', { ref: await refOf('latest') })
    expect(checkpoints.map(({ id, name }) => [id, name])).toEqual(
      expect.arrayContaining([
        [made.checkpoint, 'by hand'],
        [later.checkpoint, 'manual'],
      ]),
    )
  })

  it('[X1] step.try: one step alone, of which nothing is recorded', async () => {
    const run = await started('bad.yaml', 8)
    const before = await output('run.get', ['show', run])
    const tried = await output('step.try', ['try', run, 'a'], 8)
    write('fixed', '')
    const again = await output('step.try', ['try', run, 'a'])

    expect(tried).toMatchObject({ outcome: 'failed', exitCode: 1 })
    expect(again).toMatchObject({ outcome: 'succeeded', exitCode: 0, output: '""' })
    expect((await output('run.get', ['show', run])).rev).toBe(before.rev)
    expect((await unstuck(['try', run, 'b'])).err).toContain('needs a')
  })

  it('[X22] a step whose effects may do harm is tried only with --yes', async () => {
    write('pay.yaml', JSON.stringify({ name: 'pay', steps: { pay: { run: 'echo paid >> paid' } } }))
    const run = await started('pay.yaml')
    const refused = await unstuck(['try', run, 'pay'])
    expect(refused).toMatchObject({ exit: 2, err: expect.stringContaining('Say --yes') })
    await output('step.try', ['try', run, 'pay', '--yes'])
    expect(readFileSync(join(workspace, 'paid'), 'utf8')).toBe('paid\npaid\n')
  })

  it('[E116] with persistence off a run is carried as any other, and leaves nothing in the workspace', async () => {
    write('unstuck.json', JSON.stringify({ persistence: { enabled: false } }))
    const before = new Set(filesIn(workspace))
    const said = await unstuck(['run', 'ok.yaml', '--trust'])
    expect(said).toMatchObject({ exit: 0, err: '' })
    expect(said.out).toContain('Nothing of it is kept')
    expect(said.out).toContain('b succeeded.')
    expect(new Set(filesIn(workspace))).toEqual(before)
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('unstuck-run-'))).toEqual([])
    expect((await output('run.list', ['list'])).rows).toEqual([])
  })

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

  it('[X100] bundle.export.plan, bundle.export.apply and bundle.import.plan, bundle.import.apply: a run goes elsewhere in one file', async () => {
    const run = await started('bad.yaml', 8)
    const file = join(folder, 'x.unstuck')

    const plan = await output('bundle.export.plan', ['bundle', run, '--plan'])
    const made = await unstuck(['bundle', run, '-o', file])

    expect(plan.plan).toMatchObject({ ready: true, runs: 1, redacted: true })
    expect(made).toMatchObject({ exit: 0, err: '', out: expect.stringContaining(file) })
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
    const other = ['--workspace', mkdtempSync(join(folder, 'other-'))]
    const wanted = await output('bundle.import.plan', ['import', file, ...other])
    expect(wanted.plan).toMatchObject({ ready: true, rows: [{ run, as: run, problem: null }] })
    const done = await output('bundle.import.apply', ['import', file, '--apply', ...other])
    expect(done.rows).toMatchObject([{ item: run, outcome: 'done', result: run }])
    const { run: there } = await output('run.get', ['show', run, ...other])
    expect(there).toMatchObject({ status: 'failed', origin: { document: 'x.unstuck' } })
  })

  it("[X1] 'bundle.export.apply', bundle.receive and bundle.read: pieces cross in their order, and only as long as the host knows them", async () => {
    const host = await openHost({ path: workspace, host: 'cli' })
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

  it('[X18] settings that are not used are told before a run starts or goes on without them', async () => {
    write('unstuck.json', '{ "compression": "json+zstd" }')
    const { out, exit } = await unstuck(['run', 'ok.yaml', '--trust'])
    expect([exit, out]).toEqual([0, expect.stringMatching(/^unstuck.json is not used: /)])
  })

  it('[X1] lock.get and lock.break: a foreign holder goes by a word, a living one stays', async () => {
    const run = await started('ok.yaml')
    expect(await output('lock.get', ['lock', 'show', run])).toEqual({
      holder: null,
      state: null,
      heldHere: false,
    })
    const locks = join(workspace, '.unstuck/locks')
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
    mkdirSync(join(workspace, 'runs'))
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
    mkdirSync(join(workspace, 'exports'))
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
    mkdirSync(join(workspace, 'exports/old'), { recursive: true })
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
    expect(readdirSync(join(workspace, '.tapps-agents/workflow-state'))).toEqual(
      expect.arrayContaining(victims.map(({ path }) => path.slice(path.lastIndexOf('/') + 1))),
    )
  })

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
})

describe('[X1] upkeep through the command line', () => {
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
    const over = ['migrate', '--definition', join(workspace, 'now.yaml'), '--workflow', 'flow']

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
    const facts = await output('host.get', ['host', '--state-file', join(folder, 'state.json')])
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

/** Without what every record changes. */
function stateIn(text: string): unknown {
  const { journal: _journal, updatedAt: _updatedAt, ...state } = JSON.parse(text)
  return state
}

const versionTwo = {
  version: 2,
  workflow_id: 'etl-7',
  workflow_name: 'etl',
  workflow_version: '3',
  status: 'paused',
  started_at: 1735812900.5,
  updated_at: 1735813020.5,
  completed_at: null,
  inputs: {},
  variables: { rows: 10 },
  steps: [
    {
      id: 'load',
      status: 'pending',
      attempts: 0,
      result: null,
      error: null,
      started_at: null,
      completed_at: null,
    },
  ],
  branches: {
    active_branches: ['main'],
    completed_branches: [],
    waiting_branches: {},
    branch_results: {},
    parent_child_map: {},
    child_parent_map: {},
  },
  checkpoints: [],
  metadata: {},
}
