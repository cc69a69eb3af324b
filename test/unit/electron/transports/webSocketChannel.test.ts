import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { webSocketChannel, type Limits } from '../../../../electron/transports/webSocketChannel.ts'
import type { Channel } from '../../../../shared/rpc/channel.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function open(
  limits: Limits,
): Promise<{ readonly host: Channel; readonly socket: WebSocket }> {
  const server: Server = createServer()
  const sockets = new WebSocketServer({ server })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // it listens on a port
  const accepted = once(sockets, 'connection')
  const socket = new WebSocket(`ws://127.0.0.1:${port}`)
  await once(socket, 'open')
  const [there] = (await accepted) as [WebSocket] // the first argument of `connection`
  closers.push(() => {
    socket.terminate()
    sockets.close()
    server.close()
  })
  return { host: webSocketChannel(there, limits), socket }
}

const frame = 'x'.repeat(100_000)

it('[Q17] a WebSocket is congested while the other end does not read, and says when it has', async () => {
  const { host, socket } = await open({
    congestedBytes: 200_000,
    fullBytes: 1e9,
    maxWaitingBytes: 1e9,
  })
  const drained = new Promise<void>((resolve) => host.pressure?.onDrain(resolve))

  socket.pause()
  for (let index = 0; index < 200; index += 1) host.send(frame)
  const wasCongested = host.pressure?.isCongested()
  socket.resume()
  await drained

  expect([wasCongested, host.pressure?.isCongested()]).toEqual([true, false])
})

it('[Q17] a WebSocket whose other end never reads is ended', async () => {
  const { host, socket } = await open({
    congestedBytes: 200_000,
    fullBytes: 1e9,
    maxWaitingBytes: 2_000_000,
  })
  const closed = new Promise<void>((resolve) => host.onClose(resolve))

  socket.pause()
  const send = (): void => {
    for (let index = 0; index < 1000; index += 1) host.send(frame)
  }

  expect(send).toThrow('The connection is closed.')
  await closed
})

it('[Q12] a binary message ends a WebSocket', async () => {
  const { host, socket } = await open({ congestedBytes: 1, fullBytes: 1e9, maxWaitingBytes: 1e9 })
  host.onFrame(() => undefined)

  socket.send(Buffer.from('{}'))
  const [code] = await once(socket, 'close')

  expect(code).toBe(1003)
})
