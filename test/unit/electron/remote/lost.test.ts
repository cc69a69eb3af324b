// What a client is told when its host goes away, with a real host behind a real socket that is cut.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import {
  connect as connectTcp,
  createServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createHost, type Host } from '../../../../electron/host/createHost.ts'
import { readHostAddress } from '../../../../electron/remote/hostAddress.ts'
import {
  openRemoteWorkspace,
  type RemoteWorkspace,
} from '../../../../electron/remote/openRemoteWorkspace.ts'
import { serveRemote, type RemoteServer } from '../../../../electron/remote/serveRemote.ts'
import type { Client, ConnectionState } from '../../../../shared/contract/contract.ts'
import { connect } from '../../../../shared/rpc/connect.ts'
import { memoryPair } from '../../../../shared/rpc/memory.ts'

let folder: string
let host: Host
let server: RemoteServer
let tunnel: Tunnel
const opened: RemoteWorkspace[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'unstuck-lost-'))
  mkdirSync(join(folder, 'page'))
  mkdirSync(join(folder, 'flows'))
  writeFileSync(join(folder, 'page', 'index.html'), '<!doctype html>')
  host = await createHost({
    path: join(folder, 'flows'),
    host: 'browser',
    configFolder: join(folder, 'config'),
    cacheFolder: join(folder, 'cache'),
  })
  server = await serveRemote({ host, rendererDirectory: join(folder, 'page') })
  tunnel = await openTunnel(server.port)
})

afterEach(async () => {
  for (const one of opened.splice(0)) one.close()
  await tunnel.close()
  await server.close()
  await host.close()
  rmSync(folder, { recursive: true })
})

type Tunnel = {
  readonly port: number
  /** Cuts what goes through it, and lets nothing more through until it is mended. */
  cut(): void
  mend(): void
  /** Swallows what the client sends from here on, without a word. */
  swallow(): void
  /** Bytes that the client sent. */
  sent(): number
  close(): Promise<void>
}

/** Stands where an SSH tunnel would. */
async function openTunnel(to: number): Promise<Tunnel> {
  const sockets = new Set<Socket>()
  let isCut = false
  let swallows = false
  let sent = 0
  const listening: Server = createServer((near) => {
    if (isCut) {
      near.destroy()
      return
    }
    const far = connectTcp(to, '127.0.0.1')
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => [near, far].forEach((one) => one.destroy()))
    }
    near.on('data', (data) => {
      sent += data.length
      if (!swallows) far.write(data)
    })
    far.pipe(near)
  })
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  const { port } = listening.address() as AddressInfo // it listens on a port
  return {
    port,
    cut: () => {
      isCut = true
      for (const socket of sockets) socket.destroy()
    },
    mend: () => {
      isCut = false
      swallows = false
    },
    swallow: () => void (swallows = true),
    sent: () => sent,
    close: () =>
      new Promise((resolve) => {
        listening.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

function tokenOf({ url }: RemoteServer): string {
  return new URL(url).hash.replace('#token=', '')
}

async function openThere(token = tokenOf(server)): Promise<RemoteWorkspace> {
  const address = readHostAddress(`127.0.0.1:${tunnel.port}`)
  const remote = await openRemoteWorkspace({ host: address, token, own: {} })
  opened.push(remote)
  return remote
}

/** A page that shows it, and what it is told of the connection. */
function pageOf(remote: RemoteWorkspace) {
  const [here, there] = memoryPair()
  remote.attach(there)
  const client: Client = connect(here)
  const states: ConnectionState[] = []
  client.on('connection.changed', ({ state }) => states.push(state))
  return { client, states }
}

it('[X127] a change that was under way when the connection was lost is in doubt, is not sent again, and a look may be repeated', async () => {
  const { client, states } = pageOf(await openThere())
  tunnel.swallow()
  const before = tunnel.sent()
  const changed = client.call('workspace.trust', { trusted: true })
  const looked = client.call('run.list', {})
  await expect.poll(() => tunnel.sent()).toBeGreaterThan(before)
  const outcomes = Promise.allSettled([changed, looked])

  tunnel.cut()
  const [doubt, look] = await outcomes
  tunnel.mend()
  await expect.poll(() => states.at(-1)).toBe('connected')

  expect([doubt, look]).toMatchObject([
    { reason: { code: 'in-doubt', details: { call: 'workspace.trust' } } },
    { reason: { code: 'io' } },
  ])
  expect(await client.call('workspace.get', {})).toMatchObject({ trusted: false })
})

it('[X128] a lost host is dialled again by itself and by a person, and what is shown is read again', async () => {
  const { client, states } = pageOf(await openThere())
  const changes: string[] = []
  client.on('runs.changed', () => changes.push('runs'))
  client.on('workspace.changed', () => changes.push('workspace'))

  tunnel.cut()
  await expect.poll(() => states).toEqual(['lost'])
  await expect(client.call('run.list', {})).rejects.toMatchObject({ code: 'io' })
  tunnel.mend()
  await client.call('connection.redial', { token: null })
  await expect.poll(() => states.at(-1)).toBe('connected')

  expect(changes).toEqual(expect.arrayContaining(['runs', 'workspace']))
  expect(await client.call('run.list', {})).toMatchObject({ total: 0 })
})

it('[X128] a host with another token ends the dialling, until a person gives it', async () => {
  const { client, states } = pageOf(await openThere())
  await server.close()
  server = await serveRemote({ host, rendererDirectory: join(folder, 'page'), port: server.port })

  await expect.poll(() => states.at(-1)).toBe('ended')
  await client.call('connection.redial', { token: server.url })
  await expect.poll(() => states.at(-1)).toBe('connected')

  expect(await client.call('connection.get', {})).toMatchObject({
    isRemote: true,
    address: `http://127.0.0.1:${tunnel.port}`,
  })
})

it('[X129] a wrong token, and what is no host, are told at once', async () => {
  await expect(openThere('x'.repeat(43))).rejects.toMatchObject({
    code: 'invalid-input',
    message: expect.stringContaining('refused the token'),
  })
  tunnel.cut()
  await expect(openThere()).rejects.toMatchObject({ code: 'io' })
})

it.each(['', 'ftp://x', 'http://u:p@x/', 'http://x/?token=y', 'not an address'])(
  '[X129] "%s" is no address of a host',
  (text) => {
    expect(() => readHostAddress(text)).toThrow('no address of a host')
  },
)

it('[X129] an address is read with its token, and kept without', () => {
  expect(readHostAddress(' http://127.0.0.1:7300/#token=abc ')).toEqual({
    address: 'http://127.0.0.1:7300',
    token: 'abc',
    rpcUrl: 'ws://127.0.0.1:7300/rpc',
  })
})
