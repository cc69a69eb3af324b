import { expect, test } from 'vitest'
import { createEditStore, hasStaged } from '../../../../renderer/state/editStore.ts'
import { createEditManyStore } from '../../../../renderer/state/editManyStore.ts'
import type { EditPlan } from '../../../../shared/core/edit/editPlan.ts'
import type { HandlerInput } from '../../../../shared/contract/contract.ts'
import { AppError } from '../../../../shared/errors.ts'
import { StepId } from '../../../../shared/schema/ids.ts'
import { hostWith, until } from './hostWith.ts'
import { detail, ref } from './samples.ts'

const asOf = '2026-01-02T03:04:05.678Z'
const run = ref('pay-1')
const noSteps = { steps: [], stepsTotal: 0, seqs: [1, 2], checkpointsTotal: 2 }
const amount = (json: string) => ({ kind: 'set', path: '/inputs/amount', json }) as const

function planOf(change: Partial<EditPlan> = {}): EditPlan {
  return {
    run: 'pay-1',
    rows: [],
    changes: [],
    total: 0,
    counts: { added: 0, removed: 0, changed: 0, moved: 0 },
    coarse: false,
    steps: [],
    problems: [],
    warnings: [],
    meanwhile: null,
    ready: true,
    ...change,
  }
}

/** A host that plans what it is given, and notes it. */
function planning(plan: () => EditPlan = planOf, status = 'failed') {
  const asked: HandlerInput<'edit.plan'>[] = []
  const applied: HandlerInput<'edit.apply'>[] = []
  const host = hostWith({
    'edit.plan': async (input) => {
      asked.push(input)
      return { plan: plan(), digest: `d${asked.length}`, rev: 'r', asOf }
    },
    'edit.apply': async (input) => {
      applied.push(input)
      return { seq: 8, observed: true }
    },
    'run.get': async () => detail('pay-1', { ...noSteps, status }),
    'edit.undo': async ({ seq }) => ({ seq: 9, undone: seq ?? 0, observed: true }),
  })
  const store = createEditStore(host.client)
  const staged = () => store.getState().runs['pay-1']
  const planned = (count: number) =>
    until(() => asked.length === count && staged()?.planning.kind === 'ready')
  return { host, store, asked, applied, staged, planned }
}

test('[N24] edits of a run are staged, planned with each change, and taken back one by one', async () => {
  const { store, asked, staged, planned } = planning()

  store.getState().stage(run, 7, amount('42'))
  await planned(1)
  store.getState().stage(run, 9, { kind: 'skip', step: step('mail') })
  await planned(2)
  const [first] = staged()?.edits ?? []
  store.getState().takeBack('pay-1', first?.id ?? '')
  await planned(3)

  expect(asked.map(({ edits, base }) => [edits.map(({ kind }) => kind), base])).toEqual([
    [['set'], 7],
    [['set', 'skip'], 7],
    [['skip'], 7],
  ])
  expect(hasStaged(store.getState())).toBe(true)
  store.getState().discard('pay-1')
  expect(hasStaged(store.getState())).toBe(false)
})

test('[N24] the same value staged again takes the place of the one before, unless something was staged behind it', async () => {
  const { store, staged } = planning()
  const { stage } = store.getState()

  stage(run, 7, amount('42'))
  stage(run, 7, amount('43'))
  expect(staged()?.edits.map(({ edit }) => edit)).toEqual([amount('43')])
  stage(run, 7, { kind: 'remove', path: '/variables/x' })
  stage(run, 7, amount('44'))

  expect(staged()?.edits.map(({ edit }) => edit.kind)).toEqual(['set', 'remove', 'set'])
})

test('[N25] what was shown is applied with its approval and the reason, and then nothing is staged', async () => {
  const { store, applied, staged, planned } = planning()
  store.getState().stage(run, 7, amount('42'))
  await planned(1)
  store.getState().setReason('pay-1', 'wrong bill')

  await store.getState().apply('pay-1')

  expect(applied).toEqual([
    {
      ref: run,
      edits: [amount('42')],
      base: 7,
      asOf,
      rev: 'r',
      digest: 'd1',
      reason: 'wrong bill',
    },
  ])
  expect(staged()).toMatchObject({ edits: [], work: { kind: 'applied', seq: 8, isObserved: true } })
  await store.getState().undo('pay-1')
  expect(staged()?.work).toEqual({ kind: 'undone', seq: 8, isObserved: true })
})

test('[L272] behind an edit a completed run is offered as a fork from its first checkpoint, any other to be resumed', async () => {
  expect(await appliedTo('completed')).toMatchObject({ next: { kind: 'fork', from: 'cp-1' } })
  expect(await appliedTo('failed')).toMatchObject({ next: { kind: 'resume' } })
})

/** What came of an edit of a run in this status. */
async function appliedTo(status: string) {
  const { store, staged, planned } = planning(planOf, status)
  store.getState().stage(run, 7, amount('42'))
  await planned(1)
  store.getState().setReason('pay-1', 'wrong bill')
  await store.getState().apply('pay-1')
  return staged()?.work
}

test('[N26] a run that changes elsewhere is planned again, and rebased only when a person says so', async () => {
  const meanwhile = { now: 12, records: 5, changes: [], total: 1 }
  const { host, store, asked, applied, planned } = planning(() =>
    planOf(asked.length < 2 ? {} : { meanwhile, ready: false }),
  )
  const close = store.getState().open()
  store.getState().stage(run, 7, amount('42'))
  await planned(1)

  host.emit('runs.changed', { runs: ['other'] })
  host.emit('runs.changed', { runs: ['pay-1'] })
  await planned(2)
  store.getState().rebase('pay-1')
  await planned(3)
  close()

  expect(asked.map(({ base }) => base)).toEqual([7, 7, 12])
  expect(applied).toEqual([])
})

test('[N26] an apply that came too late is told, and the edits stay staged', async () => {
  const { host, store } = planning()
  const late = createEditStore({
    ...host.client,
    call: (name, ...rest) =>
      name === 'edit.apply'
        ? Promise.reject(new AppError('stale', 'Run pay-1 changed on disk since you looked.'))
        : host.client.call(name, ...rest),
  })
  late.getState().stage(run, 7, amount('42'))
  await until(() => late.getState().runs['pay-1']?.planning.kind === 'ready')

  await late.getState().apply('pay-1')

  expect(late.getState().runs['pay-1']).toMatchObject({
    edits: [{ edit: amount('42') }],
    work: { kind: 'failed', error: { code: 'stale' } },
    planning: { kind: 'ready' },
  })
  expect(store.getState().runs).toEqual({})
})

test('[N22] every row of a plan over many runs is read before it is applied', async () => {
  const runs = Array.from({ length: 450 }, (_, index) => `pay-${index}`)
  const pages: (readonly [number, string | null])[] = []
  const host = hostWith({
    'edit.batch.plan': async ({ offset, limit, digest }) => {
      pages.push([offset, digest])
      const rows = runs.slice(offset, offset + limit).map((one) => ({
        run: one,
        rev: 'r',
        outcome: 'ready' as const,
        before: '1',
        after: '2',
        sentence: null,
      }))
      const counts = { ready: 450, unchanged: 0, refused: 0 }
      return { plan: { rows, total: 450, counts, ready: true }, digest: 'd', rev: 'r', asOf }
    },
    'edit.batch.apply': async (_, { progress }) => {
      progress({ done: 1, total: 450, item: 'pay-0' })
      return { rows: [{ item: 'pay-0', outcome: 'done', cause: null, result: '8' }] }
    },
  })
  const store = createEditManyStore(host.client, runs)
  store.getState().setEdit(amount('2'))
  await store.getState().replan()

  expect(pages).toEqual([
    [0, null],
    [200, 'd'],
    [400, 'd'],
  ])
  store.getState().setReason('why')
  await store.getState().apply()
  expect(store.getState().work).toMatchObject({ kind: 'finished', rows: [{ item: 'pay-0' }] })
  store.getState().setEdit(null)
  expect(store.getState().planning).toBeNull()
})

function step(name: string) {
  return StepId.parse(name)
}
