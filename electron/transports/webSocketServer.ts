// WebSocket connections that must prove themselves with their first message before they become a channel.
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { maxMessageBytes } from '../../shared/contract/contract.ts'
import { closeCodes, maxAuthBytes } from '../../shared/rpc/authFrame.ts'
import type { Channel } from '../../shared/rpc/channel.ts'
import { webSocketChannel } from './webSocketChannel.ts'

export type WebSocketServerOptions<Proof> = {
  /** What the first message proves; null: nothing. */
  readonly authenticate: (message: string, request: IncomingMessage) => Proof | null
  /** Called in the same turn as the proof, so that no frame behind it is lost. */
  readonly onChannel: (channel: Channel, proved: Proved<Proof>) => void
  readonly authTimeoutMs: number
  /** Connections that have not proved themselves yet; more are refused. */
  readonly maxWaiting: number
  /** Connections in all; more are refused. */
  readonly maxOpen?: number
  /** How often the other end is asked whether it is still there; one that was silent since the last time is gone. */
  readonly pingMs?: number
}

export type Proved<Proof> = {
  readonly proof: Proof
  /** Ends the connection with one of the `closeCodes`. */
  readonly end: (code: number, reason: string) => void
}

export type UpgradeServer = {
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  readonly close: () => void
}

export function createWebSocketServer<Proof>(
  options: WebSocketServerOptions<Proof>,
): UpgradeServer {
  // Twice the limit: a message that is a little too large still gets an answer that says so.
  const server = new WebSocketServer({ noServer: true, maxPayload: 2 * maxMessageBytes })
  const waiting = new Set<WebSocket>()
  return { upgrade, close }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (waiting.size >= options.maxWaiting || server.clients.size >= (options.maxOpen ?? 200)) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n')
      return
    }
    server.handleUpgrade(request, socket, head, (webSocket) => awaitProof(webSocket, request))
  }

  function awaitProof(socket: WebSocket, request: IncomingMessage): void {
    waiting.add(socket)
    const timer = setTimeout(
      () => socket.close(closeCodes.tooLate, 'No token came.'),
      options.authTimeoutMs,
    )
    const forget = (): void => {
      clearTimeout(timer)
      waiting.delete(socket)
    }
    socket.once('close', forget)
    socket.on('error', ignoreBecauseCloseFollows)
    socket.once('message', (data, isBinary) => {
      forget()
      if (socket.readyState !== socket.OPEN) return // it was too late
      const proof = proofIn(data, isBinary, request)
      if (proof === null) return socket.close(closeCodes.unauthorised, 'The token is wrong.')
      watch(socket, options.pingMs ?? 20_000)
      const end = (code: number, reason: string): void => endWithin(socket, code, reason)
      options.onChannel(webSocketChannel(socket), { proof, end })
    })
  }

  function proofIn(data: unknown, isBinary: boolean, request: IncomingMessage): Proof | null {
    if (isBinary || !Buffer.isBuffer(data) || data.length > maxAuthBytes) return null
    return options.authenticate(data.toString('utf8'), request)
  }

  function close(): void {
    for (const socket of server.clients) socket.terminate()
    server.close()
  }
}

/** Ends a connection whose other end is gone without a word, as one behind a tunnel that broke is. */
function watch(socket: WebSocket, everyMs: number): void {
  let isThere = true
  const note = (): void => void (isThere = true)
  const timer = setInterval(() => {
    if (!isThere) return socket.terminate()
    isThere = false
    socket.ping()
  }, everyMs).unref()
  socket.on('pong', note)
  socket.on('message', note)
  socket.once('close', () => clearInterval(timer))
}

/** Who does not read does not answer a close either. */
function endWithin(socket: WebSocket, code: number, reason: string): void {
  socket.close(code, reason)
  setTimeout(() => socket.terminate(), 1000).unref()
}

/** Without a listener Node would end the process; what went wrong shows as the close that comes next. */
function ignoreBecauseCloseFollows(): void {}
