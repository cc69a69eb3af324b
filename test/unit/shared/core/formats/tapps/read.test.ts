import { expect, test } from 'vitest'
import { tapps } from '../../../../../../shared/core/formats/tapps/tapps.ts'
import { check } from '../../../../../../shared/core/integrity/check.ts'
import { Run } from '../../../../../../shared/schema/run.ts'
import { context, folderOf, home, setOf, withFiles } from './tappsSet.ts'

const healthy = folderOf('healthy-mixed')
const newest = `${home}/full-sdlc-20260130-091500-20261121-083138.json`
const read = (name: string, document: string) =>
  tapps.read(setOf(folderOf(name), document), context)

test('[F50] snapshots and stores of their own are rows, everything else is a part', () => {
  const roles = [...healthy.texts].map(([path, text]) => [
    path.slice(home.length + 1),
    tapps.role(path, text),
  ])
  expect(roles.filter(([, role]) => role === 'run').map(([path]) => path)).toEqual([
    'full-sdlc-20260130-091500-20261121-083137.json',
    'full-sdlc-20260130-091500-20261121-083138.json',
    'maintenance-20260128-080808-20261121-083138.json',
    'quality-20260127-070707-20261121-083138.json',
    'rapid-dev-20260129-101010-20261121-083138.json',
  ])
  expect(tapps.role(`${newest}.tmp`, healthy.texts.get(newest) ?? '')).toBe('part')
})

const rank = (stamp: string, text: string) =>
  tapps.rank?.(`${home}/full-sdlc-20260130-091500-20261121-${stamp}.json`, text, context)

test('[F50] of the snapshots of one workflow the newest has the greatest order, also when it was cut', () => {
  const older = rank('083137', healthy.texts.get(newest) ?? '')
  const cut = rank('083138', '{\n  "workfl')
  expect(cut?.run).toBe(older?.run)
  expect((cut?.order ?? '') > (older?.order ?? '')).toBe(true)
  expect(
    tapps.rank?.('checkpoint-1.json', '{"checkpoint_id": "a", "tokens_consumed": 1}', context),
  ).toBe(null)
})

test('[F50] files of a workflow whose id begins alike are of another one', () => {
  const text = (healthy.texts.get(newest) ?? '').replaceAll('full-sdlc-20260130-091500', 'dev')
  const folder = withFiles(healthy, {
    [`${home}/dev-20261121-083138.json`]: text,
    [`${home}/dev-hotfix-20261121-083139.json`]: text,
    [`${home}/history/dev-hotfix-20261121-083139.json`]: text,
    [`${home}/dev-hotfix.meta.json`]: '{}',
    [`${home}/dev.meta.json`]: '{}',
  })
  const set = setOf(folder, `${home}/dev-20261121-083138.json`)
  expect([...set.texts.keys()].toSorted()).toEqual([
    `${home}/dev-20261121-083138.json`,
    `${home}/dev.meta.json`,
    `${home}/last.json`,
  ])
})

test('[F51] lists, the current step and the words of the engine', () => {
  const { run, said, label, version, isOld } = read('healthy-mixed', newest)
  expect({ label, version, isOld, said }).toEqual({
    label: 'TAPPS workflow state',
    version: '2.0',
    isOld: false,
    said: {
      status: 'running',
      steps: {
        requirements: 'completed',
        planning: 'completed',
        'optional-docs': 'skipped',
        design: 'running',
      },
    },
  })
  expect(run).toMatchObject({
    id: 'full-sdlc-20260130-091500',
    status: 'running',
    workflow: { name: 'full-sdlc', source: 'workflows/full-sdlc.yaml' },
    createdAt: '2026-01-30T09:15:00.123Z',
    updatedAt: '2026-11-21T08:31:38.215Z',
    variables: { score: 7, user_prompt: 'Build a naïve cart' },
  })
})

test('[F51] executions are attempts, a plan gives the order, checkpoints of steps give outputs', () => {
  const basic = `${home}/workflow-rapid-dev-20260129-101010.json`
  const folder = withFiles(folderOf('legacy-basic-no-meta'), {
    [`${home}/rapid-dev-20260129-101010-execution-plan.json`]: JSON.stringify({
      step_graph: {
        enhance: { agent: 'enhancer', action: 'enhance', creates: ['a'], requires: [], next: null },
        deploy: { agent: 'ops', action: 'deploy', creates: [], requires: ['a'], next: null },
      },
    }),
    [`${home}/rapid-dev-20260129-101010/checkpoints/step1-enhance.json`]:
      '{"step_id": "enhance", "step_number": 1, "step_output": {"score": 7.0}}',
  })
  const { run } = tapps.read(setOf(folder, basic), context)
  expect(Object.keys(run?.steps ?? {})).toEqual([
    'enhance',
    'deploy',
    'requirements',
    'planning',
    'review',
  ])
  expect(run?.steps).toMatchObject({
    enhance: { status: 'succeeded', output: { score: 7 } },
    deploy: { status: 'pending' },
    requirements: {
      attempts: [
        {
          startedAt: '2026-01-30T09:15:01.000Z',
          finishedAt: '2026-01-30T09:16:02.000Z',
          outcome: 'succeeded',
        },
      ],
    },
  })
})

test.each([
  ['other-stores/durable-event-store', 'wf-paused/checkpoint.json', 'paused', 'code plan'],
  ['other-stores/durable-event-store', 'wf-done/checkpoint.json', 'completed', 'plan'],
  ['other-stores/epic', '.tapps-agents/epic-state/epic-12.json', null, '12.1 12.2'],
  ['other-stores/task-checkpoints', 'checkpoint-task-1.json', 'checkpointed', 'implement'],
  ['other-stores/token-checkpoints', 'checkpoint-20261121-083406.json', null, 'a b c'],
  [
    'other-stores/step-checkpoints',
    `${home}/build-20260130-101010/checkpoints/step1-enhance.json`,
    null,
    'enhance plan',
  ],
])('[F51] a store of its own has a view: %s %s', (name, document, status, steps) => {
  const { run, said } = read(name, document)
  expect(said.status).toBe(status)
  expect(
    Object.keys(run?.steps ?? {})
      .toSorted()
      .join(' '),
  ).toBe(steps)
})

const everyRow = [
  'healthy-mixed',
  'compressed',
  'legacy-basic-no-meta',
  'old-version-1.0',
  'other-stores/durable-event-store',
  'other-stores/epic',
  'other-stores/step-checkpoints',
  'other-stores/task-checkpoints',
  'other-stores/token-checkpoints',
].flatMap((name) => {
  const folder = folderOf(name)
  return [...folder.texts]
    .filter(([path, text]) => tapps.role(path, text) === 'run')
    .map(([path]) => [name, path] as const)
})

test.each(everyRow)('[F51] the view of %s %s is a run without contradictions', (name, path) => {
  const { run, points } = read(name, path)
  expect(Run.safeParse(run).error).toBeUndefined()
  expect(run === null ? null : check(run)).toEqual([])
  expect(points.filter(({ problem }) => problem !== null && name !== 'old-version-1.0')).toEqual([])
})

test('every snapshot, copy and left-over file is a point that can be opened', () => {
  const folder = folderOf('corruptions/orphan-tmp')
  const document = `${home}/wf-20260130-090000-20261121-084051.json`
  const { points } = tapps.read(setOf(folder, document), context)
  expect(
    points.map(({ kind, document: file, problem }) => [kind, file.slice(home.length + 1), problem]),
  ).toEqual([
    ['current', 'wf-20260130-090000-20261121-084051.json', null],
    ['history', 'history/wf-20260130-090000-20261121-084051.json', null],
    [
      'temporary',
      'wf-20260130-090000-20261121-084051.json.tmp',
      'It is no JSON: The text ends inside a string.',
    ],
    ['checkpoint', 'wf-20260130-090000-20261121-084050.json', null],
    ['history', 'history/wf-20260130-090000-20261121-084050.json', null],
  ])
  for (const { document: file } of points.filter(({ problem }) => problem === null))
    expect(tapps.read(setOf(folder, file), context).run?.id).toBe('wf-20260130-090000')
})
