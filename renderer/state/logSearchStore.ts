import type { Ref } from '../../shared/contract/call.ts'
import type { Client } from '../../shared/contract/contract.ts'
import type { LogMatch, LogPlace } from '../../shared/contract/reading.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import { createSearchStore, type SearchStore } from './searchStore.ts'

/** Null: all logs of the run. */
export type LogScope = { readonly step: StepId; readonly attempt: number } | null
export type LogSearchStore = SearchStore<LogMatch, LogScope, LogPlace>

export function createLogSearchStore(client: Client, ref: Ref): LogSearchStore {
  return createSearchStore<LogMatch, LogScope, LogPlace>({
    scope: null,
    read: async ({ query, scope, from }, signal) => {
      const input = { ref, query, from, limit: 100, ...scope }
      const { matches, next, ...progress } = await client.call('log.search', input, { signal })
      return { matches, next, progress }
    },
  })
}
