import { expect, test } from 'vitest'
import type { HandlerInput } from '../../../../shared/contract/contract.ts'
import { createRunsStore } from '../../../../renderer/state/runsStore.ts'
import { AppError } from '../../../../shared/errors.ts'
import { hostWith, until } from './hostWith.ts'
import { counts, row } from './samples.ts'

function workspaceOf(size: number) {
  let ids = Array.from({ length: size }, (_, index) => `run-${index}`)
  let isBroken = false
  let status = 'failed'
  const asked: HandlerInput<'run.list'>[] = []
  const host = hostWith({
    'run.list': async (input) => {
      asked.push(input)
      if (isBroken) throw new AppError('io', 'The disk does not answer.')
      const found = ids.filter((id) => id.includes(input.text))
      const page = found.slice(input.offset, input.offset + input.limit)
      return {
        rows: page.map((id) => row(id, { status })),
        total: found.length,
        counts: { ...counts, all: ids.length },
      }
    },
  })
  return {
    ...host,
    asked,
    add: (id: string) => void (ids = [id, ...ids]),
    remove: (id: string) => void (ids = ids.filter((one) => one !== id)),
    break: (broken: boolean) => void (isBroken = broken),
    setStatus: (next: string) => void (status = next),
  }
}

async function opened(workspace: ReturnType<typeof workspaceOf>) {
  const store = createRunsStore(workspace.client)
  store.getState().open()
  await until(() => store.getState().list.kind !== 'loading')
  const list = () => {
    const { list: remote } = store.getState()
    if (remote.kind !== 'ready') throw new Error(`The list is ${remote.kind}.`)
    return remote.value
  }
  return { store, list }
}

test('the first page is read, and the list is as long as the whole', async () => {
  const { list } = await opened(workspaceOf(250))
  expect(list().rows.length).toBe(250)
  expect(list().rows[99]?.id).toBe('run-99')
  expect(list().rows[100]).toBe(null)
})

test('what is scrolled to is read once', async () => {
  const workspace = workspaceOf(250)
  const { store, list } = await opened(workspace)
  await Promise.all([store.getState().ensure(190, 220), store.getState().ensure(195, 225)])
  expect(list().rows[220]?.id).toBe('run-220')
  expect(workspace.asked.map(({ offset }) => offset)).toEqual([0, 100, 200])
})

test('new rows wait until they are let in', async () => {
  const workspace = workspaceOf(3)
  const { store, list } = await opened(workspace)
  workspace.add('run-new')
  workspace.emit('runs.changed', { runs: ['run-new'] })
  await until(() => store.getState().newRows === 1)
  expect(list().rows.map((one) => one?.id)).toEqual(['run-0', 'run-1', 'run-2'])
  await store.getState().showNew()
  expect(list().rows.map((one) => one?.id)).toEqual(['run-new', 'run-0', 'run-1', 'run-2'])
  expect(store.getState().newRows).toBe(0)
})

test('whoever comes back to the list sees all of it', async () => {
  const workspace = workspaceOf(1)
  const { store, list } = await opened(workspace)
  workspace.add('run-new')
  workspace.emit('runs.changed', { runs: ['run-new'] })
  await until(() => store.getState().newRows === 1)
  store.getState().show({ view: 'all', text: '' })
  await until(() => store.getState().newRows === 0)
  expect(list().rows.map((one) => one?.id)).toEqual(['run-new', 'run-0'])
})

test('rows that are shown change in place, and rows that are gone leave', async () => {
  const workspace = workspaceOf(3)
  const { list } = await opened(workspace)
  workspace.setStatus('completed')
  workspace.remove('run-0')
  workspace.emit('run.progressed', { run: 'run-1', seq: 9 })
  await until(() => list().total === 2)
  expect(list().rows.map((one) => [one?.id, one?.status])).toEqual([
    ['run-1', 'completed'],
    ['run-2', 'completed'],
  ])
})

test('into an empty list rows are let at once', async () => {
  const workspace = workspaceOf(0)
  const { store, list } = await opened(workspace)
  workspace.add('run-first')
  workspace.emit('runs.changed', { runs: null })
  await until(() => list().total === 1)
  expect(store.getState().newRows).toBe(0)
})

test('a search asks for that text, and an answer to an older question is dropped', async () => {
  const workspace = workspaceOf(30)
  const { store, list } = await opened(workspace)
  store.getState().show({ view: 'all', text: 'run-1' })
  store.getState().show({ view: 'all', text: 'run-2' })
  await until(() => list().total === 11)
  expect(list().rows[0]?.id).toBe('run-2')
})

test('a failure beside a list keeps the list, and trying again heals it', async () => {
  const workspace = workspaceOf(3)
  const { store, list } = await opened(workspace)
  workspace.break(true)
  await store.getState().retry()
  const broken = store.getState().list
  expect(broken.kind === 'ready' && broken.problem?.message).toBe('The disk does not answer.')
  expect(list().total).toBe(3)
  workspace.break(false)
  await store.getState().retry()
  const healed = store.getState().list
  expect(healed.kind === 'ready' && healed.problem).toBe(null)
})
