// Serves the renderer and the calls of one host to a browser: over loopback, to whoever has the token.
import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { homedir, hostname, networkInterfaces, tmpdir } from 'node:os'
import type { Duplex } from 'node:stream'
import type { CallName } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { Channel } from '../../shared/rpc/channel.ts'
import type { Conceal } from '../../shared/rpc/errorFrame.ts'
import { createWebSocketServer, type UpgradeServer } from '../transports/webSocketServer.ts'
import { createAllowList, type AllowList } from './allowList.ts'
import { createConceal, type KnownFolder } from './conceal.ts'
import { createFailureLimit, type FailureLimit } from './failureLimit.ts'
import { refuse, respond } from './respond.ts'
import { loadStaticFiles, type StaticFiles } from './staticFiles.ts'
import { createAdmission, type Admission } from './admission.ts'
import { checkStrength, createToken } from './token.ts'

/** What a host offers to a remote connection; `conceal` takes this machine's paths out of errors. */
export type RemoteHost = {
  attach(
    channel: Channel,
    options?: {
      readonly readOnly?: boolean
      readonly conceal?: Conceal
      readonly isRemote?: boolean
      /** Told of every call that was asked for. */
      readonly onCall?: (name: CallName) => void
    },
  ): () => void
}

export type ServeRemoteOptions = {
  readonly host: RemoteHost
  /** 0 or left out: a free one is taken. */
  readonly port?: number
  /** Left out: loopback. Anything else puts the calls on the network, unencrypted. */
  readonly address?: string
  readonly token?: string
  readonly readOnly?: boolean
  readonly rendererDirectory: string
  /** Folders whose paths stay here, beside home and temporary folder. */
  readonly folders?: readonly KnownFolder[]
  /** Names of proxies before it, which may speak TLS. */
  readonly names?: readonly string[]
  /** A session that nobody uses for so long is ended; Infinity: never. Default: an hour. */
  readonly idleMs?: number
  readonly pingMs?: number
  readonly authTimeoutMs?: number
  readonly nowMs?: () => number
}

export type RemoteServer = {
  /** With the token in its fragment, which a browser sends to nobody. */
  readonly url: string
  /** The same without the token: it may stand in a log. */
  readonly address: string
  readonly port: number
  close(): Promise<void>
}

export async function serveRemote(options: ServeRemoteOptions): Promise<RemoteServer> {
  const { address = '127.0.0.1', token = createToken() } = options
  checkStrength(token)
  const files = await loadStaticFiles(options.rendererDirectory)
  const allowList = createAllowList(namesOf(address), options.names)
  const nowMs = options.nowMs ?? (() => performance.now())
  const failures = createFailureLimit({ maxFailures: 10, windowMs: 60_000, nowMs })
  const idleMs = options.idleMs ?? 60 * 60_000
  const admission = createAdmission({ failures, token, idleMs, nowMs })
  const sockets = createSockets(options, admission)

  const server = createHttpServer({ allowList, failures, files, sockets })
  const port = await listen(server, options.port ?? 0, address)
  const shown = `http://${shownName(address)}:${port}/`
  return { url: `${shown}#token=${token}`, address: shown, port, close }

  async function close(): Promise<void> {
    sockets.close()
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeAllConnections()
    await closed
  }
}

function createSockets(options: ServeRemoteOptions, admission: Admission): UpgradeServer {
  const { host, readOnly = false } = options
  const conceal = createConceal([
    { path: homedir(), name: '~' },
    { path: tmpdir(), name: '<temporary folder>' },
    ...(options.folders ?? []),
  ])
  return createWebSocketServer({
    authenticate: (message, request) => admission.admit(message, addressOf(request)),
    onChannel: (channel, { proof, end }) => {
      const stay = admission.begin(proof, channel, end)
      host.attach(channel, { readOnly, conceal, isRemote: true, onCall: stay.onCall })
    },
    authTimeoutMs: options.authTimeoutMs ?? 5000,
    maxWaiting: 20,
    ...(options.pingMs === undefined ? {} : { pingMs: options.pingMs }),
  })
}

function createHttpServer(parts: {
  readonly allowList: AllowList
  readonly failures: FailureLimit
  readonly files: StaticFiles
  readonly sockets: UpgradeServer
}): Server {
  const { allowList, failures, files, sockets } = parts
  // Imported by name, the module would load all of the fetch and HTTP/2 clients that it exports too.
  const { createServer } = process.getBuiltinModule('node:http')
  const server = createServer((request, response) => {
    const host = allowList.hostOf(request)
    if (host === null) return refuse(response, 421, 'This server has no such name.')
    respond(request, response, { files, host }).catch(() =>
      refuse(response, 500, 'The file cannot be read. Was the page built anew? Start again.'),
    )
  })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const refusal = upgradeRefusal(request)
    if (refusal) socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\n\r\n`)
    else sockets.upgrade(request, socket, head)
  })
  return server

  function upgradeRefusal(request: IncomingMessage): string | null {
    const host = allowList.hostOf(request)
    if (host === null) return '421 Misdirected Request'
    if (!allowList.isOwnOrigin(request, host)) return '403 Forbidden'
    if (request.url !== '/rpc') return '404 Not Found'
    if (failures.isBlocked(addressOf(request))) return '429 Too Many Requests\r\nRetry-After: 60'
    return null
  }
}

function addressOf(request: IncomingMessage): string {
  return request.socket.remoteAddress ?? ''
}

async function listen(server: Server, port: number, address: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(listenError(cause, port, address)))
    server.listen(port, address, resolve)
  })
  const bound = server.address() as AddressInfo // it listens on a port, not on a pipe
  return bound.port
}

function listenError(cause: NodeJS.ErrnoException, port: number, address: string): AppError {
  const reason = reasons[cause.code ?? ''] ?? cause.message
  const message = `Cannot listen on ${address}, port ${port}: ${reason}. Choose another one.`
  return new AppError('io', message, { address, port }, { cause })
}

const reasons: { readonly [code: string]: string } = {
  EADDRINUSE: 'the port is taken',
  EACCES: 'the port is reserved for the system',
  EADDRNOTAVAIL: 'this machine has no such address',
}

const everyAddress = ['0.0.0.0', '::']

/** Names under which a browser may reach that address. */
function namesOf(address: string): readonly string[] {
  if (!everyAddress.includes(address)) return [address]
  const own = Object.values(networkInterfaces()).flatMap((all) => all ?? [])
  return [hostname(), ...own.map((one) => one.address)]
}

function shownName(address: string): string {
  const name = everyAddress.includes(address) ? hostname() : address
  return name.includes(':') ? `[${name}]` : name
}
