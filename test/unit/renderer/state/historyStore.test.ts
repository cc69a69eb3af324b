import { expect, test } from 'vitest'
import { createHistoryStore } from '../../../../renderer/state/historyStore.ts'
import { hostWith, until } from './hostWith.ts'
import { ref } from './samples.ts'

function hostOf(size: () => number) {
  return hostWith({
    'run.history': async ({ fromSeq, descending, limit }) => {
      const all = Array.from({ length: size() }, (_, index) => index + 1)
      const ordered = descending ? all.toReversed() : all
      const start = fromSeq === null ? 0 : ordered.indexOf(fromSeq)
      const records = ordered.slice(start, start + limit).map((seq) => ({
        seq,
        at: '2026-01-02T03:04:05.678Z',
        type: 'stepStarted',
        step: null,
        sentence: `Record ${seq}.`,
        offset: 0,
        sizeBytes: 1,
        text: '{}',
      }))
      return { records, nextSeq: ordered[start + limit] ?? null, total: all.length, flaws: [] }
    },
  })
}

async function opened(size: () => number) {
  const host = hostOf(size)
  const store = createHistoryStore(host.client, ref('a'))
  store.getState().open()
  await until(() => store.getState().list.kind === 'ready')
  const seqs = () => {
    const { list } = store.getState()
    return list.kind === 'ready' ? list.value.records.map(({ seq }) => seq) : []
  }
  return { store, seqs, host }
}

test('the newest records come first, and reading goes on to the oldest', async () => {
  const { store, seqs } = await opened(() => 150)
  expect(seqs()[0]).toBe(150)
  await store.getState().readMore()
  expect(seqs().length).toBe(150)
  expect(seqs().at(-1)).toBe(1)
  await store.getState().readMore()
  expect(seqs().length).toBe(150)
})

test('turned around it begins at the oldest', async () => {
  const { store, seqs } = await opened(() => 150)
  store.getState().turn(false)
  await until(() => seqs()[0] === 1)
  expect(seqs().length).toBe(100)
})

test('a record that is added shows on top', async () => {
  let size = 2
  const { seqs, host } = await opened(() => size)
  size = 3
  host.emit('run.progressed', { run: 'a', seq: 3 })
  await until(() => seqs()[0] === 3)
  expect(seqs()).toEqual([3, 2, 1])
})
