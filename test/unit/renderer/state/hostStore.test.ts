import { expect, test } from 'vitest'
import { createHostStore } from '../../../../renderer/state/hostStore.ts'
import { AppError } from '../../../../shared/errors.ts'
import { hostFacts } from '../../../contract/hostFacts.ts'
import { hostWith, until } from './hostWith.ts'

const cut = hostFacts({ cut: 2 })

test('what was cut is read when the page is opened, and again when the workspace changed', async () => {
  let calls = 0
  const host = hostWith({
    'host.get': async () => {
      calls += 1
      return cut
    },
  })
  const store = createHostStore(host.client)
  const stop = store.getState().open()
  await until(() => store.getState().facts.kind === 'ready')
  expect(store.getState().facts).toMatchObject({ value: { batches: { total: 2 } } })
  host.emit('workspace.changed', {})
  await until(() => calls === 2)
  expect(calls).toBe(2)
  stop()
})

test('what was seen is gone with the answer of the host', async () => {
  const host = hostWith({
    'host.get': async () => cut,
    'host.dismiss': async ({ batches }) => hostFacts({ cut: batches === null ? 0 : 1 }),
  })
  const store = createHostStore(host.client)
  await store.getState().refresh()
  await store.getState().dismiss()
  expect(store.getState().facts).toMatchObject({ value: { batches: { total: 0 } } })
})

test('a refused dismissal leaves what is shown, with its reason', async () => {
  const host = hostWith({
    'host.get': async () => cut,
    'host.dismiss': async () => {
      throw new AppError('read-only', 'This connection is read-only.')
    },
  })
  const store = createHostStore(host.client)
  await store.getState().refresh()
  await store.getState().dismiss()
  expect(store.getState().facts).toMatchObject({ value: { batches: { total: 2 } } })
  expect(store.getState().dismissProblem?.message).toBe('This connection is read-only.')
})
