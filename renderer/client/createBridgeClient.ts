import type { Client } from '../../shared/contract/contract.ts'
import { bridgeChannel, type Bridge } from '../../shared/rpc/bridgeChannel.ts'
import { connect } from '../../shared/rpc/connect.ts'

/** The client of a window whose main process is the host. The pipe lives as long as the window. */
export function createBridgeClient(bridge: Bridge): Client {
  return connect(bridgeChannel(bridge))
}
