import { once } from 'node:events'
import {
  mkdtempSync,
  rmSync,
  statSync,
  chmodSync,
  writeFileSync,
  mkdirSync,
  readFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createHost, type Host } from '../../../../electron/host/createHost.ts'
import {
  serveRemote,
  type RemoteServer,
  type ServeRemoteOptions,
} from '../../../../electron/remote/serveRemote.ts'
import { tokenOfFile } from '../../../../electron/remote/tokenFile.ts'
import { webSocketChannel } from '../../../../electron/transports/webSocketChannel.ts'
import type { Client } from '../../../../shared/contract/contract.ts'
import { connect } from '../../../../shared/rpc/connect.ts'

let folder: string
let host: Host
const closers: (() => Promise<void> | void)[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'unstuck-many-'))
  mkdirSync(join(folder, 'page'))
  mkdirSync(join(folder, 'workspace'))
  writeFileSync(join(folder, 'page', 'index.html'), '<!doctype html>')
  host = await createHost({
    path: join(folder, 'workspace'),
    host: 'browser',
    trust: true,
    configFolder: join(folder, 'config'),
    cacheFolder: join(folder, 'cache'),
  })
})

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
  await host.close()
  rmSync(folder, { recursive: true })
})

async function start(options: Partial<ServeRemoteOptions> = {}): Promise<RemoteServer> {
  const server = await serveRemote({ host, rendererDirectory: join(folder, 'page'), ...options })
  closers.push(() => server.close())
  return server
}

async function dial({ port }: RemoteServer, auth: object): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`)
  closers.push(() => socket.terminate())
  await once(socket, 'open')
  socket.send(JSON.stringify({ kind: 'auth', ...auth }))
  return socket
}

function tokenOf({ url }: RemoteServer): string {
  return new URL(url).hash.replace('#token=', '')
}

/** As a page connects: the token goes, a session comes. */
async function dialAsPage(server: RemoteServer) {
  const socket = await dial(server, { token: tokenOf(server), exchange: true })
  const [first] = await once(socket, 'message')
  const { secret } = JSON.parse(String(first)) as { secret: string } // it is the session's frame
  return { socket, secret, client: connect(webSocketChannel(socket)) }
}

async function closeCode(socket: WebSocket): Promise<unknown> {
  return (await once(socket, 'close'))[0]
}

async function twoPeople() {
  const server = await start()
  const ada = await dialAsPage(server)
  const ben = await dialAsPage(server)
  await ada.client.call('connection.active', { name: 'Ada' })
  await ben.client.call('connection.active', { name: 'Ben' })
  return { ada: ada.client, ben: ben.client, adaSocket: ada.socket }
}

async function makeRun(client: Client) {
  const definition = 'name: ok\nversion: "1"\nsteps:\n  a: { run: "false", sideEffects: none }\n'
  writeFileSync(join(folder, 'workspace', 'ok.yaml'), definition)
  const { ref } = await client.call('run.start', { definition: 'ok.yaml', inputs: {} })
  await client.call('run.wait', { ref })
  return ref
}

describe('sessions', () => {
  it('[X118] a token is exchanged for a session, with which the page connects again', async () => {
    const server = await start()
    const { secret, socket } = await dialAsPage(server)
    socket.close()

    const again = connect(webSocketChannel(await dial(server, { token: secret })))

    expect(secret).not.toContain(tokenOf(server))
    expect(await again.call('workspace.get', {})).toMatchObject({ name: 'workspace' })
  })

  it('[X119] a session that nobody uses ends with 4440, whatever its page reads by itself, and is refused then', async () => {
    const clock = { ms: 0 }
    const server = await start({ idleMs: 100, nowMs: () => clock.ms })
    const { socket, secret, client } = await dialAsPage(server)
    const ended = closeCode(socket)
    clock.ms = 60
    await client.call('run.list', {})
    clock.ms = 100

    expect([await ended, await closeCode(await dial(server, { token: secret }))]).toEqual([
      4440, 4401,
    ])
  })

  it('[X119] a session in which a person is there goes on', async () => {
    const clock = { ms: 0, looks: 0 }
    const nowMs = () => {
      clock.looks += 1
      return clock.ms
    }
    const server = await start({ idleMs: 100, nowMs })
    const { socket, client } = await dialAsPage(server)
    const ended = closeCode(socket)
    for (const ms of [60, 120, 180]) {
      await client.call('connection.active', { name: null })
      const looked = clock.looks
      clock.ms = ms
      await expect.poll(() => clock.looks).toBeGreaterThan(looked)
      expect(socket.readyState).toBe(WebSocket.OPEN)
    }
    clock.ms = 220

    expect(await ended).toBe(4440)
  })

  it('[X120] whose other end is gone without a word is ended', async () => {
    const server = await start({ pingMs: 1000 })
    const { socket, client } = await dialAsPage(server)
    const other = await dialAsPage(server)
    await client.call('connection.get', {})

    socket.pause() // nothing is read, so no ping is answered
    await expect
      .poll(async () => (await other.client.call('connection.get', {})).people.total)
      .toBe(1)
  })
})

describe('a token file', () => {
  it('[X121] is made for its owner alone, and read again', async () => {
    const path = join(folder, 'token')

    const made = await tokenOfFile(path)

    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect([await tokenOfFile(path), readFileSync(path, 'utf8')]).toEqual([made, `${made}\n`])
  })

  it('[X121] that others can read, or that is weak, is refused', async () => {
    const path = join(folder, 'token')
    writeFileSync(path, 'x'.repeat(43))
    chmodSync(path, 0o644)
    await expect(tokenOfFile(path)).rejects.toThrow('chmod 600')

    writeFileSync(path, 'password')
    chmodSync(path, 0o600)
    await expect(tokenOfFile(path)).rejects.toThrow('too weak')
    await expect(tokenOfFile(join(folder, 'no', 'token'))).rejects.toMatchObject({ code: 'io' })
  })
})

describe('several people', () => {
  it('[X122] see each other come, go and be called by a name', async () => {
    const { ada, ben, adaSocket } = await twoPeople()
    const seen = await ben.call('connection.get', {})
    const told = new Promise((resolve) => ben.on('people.changed', resolve))
    adaSocket.close()
    await told

    const names = seen.people.shown.map(({ name, isRemote, isYou }) => [name, isRemote, isYou])
    expect(names).toEqual([
      ['Ada', true, false],
      ['Ben', true, true],
    ])
    expect((await ben.call('connection.get', {})).people.total).toBe(1)
    void ada
  })

  it('[X123] a change of one is told to the other without being asked, and is no longer theirs to overwrite: who made it is said', async () => {
    const { ada, ben } = await twoPeople()
    const ref = await makeRun(ada)
    const edits = [{ kind: 'succeed' as const, step: 'a', json: '{}' }]
    const asked = { ref, edits, reason: 'a test' }
    const [hers, his] = [await ada.call('edit.plan', asked), await ben.call('edit.plan', asked)]
    const told = new Promise((resolve) => ben.on('runs.changed', resolve))

    await ada.call('edit.apply', { ...asked, rev: hers.rev, digest: hers.digest, asOf: hers.asOf })
    const late = ben.call('edit.apply', {
      ...asked,
      rev: his.rev,
      digest: his.digest,
      asOf: his.asOf,
    })

    await expect(late).rejects.toMatchObject({
      code: 'stale',
      message: expect.stringMatching(/The last change was by Ada via .* \(edit\.apply\)\./),
      details: { by: expect.stringMatching(/^Ada via /), call: 'edit.apply' },
    })
    await told
    const { operations } = await ben.call('operations.list', {})
    expect(operations.map(({ call, by, state }) => [call, by.split(' ')[0], state])).toEqual([
      ['edit.apply', 'Ben', 'failed'],
      ['edit.apply', 'Ada', 'done'],
      ['run.start', 'Ada', 'done'],
    ])
  })
})

describe('too much', () => {
  it('[X124] a connection that asks for more than the host can answer at a time is told that it is busy, and then answered', async () => {
    const { client } = await dialAsPage(await start())

    const asked = Array.from({ length: 1000 }, () => client.call('run.list', {}))
    const answers = await Promise.allSettled(asked)

    const codes = answers.map((answer) =>
      answer.status === 'fulfilled' ? 'answered' : (answer.reason as { code: string }).code,
    )
    expect(new Set(codes)).toEqual(new Set(['answered', 'busy']))
    expect(await client.call('run.list', {})).toMatchObject({ total: 0 })
  })

  it('[X125] what is larger than a message may be is refused, and far larger ends the connection', async () => {
    const { client, socket } = await dialAsPage(await start())
    const told = once(socket, 'message')
    socket.send('x'.repeat(1_000_001))
    expect(String((await told)[0])).toContain('A message is larger than 1000000 bytes')
    void client

    const other = (await dialAsPage(await start())).socket
    other.on('error', () => undefined)
    other.send('x'.repeat(2_000_001))
    expect(await closeCode(other)).toBe(1009)
  })
})
