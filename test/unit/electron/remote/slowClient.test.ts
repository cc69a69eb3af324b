// A client that asks and never reads, against a real process: its memory is measured.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { webSocketChannel } from '../../../../electron/transports/webSocketChannel.ts'
import { connect } from '../../../../shared/rpc/connect.ts'
import { builtCli } from '../../../builtCli.ts'

const isLinux = process.platform === 'linux'

it.runIf(isLinux)(
  '[X126] clients that ask for large answers and read none cost a host no more than what may wait, and others are answered',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'unstuck-slow-'))
    mkdirSync(join(folder, 'flows'))
    writeFileSync(
      join(folder, 'flows', 'large.json'),
      JSON.stringify({ text: 'x'.repeat(500_000) }),
    )
    const child = spawn(process.execPath, [builtCli, 'serve', '--json'], {
      cwd: join(folder, 'flows'),
      env: { ...process.env, UNSTUCK_CONFIG_DIR: join(folder, 'config'), HOME: folder },
    })
    const sockets: WebSocket[] = []
    try {
      const [printed] = await once(child.stdout, 'data')
      const { url } = JSON.parse(String(printed)) as { url: string } // as serve prints it
      const open = async (): Promise<WebSocket> => {
        const { port, hash } = new URL(url)
        const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`)
        sockets.push(socket)
        await once(socket, 'open')
        socket.send(JSON.stringify({ kind: 'auth', token: hash.replace('#token=', '') }))
        return socket
      }
      const reader = connect(webSocketChannel(await open()))
      const { rows } = await reader.call('run.list', {})
      const ref = rows[0]?.ref
      const before = residentMb(child.pid)

      const greedy = await Promise.all(Array.from({ length: 2 }, open))
      for (const socket of greedy) {
        socket.pause()
        for (let id = 1; id <= 1500; id += 1) {
          const input = { ref, limitBytes: 262_144 }
          socket.send(JSON.stringify({ kind: 'call', id, name: 'run.raw', input }))
        }
      }
      let most = 0
      for (let look = 0; look < 8; look += 1) {
        await reader.call('workspace.get', {})
        most = Math.max(most, residentMb(child.pid))
        await new Promise((resolve) => setTimeout(resolve, 100))
      }

      // Unbounded, 3,000 answers of 262 kB would be 800 MB in one copy alone. Bounded, each has 8 MB and what 200 calls add.
      expect(most - before).toBeLessThan(400)
    } finally {
      for (const socket of sockets) socket.terminate()
      child.kill('SIGTERM')
      await once(child, 'close')
      rmSync(folder, { recursive: true })
    }
  },
)

function residentMb(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1000
}
