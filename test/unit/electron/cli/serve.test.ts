import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { runCli } from '../../../../electron/cli/runCli.ts'
import { webSocketChannel } from '../../../../electron/transports/webSocketChannel.ts'
import { connect } from '../../../../shared/rpc/connect.ts'
import { deferred } from '../../../contract/deferred.ts'
import { workspace } from '../../../contract/samples.ts'
import { hostWith, nowMs, unstuck } from './cliDouble.ts'

let page: string

beforeEach(() => {
  page = mkdtempSync(join(tmpdir(), 'unstuck-page-'))
  writeFileSync(join(page, 'index.html'), '<!doctype html>')
})
afterEach(() => rmSync(page, { recursive: true }))

it('[X14] serve prints its address, answers there, and ends with 0 at Ctrl-C', async () => {
  const printed = deferred<string>()
  const interrupts: (() => void)[] = []
  const opened: unknown[] = []
  const ended = runCli(['serve', '--json'], {
    stdout: { write: printed.resolve },
    stderr: { write: () => undefined },
    env: {},
    cwd: '/flows',
    isTty: false,
    createHost: async ({ path, host }) => {
      opened.push({ path, host })
      return hostWith({ 'workspace.get': async () => workspace })
    },
    version: '1',
    rendererDirectory: page,
    nowMs: () => nowMs,
    ask: async () => 'no',
    onInterrupt: (listener) => {
      interrupts.push(listener)
      return () => undefined
    },
  })

  const { url, port } = JSON.parse(await printed.promise) as { url: string; port: number } // as serve prints it
  const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`)
  await new Promise((resolve) => socket.once('open', resolve))
  socket.send(JSON.stringify({ kind: 'auth', token: new URL(url).hash.slice('#token='.length) }))
  const answer = await connect(webSocketChannel(socket)).call('workspace.get', {})
  for (const interrupt of interrupts) interrupt()

  expect(answer).toEqual(workspace)
  expect(await ended).toBe(0)
  expect(opened).toEqual([{ path: '/flows', host: 'browser' }])
})

it('[X14] serve without a built page says how to build it', async () => {
  const { exit, err } = await unstuck(['serve'], {}, { rendererDirectory: join(page, 'nowhere') })

  expect([exit, err]).toEqual([3, expect.stringContaining('npm run build')])
})
