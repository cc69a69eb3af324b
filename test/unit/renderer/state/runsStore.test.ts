import { expect, test } from 'vitest'
import type { HandlerInput } from '../../../../shared/contract/contract.ts'
import { mostPages } from '../../../../renderer/state/pagedRows.ts'
import {
  createRunsStore,
  listProblem,
  type RunsList,
  type RunsStore,
} from '../../../../renderer/state/runsStore.ts'
import { throwIfCancelled } from '../../../../shared/cancel.ts'
import { AppError } from '../../../../shared/errors.ts'
import { hostWith, until } from './hostWith.ts'
import { counts, row } from './samples.ts'

function workspaceOf(size: number) {
  let ids = Array.from({ length: size }, (_, index) => `run-${index}`)
  let isBroken = false
  let status = 'failed'
  let isHeld = false
  let underway = 0
  const asked: HandlerInput<'run.list'>[] = []
  const host = hostWith({
    'run.list': async (input, { signal }) => {
      asked.push(input)
      underway += 1
      await until(() => !isHeld || signal.aborted)
      underway -= 1
      throwIfCancelled(signal, 'Listing the runs')
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
    append: (id: string) => void (ids = [...ids, id]),
    remove: (id: string) => void (ids = ids.filter((one) => one !== id)),
    break: (broken: boolean) => void (isBroken = broken),
    hold: (held: boolean) => void (isHeld = held),
    underway: () => underway,
    setStatus: (next: string) => void (status = next),
  }
}

function problemOf(store: RunsStore): string | null {
  return listProblem(store.getState())?.message ?? null
}

function shownIds(list: RunsList): readonly (string | null)[] {
  return Array.from({ length: list.total }, (_, index) => list.rows.at(index)?.id ?? null)
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
  expect(list().rows.at(49)?.id).toBe('run-49')
  expect(list().rows.at(50)).toBe(null)
})

test('[L2] what is scrolled to is read once, neighbours together', async () => {
  const workspace = workspaceOf(250)
  const { store, list } = await opened(workspace)
  store.getState().ensure(190, 220)
  store.getState().ensure(195, 225)
  await until(() => list().rows.at(220) !== null)
  expect(list().rows.at(220)?.id).toBe('run-220')
  expect(workspace.asked.map(({ offset, limit }) => [offset, limit])).toEqual([
    [0, 50],
    [150, 100],
  ])
})

test('scrolling on reads the next page ahead, in the direction of scrolling', async () => {
  const workspace = workspaceOf(1000)
  const { store, list } = await opened(workspace)
  store.getState().ensure(0, 40)
  store.getState().ensure(5, 45)
  await until(() => list().rows.at(100) !== null)
  store.getState().ensure(510, 550)
  await until(() => list().rows.at(510) !== null)
  store.getState().ensure(505, 545)
  await until(() => list().rows.at(499) !== null)
  expect(workspace.asked.map(({ offset, limit }) => [offset, limit])).toEqual([
    [0, 50],
    [50, 100],
    [500, 200],
    [400, 100],
  ])
})

test('[L8] the faster it is scrolled, the further is read ahead: two pages, and at most six', async () => {
  const workspace = workspaceOf(1000)
  const { store, list } = await opened(workspace)
  store.getState().ensure(0, 40)
  store.getState().ensure(8, 48)
  await until(() => list().rows.at(249) !== null)
  expect(list().rows.at(250)).toBe(null)
  store.getState().ensure(108, 148)
  await until(() => list().rows.at(449) !== null)
  expect(list().rows.at(450)).toBe(null)
})

test('[L8] whoever turns round, or goes far, is slow again', async () => {
  const workspace = workspaceOf(1000)
  const { store, list } = await opened(workspace)
  store.getState().ensure(0, 40)
  store.getState().ensure(100, 140)
  store.getState().ensure(700, 740)
  await until(() => list().rows.at(800) !== null)
  store.getState().ensure(699, 739)
  await until(() => list().rows.at(600) !== null)
  expect(workspace.asked.at(-1)).toMatchObject({ offset: 550, limit: 100 })
})

test('[L1] memory does not grow while the list is scrolled', async () => {
  const workspace = workspaceOf(100_000)
  const { store, list } = await opened(workspace)
  store.getState().select('run-3')
  for (let first = 0; first < 12_000; first += 200) {
    store.getState().ensure(first, first + 40)
    await until(() => list().rows.at(first) !== null)
  }
  expect(list().rows.pages.size).toBe(mostPages)
  expect(list().rows.at(11_800)?.id).toBe('run-11800')
  expect(list().rows.at(3)?.id).toBe('run-3')
  expect(list().rows.at(2_000)).toBe(null)
})

test('[L2] what was scrolled past is cancelled, and no more than two calls are under way', async () => {
  const workspace = workspaceOf(100_000)
  const { store, list } = await opened(workspace)
  workspace.hold(true)
  for (const first of [10_000, 20_000, 30_000, 40_000, 50_000]) {
    store.getState().ensure(first, first + 40)
    await until(() => workspace.underway() <= 2)
  }
  await until(() => workspace.underway() === 2)
  workspace.hold(false)
  await until(() => list().rows.at(50_000) !== null)
  expect(workspace.asked.map(({ offset }) => offset)).not.toContain(30_000)
  expect(list().rows.at(10_000)).toBe(null)
})

test('[L3] while a question is under way the newest one waits, and those between are never asked', async () => {
  const workspace = workspaceOf(300)
  const { store, list } = await opened(workspace)
  workspace.hold(true)
  for (const text of ['r', 'ru', 'run', 'run-', 'run-2'])
    store.getState().show({ view: 'all', text })
  expect(store.getState().isAsking).toBe(true)
  await until(() => workspace.underway() === 1)
  expect(list().total).toBe(300)
  workspace.hold(false)
  await until(() => !store.getState().isAsking)
  expect(workspace.asked.map(({ text }) => text)).toEqual(['', 'r', 'run-2'])
  expect([list().total, list().question.text]).toEqual([111, 'run-2'])
})

test('[L3] scrolling the old list while the next is asked puts nothing into it', async () => {
  const workspace = workspaceOf(300)
  const { store, list } = await opened(workspace)
  workspace.hold(true)
  store.getState().show({ view: 'all', text: '9' })
  store.getState().ensure(200, 240)
  workspace.hold(false)
  await until(() => !store.getState().isAsking)
  expect(workspace.asked.map(({ offset }) => offset)).toEqual([0, 0])
  expect(list().rows.at(0)?.id).toBe('run-9')
})

test('[L2] of another list as many rows are read as are on the screen', async () => {
  const workspace = workspaceOf(300)
  const { store, list } = await opened(workspace)
  store.getState().ensure(0, 70)
  await until(() => list().rows.at(70) !== null)
  store.getState().show({ view: 'all', text: 'run' })
  await until(() => list().question.text === 'run' && list().rows.at(70) !== null)
  expect(workspace.asked.map(({ text, offset }) => [text, offset])).toEqual([
    ['', 0],
    ['', 50],
    ['run', 0],
    ['run', 50],
  ])
})

test('[L4] the selected row is known by its key when the order changes and when it is far away', async () => {
  const workspace = workspaceOf(300)
  const { store, list } = await opened(workspace)
  store.getState().select('run-7')
  store.getState().show({ view: 'all', text: '', sort: { column: 'id', descending: true } })
  await until(() => !store.getState().isAsking)
  expect(list().question.sort.column).toBe('id')
  expect([store.getState().selected, store.getState().selectedRow?.id]).toEqual(['run-7', 'run-7'])
  store.getState().show({ view: 'all', text: 'run-299' })
  await until(() => list().total === 1)
  expect(store.getState().selectedRow?.id).toBe('run-7')
})

test('[L194] a selected row that is gone is not looked at any more', async () => {
  const workspace = workspaceOf(3)
  const { store, list } = await opened(workspace)
  store.getState().select('run-1')
  workspace.remove('run-1')
  workspace.emit('runs.changed', { runs: ['run-1'] })
  await until(() => list().total === 2)
  expect(store.getState().selectedRow).toBe(null)
})

test('[L194] a selected row that moved to another page is still looked at, and said to have moved', async () => {
  const workspace = workspaceOf(250)
  const { store, list } = await opened(workspace)
  store.getState().select('run-49')
  workspace.remove('run-49')
  workspace.append('run-49')
  workspace.setStatus('running')
  workspace.emit('runs.changed', { runs: ['run-49'] })
  await until(() => store.getState().hasMoved)
  expect(store.getState().selectedRow).toMatchObject({ id: 'run-49', status: 'running' })
  expect(list().rows.at(49)?.id).toBe('run-50')
  store.getState().select('run-2')
  expect(store.getState().hasMoved).toBe(false)
})

test('[L5] rows that did not change stay the same values, so that they are not drawn again', async () => {
  const workspace = workspaceOf(3)
  const { list } = await opened(workspace)
  const before = list()
  workspace.emit('runs.changed', { runs: null })
  await until(() => list() !== before)
  expect(list().rows.at(1)).toBe(before.rows.at(1))
})

test('[L5] a page that was read before a change is read again when it is looked at', async () => {
  const workspace = workspaceOf(1000)
  const { store, list } = await opened(workspace)
  store.getState().ensure(600, 640)
  await until(() => list().rows.at(600) !== null)
  workspace.setStatus('completed')
  workspace.emit('runs.changed', { runs: null })
  await until(() => list().rows.at(600)?.status === 'completed')
  expect(list().rows.at(0)?.status).toBe('failed')
  store.getState().ensure(0, 40)
  await until(() => list().rows.at(0)?.status === 'completed')
})

test('[L6] a page that fails is not asked for again and again', async () => {
  const workspace = workspaceOf(1000)
  const { store, list } = await opened(workspace)
  workspace.break(true)
  store.getState().ensure(500, 540)
  await until(() => store.getState().list.kind === 'ready' && problemOf(store) !== null)
  const asked = workspace.asked.length
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(workspace.asked.length).toBe(asked)
  workspace.break(false)
  store.getState().ensure(501, 541)
  await until(() => list().rows.at(500) !== null)
  expect(problemOf(store)).toBe(null)
})

test('new rows wait until they are let in', async () => {
  const workspace = workspaceOf(3)
  const { store, list } = await opened(workspace)
  workspace.add('run-new')
  workspace.emit('runs.changed', { runs: ['run-new'] })
  await until(() => store.getState().newRows === 1)
  expect(shownIds(list())).toEqual(['run-0', 'run-1', 'run-2'])
  await store.getState().showNew()
  expect(shownIds(list())).toEqual(['run-new', 'run-0', 'run-1', 'run-2'])
  expect(store.getState().newRows).toBe(0)
})

test('[L9] while rows wait, those below them are read where they stand, and none is there twice', async () => {
  const workspace = workspaceOf(250)
  const { store, list } = await opened(workspace)
  const before = Array.from({ length: 250 }, (_, index) => `run-${index}`)
  store.getState().ensure(0, 40)
  for (const id of ['new-1', 'new-2', 'new-3']) workspace.add(id)
  workspace.emit('runs.changed', { runs: null })
  await until(() => store.getState().newRows === 3)
  store.getState().ensure(60, 140)
  await until(() => list().rows.at(140) !== null)
  expect(shownIds(list()).slice(0, 150)).toEqual(before.slice(0, 150))

  // More come, of which nothing was said yet.
  workspace.add('new-4')
  store.getState().ensure(160, 190)
  await until(() => list().rows.at(190) !== null)
  expect(shownIds(list()).slice(0, 200)).toEqual(before.slice(0, 200))

  store.getState().show({ view: 'all', text: '' })
  await until(() => store.getState().newRows === 0 && list().total === 254)
  store.getState().ensure(0, 40)
  await until(() => list().rows.at(0)?.id === 'new-4')
  expect(list().rows.at(4)?.id).toBe('run-0')
})

test('[L9] the last rows on the screen stay up to date while others wait', async () => {
  const workspace = workspaceOf(120)
  const { store, list } = await opened(workspace)
  store.getState().ensure(0, 49)
  workspace.add('new-1')
  workspace.setStatus('completed')
  workspace.emit('runs.changed', { runs: null })
  await until(() => store.getState().newRows === 1)
  expect([list().rows.at(0)?.status, list().rows.at(49)?.status]).toEqual([
    'completed',
    'completed',
  ])
  workspace.remove('new-1')
  workspace.emit('runs.changed', { runs: null })
  await until(() => store.getState().newRows === 0)
  expect([list().rows.at(0)?.id, list().rows.at(49)?.id]).toEqual(['run-0', 'run-49'])
})

test('[L9] rows that wait at the end of the list move none', async () => {
  const workspace = workspaceOf(120)
  const { store, list } = await opened(workspace)
  workspace.append('z-new')
  workspace.emit('runs.changed', { runs: null })
  await until(() => store.getState().newRows === 1)
  store.getState().ensure(60, 100)
  await until(() => list().rows.at(100) !== null)
  expect([list().rows.at(50)?.id, list().rows.at(119)?.id]).toEqual(['run-50', 'run-119'])
})

test('whoever comes back to the list sees all of it', async () => {
  const workspace = workspaceOf(1)
  const { store, list } = await opened(workspace)
  workspace.add('run-new')
  workspace.emit('runs.changed', { runs: ['run-new'] })
  await until(() => store.getState().newRows === 1)
  store.getState().show({ view: 'all', text: '' })
  await until(() => store.getState().newRows === 0)
  expect(shownIds(list())).toEqual(['run-new', 'run-0'])
})

test('rows that are shown change in place, and rows that are gone leave', async () => {
  const workspace = workspaceOf(3)
  const { list } = await opened(workspace)
  workspace.setStatus('completed')
  workspace.remove('run-0')
  workspace.emit('run.progressed', { run: 'run-1', seq: 9 })
  await until(() => list().total === 2)
  expect([0, 1].map((index) => list().rows.at(index)).map((one) => [one?.id, one?.status])).toEqual(
    [
      ['run-1', 'completed'],
      ['run-2', 'completed'],
    ],
  )
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
  expect(list().rows.at(0)?.id).toBe('run-2')
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

test('[L89] what a search of the state finds comes in behind what is there, until all is searched', async () => {
  const asked: HandlerInput<'run.list'>[] = []
  const host = hostWith({
    'run.list': async (input) => {
      asked.push(input)
      const found = Math.min(3, asked.length)
      const rows = Array.from({ length: found }, (_, index) => row(`run-${index}`))
      const searching = { searched: found * 100, of: 300, found }
      return { rows, total: found, counts, ...(found < 3 ? { searching } : {}) }
    },
  })
  const store = createRunsStore(host.client, undefined, () => 7_200_000)
  store.getState().show({ view: 'all', text: 'state:orderId=7 age>1h' })
  const list = () => {
    const { list: remote } = store.getState()
    return remote.kind === 'ready' ? remote.value : null
  }
  store.getState().open()
  await until(() => list()?.total === 3)
  expect(list()?.searching).toBe(null)
  expect(store.getState().newRows).toBe(0)
  expect(shownIds(list() ?? unexpected())).toEqual(['run-0', 'run-1', 'run-2'])
  expect(asked[0]).toMatchObject({
    text: '',
    partial: true,
    filter: [
      { kind: 'state', path: '/**/orderId' },
      { kind: 'range', field: 'since', to: 3_600_000 },
    ],
  })
})

function unexpected(): never {
  throw new Error('There is no list.')
}
