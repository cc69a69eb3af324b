// What the runs take on the disk: measured when the screen is opened, and again when it is asked for.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Client } from '../../shared/contract/contract.ts'
import type { StorageBreakdown, StorageProgress } from '../../shared/contract/upkeep.ts'
import { toAppError, type AppError } from '../../shared/errors.ts'

/** How far a measurement is; null: it has not said anything yet. */
export type Measuring = { readonly progress: StorageProgress | null }

export type StorageState = {
  /** The last whole measurement, also while a newer one is made. */
  readonly breakdown: StorageBreakdown | null
  readonly measuring: Measuring | null
  readonly error: AppError | null
  readonly open: () => () => void
  readonly measure: () => Promise<void>
  readonly cancel: () => void
}
export type StorageStore = StoreApi<StorageState>

export function createStorageStore(client: Client): StorageStore {
  return createStore<StorageState>()((set) => {
    let running = new AbortController()
    const measure = async () => {
      running.abort()
      const mine = new AbortController()
      running = mine
      set({ measuring: { progress: null }, error: null })
      try {
        const breakdown = await client.call(
          'storage.get',
          {},
          {
            signal: mine.signal,
            onProgress: (progress) => {
              if (running === mine) set({ measuring: { progress } })
            },
          },
        )
        if (running === mine) set({ breakdown, measuring: null })
      } catch (error) {
        if (running !== mine) return
        set({ measuring: null, error: mine.signal.aborted ? null : toAppError(error) })
      }
    }
    return {
      breakdown: null,
      measuring: null,
      error: null,
      open: () => {
        void measure()
        return () => running.abort()
      },
      measure,
      cancel: () => running.abort(),
    }
  })
}
