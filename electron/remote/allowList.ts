import type { IncomingMessage } from 'node:http'

export type AllowList = {
  /** The `Host` header when it names this server, else null: a name that only resolves here (DNS rebinding) is no name of ours. */
  readonly hostOf: (request: IncomingMessage) => string | null
  /** True for a page of this very server, and for a program that is no browser and says no origin. */
  readonly isOwnOrigin: (request: IncomingMessage, host: string) => boolean
}

/** The port is not looked at: through a tunnel it is another one, and rebinding cannot choose the name. */
export function createAllowList(names: readonly string[]): AllowList {
  const allowed = new Set(['localhost', '127.0.0.1', '[::1]', ...names.map(bracketed)])
  return {
    hostOf: ({ headers }) => {
      const host = headers.host?.toLowerCase() ?? ''
      const parts = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?$/.exec(host)
      return parts && allowed.has(parts[1] ?? '') ? host : null
    },
    isOwnOrigin: ({ headers }, host) =>
      headers.origin === undefined || headers.origin.toLowerCase() === `http://${host}`,
  }
}

function bracketed(name: string): string {
  const lower = name.toLowerCase()
  return lower.includes(':') ? `[${lower}]` : lower
}
