import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { applicationVersion } from '../../../../shared/version.ts'

const entry = fileURLToPath(new URL('../../../../electron/cli/main.ts', import.meta.url))
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
  return spawn(process.execPath, [entry, ...argv], { env, cwd: workspace })
}

async function said(argv: readonly string[]): Promise<{ exit: unknown; out: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [entry, ...argv], { env, cwd: workspace }, (error, out) =>
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

it('[X15] an interrupted process cancels its run, and ends with 130', async () => {
  const running = start(['run', 'slow.yaml', '--trust'])
  let out = ''
  running.stdout?.on('data', (text: Buffer) => {
    if (out.includes('a started')) return
    out += text.toString()
    if (out.includes('a started')) running.kill('SIGINT')
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
