import type { Ref } from '../../shared/contract/call.ts'
import type { Client } from '../../shared/contract/contract.ts'
import type { StateMatch } from '../../shared/contract/reading.ts'
import { createSearchStore, type SearchStore } from './searchStore.ts'

/** The scope is the checkpoint; null: the state as it is now. */
export type StateSearchStore = SearchStore<StateMatch, string | null, number>

export function createStateSearchStore(client: Client, ref: Ref): StateSearchStore {
  return createSearchStore<StateMatch, string | null, number>({
    scope: null,
    read: async ({ query, scope: checkpoint, from }, signal) => {
      const input = { ref, query, checkpoint, skip: from ?? 0, limit: 100 }
      const page = await client.call('state.search', input, { signal })
      return { ...page, progress: null }
    },
  })
}
