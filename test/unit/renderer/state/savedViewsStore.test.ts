import { expect, test } from 'vitest'
import { createSavedViewsStore } from '../../../../renderer/state/savedViewsStore.ts'
import { AppError } from '../../../../shared/errors.ts'
import type { HandlerInput } from '../../../../shared/contract/contract.ts'
import type { SavedView } from '../../../../shared/contract/views.ts'
import { hostWith, until } from './hostWith.ts'

const view: SavedView = {
  name: 'Old failures',
  view: 'failed',
  text: 'age>1h',
  sort: null,
  groupBy: null,
  columns: null,
}
const standing = { state: 'open', since: null, again: null, sentence: '', solvedBy: null } as const
const group = {
  id: '3f2a9c01be',
  error: 'load: too slow',
  left: 12,
  runs: 14,
  firstAt: null,
  lastAt: null,
  standing,
  filter: [],
}
const nowMs = 10 * 3_600_000

function start() {
  let views: SavedView[] = [view]
  let count = 3
  const asked: HandlerInput<'run.count'>[] = []
  const host = hostWith({
    'view.list': async () => ({ views }),
    'view.save': async (given) => ({ views: (views = [...views, given]) }),
    'view.delete': async () => {
      throw new AppError('not-found', 'There is no such view.')
    },
    'run.count': async (input) => {
      asked.push(input)
      return { totals: input.queries.map(() => count) }
    },
    'error.list': async () => ({
      groups: [group],
      total: 8,
      counts: { open: 8, resolved: 2, muted: 1 },
    }),
  })
  const store = createSavedViewsStore(host.client, undefined, () => nowMs)
  const close = store.getState().open()
  return { host, store, asked, close, grow: () => void (count += 1) }
}

test('[L87] saved views and errors are shown with their counts, and counted again when runs change', async () => {
  const { host, store, asked, close, grow } = start()
  await until(() => store.getState().errors.length > 0)
  expect(store.getState()).toMatchObject({
    views: [{ name: 'Old failures', count: 3 }],
    errors: [{ error: 'load: too slow', left: 12 }],
    errorsOpen: 8,
    errorsClosed: 3,
  })
  expect(asked[0]?.queries).toMatchObject([
    { view: 'failed', filter: [{ field: 'since', to: nowMs - 3_600_000 }] },
  ])
  grow()
  host.emit('runs.changed', { runs: null })
  await until(() => store.getState().views[0]?.count === 4)
  close()
})

test('[L87] a view that was saved is there with its count; a refused change is told', async () => {
  const { store, close } = start()
  await until(() => store.getState().errors.length > 0)
  expect(await store.getState().save({ ...view, name: 'Another' })).toBe(true)
  expect(store.getState().views.map(({ name, count }) => [name, count])).toEqual([
    ['Old failures', 3],
    ['Another', 3],
  ])
  expect(await store.getState().remove('Nothing')).toBe(false)
  expect(store.getState().problem?.message).toBe('There is no such view.')
  close()
})
