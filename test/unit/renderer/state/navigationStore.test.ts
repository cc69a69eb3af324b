import { expect, test } from 'vitest'
import {
  createNavigationStore,
  type AddressBar,
} from '../../../../renderer/state/navigationStore.ts'

function addressBar(start: string) {
  const entries = [start]
  const listeners = new Set<() => void>()
  const bar: AddressBar & { readonly entries: readonly string[]; type(hash: string): void } = {
    entries,
    location: {
      get hash() {
        return entries.at(-1) ?? ''
      },
    },
    history: {
      pushState: (_state, _title, url) => void entries.push(url),
      replaceState: (_state, _title, url) => void entries.splice(-1, 1, url),
      back: () => {
        entries.pop()
        for (const listener of listeners) listener()
      },
    },
    addEventListener: (_type, listener) => void listeners.add(listener),
    removeEventListener: (_type, listener) => void listeners.delete(listener),
    type: (hash) => {
      entries.push(hash)
      for (const listener of listeners) listener()
    },
  }
  return bar
}

test('going somewhere adds one entry, and going there again adds none', () => {
  const bar = addressBar('')
  const store = createNavigationStore(bar)
  store.getState().go({ kind: 'repair', document: 'a' })
  store.getState().go({ kind: 'repair', document: 'a' })
  expect(bar.entries).toEqual(['', '#/repair/a'])
})

test('replacing changes the entry and adds none', () => {
  const bar = addressBar('#/runs/all')
  const store = createNavigationStore(bar)
  store.getState().replace({ kind: 'runs', view: 'all', text: 'x' })
  expect(bar.entries).toEqual(['#/runs/all?text=x'])
})

test('going back and typing an address are followed while it is open', () => {
  const bar = addressBar('#/runs/failed')
  const store = createNavigationStore(bar)
  const close = store.getState().open()
  store.getState().go({ kind: 'repair', document: 'a' })
  store.getState().back()
  expect(store.getState().route).toEqual({ kind: 'runs', view: 'failed', text: '' })
  bar.type('#/migrate')
  expect(store.getState().route).toEqual({ kind: 'migrate', document: null })
  close()
  bar.type('#/cleanup/trash')
  expect(store.getState().route).toEqual({ kind: 'migrate', document: null })
})

test('[L312] a run leads back to the list as it was left, also where its address was typed', () => {
  const bar = addressBar('#/runs/failed?text=etl&group=error&sort=-id')
  const store = createNavigationStore(bar)
  store.getState().open()
  const list = store.getState().route
  store.getState().go({ kind: 'repair', document: 'a' })
  bar.type('#/run/b/state')
  expect(store.getState().list).toEqual(list)

  store.getState().go(store.getState().list)
  expect(bar.entries.at(-1)).toBe('#/runs/failed?text=etl&group=error&sort=-id')
})

test('[L312] a run that was opened first leads to all runs', () => {
  expect(createNavigationStore(addressBar('#/run/b/state')).getState().list).toEqual({
    kind: 'runs',
    view: 'all',
    text: '',
  })
})
