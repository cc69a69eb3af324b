import { expect, test } from 'vitest'
import { takeToken } from '../../../../renderer/client/takeToken.ts'

function tabAt(hash: string, kept: Readonly<Record<string, string>> = {}) {
  const storage = new Map(Object.entries(kept))
  const urls: string[] = []
  return {
    urls,
    storage,
    location: { hash, pathname: '/', search: '' },
    history: {
      replaceState: (_state: unknown, _title: string, url: string) => void urls.push(url),
    },
    sessionStorage: {
      getItem: (key: string) => storage.get(key) ?? null,
      setItem: (key: string, value: string) => void storage.set(key, value),
    },
  }
}

test('the token is taken out of the address and kept for the tab', () => {
  const tab = tabAt('#token=se%2Bcret')
  expect(takeToken(tab).get()).toBe('se+cret')
  expect(tab.urls).toEqual(['/'])
  expect([...tab.storage.values()]).toEqual(['se+cret'])
})

test('a route behind the token stays', () => {
  const tab = tabAt('#token=x&/run/etl-1/raw')
  expect(takeToken(tab).get()).toBe('x')
  expect(tab.urls).toEqual(['/#/run/etl-1/raw'])
})

test('a page that is loaded again still has it', () => {
  const tab = tabAt('#/runs/all', { 'unstuck.token': 'kept' })
  expect(takeToken(tab).get()).toBe('kept')
  expect(tab.urls).toEqual([])
})

test('without a token there is none', () => {
  expect(takeToken(tabAt('#/runs/all')).get()).toBe('')
})
