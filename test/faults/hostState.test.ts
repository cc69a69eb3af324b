import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createHost, type Host } from '../../electron/host/createHost.ts'
import type { HostFacts } from '../../shared/contract/host.ts'
import { versionTwo } from '../versionTwo.ts'

let folder: string
let workspace: string
let stateFile: string
const children: ChildProcess[] = []
const hosts: Host[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unstuck-host-state-'))
  workspace = join(folder, 'workspace')
  stateFile = join(folder, 'host', 'state.json')
  await mkdir(workspace)
})

afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close()
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
})

describe('a host that is killed', () => {
  test('[E122] a batch that was cut is told row by row, as the disk has it', async () => {
    await writeOldDocuments(24)
    const child = startChild('migrate')
    await child.said(/^progress 7$/m)
    await child.kill()

    const facts = await factsOf(await openHost())
    const [batch] = facts.batches.shown
    expect(batch).toMatchObject({ state: 'cut', call: 'migrate.apply', total: 24, problem: null })
    const rows = batch?.rows.shown ?? []
    const itemsThat = (outcome: string): readonly string[] =>
      rows.filter((row) => row.outcome === outcome).map(({ item }) => item)
    expect(rows).toHaveLength(24)
    expect(itemsThat('done').length).toBeGreaterThanOrEqual(7)
    expect(itemsThat('unfinished').length).toBeLessThanOrEqual(1)
    expect(itemsThat('failed')).toEqual([])
    expect(itemsThat('not-reached').length).toBeGreaterThan(0)
    for (const item of itemsThat('done')) expect(existsSync(join(workspace, item))).toBe(false)
    for (const item of itemsThat('not-reached'))
      expect(existsSync(join(workspace, item))).toBe(true)
  })

  test('[E121] [E126] its numbers are not given again, and its cut batch stays until it was seen', async () => {
    await writeOldDocuments(6)
    const child = startChild('migrate')
    await child.said(/^progress 2$/m)
    await child.kill()
    const first = await openHost()
    const cut = (await factsOf(first)).batches.shown[0]
    await first.close()

    const second = await openHost()
    const client = second.client()
    expect((await factsOf(second)).batches.shown.map(({ number }) => number)).toEqual([cut?.number])
    const { plan: _, ...approval } = await client.call('migrate.plan', {})
    await client.call('migrate.apply', approval)
    const { batches } = await factsOf(second)
    const numbers = batches.shown.map(({ number }) => number)
    expect(new Set(numbers).size).toBe(2)
    expect(Math.max(...numbers)).toBeGreaterThan(cut?.number ?? Infinity)

    const seen = await client.call('host.dismiss', { batches: [cut?.number ?? 0] })
    expect(seen.batches.shown.map(({ state }) => state)).toEqual(['ended'])
    await second.close()
    const third = await factsOf(await openHost())
    expect(third.batches.shown.filter(({ state }) => state === 'cut')).toEqual([])
    const kept = await readdir(`${stateFile}.d`)
    expect(kept.filter((name) => name.startsWith('batch-'))).toEqual([])
  })

  test('[E119] [E121] at any moment, its file is whole, and no number is given by two hosts', async () => {
    const numbers: string[] = []
    for (let round = 0; round < 5; round += 1) {
      const child = startChild('batches')
      await child.said(/^number \d+$/m)
      await new Promise((resolve) => setTimeout(resolve, 40 + 37 * round))
      await child.kill()
      expect(child.problems()).toEqual([])
      numbers.push(...new Set(child.numbers()))
    }
    expect(numbers.length).toBeGreaterThan(5)
    expect(new Set(numbers).size).toBe(numbers.length)
    const { stateFile: file, counters } = await factsOf(await openHost())
    expect(file).toMatchObject({ use: 'kept', setAside: null, problem: null })
    expect(counters['batch']).toBeGreaterThanOrEqual(Math.max(...numbers.map(Number)))
  })

  test('[E123] a run that it carried is told with what is true of it now', async () => {
    await writeFile(
      join(workspace, 'slow.yaml'),
      JSON.stringify({
        name: 'slow',
        steps: { a: { run: 'sleep 30', sideEffects: 'none' } },
      }),
    )
    const child = startChild('run')
    const run = (await child.said(/^progress (\S+)$/m))[1] ?? ''
    // Its start is an operation of its own, noted as ended a moment later than the run as carried.
    await expect
      .poll(stored, { timeout: 60_000 })
      .toMatchObject({ state: { workspaces: [{ runs: [{ run }], operations: [] }] } })
    await child.kill()

    const host = await openHost()
    const { differences, runs } = await factsOf(host)
    expect(runs.shown).toEqual([])
    expect(differences.shown).toEqual([
      {
        about: 'run',
        item: run,
        said: expect.stringContaining(`Run ${run} of slow was carried since`),
        now: 'It was interrupted, and nobody carries it: it can be resumed.',
      },
    ])
    const seen = await host.client().call('host.dismiss', {})
    expect(seen.differences.total).toBe(0)
    await endStep(run)
  })
})

describe('two hosts with one state file', () => {
  test('[E120] the second one says who has it, keeps none, and works', async () => {
    const child = startChild('hold')
    await child.said(/^progress 0$/m)
    const problems: string[] = []
    const host = await openHost((message) => problems.push(message))

    const { stateFile: file, process: own } = await factsOf(host)
    expect(file).toMatchObject({ use: 'shared', setAside: null })
    expect(file?.problem).toContain(`Process ${child.pid} on `)
    expect(problems).toEqual([file?.problem])
    expect(own.pid).toBe(process.pid)
    expect(await stored()).toMatchObject({ state: { owner: { pid: child.pid } } })
    await child.kill()

    await host.close()
    hosts.splice(0)
    const { stateFile: next } = await factsOf(await openHost())
    expect(next).toMatchObject({ use: 'kept', problem: null })
  })

  test('[E127] a command looks at the file of another host, and leaves it to that one', async () => {
    const child = startChild('hold')
    await child.said(/^progress 0$/m)
    const options = { path: workspace, stateFile, configFolder: join(folder, 'config') }
    const command = await createHost({ ...options, host: 'cli' })
    hosts.push(command)
    const facts = await factsOf(command)

    expect(facts.process).toMatchObject({ pid: child.pid, isAlive: true })
    expect(facts.stateFile).toMatchObject({ use: 'read', problem: null })
    await child.kill()
    expect((await factsOf(command)).process).toMatchObject({ pid: child.pid, isAlive: false })
  })
})

async function writeOldDocuments(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const id = `etl-${String(index).padStart(2, '0')}`
    await writeFile(
      join(workspace, `${id}.json`),
      JSON.stringify({ ...versionTwo, workflow_id: id }),
    )
  }
}

async function openHost(onProblem: (message: string) => void = () => undefined): Promise<Host> {
  const host = await createHost({
    path: workspace,
    host: 'browser',
    stateFile,
    configFolder: join(folder, 'config'),
    cacheFolder: join(folder, 'cache'),
    report: (error) => onProblem(error.message),
  })
  hosts.push(host)
  return host
}

function factsOf(host: Host): Promise<HostFacts> {
  return host.client().call('host.get', {})
}

async function stored(): Promise<unknown> {
  return existsSync(stateFile) ? JSON.parse(await readFile(stateFile, 'utf8')) : null
}

/** The step lives in its wrapper, as it shall; the test does not leave it behind. */
async function endStep(run: string): Promise<void> {
  const client = (await openHostAgain()).client()
  const { id } = await client.call('workspace.get', {})
  const ref = { workspace: id, format: 'unstuck', document: run, item: null } as const
  const { rev, digest, asOf } = await client.call('resume.plan', { ref })
  await client.call('resume.apply', { ref, rev, digest, asOf })
  await client.call('run.cancel', { ref, reason: null })
}

async function openHostAgain(): Promise<Host> {
  for (const host of hosts.splice(0)) await host.close()
  return openHost()
}

function startChild(what: string) {
  const script = join(import.meta.dirname, 'hostStateChild.ts')
  const child = spawn(
    process.execPath,
    [
      '--experimental-strip-types',
      '--no-warnings',
      script,
      workspace,
      stateFile,
      join(folder, 'config'),
      what,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  children.push(child)
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (more: string) => (text += more))
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  return {
    pid: child.pid,
    problems: () => text.match(/^problem .*$/gm) ?? [],
    numbers: () => [...text.matchAll(/^number (\d+)$/gm)].map(([, number]) => number ?? ''),
    said: async (pattern: RegExp): Promise<RegExpExecArray> => {
      await expect.poll(() => pattern.test(text), { timeout: 60_000, interval: 2 }).toBe(true)
      const match = pattern.exec(text)
      if (match === null) throw new Error(text)
      return match
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}
