import { chmod, lstat, mkdir, mkdtemp, readdir, unlink } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { toAppError } from '../../shared/errors.ts'
import { ControlAnswer, ControlCommand, maxControlLine } from './controlCommand.ts'

export type ControlServer = { readonly address: string; close(): Promise<void> }

/** Takes a command, at once or when what it returns resolves: an answer without its `ok`. Throws where it cannot. */
export type OnCommand = (command: ControlCommand) => unknown

/** Listens for commands of other processes of the same user: on a socket in a folder that is theirs alone. */
export async function createControlServer(options: {
  readonly directory: string
  readonly randomId: (length: number) => string
  readonly onCommand: OnCommand
}): Promise<ControlServer> {
  const name = options.randomId(12)
  const address =
    process.platform === 'win32'
      ? `\\\\.\\pipe\\unstuck-${name}`
      : join(await sweptFolder(options.directory), `${name}.sock`)
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    serveSocket(socket, options.onCommand)
  })
  await listen(server, address)
  return { address, close: () => close(server, sockets) }
}

export function defaultControlDirectory(): string {
  return join(tmpdir(), `unstuck-${userInfo().uid}`)
}

/** The folder when it is ours alone and its path is short enough for a socket, else a fresh one that is. */
async function privateFolder(directory: string): Promise<string> {
  if (Buffer.byteLength(directory) <= longestFolder && (await isPrivate(directory)))
    return directory
  return mkdtemp(join(tmpdir(), 'unstuck-'))
}

/** The private folder, without the sockets of processes that were killed: nobody listens there any more. */
async function sweptFolder(directory: string): Promise<string> {
  const folder = await privateFolder(directory)
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sock'))
  await Promise.all(names.map((name) => removeIfDead(join(folder, name))))
  return folder
}

/** A young one may be about to be listened to. What cannot be removed only takes a name. */
async function removeIfDead(address: string): Promise<void> {
  const [found] = await Promise.allSettled([lstat(address)])
  const isOld = found.status === 'fulfilled' && Date.now() - found.value.mtimeMs > youngMs
  if (isOld && (await isRefused(address))) await Promise.allSettled([unlink(address)])
}

const youngMs = 60_000

function isRefused(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address)
    socket.on('connect', () => resolve(false))
    socket.on('error', (error) => resolve('code' in error && error.code === 'ECONNREFUSED'))
    socket.on('connect', () => socket.destroy())
  })
}

async function isPrivate(directory: string): Promise<boolean> {
  const [made] = await Promise.allSettled([mkdir(directory, { recursive: true, mode: 0o700 })])
  if (made?.status === 'rejected') return false
  const found = await lstat(directory)
  if (!found.isDirectory() || found.uid !== userInfo().uid) return false
  if ((found.mode & 0o077) !== 0) await chmod(directory, 0o700)
  return true
}

function listen(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(address, () => {
      server.off('error', reject)
      // It answers as long as the process lives, and keeps no process alive.
      server.unref()
      resolve()
    })
  })
}

/** Node removes the socket's file when the server closes. */
async function close(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  for (const socket of sockets) socket.destroy()
  await closed
}

function serveSocket(socket: Socket, onCommand: OnCommand): void {
  let received = ''
  let answering = Promise.resolve()
  socket.unref()
  socket.setEncoding('utf8')
  // A caller that goes away needs no answer any more.
  socket.on('error', () => socket.destroy())
  socket.on('data', (text: string) => {
    received += text
    const lines = received.split('\n')
    received = lines.pop() ?? ''
    for (const line of lines) answering = answering.then(() => reply(socket, line, onCommand))
    if (received.length > maxControlLine) socket.destroy()
  })
}

/** Never rejects: what goes wrong is the answer, and a caller that is gone needs none. */
async function reply(socket: Socket, line: string, onCommand: OnCommand): Promise<void> {
  const said = await answer(line, onCommand)
  if (!socket.destroyed) socket.write(`${JSON.stringify(said)}\n`)
}

async function answer(line: string, onCommand: OnCommand): Promise<ControlAnswer> {
  try {
    const taken = await onCommand(ControlCommand.parse(JSON.parse(line)))
    return ControlAnswer.parse({ ...(isObject(taken) ? taken : {}), ok: true })
  } catch (error) {
    const { code, message } = toAppError(error)
    return { error: { code, message } }
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

// The address of a socket has room for 104 bytes on macOS, 108 on Linux.
const longestFolder = 80
