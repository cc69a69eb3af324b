// A folder with a workspace of its own for each test, and the command line in this process.
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect } from 'vitest'
import { runCli, type CliEnvironment } from '../../../electron/cli/runCli.ts'
import { createHost, type Host } from '../../../electron/host/createHost.ts'
import type { Ref } from '../../../shared/contract/call.ts'
import {
  contract,
  type CallInput,
  type CallName,
  type CallOutput,
} from '../../../shared/contract/contract.ts'

type Said = { readonly exit: number; readonly out: string; readonly err: string }

export function createCliBench() {
  let folder = ''
  let workspace = ''

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

  /** A real document of another engine, as a file of the workspace. */
  function putForeign(name: string, path: string): string {
    const file = join(workspace, path)
    mkdirSync(dirname(file), { recursive: true })
    copyFileSync(fixture(name), file)
    return file
  }

  async function unstuck(
    argv: readonly string[],
    more: Partial<CliEnvironment> = {},
  ): Promise<Said> {
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

  function filesOf(run: string, ending: string): readonly string[] {
    return filesIn(workspace)
      .filter((path) => path.endsWith(`${run}${ending}`))
      .map((path) => join(workspace, path))
  }

  function damageHead(run: string): void {
    for (const file of filesOf(run, '.json')) truncateSync(file, 700)
  }

  return {
    get folder() {
      return folder
    },
    get workspace() {
      return workspace
    },
    write,
    fixture,
    putForeign,
    workflow,
    unstuck,
    openHost,
    output,
    call,
    started,
    refOf,
    newestIs,
    filesOf,
    damageHead,
  }
}

function fixture(name: string): string {
  return fileURLToPath(new URL(`../../fixtures/foreign/${name}`, import.meta.url))
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

export function filesIn(path: string): readonly string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
}

/** A lock of another machine: nothing can be proved of its process. */
export function foreignHolder(run: string): object {
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
