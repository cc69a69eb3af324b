import type { Client } from '../../shared/contract/contract.ts'
import type { Bridge } from '../../shared/rpc/bridgeChannel.ts'
import { createBridgeClient } from './createBridgeClient.ts'
import { createWebSocketClient } from './createWebSocketClient.ts'
import { dialHost } from './dialHost.ts'
import { firstConnection } from './firstConnection.ts'

declare global {
  interface Window {
    /** Shown by the preload script of the desktop application; absent in a browser. */
    readonly unstuck?: Bridge
  }
}

/** The client of this window: by the pipe of its preload script, or by a WebSocket to where the page came from. */
export function createClient(window: Window): Client {
  if (window.unstuck) return createBridgeClient(window.unstuck)
  return createWebSocketClient(dialHost(window), firstConnection)
}
