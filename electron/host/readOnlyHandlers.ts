import type { Handlers } from '../../shared/contract/contract.ts'

/** A connection that may only read is told so at once; that its writes are refused is the server's work. */
export function readOnlyHandlers(handlers: Handlers): Handlers {
  return {
    ...handlers,
    'workspace.get': async (input, options) => {
      const workspace = await handlers['workspace.get'](input, options)
      if (!workspace.writable) return workspace
      const readOnlyReason = 'The server was started with --read-only.'
      return { ...workspace, writable: false, readOnlyReason }
    },
  }
}
