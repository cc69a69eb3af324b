// Dials the host that served this page. It needs little else, so that a page can dial before the rest of it is made.
import { AppError } from '../../shared/errors.ts'
import type { AuthFrame } from '../../shared/rpc/authFrame.ts'
import type { Channel } from '../../shared/rpc/channel.ts'

/** One attempt to reach a host. */
export type Connection = {
  /** Resolves when frames can be sent; rejects when the host cannot be reached. */
  readonly channel: Promise<Channel>
  /** With which it was closed; 0 while it is open. */
  readonly closeCode: () => number
}

/** The token is its first message. */
export function openConnection(url: string, token: string): Connection {
  const socket = new WebSocket(url)
  let closeCode = 0
  socket.addEventListener('close', ({ code }) => (closeCode = code), { once: true })
  return { channel: openChannel(socket, token), closeCode: () => closeCode }
}

async function openChannel(socket: WebSocket, token: string): Promise<Channel> {
  await new Promise<void>((resolve, reject) => {
    const fail = () => reject(new AppError('io', 'The host cannot be reached. Does it still run?'))
    socket.addEventListener('close', fail, { once: true })
    socket.addEventListener('open', () => resolve(), { once: true })
  })
  socket.send(JSON.stringify({ kind: 'auth', token } satisfies AuthFrame))
  return channelOf(socket)
}

function channelOf(socket: WebSocket): Channel {
  return {
    send: (frame) => {
      if (socket.readyState !== WebSocket.OPEN)
        throw new AppError('io', 'The connection is closed.')
      socket.send(frame)
    },
    onFrame: (listener) => {
      const receive = (event: MessageEvent) => {
        if (typeof event.data === 'string') listener(event.data)
      }
      socket.addEventListener('message', receive)
      return () => socket.removeEventListener('message', receive)
    },
    onClose: (listener) => {
      if (socket.readyState === WebSocket.CLOSED) listener()
      else socket.addEventListener('close', listener, { once: true })
      return () => socket.removeEventListener('close', listener)
    },
    close: () => socket.close(1000),
  }
}
