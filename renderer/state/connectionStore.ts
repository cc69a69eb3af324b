// The connection to the host: how it is, who else is there, and what was under way when it was lost.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Client, ConnectionState as LinkState } from '../../shared/contract/contract.ts'
import type { ConnectionFacts } from '../../shared/contract/connection.ts'
import { createReader } from './createReader.ts'
import type { Keeper } from './preferencesStore.ts'

export type InDoubt = {
  readonly call: string
  readonly document: string | null
  readonly atMs: number
}

export type ConnectionState = {
  readonly link: LinkState
  /** When it was lost, in milliseconds; null while it stands. */
  readonly sinceMs: number | null
  /** Why, where more is known than that it is so. */
  readonly reason: string | null
  /** Null: not known yet. What was known stays while the connection is lost. */
  readonly facts: ConnectionFacts | null
  /** What the person calls themselves; null: nothing. */
  readonly name: string | null
  readonly inDoubt: readonly InDoubt[]
  /** Reads and follows; returns what stops it. */
  readonly open: () => () => void
  /** Dials at once, perhaps with the token or address that a person gave. */
  readonly redial: (token: string | null) => void
  readonly forgetDoubts: () => void
  readonly setName: (name: string) => void
  /** A person is there. */
  readonly noteUse: () => void
}
export type ConnectionStore = StoreApi<ConnectionState>

export type ConnectionOptions = {
  readonly nowMs: () => number
  readonly keeper: Keeper
  readonly onDoubt?: (
    listener: (doubt: { readonly call: string; readonly document: string | null }) => void,
  ) => () => void
}

export function createConnectionStore(
  client: Client,
  { nowMs, keeper, onDoubt }: ConnectionOptions,
): ConnectionStore {
  return createStore<ConnectionState>()((set, get) => {
    const refresh = createReader(async () => {
      const [facts] = await Promise.allSettled([client.call('connection.get', {})])
      // What is known stays: why nothing came is told by the state of the connection.
      if (facts.status === 'fulfilled') set({ facts: facts.value })
    })
    const sayActive = async () => {
      await Promise.allSettled([client.call('connection.active', { name: get().name })]) // said again with the next use
    }
    return {
      link: 'connected',
      sinceMs: null,
      reason: null,
      facts: null,
      name: keeper.getItem(nameKey) || null,
      inDoubt: [],
      open: () => {
        const stops = [
          client.on('people.changed', () => void refresh()),
          client.onState((link, reason) => {
            const sinceMs = link === 'connected' ? null : (get().sinceMs ?? nowMs())
            set({ link, reason, sinceMs })
            if (link === 'connected') void sayActive().then(refresh)
          }),
          onDoubt?.((doubt) => set({ inDoubt: [...get().inDoubt, { ...doubt, atMs: nowMs() }] })),
        ]
        void sayActive().then(refresh)
        return () => stops.forEach((stop) => stop?.())
      },
      redial: (token) => client.redial?.(token),
      forgetDoubts: () => set({ inDoubt: [] }),
      setName: (text) => {
        const name = text.trim().slice(0, 60) || null
        keeper.setItem(nameKey, name ?? '')
        set({ name })
        void sayActive()
      },
      noteUse: () => void sayActive(),
    }
  })
}

const nameKey = 'unstuck.person'
