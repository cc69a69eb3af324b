import { WebSocket } from 'ws'
import { maxMessageBytes } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'
import { SessionFrame, type AuthFrame } from '../../shared/rpc/authFrame.ts'
import type { Channel } from '../../shared/rpc/channel.ts'
import { webSocketChannel } from './webSocketChannel.ts'

/** One attempt to reach a host. */
export type Dialled = {
  /** Resolves with the session that the host gave; rejects when it cannot be reached, or refuses. */
  readonly channel: Promise<{ readonly channel: Channel; readonly secret: string | null }>
  /** With which it was closed; 0 while it is open. */
  readonly closeCode: () => number
}

/** Dials a host as a page does: a token is exchanged for a session. A host that sends more than a message may hold is left. */
export function dialWebSocket(url: string, proof: string): Dialled {
  const socket = new WebSocket(url, {
    handshakeTimeout: 10_000,
    maxPayload: 2 * maxMessageBytes,
    followRedirects: false,
    perMessageDeflate: false,
  })
  let closeCode = 0
  socket.once('close', (code: number) => (closeCode = code))
  return { channel: open(socket, proof), closeCode: () => closeCode }
}

async function open(socket: WebSocket, proof: string) {
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.on('error', (cause) => reject(notReached(cause)))
  })
  const auth = { kind: 'auth', token: proof, exchange: true } as const
  socket.send(JSON.stringify(auth satisfies AuthFrame))
  return { channel: webSocketChannel(socket), secret: await secretOf(socket, isSession(proof)) }
}

/** A session is known by its signature behind a dot; for it none is given. */
function isSession(proof: string): boolean {
  return proof.includes('.')
}

function secretOf(socket: WebSocket, hasSession: boolean): Promise<string | null> {
  if (hasSession) return Promise.resolve(null)
  return new Promise((resolve, reject) => {
    socket.once('close', () => reject(new AppError('io', 'The host ended the connection.')))
    socket.once('message', (message) => {
      const text = Buffer.isBuffer(message) ? message.toString('utf8') : ''
      const frame = SessionFrame.safeParse(parsed(text))
      if (frame.success) return resolve(frame.data.secret)
      socket.terminate()
      reject(new AppError('io', 'What answers there is no Unstuck host of this version.'))
    })
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // no JSON: no frame of a session
  }
}

function notReached(cause: Error): AppError {
  const message = `The host cannot be reached: ${cause.message}. Does it still run, and does the tunnel stand?`
  return new AppError('io', message, {}, { cause })
}
