import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { failureOf, openFileStore, temporaryFolder } from './storeFixtures.ts'

test('[E220] work of a workspace is done by one at a time, and another one leaves it', async () => {
  const store = await openFileStore(await temporaryFolder())
  const [begun, over] = [createSignal(), createSignal()]
  const first = store.exclusively('cleanup', async () => {
    begun.resolve()
    await over.promise
    return 'first'
  })
  await begun.promise
  expect(await store.exclusively('cleanup', async () => 'other')).toBeNull()
  over.resolve()

  expect(await first).toBe('first')
  expect(await store.exclusively('cleanup', async () => 'second')).toBe('second')
})

test('[E220] work that fails says why, and the next one is free to try', async () => {
  const store = await openFileStore(await temporaryFolder())
  const failure = new Error('It broke.')
  expect(await failureOf(store.exclusively('cleanup', () => Promise.reject(failure)))).toBe(failure)
  expect(await store.exclusively('cleanup', async () => 'again')).toBe('again')
})

test('[E220] where no lock can be made it is told of which task, and nothing is done', async () => {
  const root = await temporaryFolder()
  await writeFile(join(root, '.unstuck'), 'a file')
  const store = await openFileStore(root)
  const failure = await failureOf(store.exclusively('cleanup', async () => 'done'))
  expect(failure).toMatchObject({
    message: expect.stringContaining('The lock of the task "cleanup" below .unstuck: '),
  })
})

test('[E220] what was noted of a task is read again; what cannot be read is none', async () => {
  const root = await temporaryFolder()
  const store = await openFileStore(root)
  expect(await store.taskNote('cleanup')).toBeNull()
  await store.noteTask('cleanup', { at: 3 })
  expect(await store.taskNote('cleanup')).toEqual({ at: 3 })

  await writeFile(join(root, '.unstuck', 'tasks', 'cleanup.json'), '{"at"')
  expect(await store.taskNote('cleanup')).toBeNull()
  await mkdir(join(root, '.unstuck', 'tasks', 'errors.json'))
  expect(await store.taskNote('errors')).toBeNull()
  expect(await failureOf(store.noteTask('errors', 1))).toMatchObject({
    message: expect.stringContaining('What came of "errors" could not be noted in .unstuck/tasks'),
  })
})

function createSignal(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  const signal = new EventTarget()
  const promise = once(signal, 'end').then(() => undefined)
  return { promise, resolve: () => void signal.dispatchEvent(new Event('end')) }
}
