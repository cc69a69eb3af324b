import { expect, test } from 'vitest'
import { createRepairStore } from '../../../../renderer/state/repairStore.ts'
import type { Client, Handlers } from '../../../../shared/contract/contract.ts'
import type { RepairPlan } from '../../../../shared/core/repair/repairPlan.ts'
import { AppError } from '../../../../shared/errors.ts'
import { connect } from '../../../../shared/rpc/connect.ts'
import { memoryPair } from '../../../../shared/rpc/memory.ts'
import { serve } from '../../../../shared/rpc/serve.ts'

const asOf = '2026-01-02T03:04:05.678Z'
const ref = { workspace: 'w', format: 'unstuck', document: 'pay-1', item: null } as const

function clientOf(handlers: Partial<Handlers>): Client {
  const [near, far] = memoryPair()
  serve({ channel: far, handlers: handlers as Handlers }) // a test calls only what it gives
  return connect(near)
}

const plan: RepairPlan = {
  document: 'pay-1',
  findings: [
    {
      rule: 'J2',
      severity: 'error',
      sentence: 'Line 40 does not fit its sum.',
      file: 'journal',
      offset: 100_000,
      line: 40,
      column: 1,
      pointer: null,
      remedy: null,
    },
  ],
  sources: [],
  source: 'journal',
  recommended: null,
  fixes: [],
  changes: [],
  proposed: null,
  damage: [],
  places: [],
  inDoubt: [],
  lost: null,
  writes: [],
  problems: [],
  ready: true,
}
const answer = { plan, digest: 'd', rev: 'r', asOf }

test('the damaged file is shown first, with its damage inside the window', async () => {
  const asked: unknown[] = []
  const client = clientOf({
    'repair.plan': () => Promise.resolve(answer),
    'run.raw': ({ file, offset, limitBytes }) => {
      asked.push({ file, offset, limitBytes })
      return Promise.resolve({ text: '{}', offset, nextOffset: null, sizeBytes: 120_000 })
    },
  })
  const store = createRepairStore(client, { ref })

  await store.getState().replan()

  expect(asked).toEqual([{ file: 'journal', offset: 83_616, limitBytes: 65_536 }])
})

test('earlier and later bytes join the window at its ends', async () => {
  const text = 'a'.repeat(83_616) + 'b'.repeat(65_536) + 'c'.repeat(10)
  const client = clientOf({
    'repair.plan': () => Promise.resolve(answer),
    'run.raw': ({ offset, limitBytes }) => {
      const end = Math.min(text.length, offset + limitBytes)
      return Promise.resolve({
        text: text.slice(offset, end),
        offset,
        nextOffset: end < text.length ? end : null,
        sizeBytes: text.length,
      })
    },
  })
  const store = createRepairStore(client, { ref })
  await store.getState().replan()

  await store.getState().showLater()
  await store.getState().showEarlier()
  await store.getState().showEarlier()

  expect(store.getState().bytes).toEqual({
    kind: 'ready',
    text,
    offset: 0,
    nextOffset: null,
    sizeBytes: text.length,
  })
})

test('a rejected fix is asked for again without it; another source begins with every fix', async () => {
  const asked: unknown[] = []
  const client = clientOf({
    'repair.plan': ({ source, rejected }) => {
      asked.push({ source, rejected })
      return Promise.resolve(answer)
    },
    'run.raw': () => Promise.reject(new AppError('not-found', 'There is no such file.')),
  })
  const store = createRepairStore(client, { ref, after: atOnce })
  await store.getState().replan()

  store.getState().reject('fix-1')
  await until(() => asked.length === 2)
  store.getState().chooseSource('backup-1')
  await until(() => asked.length === 3)

  expect(asked).toEqual([
    { source: null, rejected: [] },
    { source: null, rejected: ['fix-1'] },
    { source: 'backup-1', rejected: [] },
  ])
})

test('what was approved is applied, and undo names its backup', async () => {
  const asked: unknown[] = []
  const client = clientOf({
    'repair.plan': () => Promise.resolve(answer),
    'run.raw': ({ offset }) =>
      Promise.resolve({ text: '', offset, nextOffset: null, sizeBytes: 0 }),
    'repair.apply': (input) => {
      asked.push(input)
      return Promise.resolve({ findings: [], backup: 'b-1', evidence: 'e', observed: true })
    },
    'repair.undo': (input) => {
      asked.push(input)
      return Promise.resolve({ backup: 'b-2', observed: true })
    },
  })
  const store = createRepairStore(client, { ref })
  await store.getState().replan()

  await store.getState().apply()
  await store.getState().undo()

  expect(asked).toEqual([
    { ref, source: null, rejected: [], asOf, rev: 'r', digest: 'd' },
    { ref, backup: 'b-1' },
  ])
  expect(store.getState().work).toEqual({
    kind: 'undone',
    answer: { backup: 'b-2', observed: true },
  })
})

function atOnce(work: () => void): () => void {
  work()
  return () => undefined
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 1))
}
