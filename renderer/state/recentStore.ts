// Workspaces that were open lately, each with how many of its runs need attention, where that is known.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Client } from '../../shared/contract/contract.ts'
import type { RecentWorkspace } from '../../shared/contract/workspace.ts'
import { toAppError, type AppError } from '../../shared/errors.ts'
import { createReader } from './createReader.ts'
import { never, type Every } from './every.ts'

export type RecentState = {
  /** The one that is shown first. */
  readonly workspaces: readonly RecentWorkspace[]
  /** False: the host shows one workspace and no other. */
  readonly canOpen: boolean
  /** Why the last of what was asked for did not come. */
  readonly problem: AppError | null
  /** Reads and follows; returns what stops it. */
  readonly open: () => () => void
  /** Shows another one: the page is loaded anew. */
  readonly switchTo: (path: string, view?: string) => Promise<void>
}
export type RecentStore = StoreApi<RecentState>

/** The count of this workspace is kept for when another one is shown. */
const countAgainMs = 60_000

export function createRecentStore(client: Client, every: Every = never): RecentStore {
  return createStore<RecentState>()((set) => {
    const refresh = createReader(async () => {
      try {
        set({ ...(await client.call('workspace.recent', {})), problem: null })
      } catch (error) {
        set({ problem: toAppError(error) })
      }
    })
    return {
      workspaces: [],
      canOpen: false,
      problem: null,
      open: () => {
        const stops = [
          client.on('workspace.changed', () => void refresh()),
          every(countAgainMs, () => void refresh()),
        ]
        void refresh()
        return () => stops.forEach((stop) => stop())
      },
      switchTo: async (path, view) => {
        try {
          const asked = view === undefined ? {} : { view }
          await client.call('workspace.open', { path, ...asked })
        } catch (error) {
          set({ problem: toAppError(error) })
        }
      },
    }
  })
}
