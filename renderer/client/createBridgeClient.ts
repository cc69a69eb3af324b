import type { Client, ConnectionState } from '../../shared/contract/contract.ts'
import { bridgeChannel, type Bridge } from '../../shared/rpc/bridgeChannel.ts'
import { connect } from '../../shared/rpc/connect.ts'

type StateListener = (state: ConnectionState, reason: string | null) => void

/**
 * The client of a window whose main process is the host, or has dialled one. The pipe lives as long as the window; how the
 * connection behind it is, the main process says.
 */
export function createBridgeClient(bridge: Bridge): Client {
  const client = connect(bridgeChannel(bridge))
  const listeners = new Set<StateListener>()
  let last: Parameters<StateListener> = ['connected', null]
  const tell: StateListener = (state, reason) => {
    last = [state, reason]
    for (const listener of listeners) listener(state, reason)
  }
  client.onState(tell)
  client.on('connection.changed', ({ state, reason }) => tell(state, reason))
  return {
    ...client,
    onState: (listener) => {
      listeners.add(listener)
      if (last[0] !== 'connected') listener(...last)
      return () => listeners.delete(listener)
    },
    redial: (token) => {
      client.call('connection.redial', { token }).catch(() => undefined) // how it went is told as a state
    },
  }
}
