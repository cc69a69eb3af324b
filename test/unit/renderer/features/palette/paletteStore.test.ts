import { expect, test } from 'vitest'
import {
  isNamed,
  matching,
  type PaletteEntry,
} from '../../../../../renderer/features/palette/paletteEntry.ts'
import { createPaletteStore } from '../../../../../renderer/features/palette/paletteStore.ts'
import { hostWith, until } from '../../state/hostWith.ts'
import { row } from '../../state/samples.ts'

const counts = {
  all: 2,
  attention: 0,
  running: 0,
  waiting: 0,
  failed: 0,
  completed: 0,
  damaged: 0,
  parts: 0,
}

/** A palette in which a search goes to the host when `search` is called. */
function open() {
  const { client } = hostWith({
    'run.list': async ({ text }) => {
      const rows = text === '' ? [row('etl-1'), row('pay-1')] : [row('etl-1')]
      return { rows, total: rows.length, counts }
    },
  })
  const waiting: (() => void)[] = []
  const store = createPaletteStore(client, (work) => {
    waiting.push(work)
    return () => undefined
  })
  store.getState().open()
  return { store, search: () => waiting.splice(0).at(-1)?.() }
}

test('[L177] until a search is answered, only those runs are offered that still fit what is typed', async () => {
  const { store, search } = open()
  const ids = () => {
    const { runs } = store.getState()
    return runs.kind === 'ready' ? runs.value.map(({ id }) => id) : runs.kind
  }
  search()
  await until(() => ids() !== 'loading')
  expect(ids()).toEqual(['etl-1', 'pay-1'])
  store.getState().type('compare')
  expect(ids()).toEqual([])
  store.getState().type('etl')
  search()
  await until(() => ids().length === 1)
  expect(ids()).toEqual(['etl-1'])
})

test('[L230] what is entered before its run is found waits for the answer, and not for that of something else', async () => {
  const { store, search } = open()
  const taken: string[] = []
  const enter = () =>
    store.getState().whenFound((rows) => taken.push(rows.map(({ id }) => id).join()))
  store.getState().type('et')
  enter()
  store.getState().type('etl')
  expect(store.getState().isAnswered).toBe(false)
  search()
  await until(() => store.getState().isAnswered)
  expect(taken).toEqual([])
  store.getState().type('etl-1')
  enter()
  search()
  await until(() => store.getState().isAnswered)
  expect(taken).toEqual(['etl-1'])
})

test('[L230] an action is entered by its name; what merely holds it in its note stands in for no run', () => {
  const entry: PaletteEntry = {
    id: 'command resume',
    title: 'Copy as command: resume',
    note: 'unstuck resume etl-1',
    icon: 'copy',
    disabled: null,
    run: () => undefined,
  }
  expect(matching([entry], 'etl-1')).toEqual([entry])
  expect([isNamed(entry, 'etl-1'), isNamed(entry, 'COMMAND resume')]).toEqual([false, true])
})
