import { describe, expect, test } from 'vitest'
import { createSearchStore, type SearchPage } from '../../../../renderer/state/searchStore.ts'
import { AppError } from '../../../../shared/errors.ts'
import { deferred } from '../../../contract/deferred.ts'
import { until } from './hostWith.ts'

type Page = SearchPage<string, number>
const page = (matches: readonly string[], next: number | null): Page => ({
  matches,
  next,
  progress: null,
})

function storeOf(pages: readonly Page[]) {
  const asked: (number | null)[] = []
  const store = createSearchStore<string, null, number>({
    scope: null,
    read: async ({ from }) => {
      asked.push(from)
      return pages[from ?? 0] ?? page([], null)
    },
  })
  return { store, asked }
}

describe('a search', () => {
  test('[L56] goes through empty pages to the first match, and on from match to match', async () => {
    const { store, asked } = storeOf([page([], 1), page(['a', 'b'], 2), page(['c'], null)])
    await store.getState().search('x', null)
    expect(store.getState()).toMatchObject({ matches: ['a', 'b'], current: 0, next: 2 })
    await store.getState().step(1)
    await store.getState().step(1)
    expect(store.getState()).toMatchObject({ matches: ['a', 'b', 'c'], current: 2, next: null })
    await store.getState().step(1)
    expect(store.getState().current).toBe(0)
    await store.getState().step(-1)
    expect(store.getState().current).toBe(2)
    expect(asked).toEqual([null, 1, 2])
  })

  test('[L56] a new one cancels the one before, whose answer is not shown', async () => {
    const first = deferred<Page>()
    const signals: AbortSignal[] = []
    const store = createSearchStore<string, null, number>({
      scope: null,
      read: ({ query }, signal) => {
        signals.push(signal)
        return query === 'old' ? first.promise : Promise.resolve(page(['new'], null))
      },
    })
    const old = store.getState().search('old', null)
    await store.getState().search('new', null)
    first.resolve(page(['old'], null))
    await old

    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false])
    expect(store.getState()).toMatchObject({ query: 'new', matches: ['new'], current: 0 })
  })

  test('[L56] one that fails says so, and an empty one finds nothing', async () => {
    const store = createSearchStore<string, null, number>({
      scope: null,
      read: () => Promise.reject(new AppError('io', 'The log could not be read.')),
    })
    await store.getState().search('x', null)
    await until(() => store.getState().phase === 'failed')
    expect(store.getState().error?.message).toBe('The log could not be read.')
    await store.getState().search('', null)
    expect(store.getState()).toMatchObject({ phase: 'idle', error: null, matches: [] })
  })
})
