// WebSocket connections that must prove themselves with their first message before they become a channel.
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { maxMessageBytes } from '../../shared/contract/contract.ts'
import { closeCodes, maxAuthBytes } from '../../shared/rpc/authFrame.ts'
import type { Channel } from '../../shared/rpc/channel.ts'
import { webSocketChannel } from './webSocketChannel.ts'

export type WebSocketServerOptions = {
  /** Says whether the first message proves the right to connect. */
  readonly authenticate: (message: string, request: IncomingMessage) => boolean
  /** Called in the same turn as the proof, so that no frame behind it is lost. */
  readonly onChannel: (channel: Channel) => void
  readonly authTimeoutMs: number
  /** Connections that have not proved themselves yet; more are refused. */
  readonly maxWaiting: number
}

export type UpgradeServer = {
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  readonly close: () => void
}

export function createWebSocketServer(options: WebSocketServerOptions): UpgradeServer {
  // Twice the limit: a message that is a little too large still gets an answer that says so.
  const server = new WebSocketServer({ noServer: true, maxPayload: 2 * maxMessageBytes })
  const waiting = new Set<WebSocket>()
  return { upgrade, close }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (waiting.size >= options.maxWaiting) {
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
      if (isProof(data, isBinary, request)) options.onChannel(webSocketChannel(socket))
      else socket.close(closeCodes.unauthorised, 'The token is wrong.')
    })
  }

  function isProof(data: unknown, isBinary: boolean, request: IncomingMessage): boolean {
    if (isBinary || !Buffer.isBuffer(data) || data.length > maxAuthBytes) return false
    return options.authenticate(data.toString('utf8'), request)
  }

  function close(): void {
    for (const socket of server.clients) socket.terminate()
    server.close()
  }
}

/** Without a listener Node would end the process; what went wrong shows as the close that comes next. */
function ignoreBecauseCloseFollows(): void {}
