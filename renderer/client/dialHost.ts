import { openConnection, type Connection } from './openConnection.ts'
import { takeToken, tokenIn } from './takeToken.ts'

/** How a page dials the host that served it, each time; a token that a person gave takes the place of what was kept. */
export function dialHost(window: Window): (token: string | null) => Connection {
  const url = new URL('/rpc', window.location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  url.hash = ''
  const proof = takeToken(window)
  return (token) => {
    if (token !== null) proof.keep(tokenIn(token))
    return openConnection(url.href, proof)
  }
}
