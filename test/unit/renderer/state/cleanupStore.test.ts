import { expect, test } from 'vitest'
import { createCleanupStore } from '../../../../renderer/state/cleanupStore.ts'
import { readPolicy } from '../../../../renderer/state/policyDraft.ts'
import type { Client, Handlers } from '../../../../shared/contract/contract.ts'
import { AppError } from '../../../../shared/errors.ts'
import { RunId } from '../../../../shared/schema/ids.ts'
import { connect } from '../../../../shared/rpc/connect.ts'
import { memoryPair } from '../../../../shared/rpc/memory.ts'
import { serve } from '../../../../shared/rpc/serve.ts'

const asOf = '2026-01-02T03:04:05.678Z'

function clientOf(handlers: Partial<Handlers>): Client {
  const [near, far] = memoryPair()
  serve({ channel: far, handlers: handlers as Handlers }) // a test calls only what it gives
  return connect(near)
}

const none = { count: 0, sizeBytes: 0 }
const emptyPlan = {
  victims: [],
  total: 0,
  sizeBytes: 0,
  sums: { trash: none, archive: none, thin: none },
  kept: [],
  ready: false,
}
const page = { nextOffset: null, total: 0, sizeBytes: 0 }
const emptyPurge = { victims: [], sizeBytes: 0, waiting: [], leftPurges: [] }
const off = { isOn: false, text: '' }
const allOff = {
  completed: off,
  failed: off,
  cancelled: off,
  maxRunsPerWorkflow: off,
  maxMegabytes: off,
  minDays: off,
  archive: off,
  archiveDays: off,
  thinDays: off,
  thinEvery: off,
  workflows: [],
}

test('a rule that is off sets no limit, and megabytes become bytes', () => {
  const draft = {
    ...allOff,
    failed: { isOn: true, text: '0.5' },
    maxMegabytes: { isOn: true, text: '2' },
  }

  expect(readPolicy(draft)).toEqual({
    policy: {
      days: { completed: null, failed: 0.5, cancelled: null },
      maxRunsPerWorkflow: null,
      maxBytes: 2_000_000,
      minDays: null,
      archive: null,
      thin: null,
      workflows: {},
    },
    problems: {},
  })
})

test.each([
  ['completed', ''],
  ['completed', '-1'],
  ['completed', 'ten'],
  ['maxRunsPerWorkflow', '1.5'],
] as const)('%s = "%s" is refused where it is typed', (field, text) => {
  const read = readPolicy({ ...allOff, [field]: { isOn: true, text } })

  expect([read.policy, Object.keys(read.problems)]).toEqual([null, [field]])
})

test('a policy that is not valid is not planned, and nothing can be applied with it', async () => {
  const asked: string[] = []
  const client = clientOf({
    'cleanup.plan': () => {
      asked.push('plan')
      return Promise.resolve({ plan: emptyPlan, digest: 'd', rev: 'r', asOf })
    },
    'cleanup.apply': () => {
      asked.push('apply')
      return Promise.resolve({ rows: [], freedBytes: 0, nextOffset: null, total: 0 })
    },
  })
  const store = createCleanupStore(client)
  await store.getState().replan()

  store.getState().setRule('completed', { isOn: true, text: 'soon' })
  await store.getState().apply()

  expect(asked).toEqual(['plan'])
})

test('undo restores the trash entries that the clean-up made', async () => {
  const restored: unknown[] = []
  const client = clientOf({
    'cleanup.plan': () => Promise.resolve({ plan: emptyPlan, digest: 'd', rev: 'r', asOf }),
    'cleanup.apply': () =>
      Promise.resolve({
        rows: [
          { item: 'a', outcome: 'done', cause: null, result: 'trash-a' },
          { item: 'b', outcome: 'stale', cause: 'b changed.', result: null },
        ],
        freedBytes: 12,
        nextOffset: null,
        total: 2,
      }),
    'cleanup.restore': (input) => {
      restored.push(input)
      return Promise.resolve({ rows: [] })
    },
  })
  const store = createCleanupStore(client)
  await store.getState().replan()

  await store.getState().apply()
  await store.getState().undoApply()

  expect(restored).toEqual([{ entries: ['trash-a'] }])
})

test('an entry that is gone from the trash is no longer selected', async () => {
  const entry = {
    id: 'e1',
    kind: 'run' as const,
    run: 'a',
    workflow: null,
    at: asOf,
    expiresAt: asOf,
    sizeBytes: 1,
    reason: 'K1',
    seenExpiredAt: null,
  }
  const client = clientOf({
    'trash.list': () => Promise.resolve({ entries: [entry], ...page }),
    'purge.plan': () =>
      Promise.resolve({ plan: emptyPurge, digest: 'd', rev: 'r', asOf, nextOffset: null }),
  })
  const store = createCleanupStore(client)

  store.getState().select(['e1', 'e2'])
  await store.getState().loadTrash()

  expect(store.getState().selected).toEqual(['e1'])
})

test('[L11] of two looks at the trash the newer one is shown, whichever is answered first', async () => {
  const entry = {
    id: 'e-1',
    kind: 'run' as const,
    run: 'deploy-1',
    workflow: null,
    at: asOf,
    expiresAt: asOf,
    sizeBytes: 1,
    reason: 'old',
    seenExpiredAt: null,
  }
  const answers: ((entries: (typeof entry)[]) => void)[] = []
  const client = clientOf({
    'trash.list': async () => ({
      entries: (await new Promise<(typeof entry)[]>((resolve) => answers.push(resolve))).map(
        (one) => ({ ...one, run: RunId.parse(one.run) }),
      ),
      ...page,
    }),
    'purge.plan': () =>
      Promise.resolve({
        plan: emptyPurge,
        rev: 'r',
        digest: `sha256:${'0'.repeat(64)}`,
        asOf,
        nextOffset: null,
      }),
  })
  const store = createCleanupStore(client)
  const looks = [store.getState().loadTrash(), store.getState().loadTrash()]
  await expect.poll(() => answers.length).toBe(2)
  answers[1]?.([])
  await looks[1]
  answers[0]?.([entry])
  await looks[0]

  expect(store.getState().trash).toMatchObject({ kind: 'ready', entries: [] })
})

test('[L11] a restore that is refused as a whole is told where it was asked for', async () => {
  const client = clientOf({
    'trash.list': () => Promise.resolve({ entries: [], ...page }),
    'purge.plan': () =>
      Promise.resolve({
        plan: emptyPurge,
        rev: 'r',
        digest: `sha256:${'0'.repeat(64)}`,
        asOf,
        nextOffset: null,
      }),
    'cleanup.restore': () => Promise.reject(new AppError('stale', 'The trash changed.')),
  })
  const store = createCleanupStore(client)
  store.getState().select(['e-1'])

  await store.getState().restoreSelected()

  expect(store.getState().notice).toBeNull()
  expect(store.getState().trashNotice).toContain('The trash changed.')
})

test('what is deleted for good is the plan that was shown', async () => {
  const asked: unknown[] = []
  const client = clientOf({
    'trash.list': () => Promise.resolve({ entries: [], ...page }),
    'purge.plan': (input) => {
      asked.push(input)
      return Promise.resolve({ plan: emptyPurge, digest: 'd', rev: 'r', asOf, nextOffset: null })
    },
    'purge.apply': (input) => {
      asked.push(input)
      const row = { item: 'e', outcome: 'done', cause: null, result: 'a' } as const
      return Promise.resolve({ rows: [row], freedBytes: 7, left: 0 })
    },
  })
  const store = createCleanupStore(client)
  await store.getState().loadTrash()

  await store.getState().purgeExpired({ plan: emptyPurge, digest: 'd', rev: 'r', asOf })

  const planned = { recent: true, asOf: null, offset: 0, limit: 1000 }
  const applied = { recent: true, digest: 'd', rev: 'r', asOf, limit: 1000 }
  expect(asked).toEqual([planned, applied, planned])
  expect(store.getState().purged).toMatchObject({ kind: 'finished', freedBytes: 7 })
})

test('a trash that has changed meanwhile is read again, and nothing was deleted', async () => {
  const client = clientOf({
    'trash.list': () => Promise.resolve({ entries: [], ...page }),
    'purge.plan': () =>
      Promise.resolve({ plan: emptyPurge, digest: 'd', rev: 'r', asOf, nextOffset: null }),
    'purge.apply': () => Promise.reject(new AppError('stale', 'The trash changed.')),
  })
  const store = createCleanupStore(client)

  await store.getState().purgeExpired({ plan: emptyPurge, digest: 'd', rev: 'r', asOf })

  expect(store.getState().trashNotice).toMatch(/^Nothing was done. The trash changed./)
  expect(store.getState().purged).toEqual({ kind: 'idle' })
  expect(store.getState().trash.kind).toBe('ready')
})
