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

/** What proves the right to connect: the host's token at first, then the session that was given for it. */
export type Proof = {
  readonly get: () => string
  readonly keep: (secret: string) => void
}

/** The proof is its first message. A token is exchanged for a session at once, and not kept. */
export function openConnection(url: string, proof: Proof): Connection {
  const socket = new WebSocket(url)
  let closeCode = 0
  socket.addEventListener('close', ({ code }) => (closeCode = code), { once: true })
  return { channel: openChannel(socket, proof), closeCode: () => closeCode }
}

async function openChannel(socket: WebSocket, proof: Proof): Promise<Channel> {
  await new Promise<void>((resolve, reject) => {
    const fail = () => reject(new AppError('io', 'The host cannot be reached. Does it still run?'))
    socket.addEventListener('close', fail, { once: true })
    socket.addEventListener('open', () => resolve(), { once: true })
  })
  const auth = { kind: 'auth', token: proof.get(), exchange: true } as const
  socket.send(JSON.stringify(auth satisfies AuthFrame))
  return channelOf(socket, proof)
}

function channelOf(socket: WebSocket, proof: Proof): Channel {
  return {
    send: (frame) => {
      if (socket.readyState !== WebSocket.OPEN)
        throw new AppError('io', 'The connection is closed.')
      socket.send(frame)
    },
    onFrame: (listener) => {
      const receive = (event: MessageEvent) => {
        if (typeof event.data !== 'string') return
        const secret = secretIn(event.data)
        if (secret === null) listener(event.data)
        else proof.keep(secret)
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

/** The session that a host gives for its token; null: the message is any other. */
function secretIn(text: string): string | null {
  return /^\{"kind":"session","secret":"([A-Za-z0-9_.-]{40,300})"\}$/.exec(text)?.[1] ?? null
}
