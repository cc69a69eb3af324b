import { expect, test } from 'vitest'
import { whyNotReady } from '../../../../renderer/features/resume/whyNotReady.ts'
import { readJson } from '../../../../renderer/state/resumeChoices.ts'
import { createResumeStore } from '../../../../renderer/state/resumeStore.ts'
import type {
  Client,
  EventName,
  EventValue,
  Handlers,
} from '../../../../shared/contract/contract.ts'
import type { RunDetail } from '../../../../shared/contract/runs.ts'
import type { Workspace } from '../../../../shared/contract/workspace.ts'
import { ResumePlan } from '../../../../shared/core/resume/resumePlan.ts'
import { AppError } from '../../../../shared/errors.ts'
import { connect } from '../../../../shared/rpc/connect.ts'
import { memoryPair } from '../../../../shared/rpc/memory.ts'
import { serve } from '../../../../shared/rpc/serve.ts'
import { RunId, StepId } from '../../../../shared/schema/ids.ts'

const asOf = '2026-01-02T03:04:05.678Z'
const ref = { workspace: 'w', format: 'unstuck', document: 'pay-1', item: null } as const

function hostOf(handlers: Partial<Handlers>): {
  client: Client
  emit: <N extends EventName>(name: N, value: EventValue<N>) => void
} {
  const [near, far] = memoryPair()
  const all = {
    'run.get': () => Promise.resolve(detail('failed', 'none')),
    'run.steps': () =>
      Promise.resolve({ steps: detail('failed', 'none').run?.steps ?? [], total: 1 }),
    'run.log': () => Promise.resolve({ text: '', offset: 0, nextOffset: null, sizeBytes: 0 }),
    ...handlers,
  }
  const server = serve({ channel: far, handlers: all as Handlers }) // a test calls only what it gives
  return { client: connect(near), emit: server.emit }
}

const workspace: Workspace = {
  id: 'w',
  name: 'payments',
  path: null,
  document: null,
  writable: true,
  readOnlyReason: null,
  trusted: true,
  isSample: false,
  application: { version: '0.1.0', host: 'browser' },
  settingsProblem: null,
}

function detail(status: string, liveness: RunDetail['liveness']): RunDetail {
  return {
    ref,
    rev: 'r',
    health: 'ok',
    liveness,
    findings: [],
    diagnoses: [],
    holder: null,
    heldHere: false,
    sizeBytes: 0,
    files: [],
    backups: [],
    forks: [],
    run: {
      id: RunId.parse('pay-1'),
      kind: 'workflow',
      workflow: { name: 'pay', version: null, source: null, digest: null },
      status,
      createdAt: asOf,
      startedAt: asOf,
      updatedAt: asOf,
      finishedAt: null,
      place: { user: null, host: null, folder: null },
      error: null,
      lineage: null,
      annotations: { colour: null, note: null, pinned: false, tags: [] },
      seq: 1,
      steps: [
        {
          id: StepId.parse('charge'),
          title: null,
          status: 'running',
          needs: [],
          sideEffects: 'external',
          attempts: [
            {
              number: 2,
              startedAt: asOf,
              finishedAt: null,
              outcome: null,
              error: null,
              exitCode: null,
              process: null,
            },
          ],
          waitingOn: null,
          skippedBy: null,
          inDoubt: true,
          startedAt: asOf,
          finishedAt: null,
        },
      ],
      stepsTotal: 1,
      checkpoints: [],
      checkpointsTotal: 0,
      decisions: [],
    },
  }
}

function planOf(action: 'ask' | 'run' | 'reuse') {
  const plan = ResumePlan.parse({
    run: 'pay-1',
    mode: 'same',
    from: null,
    steps: [
      {
        step: 'charge',
        action,
        rule: 'S1',
        reason: 'It may have had its effect.',
        status: 'running',
        sideEffects: 'external',
        expectedMs: null,
        options: action === 'reuse' ? [] : ['happened', 'rerun', 'skip', 'stop'],
        decision: null,
      },
    ],
    definition: {
      use: 'recorded',
      changed: false,
      missing: [],
      added: [],
      altered: [],
      problem: null,
    },
    stopAfter: null,
    problems: [],
    ready: action !== 'ask',
  })
  return { plan, digest: 'd', rev: 'r', asOf }
}

const options = {
  ref,
  from: null,
  after: (work: () => void) => {
    work()
    return () => {}
  },
}

test('a step in doubt comes with the end of its last attempt’s log', async () => {
  const log = 'x'.repeat(5000)
  const asked: unknown[] = []
  const { client } = hostOf({
    'resume.plan': () => Promise.resolve(planOf('ask')),
    'run.log': ({ step, attempt, offset, limitBytes }) => {
      asked.push({ step, attempt, offset, limitBytes })
      const text = log.slice(offset, offset + limitBytes)
      return Promise.resolve({ text, offset, nextOffset: null, sizeBytes: log.length })
    },
  })
  const store = createResumeStore(client, options)

  store.getState().open()
  await until(() => store.getState().evidence['charge']?.kind === 'ready')

  expect(asked).toEqual([
    { step: 'charge', attempt: 2, offset: 0, limitBytes: 1 },
    { step: 'charge', attempt: 2, offset: 904, limitBytes: 4096 },
  ])
})

test('the reason why it cannot start names the open step, and goes when it is decided', async () => {
  const { client } = hostOf({
    'resume.plan': ({ decisions }) =>
      Promise.resolve(planOf(StepId.parse('charge') in decisions ? 'run' : 'ask')),
  })
  const store = createResumeStore(client, options)
  store.getState().open()
  await until(() => store.getState().planning.kind === 'ready')

  const before = whyNotReady(store.getState(), workspace)
  store.getState().answer('charge', { kind: 'rerun' })
  await until(() => isSettled(store))

  expect([before, whyNotReady(store.getState(), workspace)]).toEqual([
    'Decide about step charge first.',
    null,
  ])
})

test('an output that is no JSON is never sent, and keeps the step open', async () => {
  const asked: unknown[] = []
  const { client } = hostOf({
    'resume.plan': ({ decisions }) => {
      asked.push(decisions)
      return Promise.resolve(planOf('ask'))
    },
  })
  const store = createResumeStore(client, options)
  store.getState().open()
  await until(() => store.getState().planning.kind === 'ready')

  store.getState().answer('charge', { kind: 'happened', outputText: '{ "id": ' })
  await until(() => isSettled(store))
  store.getState().answer('charge', { kind: 'happened', outputText: '{ "id": 7 }' })
  await until(() => asked.length === 3)

  expect(asked).toEqual([{}, {}, { charge: { kind: 'happened', output: { id: 7 } } }])
})

test('it is resumed as approved, and done is what the run says when it is read again', async () => {
  const asked: unknown[] = []
  const readings = [
    detail('failed', 'interrupted'),
    detail('running', 'alive'),
    detail('completed', 'none'),
  ]
  const { client, emit } = hostOf({
    'run.get': () => Promise.resolve(readings.shift() ?? detail('completed', 'none')),
    'resume.plan': () => Promise.resolve(planOf('run')),
    'resume.apply': (input) => {
      asked.push(input)
      return Promise.resolve({ ref, observed: true })
    },
  })
  const store = createResumeStore(client, options)
  const seen: (string | undefined)[] = []
  store.subscribe(({ work }) => {
    if (work.kind === 'observed') seen.push(work.detail?.run?.status)
  })
  store.getState().open()
  await until(() => isSettled(store))

  await store.getState().apply()
  emit('run.progressed', { run: 'another', seq: 9 })
  emit('run.progressed', { run: 'pay-1', seq: 9 })
  await until(() => seen.length === 3)

  expect(seen).toEqual([undefined, 'running', 'completed'])
  expect(asked).toEqual([
    {
      ref,
      from: null,
      fork: false,
      inputs: null,
      decisions: {},
      definition: 'recorded',
      stopAfter: null,
      asOf,
      rev: 'r',
      digest: 'd',
    },
  ])
})

test('a run that changed meanwhile is read and planned again, with the choices kept', async () => {
  let plans = 0
  const { client } = hostOf({
    'resume.plan': () => {
      plans += 1
      return Promise.resolve(planOf('run'))
    },
    'resume.apply': () => Promise.reject(new AppError('stale', 'Run pay-1 changed.')),
  })
  const store = createResumeStore(client, options)
  store.getState().open()
  await until(() => isSettled(store))
  store.getState().choose({ fork: true })
  await until(() => isSettled(store))

  await store.getState().apply()

  const { work, notice, choices } = store.getState()
  expect([plans, work.kind, choices.fork, notice]).toEqual([
    3,
    'idle',
    true,
    'Nothing was done. Run pay-1 changed. This is the new plan: review it and confirm again.',
  ])
})

test('[L278] the inputs of a fork are taken as those of the run are now, and planned so', async () => {
  const planned: unknown[] = []
  const { client } = hostOf({
    'resume.plan': ({ inputs }) => {
      planned.push(inputs)
      return Promise.resolve(planOf('run'))
    },
    'state.value': ({ checkpoint }) => {
      const text = checkpoint === null ? '{"to":"y"}' : '{"to":"x"}'
      return Promise.resolve({ text, sizeBytes: text.length, offset: 0, nextOffset: null })
    },
  })
  const store = createResumeStore(client, { ...options, from: 'cp-1' })
  const stop = store.getState().open()
  await expect.poll(() => planned).toEqual([null])
  await store.getState().takeInputs((json) => `${json}\n`)
  expect(store.getState()).toMatchObject({
    inputs: { kind: 'ready', text: '{"to":"x"}' },
    choices: { inputsText: '{"to":"y"}\n' },
  })
  await expect.poll(() => planned.at(-1)).toEqual({ to: 'y' })
  stop()
})

test('an answer to what is no longer asked is taken back, and it is planned again', async () => {
  const asked: unknown[] = []
  const { client } = hostOf({
    'resume.plan': ({ decisions, definition }) => {
      asked.push(decisions)
      return Promise.resolve(planOf(definition === 'current' ? 'reuse' : 'ask'))
    },
  })
  const store = createResumeStore(client, options)
  store.getState().open()
  await until(() => isSettled(store))
  store.getState().answer('charge', { kind: 'rerun' })
  await until(() => isSettled(store))

  store.getState().choose({ definition: 'current' })
  await until(() => asked.length === 4)

  expect(asked).toEqual([{}, { charge: { kind: 'rerun' } }, { charge: { kind: 'rerun' } }, {}])
})

test('an untrusted or read-only workspace is a reason why nothing can start', async () => {
  const { client } = hostOf({ 'resume.plan': () => Promise.resolve(planOf('run')) })
  const store = createResumeStore(client, options)
  store.getState().open()
  await until(() => isSettled(store))

  const reasons = [
    whyNotReady(store.getState(), workspace),
    whyNotReady(store.getState(), { ...workspace, trusted: false }),
    whyNotReady(store.getState(), { ...workspace, writable: false, readOnlyReason: 'A snapshot.' }),
  ]

  expect(reasons).toEqual([null, 'Trust this workspace first, above.', 'A snapshot.'])
})

test('JSON that a person types is read, or refused with the reason', () => {
  expect([readJson('{"a":[1]}'), readJson(' ').kind, readJson('{a}').kind]).toEqual([
    { kind: 'valid', value: { a: [1] } },
    'invalid',
    'invalid',
  ])
})

function isSettled(store: ReturnType<typeof createResumeStore>): boolean {
  const { planning } = store.getState()
  return planning.kind === 'ready' && !planning.isRefreshing
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 1))
}
