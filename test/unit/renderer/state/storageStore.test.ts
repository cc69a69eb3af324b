import { expect, test } from 'vitest'
import { createStorageStore } from '../../../../renderer/state/storageStore.ts'
import type { StorageBreakdown } from '../../../../shared/contract/upkeep.ts'
import { AppError } from '../../../../shared/errors.ts'
import { hostWith, until } from './hostWith.ts'

const breakdown: StorageBreakdown = {
  files: 2,
  bytes: 30,
  kinds: [{ kind: 'head', files: 2, bytes: 30 }],
  workflows: [],
  rest: { workflows: 0, runs: 0, files: 0, bytes: 0 },
  disk: null,
  problems: [],
}
const progress = { files: 1, bytes: 10, folder: 'runs' }

test('a measurement tells how far it is, and is kept while the next one is made', async () => {
  const ends: (() => void)[] = []
  const { client } = hostWith({
    'storage.get': async (_, options) => {
      options.progress(progress)
      await new Promise<void>((resolve) => ends.push(resolve))
      return breakdown
    },
  })
  const store = createStorageStore(client)
  const measured = store.getState().measure()
  await until(() => store.getState().measuring?.progress !== null)

  expect(store.getState()).toMatchObject({ measuring: { progress }, breakdown: null })
  ends[0]?.()
  await measured
  expect(store.getState()).toMatchObject({ measuring: null, breakdown })
  void store.getState().measure()
  await until(() => ends.length === 2)
  expect(store.getState()).toMatchObject({ measuring: {}, breakdown })
})

test('one that is cancelled is no error, and one that failed is', async () => {
  const { client } = hostWith({
    'storage.get': (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new AppError('cancelled', 'Cancelled.')))
      }),
  })
  const store = createStorageStore(client)
  const measured = store.getState().measure()
  store.getState().cancel()
  await measured
  expect(store.getState()).toMatchObject({ measuring: null, error: null, breakdown: null })

  const failing = hostWith({
    'storage.get': () => Promise.reject(new AppError('io', 'The disk reports an error.')),
  })
  const other = createStorageStore(failing.client)
  await other.getState().measure()
  expect(other.getState()).toMatchObject({ measuring: null, error: { code: 'io' } })
})
