import type { IncomingMessage } from 'node:http'

export type AllowList = {
  /** The `Host` header when it names this server, else null: a name that only resolves here (DNS rebinding) is no name of ours. */
  readonly hostOf: (request: IncomingMessage) => string | null
  /** True for a page of this very server, and for a program that is no browser and says no origin. */
  readonly isOwnOrigin: (request: IncomingMessage, host: string) => boolean
}

/** The port is not looked at: through a tunnel it is another one, and rebinding cannot choose the name. */
export function createAllowList(
  names: readonly string[],
  proxied: readonly string[] = [],
): AllowList {
  const behindProxy = new Set(proxied.map(bracketed))
  const allowed = new Set([
    'localhost',
    '127.0.0.1',
    '[::1]',
    ...names.map(bracketed),
    ...behindProxy,
  ])
  return {
    hostOf: ({ headers }) => {
      const host = headers.host?.toLowerCase() ?? ''
      const parts = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?$/.exec(host)
      return parts && allowed.has(parts[1] ?? '') ? host : null
    },
    isOwnOrigin: ({ headers }, host) => {
      const origin = headers.origin?.toLowerCase()
      if (origin === undefined || origin === `http://${host}`) return true
      // Only a proxy speaks TLS for us.
      return behindProxy.has(nameOf(host)) && origin === `https://${host}`
    },
  }
}

function nameOf(host: string): string {
  return host.replace(/:\d{1,5}$/, '')
}

function bracketed(name: string): string {
  const lower = name.toLowerCase()
  return lower.includes(':') ? `[${lower}]` : lower
}
