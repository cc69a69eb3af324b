// The last good run of the same workflow: what changed since then is the first thing to ask of one that fails.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Client } from '../../shared/contract/contract.ts'
import type { RunRow } from '../../shared/contract/runs.ts'
import { createReader } from './createReader.ts'
import { findLastGood } from './findLastGood.ts'
import { failed, loading, ready, type Remote } from './remote.ts'

export type LastGoodState = {
  /** Null: no run of the workflow was completed. */
  readonly run: Remote<RunRow | null>
  readonly open: () => () => void
}
export type LastGoodStore = StoreApi<LastGoodState>

export function createLastGoodStore(
  client: Client,
  of: { readonly workflow: string; readonly document: string },
): LastGoodStore {
  return createStore<LastGoodState>()((set, get) => {
    const read = createReader(async () => {
      try {
        set({ run: ready(await findLastGood(client, of)) })
      } catch (error) {
        set({ run: failed(get().run, error) })
      }
    })
    return {
      run: loading,
      open: () => {
        void read()
        return () => undefined
      },
    }
  })
}
