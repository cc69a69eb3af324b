import { once } from 'node:events'
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import {
  serveRemote,
  type RemoteHost,
  type RemoteServer,
  type ServeRemoteOptions,
} from '../../../../electron/remote/serveRemote.ts'
import { webSocketChannel } from '../../../../electron/transports/webSocketChannel.ts'
import type { Client, Handlers } from '../../../../shared/contract/contract.ts'
import { AppError } from '../../../../shared/errors.ts'
import { connect } from '../../../../shared/rpc/connect.ts'
import { allowReads, serve } from '../../../../shared/rpc/serve.ts'
import { handlersWith, workspace } from '../../../contract/samples.ts'

let folder: string
const servers: RemoteServer[] = []
const sockets: WebSocket[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unstuck-remote-'))
  mkdirSync(join(folder, 'page', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'page', 'index.html'), '<!doctype html><title>Unstuck</title>')
  writeFileSync(join(folder, 'page', 'assets', 'main-abc.js'), 'export {}')
  writeFileSync(join(folder, 'page', 'assets', 'main-abc.css'), 'body {}')
  writeFileSync(join(folder, 'page', 'icon.svg'), '<svg />')
  writeFileSync(join(folder, 'page', 'assets', 'main-abc.js.map'), '{}')
  writeFileSync(join(folder, 'secret.txt'), 'secret')
})

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate()
  for (const server of servers.splice(0)) await server.close()
  rmSync(folder, { recursive: true })
})

async function start(options: Partial<ServeRemoteOptions> = {}): Promise<RemoteServer> {
  const host = options.host ?? hostWith({})
  const server = await serveRemote({ rendererDirectory: join(folder, 'page'), ...options, host })
  servers.push(server)
  return server
}

function hostWith(given: Partial<Handlers>): RemoteHost {
  return {
    attach: (channel, { readOnly, conceal } = {}) => {
      const allow = readOnly ? { allow: allowReads } : {}
      const concealing = conceal ? { conceal } : {}
      const handlers = handlersWith({ 'workspace.get': async () => workspace, ...given })
      return serve({ channel, handlers, ...allow, ...concealing }).close
    },
  }
}

type Headers = { readonly [name: string]: string }
type Answer = {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly text: string
}

async function get(
  { port }: RemoteServer,
  path: string,
  options: { readonly method?: string; readonly headers?: Headers } = {},
): Promise<Answer> {
  const sent = request({ host: '127.0.0.1', port, path, ...options })
  sent.end()
  const [response] = (await once(sent, 'response')) as [IncomingMessage] // the argument of `response`
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(Buffer.from(chunk))
  const text = Buffer.concat(chunks).toString()
  return { status: response.statusCode ?? 0, headers: response.headers, text }
}

function dial({ port }: RemoteServer, headers: Headers = {}, path = '/rpc'): WebSocket {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers })
  sockets.push(socket)
  return socket
}

/** How the server ends a connection whose first message is that. */
async function closeCodeAfter(socket: WebSocket, message: string): Promise<unknown> {
  await once(socket, 'open')
  socket.send(message)
  const [code] = await once(socket, 'close')
  return code
}

async function refusalOf(socket: WebSocket): Promise<string> {
  const [error] = (await once(socket, 'error')) as [Error] // the argument of `error`
  return error.message
}

function tokenOf({ url }: RemoteServer): string {
  return new URL(url).hash.replace('#token=', '')
}

function auth(token: string): string {
  return JSON.stringify({ kind: 'auth', token })
}

async function clientOf(server: RemoteServer): Promise<Client> {
  const socket = dial(server)
  await once(socket, 'open')
  socket.send(auth(tokenOf(server)))
  return connect(webSocketChannel(socket))
}

describe('the page', () => {
  it('[H1] [X135] is served with its content types and its caching', async () => {
    const server = await start()

    const answers = await Promise.all(
      ['/', '/index.html', '/icon.svg', '/assets/main-abc.js', '/assets/main-abc.css'].map((path) =>
        get(server, path),
      ),
    )

    expect(
      answers.map(({ status, headers }) => [
        status,
        headers['content-type'],
        headers['cache-control'],
      ]),
    ).toEqual([
      [200, 'text/html; charset=utf-8', 'no-store'],
      [200, 'text/html; charset=utf-8', 'no-store'],
      [200, 'image/svg+xml', 'private, no-cache'],
      [200, 'text/javascript; charset=utf-8', 'private, max-age=31536000, immutable'],
      [200, 'text/css; charset=utf-8', 'private, max-age=31536000, immutable'],
    ])
  })

  it.each([
    '/assets',
    '/assets/',
    '/..',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '//etc/passwd',
    '/assets/main-abc.js.map',
    '/index.html/',
    '/__proto__',
  ])('[H1] %s is not found: only files known from the start are served', async (path) => {
    expect(await get(await start(), path)).toMatchObject({ status: 404, text: 'No such file.\n' })
  })

  it('[H1] only GET and HEAD are answered', async () => {
    const server = await start()

    const methods = ['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']
    const answers = await Promise.all(methods.map((method) => get(server, '/', { method })))

    expect(answers.map(({ status, text }) => [status, text])).toEqual([
      [200, ''],
      [405, 'Only GET and HEAD.\n'],
      [405, 'Only GET and HEAD.\n'],
      [405, 'Only GET and HEAD.\n'],
      [405, 'Only GET and HEAD.\n'],
    ])
  })

  it('[H2] carries the headers that shut it off from other pages', async () => {
    const server = await start()

    const { headers } = await get(server, '/')

    expect(headers).toMatchObject({
      'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self' ws://127.0.0.1:${server.port}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(headers['access-control-allow-origin']).toBeUndefined()
  })

  it('[H1] a folder without a built page is refused at the start', async () => {
    const missing = start({ rendererDirectory: join(folder, 'nowhere') })
    const empty = start({ rendererDirectory: join(folder, 'page', 'assets') })

    await expect(missing).rejects.toMatchObject({ code: 'not-found' })
    await expect(empty).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('who may connect', () => {
  it.each(['localhost', '127.0.0.1', '[::1]', 'LOCALHOST', 'localhost:9000'])(
    '[H3] the host name %s is one of ours',
    async (host) => {
      expect(await get(await start(), '/', { headers: { host } })).toMatchObject({ status: 200 })
    },
  )

  it.each([
    'evil.example',
    'evil.example:80',
    'localhost.evil.example',
    '127.0.0.1.nip.io',
    'a b',
    "x'; script-src *",
  ])('[H3] a page that came under the name "%s" gets nothing', async (host) => {
    const server = await start()

    expect(await get(server, '/', { headers: { host } })).toMatchObject({ status: 421 })
    expect(await refusalOf(dial(server, { host }))).toContain('421')
  })

  it('[H3] a page of another origin cannot connect', async () => {
    const server = await start()
    const origins = [
      'https://evil.example',
      'null',
      `http://localhost:${server.port}`,
      'http://127.0.0.1:1',
    ]

    const refusals = await Promise.all(origins.map((origin) => refusalOf(dial(server, { origin }))))

    expect(refusals).toEqual(origins.map(() => 'Unexpected server response: 403'))
  })

  it('[X130] under the name of a proxy it answers, also over TLS; under no other', async () => {
    const server = await start({ names: ['flows.example.com'] })
    const host = 'flows.example.com'
    const open = dial(server, { host, origin: `https://${host}` })

    await once(open, 'open')
    const other = await refusalOf(dial(server, { origin: `https://127.0.0.1:${server.port}` }))
    const foreign = await refusalOf(dial(server, { host, origin: 'https://evil.example' }))

    expect([other, foreign]).toEqual(Array(2).fill('Unexpected server response: 403'))
    expect(await get(server, '/', { headers: { host } })).toMatchObject({ status: 200 })
  })

  it('[H3] connections are taken on /rpc only', async () => {
    const server = await start()
    const paths = ['/', '/rpc/', '/rpc?token=x', '/RPC']

    const refusals = await Promise.all(paths.map((path) => refusalOf(dial(server, {}, path))))

    expect(refusals).toEqual(paths.map(() => 'Unexpected server response: 404'))
  })

  it('[H4] the token is made of 256 random bits and stands in the fragment only', async () => {
    const urls = [await start(), await start()].map(({ url }) => new URL(url))

    expect(urls.map(({ pathname, search }) => pathname + search)).toEqual(['/', '/'])
    expect(urls.map(({ hash }) => Buffer.from(hash.slice(7), 'base64url').length)).toEqual([32, 32])
    expect(new Set(urls.map(({ hash }) => hash)).size).toBe(2)
  })

  it('[H4] a weak token is refused at the start', async () => {
    await expect(start({ token: 'password' })).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('[H5] whoever has the token can call', async () => {
    const server = await start()
    const socket = dial(server, { origin: `http://127.0.0.1:${server.port}` })
    await once(socket, 'open')
    socket.send(auth(tokenOf(server)))

    const client = connect(webSocketChannel(socket))

    expect(await client.call('workspace.get', {})).toEqual(workspace)
  })

  it.each([
    ['a wrong token', auth('x'.repeat(43))],
    ['an empty token', auth('')],
    ['a call without a token', '{"kind":"call","id":1,"name":"workspace.get","input":{}}'],
    ['no JSON', 'token'],
    ['a first message that is too large', auth('x'.repeat(5000))],
  ])('[H5] %s ends the connection with 4401', async (_, message) => {
    expect(await closeCodeAfter(dial(await start()), message)).toBe(4401)
  })

  it('[H5] nothing is answered before the token', async () => {
    const socket = dial(await start())
    const answers: unknown[] = []
    socket.on('message', (message) => answers.push(message))

    await closeCodeAfter(socket, '{"kind":"call","id":1,"name":"workspace.get","input":{}}')

    expect(answers).toEqual([])
  })

  it('[H5] a connection that says nothing is ended', async () => {
    const socket = dial(await start({ authTimeoutMs: 30 }))

    const [code] = await once(socket, 'close')

    expect(code).toBe(4408)
  })

  it('[H6] ten wrong tokens block an address, with the right token too, for a minute', async () => {
    let nowMs = 0
    const server = await start({ nowMs: () => nowMs })
    for (let index = 0; index < 10; index += 1) await closeCodeAfter(dial(server), auth('wrong'))

    const blocked = await refusalOf(dial(server))
    nowMs = 60_000
    const later = dial(server)
    await once(later, 'open')
    later.send(auth(tokenOf(server)))

    expect(blocked).toBe('Unexpected server response: 429')
    expect(await connect(webSocketChannel(later)).call('workspace.get', {})).toEqual(workspace)
  })

  it('[H6] a connection that was opened before the block does not get around it', async () => {
    const server = await start({ nowMs: () => 0 })
    const early = dial(server)
    await once(early, 'open')
    for (let index = 0; index < 10; index += 1) await closeCodeAfter(dial(server), auth('wrong'))

    early.send(auth(tokenOf(server)))

    expect((await once(early, 'close'))[0]).toBe(4401)
  })

  it('[H6] no more than 20 connections wait for their token', async () => {
    const server = await start()
    const waiting = Array.from({ length: 20 }, () => dial(server))
    await Promise.all(waiting.map((socket) => once(socket, 'open')))

    expect(await refusalOf(dial(server))).toBe('Unexpected server response: 503')
  })
})

describe('what a connection may do', () => {
  it('[H7] a read-only server refuses what writes', async () => {
    const reader = await clientOf(await start({ readOnly: true }))

    const written = reader.call('workspace.trust', { trusted: true })

    await expect(written).rejects.toMatchObject({ code: 'read-only' })
    expect(await reader.call('workspace.get', {})).toEqual(workspace)
  })

  it('[H8] errors keep the paths of this machine to themselves', async () => {
    const details = { path: join(homedir(), 'x'), temporary: join(tmpdir(), 'y') }
    const host = hostWith({
      'run.list': async () => {
        throw new AppError('io', `${folder}/runs cannot be read.`, details)
      },
    })
    const reader = await clientOf(
      await start({ host, folders: [{ path: folder, name: '<workspace>' }] }),
    )

    const failed = reader.call('run.list', {})

    await expect(failed).rejects.toMatchObject({
      message: '<workspace>/runs cannot be read.',
      details: { path: '~/x', temporary: '<temporary folder>/y' },
    })
  })

  it('[H9] closing the server ends its connections and frees its port', async () => {
    const server = await start()
    const reader = await clientOf(server)
    await reader.call('workspace.get', {})
    const lost = new Promise((resolve) => reader.onState(resolve))

    await server.close()

    expect(await lost).toBe('lost')
    await expect(get(server, '/')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('[H9] a port that is taken is named', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo // it listens on a port

    const refused = start({ port })

    await expect(refused).rejects.toMatchObject({
      code: 'io',
      message: `Cannot listen on 127.0.0.1, port ${port}: the port is taken. Choose another one.`,
    })
    other.close()
  })
})
