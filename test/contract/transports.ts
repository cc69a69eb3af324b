import { EventEmitter } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocket } from 'ws'
import { ipcBridge } from '../../electron/transports/ipcBridge.ts'
import { ipcMainChannel, type IpcEvent } from '../../electron/transports/ipcMainChannel.ts'
import { webSocketChannel } from '../../electron/transports/webSocketChannel.ts'
import { createWebSocketServer } from '../../electron/transports/webSocketServer.ts'
import { bridgeChannel } from '../../shared/rpc/bridgeChannel.ts'
import type { Channel } from '../../shared/rpc/channel.ts'
import { memoryPair } from '../../shared/rpc/memory.ts'
import { deferred } from './deferred.ts'

export type Pair = {
  readonly host: Channel
  readonly client: Channel
  /** Ends the connection as its medium would, not as one of its ends would. */
  readonly cut: () => void
  readonly dispose: () => Promise<void>
}

export type Transport = { readonly name: string; readonly open: () => Promise<Pair> }

export const transports: readonly Transport[] = [
  { name: 'memory', open: openMemory },
  { name: 'WebSocket', open: openWebSocket },
  { name: 'IPC', open: openIpc },
]

async function openMemory(): Promise<Pair> {
  const [host, client] = memoryPair()
  return { host, client, cut: () => host.close(), dispose: async () => client.close() }
}

async function openWebSocket(): Promise<Pair> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // it listens on a port
  const accepted = deferred<Channel>()
  const sockets = createWebSocketServer({
    authenticate: (message) => (message === 'let me in' ? 'known' : null),
    onChannel: accepted.resolve,
    authTimeoutMs: 60_000,
    maxWaiting: 5,
  })
  server.on('upgrade', sockets.upgrade)

  const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`)
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  socket.send('let me in')
  return {
    host: await accepted.promise,
    client: webSocketChannel(socket),
    cut: () => socket.terminate(),
    dispose: async () => {
      sockets.close()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Stands for Electron's IPC: structured clones, delivered later and in order, to every listener of a name. */
async function openIpc(): Promise<Pair> {
  const ipcMain = new EventEmitter()
  const ipcRenderer = new EventEmitter()
  const contents = Object.assign(new EventEmitter(), {
    send: (name: string, frame: string) => later(frame, (copy) => ipcRenderer.emit(name, {}, copy)),
    isDestroyed: () => false,
  })
  const event: IpcEvent = { sender: contents, reply: contents.send }
  const host = ipcMainChannel({ ipcMain, contents, isAllowed: () => true })
  const bridge = ipcBridge({
    send: (name, frame) => later(frame, (copy) => ipcMain.emit(name, event, copy)),
    on: (name, listener) => ipcRenderer.on(name, listener),
    off: (name, listener) => ipcRenderer.off(name, listener),
  })
  const client = bridgeChannel(bridge)
  // A page never sees its main process go while it lives: when the window ends, both ends do.
  const cut = (): void => {
    contents.emit('destroyed')
    client.close()
  }
  return { host, client, cut, dispose: async () => cut() }
}

function later(frame: string, deliver: (copy: string) => void): void {
  const copy = structuredClone(frame)
  setImmediate(() => deliver(copy))
}
