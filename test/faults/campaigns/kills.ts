// A host that carries a workflow is killed at random moments, again and again: no finished step is lost or repeated.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHost } from '../../../electron/host/createHost.ts'
import { RunId } from '../../../shared/schema/ids.ts'
import { createWorkbench } from '../../unit/electron/executor/workbench.ts'
import type { Campaign } from './campaign.ts'
import { createRandom, type Random } from './random.ts'

/** Kills of one run. */
const cyclesEach = 10

export const kills: Campaign = {
  name: 'kills',
  unit: 'a host killed while it carries a run, and resumed',
  sizes: { test: 10, full: 10_000 },
  piece: cyclesEach,
  obstacle: () => (process.platform === 'win32' ? 'Windows has no SIGKILL' : null),
  run: async ({ from, to, seed, report }) => {
    for (let index = from; index < to;) {
      const root = await mkdtemp(join(tmpdir(), 'unstuck-kills-'))
      const hosts = createHosts(root)
      try {
        const random = createRandom(seed, index)
        const cycles = Math.min(cyclesEach, to - index)
        const killed = await killAgainAndAgain(hosts, { root, random, cycles })
        report.count('kills', killed.times)
        for (const flaw of await findFlaws(root, killed.run)) report.violation(index, flaw)
        index += killed.times
      } finally {
        hosts.close()
        await rm(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
      }
    }
  },
}

const steps = Array.from({ length: 40 }, (_, index) => `s${index}`)

async function killAgainAndAgain(
  hosts: Hosts,
  options: { root: string; random: Random; cycles: number },
): Promise<{ readonly run: RunId; readonly times: number }> {
  const { root, random, cycles } = options
  await writeFile(join(root, 'flow.yaml'), JSON.stringify(createFlow()))
  let host = hosts.start('start')
  const run = await host.carried()
  let times = 0
  while (times < cycles) {
    // Every third host is killed on its way to the run, whenever that is.
    if (times % 3 === 2) await sleep(random.next() * 700)
    else await host.carried()
    await sleep(random.next() * 100)
    // A run that comes to its end by itself is left to it, and followed by another one.
    if ((await linesOf(root, 'done')).length > steps.length - 6) break
    await host.kill()
    times += 1
    host = hosts.start('resume', run)
  }
  await host.ended
  return { run, times }
}

function createFlow(): object {
  const flow = steps.map((name, index) => {
    const run = `echo ${name} >> begun; sleep 0.03; echo ${name} >> done`
    return [name, index < 2 ? { run } : { run, needs: [steps[index - 2]] }]
  })
  return { name: 'flow', parallel: 2, steps: Object.fromEntries(flow) }
}

async function findFlaws(root: string, run: RunId): Promise<readonly string[]> {
  const expected = steps.toSorted().join(' ')
  const [begun, done] = await Promise.all(
    ['begun', 'done'].map(async (name) => (await linesOf(root, name)).toSorted().join(' ')),
  )
  const bench = await createWorkbench({ root })
  const [read] = await Promise.allSettled([bench.read(run)])
  await bench.close()
  const config = join(root, 'config')
  const host = await createHost({
    path: root,
    host: 'cli',
    configFolder: config,
    cacheFolder: join(root, 'cache'),
  })
  await host.client().call('run.list', {})
  await host.close()
  const left = await findTemporaryFiles(root)
  return [
    done !== expected ? `finished steps are lost or repeated: ${done}` : null,
    begun !== expected ? `steps were begun twice: ${begun}` : null,
    read?.status === 'rejected' ? `the run does not read well: ${String(read.reason)}` : null,
    read?.status === 'fulfilled' && read.value.status !== 'completed'
      ? `the run is ${read.value.status} in the end`
      : null,
    left.length > 0 ? `temporary files are left: ${left.join(', ')}` : null,
  ].filter((flaw) => flaw !== null)
}

async function linesOf(root: string, name: string): Promise<readonly string[]> {
  const text = await readFile(join(root, name), { encoding: 'utf8', flag: 'a+' })
  return text.split('\n').slice(0, -1)
}

/** Files that the program makes to rename or remove them. */
async function findTemporaryFiles(root: string): Promise<readonly string[]> {
  const names = await readdir(root, { recursive: true })
  return names.filter((name) => /\.(tmp|claim)$/.test(name))
}

type Host = {
  /** The run, once this host has written that it carries it. */
  carried(): Promise<RunId>
  /** What it said, when it is gone. */
  readonly ended: Promise<string>
  kill(): Promise<void>
}

type Hosts = { start(...parameters: readonly string[]): Host; close(): void }

function createHosts(root: string): Hosts {
  const children: ChildProcess[] = []
  return {
    start: (action, ...rest) => {
      const script = join(import.meta.dirname, '../killedHost.ts')
      const parameters = ['--experimental-strip-types', '--no-warnings', script, action ?? '', root]
      const child = spawn(process.execPath, [...parameters, ...rest], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      children.push(child)
      let said = ''
      child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
      const ended = new Promise<string>((resolve) => {
        child.on('close', () => resolve(said))
      })
      return {
        ended,
        carried: () => carriedBy(child, () => said),
        kill: async () => {
          child.kill('SIGKILL')
          await ended
        },
      }
    },
    close: () => {
      for (const child of children) child.kill('SIGKILL')
    },
  }
}

async function carriedBy(child: ChildProcess, said: () => string): Promise<RunId> {
  const end = performance.now() + 30_000
  for (;;) {
    const id = /^run (\S+)$/m.exec(said())?.[1]
    if (id !== undefined) return RunId.parse(id)
    const isGone = child.exitCode !== null || performance.now() > end
    if (isGone) throw new Error(`The host did not say its run: ${said()}`)
    await sleep(5)
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
