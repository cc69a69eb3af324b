// What the rail offers beside the fixed views: saved views and open errors, each with its count.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Client } from '../../shared/contract/contract.ts'
import type { ErrorGroup } from '../../shared/contract/errors.ts'
import type { SavedView } from '../../shared/contract/views.ts'
import { questionOf } from '../../shared/core/query/parseQuery.ts'
import { toAppError, type AppError } from '../../shared/errors.ts'
import { createReader } from './createReader.ts'
import { never, type Every } from './every.ts'
import { paced } from './paced.ts'

export type CountedView = SavedView & {
  /** Null: not known, as of what the state would have to be searched for. */
  readonly count: number | null
}

export type SavedViewsState = {
  readonly views: readonly CountedView[]
  /** The open errors of the most runs. */
  readonly errors: readonly ErrorGroup[]
  /** All errors that are open, and those that are muted or resolved. */
  readonly errorsOpen: number
  readonly errorsClosed: number
  /** Why they may be old, or why the last change was refused. */
  readonly problem: AppError | null
  /** Reads and follows; returns what stops it. */
  readonly open: () => () => void
  readonly save: (view: SavedView) => Promise<boolean>
  readonly rename: (name: string, to: string) => Promise<boolean>
  readonly remove: (name: string) => Promise<boolean>
}
export type SavedViewsStore = StoreApi<SavedViewsState>

const errorsShown = 5
/** Ages of saved views count back from now. */
const countAgainMs = 60_000

export function createSavedViewsStore(
  client: Client,
  every: Every = never,
  now: () => number = Date.now,
): SavedViewsStore {
  return createStore<SavedViewsState>()((set) => {
    const show = async (views: readonly SavedView[]) => {
      const queries = views.map(({ view, text }) => ({ view, ...questionOf(text, now()) }))
      const { totals } =
        queries.length === 0 ? { totals: [] } : await client.call('run.count', { queries })
      set({ views: views.map((view, index) => ({ ...view, count: totals[index] ?? null })) })
    }
    const refresh = createReader(async () => {
      try {
        const { views } = await client.call('view.list', {})
        await show(views)
        const asked = { state: 'open', limit: errorsShown } as const
        const { groups: errors, counts } = await client.call('error.list', asked)
        const { open: errorsOpen, muted, resolved } = counts
        set({ errors, errorsOpen, errorsClosed: muted + resolved, problem: null })
      } catch (error) {
        set({ problem: toAppError(error) })
      }
    })
    const change = async (call: () => Promise<{ readonly views: readonly SavedView[] }>) => {
      try {
        const { views } = await call()
        set({ problem: null })
        await show(views)
        return true
      } catch (error) {
        set({ problem: toAppError(error) })
        return false
      }
    }
    return {
      views: [],
      errors: [],
      errorsOpen: 0,
      errorsClosed: 0,
      problem: null,
      open: () => {
        const again = paced(refresh)
        const stops = [
          client.on('runs.changed', again),
          client.on('workspace.changed', () => void refresh()),
          every(countAgainMs, () => void refresh()),
        ]
        void refresh()
        return () => stops.forEach((stop) => stop())
      },
      save: (view) => change(() => client.call('view.save', view)),
      rename: (name, to) => change(() => client.call('view.rename', { name, to })),
      remove: (name) => change(() => client.call('view.delete', { name })),
    }
  })
}
