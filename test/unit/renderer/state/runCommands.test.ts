import { expect, test } from 'vitest'
import { createRunStore } from '../../../../renderer/state/runStore.ts'
import { AppError } from '../../../../shared/errors.ts'
import { hostWith } from './hostWith.ts'
import { detail, ref } from './samples.ts'

const lists = { steps: ['ask'], stepsTotal: 1, seqs: [], checkpointsTotal: 0 }
const decision = {
  step: 'ask',
  decision: 'approved',
  values: { percent: 5 },
  reason: null,
} as const

test('[L21] a decision is called made only when it was read back', async () => {
  const said: unknown[] = []
  const host = hostWith({
    'run.get': async () => detail('etl-1', lists),
    'run.decide': async (input) => {
      said.push(input)
      return { status: 'running', observed: said.length > 1 }
    },
  })
  const store = createRunStore(host.client, ref('etl-1'))
  await store.getState().decide(decision)
  expect(store.getState().work).toEqual({
    kind: 'answered',
    what: 'approve',
    isObserved: false,
    sentence:
      'ask was to be approved. The journal does not say so yet; what is seen next is shown here.',
  })
  await store.getState().decide(decision)
  const { work } = store.getState()
  expect(work.kind === 'answered' && work.sentence).toBe(
    'ask is approved: it was read back from the journal.',
  )
  expect(said).toEqual([
    { ref: ref('etl-1'), ...decision },
    { ref: ref('etl-1'), ...decision },
  ])
})

test('[L21] a refused decision says what it was, and why', async () => {
  const host = hostWith({
    'run.get': async () => detail('etl-1', lists),
    'run.decide': async () => {
      throw new AppError('invalid-input', 'Step ask is not approved, nothing was recorded.')
    },
  })
  const store = createRunStore(host.client, ref('etl-1'))
  await store.getState().decide({ ...decision, decision: 'rejected', values: {} })
  const { work } = store.getState()
  expect(work.kind === 'refused' && [work.what, work.error.code]).toEqual([
    'reject',
    'invalid-input',
  ])
})

test('[L22] a retry and a checkpoint are said to be made only when they were seen', async () => {
  const host = hostWith({
    'run.get': async () => detail('etl-1', lists),
    'run.retry': async () => ({ status: 'running', observed: true }),
    'run.checkpoint': async () => ({ checkpoint: 'cp-7', observed: false }),
  })
  const store = createRunStore(host.client, ref('etl-1'))
  await store.getState().retryNow('ask')
  const retried = store.getState().work
  await store.getState().makeCheckpoint('before')
  const made = store.getState().work
  expect([retried, made].map((work) => work.kind === 'answered' && work.sentence)).toEqual([
    'ask is tried again now.',
    'Checkpoint “before” was asked for. The journal does not show it yet.',
  ])
})
