import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { applicationVersion } from '../../../../shared/version.ts'
import { builtCli } from '../../../builtCli.ts'

let folder: string
let workspace: string
let env: NodeJS.ProcessEnv

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unstuck-main-'))
  workspace = mkdtempSync(join(folder, 'workspace-'))
  env = { ...process.env, UNSTUCK_CONFIG_DIR: join(folder, 'config'), UNSTUCK_STATE_DIR: workspace }
  const steps = { a: { run: 'sleep 60', sideEffects: 'none' } }
  writeFileSync(join(workspace, 'slow.yaml'), JSON.stringify({ name: 'slow', steps }))
})
afterEach(() => rmSync(folder, { recursive: true }))

function start(argv: readonly string[]): ChildProcess {
  return spawn(process.execPath, [builtCli, ...argv], { env, cwd: workspace })
}

async function said(argv: readonly string[]): Promise<{ exit: unknown; out: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [builtCli, ...argv], { env, cwd: workspace }, (error, out) =>
      resolve({ exit: error?.code ?? 0, out }),
    )
  })
}

it('[X15] a real process ends with the exit code of its command', async () => {
  expect(
    await Promise.all([said(['--version']), said(['lst']), said(['show', 'nothing'])]),
  ).toEqual([
    { exit: 0, out: `${applicationVersion}\n` },
    { exit: 2, out: '' },
    { exit: 3, out: '' },
  ])
})

it('[X15] a process that is interrupted twice cancels its run, and ends with 130', async () => {
  const running = start(['run', 'slow.yaml', '--trust'])
  let out = ''
  const asked = new Set<string>()
  running.stdout?.on('data', (text: Buffer) => {
    out += text.toString()
    for (const word of ['a started', 'Pausing']) {
      if (!out.includes(word) || asked.has(word)) continue
      asked.add(word)
      running.kill('SIGINT')
    }
  })

  const [exit] = await once(running, 'exit')
  const { out: list } = await said(['list', '--json'])

  expect(exit).toBe(130)
  expect(JSON.parse(list)).toMatchObject({ rows: [{ status: 'cancelled', liveness: 'none' }] })
})

it('[X15] a reader that goes away early is no failure', async () => {
  const helping = start(['--help'])
  helping.stdout?.destroy()

  expect((await once(helping, 'exit'))[0]).toBe(0)
})

it('[X15] a run whose reader goes away is carried to its end all the same', async () => {
  const steps = { a: { run: 'sleep 0.5' }, b: { run: 'exit 3', needs: ['a'] } }
  writeFileSync(join(workspace, 'short.yaml'), JSON.stringify({ name: 'short', steps }))
  const running = start(['run', 'short.yaml', '--trust'])
  running.stdout?.once('data', () => running.stdout?.destroy())

  const [exit] = await once(running, 'exit')
  const { out: list } = await said(['list', '--json'])

  expect(exit).toBe(8)
  expect(JSON.parse(list)).toMatchObject({ rows: [{ status: 'failed', liveness: 'none' }] })
})

it('[X23] with --detach the run goes on in a process of its own, and its id is printed', async () => {
  const { exit, out } = await said(['run', 'slow.yaml', '--trust', '--detach'])
  const run = out.trim()
  const { out: list } = await said(['list', '--json'])
  const cancelled = await said(['cancel', run])

  expect([exit, run]).toEqual([0, expect.stringMatching(/^slow-\S+$/)])
  expect(JSON.parse(list)).toMatchObject({ rows: [{ id: run, liveness: 'alive' }] })
  expect(cancelled).toMatchObject({ exit: 0, out: `${run}: cancelled\n` })
})

it('[X23] what does not begin is told, with --detach too', async () => {
  const { exit } = await said(['run', 'nothing.yaml', '--trust', '--detach'])
  expect(exit).toBe(2)
})

it('[X132] a command keeps what was compiled of it in the cache of the user', async () => {
  // What measures coverage turns it off.
  const { NODE_COMPILE_CACHE: _, NODE_DISABLE_COMPILE_CACHE: _off, ...own } = env
  env = { ...own, UNSTUCK_CACHE_DIR: join(folder, 'cache') }

  expect((await said(['--version'])).exit).toBe(0)
  expect(readdirSync(join(folder, 'cache', 'compiled'))).toHaveLength(1)
})

it('[X133] a command that serves nobody loads neither HTTP nor the client of fetch', async () => {
  const script = join(folder, 'loaded.mjs')
  const told = join(folder, 'loaded.json')
  writeFileSync(
    script,
    `import { writeFileSync } from 'node:fs'
    process.on('exit', () => writeFileSync(${JSON.stringify(told)}, JSON.stringify(process.moduleLoadList)))`,
  )
  env = { ...env, NODE_OPTIONS: `--import=${pathToFileURL(script).href}` }

  expect((await said(['list'])).exit).toBe(0)
  const loaded = JSON.parse(readFileSync(told, 'utf8')) as readonly string[] // as it was written above
  expect(loaded).toContain('NativeModule path')
  expect(loaded.filter((name) => / (http|http2|tls|internal\/deps\/undici)/.test(name))).toEqual([])
})
