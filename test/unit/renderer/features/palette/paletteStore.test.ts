import { expect, test } from 'vitest'
import { createPaletteStore } from '../../../../../renderer/features/palette/paletteStore.ts'
import { hostWith, until } from '../../state/hostWith.ts'
import { row } from '../../state/samples.ts'

test('[L177] until a search is answered, only those runs are offered that still fit what is typed', async () => {
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
  const answer = () => waiting.splice(0).at(-1)?.()
  const ids = () => {
    const { runs } = store.getState()
    return runs.kind === 'ready' ? runs.value.map(({ id }) => id) : runs.kind
  }
  store.getState().open()
  answer()
  await until(() => ids() !== 'loading')
  expect(ids()).toEqual(['etl-1', 'pay-1'])
  store.getState().type('compare')
  expect(ids()).toEqual([])
  store.getState().type('etl')
  answer()
  await until(() => ids().length === 1)
  expect(ids()).toEqual(['etl-1'])
})
