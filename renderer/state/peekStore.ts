// The run that is looked at beside the list: read when the focus rests on it, and again when it changes.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Ref } from '../../shared/contract/call.ts'
import type { Client } from '../../shared/contract/contract.ts'
import type { RunDetail } from '../../shared/contract/runs.ts'
import { createNewest } from './createNewest.ts'
import { paced } from './paced.ts'
import { failed, loading, ready, type Remote } from './remote.ts'

export type PeekState = {
  /** Null: nothing is looked at. */
  readonly ref: Ref | null
  readonly detail: Remote<RunDetail>
  readonly look: (ref: Ref) => void
  readonly retry: () => void
  readonly open: () => () => void
}
export type PeekStore = StoreApi<PeekState>

export function createPeekStore(client: Client): PeekStore {
  return createStore<PeekState>()((set, get) => {
    const read = createNewest(async (signal) => {
      const { ref } = get()
      if (ref === null) return
      try {
        const detail = await client.call('run.get', { ref, leaveOut: ['forks'] }, { signal })
        if (get().ref === ref) set({ detail: ready(detail) })
      } catch (error) {
        // Who looks on does not wait for what was looked at before.
        if (get().ref === ref && !signal.aborted) set({ detail: failed(get().detail, error) })
      }
    })
    return {
      ref: null,
      detail: loading,
      look: (ref) => {
        if (isSame(get().ref, ref)) return
        set({ ref, detail: loading })
        void read()
      },
      retry: () => {
        set({ detail: loading })
        void read()
      },
      open: () => {
        const again = paced(read)
        const stops = [
          client.on('runs.changed', ({ runs }) => {
            if (runs === null || runs.includes(get().ref?.document ?? '')) again()
          }),
          client.on('run.progressed', ({ run }) => {
            if (run === get().ref?.document) again()
          }),
        ]
        return () => stops.forEach((stop) => stop())
      },
    }
  })
}

function isSame(one: Ref | null, other: Ref): boolean {
  return one?.document === other.document && one.format === other.format && one.item === other.item
}
