import { describe, expect, test } from 'vitest'
import { createHistoryStore, entriesOf } from '../../../../renderer/state/historyStore.ts'
import type { JournalLine } from '../../../../shared/contract/reading.ts'
import { hostWith, until } from './hostWith.ts'
import { ref } from './samples.ts'

/** A journal whose records have ten bytes each; one is made by a step, by turns. */
function hostOf(count: () => number) {
  const asked: string[] = []
  const host = hostWith({
    'run.records': async ({ from, descending, limit, step }) => {
      asked.push(descending ? 'newest' : 'oldest')
      const sizeBytes = count() * 10
      const all = Array.from({ length: count() }, (_, index) => lineOf(index))
      const wanted = all.filter((line) => step === null || lineStep(line) === step)
      const ordered = descending ? wanted.toReversed() : wanted
      const start = from ?? (descending ? sizeBytes : 0)
      const rest = ordered.filter(({ offset }) => (descending ? offset < start : offset >= start))
      const lines = rest.slice(0, limit)
      const last = lines.at(-1)?.offset ?? start
      return { lines, next: rest.length > limit ? last + (descending ? 0 : 10) : null, sizeBytes }
    },
  })
  return { ...host, asked }
}

function lineOf(index: number): JournalLine {
  return {
    kind: 'record',
    seq: index + 1,
    at: '2026-01-02T03:04:05.678Z',
    type: 'stepStarted',
    step: index % 2 === 0 ? 'even' : 'odd',
    sentence: `Record ${index + 1}.`,
    offset: index * 10,
    sizeBytes: 10,
  }
}

function lineStep(line: JournalLine): string | null {
  return line.kind === 'record' ? line.step : null
}

async function opened(count: () => number) {
  const host = hostOf(count)
  const store = createHistoryStore(host.client, ref('a'))
  store.getState().open()
  const isReady = () => store.getState().ends.kind === 'ready'
  await until(isReady)
  const shown = () => {
    const { ends } = store.getState()
    if (ends.kind !== 'ready') return []
    return entriesOf(ends.value).map((entry) =>
      entry.kind === 'gap' ? 'gap' : entry.line.kind === 'record' ? entry.line.seq : 'flaw',
    )
  }
  return { store, shown, host, isReady }
}

function down(from: number, to: number): readonly number[] {
  return Array.from({ length: from - to + 1 }, (_, index) => from - index)
}

describe('the history of a run', () => {
  test('[L50] shows its newest and its oldest records at once, with one page from each end', async () => {
    const { shown, host } = await opened(() => 50_000)

    expect(shown()).toEqual([...down(50_000, 49_901), 'gap', ...down(100, 1)])
    expect(host.asked).toEqual(['newest', 'oldest'])
  })

  test('[L50] reads on from either side until the ends meet, each record once', async () => {
    const { store, shown } = await opened(() => 450)
    await store.getState().readOn('newer')
    expect(shown()).toEqual([...down(450, 251), 'gap', ...down(100, 1)])
    await store.getState().readOn('older')
    await store.getState().readOn('older')
    expect(shown()).toEqual(down(450, 1))
    await store.getState().readOn('older')
    expect(shown()).toEqual(down(450, 1))
  })

  test('[L50] a short one has no gap', async () => {
    expect((await opened(() => 150)).shown()).toEqual(down(150, 1))
  })

  test('[L51] what is added shows on top, also when it is more than a page', async () => {
    let count = 150
    const { shown, host } = await opened(() => count)
    count = 151
    host.emit('run.progressed', { run: 'a', seq: 151 })
    await until(() => shown()[0] === 151)
    expect(shown()).toEqual(down(151, 1))
    count = 400
    host.emit('run.progressed', { run: 'a', seq: 400 })
    await until(() => shown()[0] === 400)
    expect(shown()).toEqual([...down(400, 301), 'gap', ...down(151, 1)])
  })

  test('[L51] a journal that was cut is read anew', async () => {
    let count = 150
    const { shown, host } = await opened(() => count)
    count = 120
    host.emit('run.progressed', { run: 'a', seq: 120 })
    await until(() => shown()[0] === 120)
    expect(shown().slice(0, 100)).toEqual(down(120, 21))
  })

  test('[L52] only the records of a step are shown when that is asked for', async () => {
    const { store, shown, isReady } = await opened(() => 20)
    store.getState().show({ step: 'odd', type: null })
    await until(isReady)
    expect(shown()).toEqual([20, 18, 16, 14, 12, 10, 8, 6, 4, 2])
  })
})
