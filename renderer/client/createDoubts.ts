import { toAppError } from '../../shared/errors.ts'
import type { Client } from '../../shared/contract/contract.ts'

/** A call of which nobody knows whether it was done, because the connection was lost meanwhile. */
export type Doubt = { readonly call: string; readonly document: string | null }

export type Doubts = {
  /** The same client, whose calls in doubt are told to whoever listens, besides to who asked. */
  readonly watch: (client: Client) => Client
  /** Returns the unsubscribe function. */
  readonly onDoubt: (listener: (doubt: Doubt) => void) => () => void
}

export function createDoubts(): Doubts {
  const listeners = new Set<(doubt: Doubt) => void>()
  return {
    onDoubt: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    watch: (client) => ({
      ...client,
      call: async (name, input, options) => {
        try {
          return await client.call(name, input, options)
        } catch (error) {
          if (toAppError(error).code === 'in-doubt')
            tell({ call: name, document: documentOf(input) })
          throw error
        }
      },
    }),
  }

  function tell(doubt: Doubt): void {
    for (const listener of listeners) listener(doubt)
  }
}

function documentOf(input: object): string | null {
  if (!('ref' in input) || typeof input.ref !== 'object' || input.ref === null) return null
  return 'document' in input.ref ? String(input.ref.document) : null
}
