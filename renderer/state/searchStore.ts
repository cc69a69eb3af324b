// A search that is answered page by page at the host; a new one cancels the one before.
import { createStore, type StoreApi } from 'zustand/vanilla'
import { toAppError, type AppError } from '../../shared/errors.ts'

export type SearchProgress = { readonly searchedBytes: number; readonly totalBytes: number }

export type SearchState<Match, Scope, Place> = {
  readonly query: string
  readonly scope: Scope
  readonly matches: readonly Match[]
  /** Which match is looked at; -1: none. */
  readonly current: number
  readonly phase: 'idle' | 'searching' | 'ready' | 'failed'
  /** Where there is more to search; null: all was searched. */
  readonly next: Place | null
  readonly progress: SearchProgress | null
  readonly error: AppError | null
  readonly open: () => () => void
  readonly search: (query: string, scope: Scope) => Promise<void>
  /** Goes on to the next page with something in it. */
  readonly searchOn: () => Promise<void>
  readonly choose: (index: number) => void
  /** By so many matches, round at the ends; beyond the last one the search goes on first. */
  readonly step: (by: 1 | -1) => Promise<void>
}
export type SearchStore<Match, Scope, Place> = StoreApi<SearchState<Match, Scope, Place>>

export type SearchPage<Match, Place> = {
  readonly matches: readonly Match[]
  readonly next: Place | null
  readonly progress: SearchProgress | null
}

export type SearchOptions<Match, Scope, Place> = {
  readonly scope: Scope
  readonly read: (
    asked: { readonly query: string; readonly scope: Scope; readonly from: Place | null },
    signal: AbortSignal,
  ) => Promise<SearchPage<Match, Place>>
}

export function createSearchStore<Match, Scope, Place>(
  options: SearchOptions<Match, Scope, Place>,
): SearchStore<Match, Scope, Place> {
  return createStore<SearchState<Match, Scope, Place>>()((set, get) => {
    let cancelling = new AbortController()

    const readOn = async () => {
      const own = cancelling
      const { query, scope } = get()
      set({ phase: 'searching', error: null })
      try {
        const before = get().matches.length
        do {
          const page = await options.read({ query, scope, from: get().next }, own.signal)
          if (own !== cancelling) return
          set({ ...page, matches: [...get().matches, ...page.matches] })
        } while (get().next !== null && get().matches.length === before)
        set({ phase: 'ready' })
      } catch (error) {
        if (own === cancelling) set({ phase: 'failed', error: toAppError(error) })
      }
    }
    const stop = () => {
      cancelling.abort()
      cancelling = new AbortController()
    }
    return {
      ...nothing,
      query: '',
      scope: options.scope,
      open: () => stop,
      search: async (query, scope) => {
        stop()
        const own = cancelling
        set({ ...nothing, query, scope })
        if (query === '') return
        await readOn()
        if (own === cancelling && get().matches.length > 0) set({ current: 0 })
      },
      searchOn: async () => {
        if (get().phase !== 'searching' && get().next !== null) await readOn()
      },
      choose: (current) => set({ current }),
      step: async (by) => {
        const { current, matches, next, phase } = get()
        if (matches.length === 0 || phase === 'searching') return
        const own = cancelling
        const target = current + by
        if (target >= matches.length && next !== null) await readOn()
        const { length } = get().matches
        if (own === cancelling && length > 0) set({ current: (target + length) % length })
      },
    }
  })
}

const nothing = {
  matches: [],
  current: -1,
  phase: 'idle',
  next: null,
  progress: null,
  error: null,
} as const
