import { expect, test } from 'vitest'
import { createCompareStore } from '../../../../renderer/state/compareStore.ts'
import { AppError } from '../../../../shared/errors.ts'
import { hostWith, until } from './hostWith.ts'
import { ref } from './samples.ts'

const sides = {
  left: { ref: ref('a'), checkpoint: 'cp-1' },
  right: { ref: ref('a'), checkpoint: null },
}

type Told = { readonly coarse?: boolean; readonly slow?: string }

function hostOf(paths: readonly string[], { coarse = false, slow }: Told = {}) {
  const cancelled: string[] = []
  const { client } = hostWith({
    'checkpoint.compare': async ({ under, offset, limit }, { signal, progress }) => {
      progress({ phase: 'reading' })
      if (under === slow) {
        await new Promise<void>((resolve) => {
          signal.addEventListener('abort', () => resolve(), { once: true })
        })
        cancelled.push(under)
        throw new AppError('cancelled', 'Comparing was cancelled.')
      }
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
    'checkpoint.patch': async ({ offset }) => {
      const nextOffset = offset === 0 ? 3 : null
      return { text: offset === 0 ? '[1,' : '2]', offset, nextOffset, sizeBytes: 5, operations: 2 }
    },
    'state.value': async ({ checkpoint, pointer, offset }) => {
      const text = offset === 0 ? `${checkpoint} ${pointer}` : '!'
      return { text, offset, nextOffset: offset === 0 ? 10 : null, sizeBytes: 11 }
    },
    'state.read': async ({ pointer, offset, limit }) => {
      const keys = ['id', 'updatedAt', 'journal', 'status', 'steps']
      const children = keys.slice(offset, offset + limit).map((key) => node(`${pointer}/${key}`))
      return { node: node(pointer), children, total: keys.length }
    },
  })
  return { client, cancelled }
}

function node(pointer: string) {
  const key = pointer.slice(pointer.lastIndexOf('/') + 1)
  return { pointer, key, type: 'null' as const, size: 0, preview: 'null', truncated: false }
}

async function opened(paths: readonly string[], told: Told = {}) {
  const { client, cancelled } = hostOf(paths, told)
  const store = createCompareStore(client, sides)
  store.getState().open()
  await until(() => store.getState().comparison.kind === 'ready')
  const value = () => {
    const { comparison } = store.getState()
    if (comparison.kind !== 'ready') throw new Error(`The comparison is ${comparison.kind}.`)
    return comparison.value
  }
  return { store, value, cancelled }
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
  await store.getState().ask({ under: '/steps/s24' })
  expect(value().total).toBe(11)
  expect(value().changes[0]?.path).toBe('/steps/s24')
})

test('a coarse result says so', async () => {
  const { value } = await opened(['/a'], { coarse: true })
  expect(value().isCoarse).toBe(true)
})

test('[L170] the newest question cancels the one before, and what was known stays meanwhile', async () => {
  const { store, value, cancelled } = await opened(many, { slow: '/slow' })
  const slow = store.getState().ask({ under: '/slow' })
  await until(() => store.getState().phase === 'reading')
  expect(value().total).toBe(250)

  await store.getState().ask({ under: '/steps/s1' })
  await slow
  await until(() => cancelled.length === 1)

  expect(value().total).toBe(111)
  expect(store.getState().comparison).toMatchObject({ problem: null })
})

test('[L170] a question that a person cancels leaves what was known, and says that it was cancelled', async () => {
  const { store, value } = await opened(many, { slow: '/slow' })
  const slow = store.getState().ask({ under: '/slow' })
  await until(() => store.getState().phase === 'reading')
  store.getState().cancel()
  await slow

  expect(value().total).toBe(250)
  expect(store.getState()).toMatchObject({
    phase: null,
    comparison: { problem: { code: 'cancelled' } },
  })
})

test('[L171] what is unchanged is read where it is opened, without what the comparison leaves out', async () => {
  const { store } = await opened(many)
  const top = { path: '', start: 1, count: 1 }
  const inside = { path: '/a', start: 1, count: 2 }
  await store.getState().showUnchanged(top)
  await store.getState().showUnchanged(inside)

  const shown = [...store.getState().unchanged.values()].map((one) =>
    one.kind === 'ready' ? one.value.map(({ pointer }) => pointer) : one.kind,
  )
  expect(shown).toEqual([['/status'], ['/a/updatedAt', '/a/journal']])
  store.getState().hideUnchanged(top)
  expect(store.getState().unchanged.size).toBe(1)
})

test('[L174] a place is looked for page by page', async () => {
  const { store, value } = await opened(many)
  expect(await store.getState().find('/steps/s150/output')).toBe(150)
  expect(value().changes.length).toBe(200)
  expect(await store.getState().find('/nowhere')).toBeNull()
})

test('[L175] a patch and a value are read whole', async () => {
  const { store, value } = await opened(many)
  const [change] = value().changes
  if (change === undefined) throw new Error('There are changes.')
  expect(await store.getState().readPatch()).toEqual({ text: '[1,2]', operations: 2 })
  expect(await store.getState().readValue('before', { ...change, from: '/old' })).toBe('cp-1 /old!')
  expect(await store.getState().readValue('after', change)).toBe('null /steps/s0!')
})

test('[L176] a key that was chosen for a list goes with every page and with the patch', async () => {
  const asked: unknown[] = []
  const counts = { added: 0, removed: 0, changed: 0, moved: 0 }
  const { client } = hostWith({
    'checkpoint.compare': async ({ keys }) => {
      asked.push(keys)
      return { changes: [], total: 0, counts, coarse: false }
    },
    'checkpoint.patch': async ({ keys }) => {
      asked.push(keys)
      return { text: '[]', offset: 0, nextOffset: null, sizeBytes: 2, operations: 0 }
    },
  })
  const store = createCompareStore(client, sides)
  store.getState().open()
  await until(() => store.getState().comparison.kind === 'ready')
  const keys = [{ path: '/inputs/orders', key: 'orderId' }]
  await store.getState().ask({ keys })
  await store.getState().readPatch()
  expect(asked).toEqual([[], keys, keys])
})
