import { expect, test } from 'vitest'
import { createRecentStore } from '../../../../renderer/state/recentStore.ts'
import { AppError } from '../../../../shared/errors.ts'
import { hostWith, until } from './hostWith.ts'

test('[L193] recent workspaces are read, one is opened, and a refusal is told', async () => {
  const asked: string[] = []
  const here = { path: '/srv/here', name: 'here', attention: 1, isCurrent: true }
  const etl = { path: '/srv/etl', name: 'etl', attention: null, isCurrent: false }
  const host = hostWith({
    'workspace.recent': async () => ({ workspaces: [here, etl], canOpen: true }),
    'workspace.open': async ({ path }) => {
      asked.push(path)
      if (path === etl.path) return { opening: path }
      throw new AppError('not-found', `${path} was not open here lately.`)
    },
  })
  const store = createRecentStore(host.client)
  const close = store.getState().open()
  await until(() => store.getState().workspaces.length === 2)
  await store.getState().switchTo('/srv/etl')
  expect([asked, store.getState().problem]).toEqual([['/srv/etl'], null])
  await store.getState().switchTo('/srv/gone')
  expect(store.getState().problem?.message).toBe('/srv/gone was not open here lately.')
  close()
})
