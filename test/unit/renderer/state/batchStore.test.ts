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
  const secrets: (string | null | undefined)[] = []
  const rows = [
    ...Array.from({ length: 300 }, (_, index) => row(`run-${index}`, { status: 'completed' })),
    row('going', { status: 'running', liveness: 'alive' }),
  ].map((one) => ({ ...pickedOf(one), path: `runs/${one.id}.json` }))
  const host = hostWith({
    'run.select': async ({ documents }) => {
      const found = rows.filter(({ document }) => documents?.includes(document))
      const able = { archive: 0, unarchive: 0, trash: 0, migrate: 0, repair: 0 }
      return { rows: found, nextOffset: null, total: found.length, sizeBytes: 0, able }
    },
    'run.archive': async ({ runs, passphrase }) => {
      secrets.push(passphrase)
      asked.push(runs.length)
      if (asked.length * 200 > failFrom) throw new AppError('io', 'The disk is full.')
      const done = runs.map(
        (item) => ({ item, outcome: 'done', cause: null, result: null }) as const,
      )
      return { rows: done, archiveBytes: 0, plainBytes: 0 }
    },
    'run.unarchive': async ({ runs, passphrase }) => {
      secrets.push(passphrase)
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
  return { store, selection, asked, back, secrets, rowsOf }
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

test('[L203] the first of many repairs is done alone, the others when somebody has seen what came of it', async () => {
  const runs = ['sound', 'first', 'second', 'third'].map((id) => ({
    ...pickedOf(row(id, { status: null, health: 'damaged' })),
    path: `runs/${id}.json`,
  }))
  const applied: (readonly string[])[] = []
  const undone: unknown[] = []
  const host = hostWith({
    'run.select': async () => {
      const able = { archive: 0, unarchive: 0, trash: 0, migrate: 0, repair: 4 }
      return { rows: runs, nextOffset: null, total: 4, sizeBytes: 0, able }
    },
    'repair.batch.plan': async ({ runs: asked }) => {
      const rows = asked.map((run) => repairRow(run, run === 'sound' ? 'healthy' : 'ready'))
      const able = rows.filter(({ outcome }) => outcome === 'ready').length
      const plan = { kind: 'repairs', rows, total: rows.length, able, ready: able > 0 } as const
      return { plan, digest: asked.join(), rev: 'r', asOf: '2026-01-02T03:04:05.678Z' }
    },
    'repair.batch.apply': async ({ runs: asked, digest }) => {
      expect(digest).toBe(asked.join())
      applied.push(asked)
      const rows = asked.map(
        (item) => ({ item, outcome: 'done', cause: null, result: `backup-${item}` }) as const,
      )
      return { rows }
    },
    'repair.batch.undo': async ({ repairs }) => {
      undone.push(...repairs)
      return {
        rows: repairs.map(
          ({ run }) => ({ item: run, outcome: 'done', cause: null, result: null }) as const,
        ),
      }
    },
  })
  const store = createBatchStore(host.client)
  const chosen = { kind: 'rows', rows: new Map(runs.map((one) => [one.document, one])) } as const
  await store.getState().prepare('repair', chosen)
  expect(store.getState().stage).toMatchObject({
    kind: 'preview',
    able: 3,
    items: [{ because: 'Nothing is damaged.' }, { note: 'From journal; loses nothing' }, {}, {}],
  })

  await store.getState().apply()
  expect(applied).toEqual([['first']])
  expect(store.getState().stage).toMatchObject({ kind: 'work', left: 2 })

  await store.getState().applyRest()
  expect(applied).toEqual([['first'], ['second', 'third']])
  const { stage } = store.getState()
  expect(stage).toMatchObject({ left: 0, work: { kind: 'finished', rows: [{}, {}, {}] } })

  await store.getState().undo()
  expect(undone).toEqual(
    ['first', 'second', 'third'].map((run) => ({ run, backup: `backup-${run}` })),
  )
})

function repairRow(run: string, outcome: 'ready' | 'healthy') {
  const sentence = outcome === 'ready' ? null : 'Nothing is damaged.'
  const what = { source: 'journal', fixes: 1, loses: [], asked: 0 }
  return { run, rev: 'r', digest: 'd', outcome, ...what, sentence }
}

test('[X97] many are encrypted to one passphrase, which also takes that back, and is forgotten then', async () => {
  const { store, selection, secrets } = opened()
  await store.getState().prepare('archive', selection)
  await store.getState().apply('five words')
  await store.getState().undo()
  store.getState().close()
  await store.getState().prepare('archive', selection)
  await store.getState().apply()

  expect(secrets).toEqual([...Array.from({ length: 4 }, () => 'five words'), null, null])
})
