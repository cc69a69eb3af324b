import type { Client } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'
import { closeCodes, type AuthFrame } from '../../shared/rpc/authFrame.ts'
import type { Channel } from '../../shared/rpc/channel.ts'
import { createReconnectingClient } from './createReconnectingClient.ts'

/** The client of a page that a remote host serves. The token is the first message of each connection. */
export function createWebSocketClient(url: string, token: string): Client {
  let closeCode = 0
  return createReconnectingClient({
    open: () => openChannel(url, token, (code) => (closeCode = code)),
    after: (delayMs, action) => {
      const timer = setTimeout(action, delayMs)
      return () => clearTimeout(timer)
    },
    refusal: () => (closeCode === closeCodes.unauthorised ? wrongToken() : null),
  })
}

async function openChannel(
  url: string,
  token: string,
  onCode: (code: number) => void,
): Promise<Channel> {
  const socket = new WebSocket(url)
  socket.addEventListener('close', ({ code }) => onCode(code), { once: true })
  await new Promise<void>((resolve, reject) => {
    const fail = () => reject(new AppError('io', 'The host cannot be reached. Does it still run?'))
    socket.addEventListener('close', fail, { once: true })
    socket.addEventListener('open', () => resolve(), { once: true })
  })
  socket.send(JSON.stringify({ kind: 'auth', token } satisfies AuthFrame))
  return channelOf(socket)
}

function wrongToken(): AppError {
  const message = 'The host refused this page: its token is missing or wrong.'
  return new AppError('invalid-input', `${message} Open the whole address that the host printed.`)
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
