import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { RunId } from '../../shared/schema/ids.ts'
import type { Run } from '../../shared/schema/run.ts'
import { createWorkbench, until } from '../unit/electron/executor/workbench.ts'

let root: string
const hosts: ChildProcess[] = []

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'unstuck-kill-'))
})

afterEach(async () => {
  for (const host of hosts.splice(0)) host.kill('SIGKILL')
  await rm(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
})

describe('a host that is killed', () => {
  test('[E12] a step that ended meanwhile is adopted and not run again', async () => {
    await define({
      a: 'until [ -e go ]; do sleep 0.05; done; echo a >> done; echo result',
      b: { run: 'echo b >> done', needs: ['a'] },
    })
    const host = startHost('start')
    const run = await host.carried()
    await until(
      'a began',
      async () => (await read(run)).steps['a' as never]?.['status'] === 'running',
    )
    await host.kill()
    await writeFile(join(root, 'go'), '')
    await until('its wrapper has reported', async () => {
      const files = await readdir(join(root, '.unstuck/steps'), { recursive: true })
      return files.some((path) => basename(path) === 'exit')
    })

    const next = startHost('resume', run)
    expect(await next.ended).toContain('done completed')
    expect(await next.ended).toContain('["a","adopt"]')
    const after = await read(run)
    expect(await lines('done')).toEqual(['a', 'b'])
    expect(after.steps['a' as never]).toMatchObject({ output: 'result', attempts: [{ number: 1 }] })
    expect(after.decisions).toMatchObject([{ step: 'a', decision: 'adopted', by: 'unstuck' }])
  })

  test('[E13] a step that still lives is waited for and never runs beside itself', async () => {
    await define({
      a: 'echo begin >> done; until [ -e go ]; do sleep 0.05; done; echo end >> done',
      b: { run: 'echo b >> done', needs: ['a'] },
    })
    const host = startHost('start')
    const run = await host.carried()
    await until('a began', async () => (await lines('done')).length === 1)
    await host.kill()

    const next = startHost('resume', run)
    expect(await next.carried()).toBe(run)
    await writeFile(join(root, 'go'), '')
    expect(await next.ended).toContain('["a","await"]')
    expect(await next.ended).toContain('done completed')
    expect(await lines('done')).toEqual(['begin', 'end', 'b'])
    expect((await read(run)).steps['a' as never]).toMatchObject({ attempts: [{ number: 1 }] })
  })
})

async function define(steps: object): Promise<void> {
  const all = Object.fromEntries(
    Object.entries(steps).map(([name, step]) => [
      name,
      typeof step === 'string' ? { run: step } : step,
    ]),
  )
  await writeFile(
    join(root, 'flow.yaml'),
    JSON.stringify({ name: 'flow', parallel: 2, steps: all }),
  )
}

type Host = {
  /** The run, once this host has written that it carries it. */
  carried(): Promise<RunId>
  /** Everything it said. */
  readonly ended: Promise<string>
  kill(): Promise<void>
}

function startHost(...parameters: readonly string[]): Host {
  const [action = '', ...others] = parameters
  const script = join(import.meta.dirname, 'killedHost.ts')
  const child = spawn(
    process.execPath,
    ['--experimental-strip-types', '--no-warnings', script, action, root, ...others],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  hosts.push(child)
  let said = ''
  child.stdout.setEncoding('utf8')
  const ended = new Promise<string>((resolve) => {
    child.stdout.on('data', (text: string) => (said += text))
    child.on('close', () => resolve(said))
  })
  return {
    carried: () => carriedBy(() => said),
    ended,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

async function carriedBy(said: () => string): Promise<RunId> {
  const end = performance.now() + 60_000
  for (;;) {
    const id = /^run (\S+)$/m.exec(said())?.[1]
    if (id !== undefined) return RunId.parse(id)
    if (performance.now() > end) throw new Error(`The host did not say its run: ${said()}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

async function read(run: RunId): Promise<Run> {
  const bench = await createWorkbench({ root })
  try {
    return await bench.read(run)
  } finally {
    await bench.close()
  }
}

async function lines(name: string): Promise<readonly string[]> {
  try {
    return (await readFile(join(root, name), 'utf8')).trim().split('\n')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
