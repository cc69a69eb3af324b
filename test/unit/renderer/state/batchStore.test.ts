import { expect, test } from 'vitest'
import type { OutcomeRow } from '../../../../shared/contract/call.ts'
import { createBatchStore } from '../../../../renderer/state/batchStore.ts'
import { pickedOf } from '../../../../renderer/state/selection.ts'
import { AppError } from '../../../../shared/errors.ts'
import { hostWith, until } from './hostWith.ts'
import { row } from './samples.ts'

/** 300 runs at rest and one that goes on; archiving works until `failFrom` runs were asked for. */
function opened(failFrom = Number.POSITIVE_INFINITY) {
  const asked: number[] = []
  const back: number[] = []
  const rows = [
    ...Array.from({ length: 300 }, (_, index) => row(`run-${index}`, { status: 'completed' })),
    row('going', { status: 'running', liveness: 'alive' }),
  ].map((one) => ({ ...pickedOf(one), path: `runs/${one.id}.json` }))
  const host = hostWith({
    'run.select': async ({ documents }) => {
      const found = rows.filter(({ document }) => documents?.includes(document))
      const able = { archive: 0, unarchive: 0, trash: 0, migrate: 0 }
      return { rows: found, nextOffset: null, total: found.length, sizeBytes: 0, able }
    },
    'run.archive': async ({ runs }) => {
      asked.push(runs.length)
      if (asked.length * 200 > failFrom) throw new AppError('io', 'The disk is full.')
      const done = runs.map(
        (item) => ({ item, outcome: 'done', cause: null, result: null }) as const,
      )
      return { rows: done, archiveBytes: 0, plainBytes: 0 }
    },
    'run.unarchive': async ({ runs }) => {
      back.push(runs.length)
      const done = runs.map(
        (item) => ({ item, outcome: 'done', cause: null, result: null }) as const,
      )
      return { rows: done, archiveBytes: 0, plainBytes: 0 }
    },
  })
  const store = createBatchStore(host.client)
  const selection = {
    kind: 'rows',
    rows: new Map(rows.map((one) => [one.document, one])),
  } as const
  const rowsOf = (outcome: OutcomeRow['outcome']) => {
    const { stage } = store.getState()
    if (stage.kind !== 'work' || stage.work.kind !== 'finished') return null
    return stage.work.rows.filter((one) => one.outcome === outcome)
  }
  return { store, selection, asked, back, rowsOf }
}

test('[L116] what would be done is shown first, and only that is done, part after part', async () => {
  const { store, selection, asked, rowsOf } = opened()

  await store.getState().prepare('archive', selection)

  const { stage } = store.getState()
  expect(stage).toMatchObject({
    kind: 'preview',
    able: 300,
    items: expect.arrayContaining([
      expect.objectContaining({ because: 'It is running. Cancel it, or wait until it has ended.' }),
    ]),
  })
  expect(asked).toEqual([])
  await store.getState().apply()
  expect(asked).toEqual([200, 100])
  expect(rowsOf('done')).toHaveLength(300)
})

test('[L116] a part that is refused leaves a row for each of its runs, and the others are done', async () => {
  const { store, selection, rowsOf } = opened(200)
  await store.getState().prepare('archive', selection)

  await store.getState().apply()

  expect(rowsOf('done')).toHaveLength(200)
  expect(rowsOf('failed')?.slice(0, 1)).toMatchObject([{ cause: 'The disk is full.' }])
  expect(rowsOf('failed')).toHaveLength(100)
})

test('[L116] what was done is taken back, and nothing else', async () => {
  const { store, selection, back, rowsOf } = opened(200)
  await store.getState().prepare('archive', selection)
  await store.getState().apply()

  await store.getState().undo()

  await until(() => rowsOf('done') !== null)
  expect(back).toEqual([200])
  expect(rowsOf('done')).toHaveLength(200)
})
