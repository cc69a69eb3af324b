// A workspace of another host, shown by this application: its calls go there, what concerns this machine stays here.
import {
  callNames,
  events,
  type CallName,
  type Client,
  type ConnectionState,
  type EventName,
  type HandlerOptions,
  type Handlers,
} from '../../shared/contract/contract.ts'
import { AppError, toAppError } from '../../shared/errors.ts'
import { closeCodes } from '../../shared/rpc/authFrame.ts'
import type { Channel } from '../../shared/rpc/channel.ts'
import { createReconnectingClient } from '../../shared/rpc/createReconnectingClient.ts'
import { serve, type Server } from '../../shared/rpc/serve.ts'
import { dialWebSocket, type Dialled } from '../transports/dialWebSocket.ts'
import type { HostAddress } from './hostAddress.ts'

export type RemoteWorkspace = {
  readonly address: string
  readonly hostName: string
  readonly name: string
  readonly isConnected: () => boolean
  /** Serves it to a page. */
  readonly attach: (channel: Channel) => () => void
  readonly close: () => void
}

export type RemoteWorkspaceOptions = {
  readonly host: HostAddress
  readonly token: string
  /** Calls that are answered here. */
  readonly own: Partial<Handlers>
}

/** Resolves when the host has answered once. After that the connection may come and go: pages are told. */
export async function openRemoteWorkspace(
  options: RemoteWorkspaceOptions,
): Promise<RemoteWorkspace> {
  const { address } = options.host
  const dialler = createDialler(options)
  const client = createReconnectingClient({
    open: dialler.open,
    after: (delayMs, action) => {
      const timer = setTimeout(action, delayMs)
      return () => clearTimeout(timer)
    },
    refusal: dialler.refusal,
    silence: { afterMs: 25_000, withinMs: 10_000 },
  })
  let link: readonly [ConnectionState, string | null] = ['connected', null]
  const servers = new Set<Server>()
  client.onState((...state) => {
    link = state
    for (const server of servers) tellLink(server)
  })
  for (const name of forwarded) {
    client.on(name, (value) => servers.forEach((server) => server.emit(name, value)))
  }
  const { name, hostName } = await greet(client, dialler)
  const handlers = { ...handlersOver(client, address), ...options.own }
  return {
    address,
    name,
    hostName,
    isConnected: () => link[0] === 'connected',
    attach: (channel) => {
      const server = serve({ channel, handlers })
      servers.add(server)
      channel.onClose(() => servers.delete(server))
      if (link[0] !== 'connected') tellLink(server)
      return () => server.close()
    },
    close: () => {
      client.close()
      for (const server of servers) server.close()
    },
  }

  function tellLink(server: Server): void {
    const [state, reason] = link
    server.emit('connection.changed', { state, reason })
  }
}

const forwarded = (Object.keys(events) as readonly EventName[]) // keys of a closed literal
  .filter((name) => name !== 'connection.changed')

/** Whoever cannot be reached at once is not dialled again: a person is there to see it. */
async function greet(client: Client, dialler: Dialler) {
  try {
    const [{ name }, { hostName }] = await Promise.all([
      client.call('workspace.get', {}),
      client.call('connection.get', {}),
    ])
    return { name, hostName }
  } catch (error) {
    client.close()
    throw dialler.refusal() ?? toAppError(error)
  }
}

function handlersOver(client: Client, address: string): Handlers {
  const over = callNames.map((name) => [name, forward(client, name)])
  return {
    ...(Object.fromEntries(over) as Handlers), // one for every name of the contract
    'workspace.reveal': async () => ({ shown: false }),
    'connection.get': async () => ({ ...(await client.call('connection.get', {})), address }),
    'connection.redial': async ({ token }) => {
      client.redial?.(token)
      return {}
    },
  }
}

function forward(client: Client, name: CallName) {
  return (input: never, { signal, progress }: HandlerOptions<never>) =>
    client.call(name, input, { signal, onProgress: progress }) // checked at both ends by the row of that name
}

type Dialler = ReturnType<typeof createDialler>

/** The session is kept in memory only; where the host knows it no more, the token is tried once. */
function createDialler({ host, token: first }: RemoteWorkspaceOptions) {
  let token = first
  let session: string | null = null
  let last: Dialled | null = null
  let usedSession = false
  return {
    open: async (given: string | null): Promise<Channel> => {
      if (given !== null && given.trim() !== '') [token, session] = [tokenIn(given), null]
      if (given !== null) session = null
      usedSession = session !== null
      last = dialWebSocket(host.rpcUrl, session ?? token)
      const { channel, secret } = await last.channel
      session = secret ?? session
      return channel
    },
    refusal: (): AppError | null => {
      const code = last?.closeCode() ?? 0
      if (code === closeCodes.idle) {
        const message = 'The session ended because nobody used it. Connect again to go on.'
        return new AppError('invalid-input', message)
      }
      if (code !== closeCodes.unauthorised) return null
      session = null
      if (usedSession) return null
      const message = `${host.address} refused the token. Give the one that the host has now.`
      return new AppError('invalid-input', message)
    },
  }
}

function tokenIn(text: string): string {
  return /[#&]token=([^&\s]+)/.exec(text)?.[1] ?? text.trim()
}
