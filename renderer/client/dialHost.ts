import { openConnection, type Connection } from './openConnection.ts'
import { takeToken } from './takeToken.ts'

/** How a page dials the host that served it, each time. */
export function dialHost(window: Window): () => Connection {
  const url = new URL('/rpc', window.location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  url.hash = ''
  const token = takeToken(window)
  return () => openConnection(url.href, token)
}
