import { expect, test } from 'vitest'
import { createCompareStore } from '../../../../renderer/state/compareStore.ts'
import { hostWith, until } from './hostWith.ts'
import { ref } from './samples.ts'

const sides = {
  left: { ref: ref('a'), checkpoint: 'cp-1' },
  right: { ref: ref('a'), checkpoint: null },
}

function hostOf(paths: readonly string[], coarse = false) {
  return hostWith({
    'checkpoint.compare': async ({ under, offset, limit }) => {
      const found = paths.filter((path) => path.startsWith(under))
      const changes = found.slice(offset, offset + limit).map((path) => ({
        kind: 'changed' as const,
        path,
        from: null,
        before: '1',
        after: '2',
        truncated: false,
      }))
      const counts = { added: 0, removed: 0, changed: found.length, moved: 0 }
      return { changes, total: found.length, counts, coarse }
    },
  })
}

async function opened(paths: readonly string[], coarse = false) {
  const store = createCompareStore(hostOf(paths, coarse).client, sides)
  store.getState().open()
  await until(() => store.getState().comparison.kind === 'ready')
  const value = () => {
    const { comparison } = store.getState()
    if (comparison.kind !== 'ready') throw new Error(`The comparison is ${comparison.kind}.`)
    return comparison.value
  }
  return { store, value }
}

const many = Array.from({ length: 250 }, (_, index) => `/steps/s${index}`)

test('pages are read one after the other until all are there', async () => {
  const { store, value } = await opened(many)
  expect(value().changes.length).toBe(100)
  await store.getState().readMore()
  await store.getState().readMore()
  await store.getState().readMore()
  expect(value().changes.map(({ path }) => path)).toEqual(many)
})

test('narrowing asks for what is below the path', async () => {
  const { store, value } = await opened(many)
  void store.getState().ask({ under: '/steps/s24' })
  await until(() => value().total === 11)
  expect(value().changes[0]?.path).toBe('/steps/s24')
})

test('a coarse result says so', async () => {
  const { value } = await opened(['/a'], true)
  expect(value().isCoarse).toBe(true)
})
