// The host of an encrypted bundle: it answers nothing of it until the passphrase was given.
import { basename, dirname, resolve } from 'node:path'
import { callNames, type Handlers } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'
import { connect } from '../../shared/rpc/connect.ts'
import { memoryPair } from '../../shared/rpc/memory.ts'
import { serve, type Server } from '../../shared/rpc/serve.ts'
import { openRecent, recentBeside } from '../services/recentWorkspaces.ts'
import { allowInBundle } from './allowInBundle.ts'
import { createHost, type Host, type HostOptions } from './createHost.ts'

/** [X95] Who was attached before is told when it opens, and asks anew. */
export function createLockedHost(options: HostOptions): Host {
  const file = resolve(options.path)
  const name = basename(file)
  const locked = { root: dirname(file), name, document: null, bundle: file }
  const servers = new Set<Server>()
  let opened: Host | null = null
  let isTrying = false
  let hasBegun = false

  async function unlock(passphrase: string): Promise<void> {
    // Each guess takes a second of a core, and much memory.
    if (isTrying) throw new AppError('busy', 'Another passphrase is being tried. Wait for it.')
    isTrying = true
    try {
      opened ??= await createHost({ ...options, passphrase })
    } finally {
      isTrying = false
    }
    if (hasBegun) opened.begin()
    for (const server of servers) server.emit('workspace.changed', {})
  }

  const handlers = lockedHandlers(options, { file, name, unlock, opened: () => opened })

  const attach: Host['attach'] = (channel, attached = {}) => {
    if (opened !== null) return opened.attach(channel, attached)
    const { readOnly = false, isRemote: _, ...watched } = attached
    const { report } = options
    const reporting = report === undefined ? {} : { report }
    const server = serve({
      channel,
      handlers,
      allow: allowInBundle({ readOnly }),
      ...watched,
      ...reporting,
    })
    servers.add(server)
    channel.onClose(() => void servers.delete(server))
    return () => server.close()
  }

  return {
    get workspace() {
      return opened?.workspace ?? locked
    },
    handlers,
    begin: () => {
      hasBegun = true
      opened?.begin()
    },
    // Its threads would have nothing to read.
    prepare: () => opened?.prepare(),
    attach,
    client: () => {
      const [here, there] = memoryPair()
      attach(there)
      return connect(here)
    },
    liveRuns: () => opened?.liveRuns() ?? [],
    close: async () => {
      for (const server of servers) server.close()
      await opened?.close()
    },
  }
}

type Lock = {
  readonly file: string
  readonly name: string
  readonly opened: () => Host | null
  readonly unlock: (passphrase: string) => Promise<void>
}

/** What can be asked before it is open: to open it, and to show another workspace instead. */
function lockedHandlers({ recent }: HostOptions, { file, name, opened, unlock }: Lock): Handlers {
  const refusing = callNames.map((call) => [
    call,
    async (...asked: readonly unknown[]): Promise<unknown> => {
      const host = opened()
      if (host === null) throw lockedError(name)
      return Reflect.apply(host.handlers[call], undefined, asked)
    },
  ])
  return {
    ...(Object.fromEntries(refusing) as Handlers), // one for every name of the contract
    'workspace.recent': async () =>
      recentBeside(recent, { path: file, name, attention: null, isCurrent: true }),
    'workspace.open': (input) => openRecent({ recent }, input),
    'workspace.unlock': async ({ passphrase }) => {
      await unlock(passphrase)
      return { name }
    },
  }
}

function lockedError(name: string): AppError {
  const message = `The bundle ${name} is encrypted. Give its passphrase to look at it.`
  return new AppError('invalid-input', message, { needs: 'passphrase', bundle: name })
}
