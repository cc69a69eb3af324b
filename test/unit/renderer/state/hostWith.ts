import { callNames, type Client, type Handlers } from '../../../../shared/contract/contract.ts'
import { AppError } from '../../../../shared/errors.ts'
import type { Channel } from '../../../../shared/rpc/channel.ts'
import { connect } from '../../../../shared/rpc/connect.ts'
import { memoryPair } from '../../../../shared/rpc/memory.ts'
import { serve, type Server } from '../../../../shared/rpc/serve.ts'

/** Handlers of which only some are given: every other call fails with `not-found`. */
export function handlersOf(given: Partial<Handlers>): Handlers {
  const missing = callNames.map((name) => [
    name,
    () => Promise.reject(new AppError('not-found', `${name} is not part of this test.`)),
  ])
  return { ...(Object.fromEntries(missing) as Handlers), ...given } // a handler for each name of the contract
}

export type TestHost = { readonly client: Client; readonly emit: Server['emit']; close(): void }

/** A client over a real channel, served by a few small handlers. */
export function hostWith(given: Partial<Handlers>): TestHost {
  const [here, there] = memoryPair()
  const server = serve({ channel: there, handlers: handlersOf(given) })
  return { client: connect(here), emit: server.emit, close: server.close }
}

/** A channel to a new server, and the server. */
export function dialled(given: Partial<Handlers>): {
  readonly channel: Channel
  readonly server: Server
} {
  const [here, there] = memoryPair()
  return { channel: here, server: serve({ channel: there, handlers: handlersOf(given) }) }
}

/** Waits until the condition holds: frames need a few turns of the event loop, and changes are read with a rest between. */
export async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 5000; turn += 1) {
    if (condition()) return
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  throw new Error('The condition never came true.')
}
