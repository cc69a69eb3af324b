import { expect, test } from 'vitest'
import { createRunStore } from '../../../../renderer/state/runStore.ts'
import { AppError } from '../../../../shared/errors.ts'
import { hostWith, until } from './hostWith.ts'
import { checkpoint, counts, detail, ref, row as listed, step } from './samples.ts'
import { RunDetail, StepView } from '../../../../shared/contract/runs.ts'
import { Checkpoint } from '../../../../shared/schema/run.ts'
import { z } from 'zod'

const small = { steps: ['a'], stepsTotal: 1, seqs: [2], checkpointsTotal: 1 }

test('a run is read again when it moves, and not when another one does', async () => {
  let reads = 0
  const host = hostWith({
    'run.get': async () => {
      reads += 1
      return detail('etl-1', { ...small, status: reads > 1 ? 'completed' : 'running' })
    },
  })
  const store = createRunStore(host.client, ref('etl-1'))
  const close = store.getState().open()
  await until(() => store.getState().detail.kind === 'ready')
  host.emit('run.progressed', { run: 'other', seq: 1 })
  host.emit('run.progressed', { run: 'etl-1', seq: 2 })
  await until(() => statusOf(store.getState().detail) === 'completed')
  expect(reads).toBe(2)
  close()
})

test('[L192] what the list knows of a run is there before the run was read', async () => {
  let isRead = false
  const host = hostWith({
    'run.get': async () => {
      await until(() => isRead)
      return detail('etl-1', small)
    },
    'run.list': async ({ text }) => {
      const rows = [listed(`${text}-fork`), listed(text)]
      return { rows, total: rows.length, counts }
    },
  })
  const store = createRunStore(host.client, ref('etl-1'))
  const close = store.getState().open()
  await until(() => store.getState().first !== null)
  expect([store.getState().detail.kind, store.getState().first?.id]).toEqual(['loading', 'etl-1'])
  isRead = true
  await until(() => store.getState().detail.kind === 'ready')
  close()
})

test('[X88] a run is shown before its forks are known, and they are added when they are', async () => {
  let isKnown = false
  const asked: unknown[] = []
  const host = hostWith({
    'run.get': async ({ leaveOut }) => {
      asked.push(leaveOut)
      return detail('etl-1', small)
    },
    'run.forks': async () => {
      await until(() => isKnown)
      return { forks: [{ run: 'etl-2', checkpoint: null }] }
    },
  })
  const store = createRunStore(host.client, ref('etl-1'))
  const close = store.getState().open()
  await until(() => store.getState().detail.kind === 'ready')
  expect([forksOf(store.getState().detail), asked]).toEqual([[], [['forks']]])
  isKnown = true
  await until(() => forksOf(store.getState().detail)?.length === 1)
  host.emit('run.progressed', { run: 'etl-1', seq: 3 })
  await until(() => asked.length === 2)
  expect(forksOf(store.getState().detail)).toEqual([{ run: 'etl-2', checkpoint: null }])
  close()
})

test('pause is called done only when the journal said so', async () => {
  const host = hostWith({
    'run.get': async () => detail('etl-1', small),
    'run.pause': async () => ({ status: 'running', observed: false }),
  })
  const store = createRunStore(host.client, ref('etl-1'))
  await store.getState().refresh()
  const asked = store.getState().pause()
  expect(store.getState().work).toEqual({ kind: 'requested', what: 'pause' })
  await asked
  expect(store.getState().work).toEqual({
    kind: 'answered',
    what: 'pause',
    isObserved: false,
    sentence:
      'Pause was requested. The journal still says running; what is seen next is shown here.',
  })
})

test('a refusal is shown with its reason', async () => {
  const host = hostWith({
    'run.get': async () => detail('etl-1', small),
    'run.cancel': async () => {
      throw new AppError('locked', 'Run etl-1 is held by process 7.')
    },
  })
  const store = createRunStore(host.client, ref('etl-1'))
  await store.getState().refresh()
  await store.getState().cancel('too slow')
  const { work } = store.getState()
  expect(work.kind === 'refused' && work.error.message).toBe('Run etl-1 is held by process 7.')
})

test('a run is called archived, or back, only when its row says so', async () => {
  const row = { item: 'etl-1', cause: null, result: 'a.tar.zst' } as const
  const sizes = { archiveBytes: 1, plainBytes: 2 }
  const host = hostWith({
    'run.get': async () => detail('etl-1', small),
    'run.archive': async () => ({ rows: [{ ...row, outcome: 'done' }], ...sizes }),
    'run.unarchive': async () => ({
      rows: [{ ...row, outcome: 'failed', cause: 'Another file is in the way.' }],
      ...sizes,
    }),
  })
  const store = createRunStore(host.client, ref('etl-1'))
  const asked = store.getState().archive()
  expect(store.getState().work).toEqual({ kind: 'requested', what: 'archive' })
  await asked
  expect(store.getState().work).toEqual({
    kind: 'answered',
    what: 'archive',
    isObserved: true,
    sentence: 'Archived: the files of the run are one compressed file now.',
  })
  await store.getState().bringBack()
  const { work } = store.getState()
  expect(work.kind === 'refused' && work.error.message).toBe('Another file is in the way.')
})

test('steps and checkpoints that the detail left out are read on', async () => {
  const ids = Array.from({ length: 5 }, (_, index) => `s${index}`)
  const seqs = [1, 2, 3, 4, 5]
  const host = hostWith({
    'run.get': async () =>
      detail('etl-1', { steps: ['s0', 's1'], stepsTotal: 5, seqs: [4, 5], checkpointsTotal: 5 }),
    'run.steps': async ({ offset }) => ({
      steps: z.array(StepView).parse(ids.slice(offset, offset + 2).map(step)),
      total: 5,
    }),
    'run.checkpoints': async ({ offset, limit }) => ({
      checkpoints: z.array(Checkpoint).parse(seqs.slice(offset, offset + limit).map(checkpoint)),
      total: 5,
    }),
  })
  const store = createRunStore(host.client, ref('etl-1'))
  await store.getState().refresh()
  await store.getState().readAll()
  expect(store.getState().steps.map(({ id }) => id)).toEqual(ids)
  expect(store.getState().checkpoints.map(({ seq }) => seq)).toEqual(seqs)
  await store.getState().refresh()
  expect(store.getState().checkpoints.map(({ seq }) => seq)).toEqual(seqs)
})

test('[L41] steps that were read on are read again when the run has gone on', async () => {
  let seq = 1
  const host = hostWith({
    'run.get': async () => {
      const shown = detail('etl-1', { ...small, steps: ['s0'], stepsTotal: 3 })
      return { ...shown, run: shown.run && { ...shown.run, seq } }
    },
    'run.steps': async ({ offset }) => ({
      steps: z
        .array(StepView)
        .parse(
          ['s0', 's1', 's1[0]'].slice(offset).map((id) => ({ ...step(id), title: `as of ${seq}` })),
        ),
      total: 3,
    }),
  })
  const store = createRunStore(host.client, ref('etl-1'))
  await store.getState().refresh()
  await store.getState().readDefined()
  expect(store.getState().steps.at(1)?.title).toBe('as of 1')

  seq = 2
  await store.getState().refresh()
  expect(store.getState().steps.map(({ id, title }) => [id, title])).toEqual([
    ['s0', null],
    ['s1', 'as of 2'],
    ['s1[0]', 'as of 2'],
  ])
})

type Detail = ReturnType<ReturnType<typeof createRunStore>['getState']>['detail']

function forksOf(remote: Detail): RunDetail['forks'] | null {
  return remote.kind === 'ready' ? remote.value.forks : null
}

function statusOf(remote: Detail) {
  return remote.kind === 'ready' ? RunDetail.parse(remote.value).run?.status : null
}
