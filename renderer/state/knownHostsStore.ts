// Other hosts that the desktop application can show, and the way to them.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import { toAppError, type AppError } from '../../shared/errors.ts'
import { createReader } from './createReader.ts'
import { failed, loading, ready, type Remote } from './remote.ts'

export type KnownHostsState = {
  readonly known: Remote<CallOutput<'hosts.list'>>
  readonly work:
    | { readonly kind: 'idle' }
    | { readonly kind: 'connecting'; readonly address: string }
    | { readonly kind: 'failed'; readonly error: AppError }
  readonly open: () => () => void
  readonly refresh: () => Promise<void>
  /** The page is loaded anew when it succeeds. */
  readonly connect: (asked: {
    readonly address: string
    readonly token: string | null
    readonly remember: boolean
  }) => Promise<void>
  readonly forget: (address: string) => Promise<void>
}
export type KnownHostsStore = StoreApi<KnownHostsState>

export function createKnownHostsStore(client: Client): KnownHostsStore {
  return createStore<KnownHostsState>()((set, get) => {
    const refresh = createReader(async () => {
      try {
        set({ known: ready(await client.call('hosts.list', {})) })
      } catch (error) {
        set({ known: failed(get().known, error) })
      }
    })
    return {
      known: loading,
      work: { kind: 'idle' },
      refresh,
      open: () => {
        void refresh()
        return client.onState(() => void refresh())
      },
      connect: async (asked) => {
        set({ work: { kind: 'connecting', address: asked.address } })
        try {
          await client.call('hosts.connect', asked)
          set({ work: { kind: 'idle' } })
        } catch (error) {
          set({ work: { kind: 'failed', error: toAppError(error) } })
        }
        await refresh()
      },
      forget: async (address) => {
        try {
          await client.call('hosts.forget', { address })
          set({ work: { kind: 'idle' } })
        } catch (error) {
          set({ work: { kind: 'failed', error: toAppError(error) } })
        }
        await refresh()
      },
    }
  })
}
