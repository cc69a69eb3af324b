import { expect, test } from 'vitest'
import type { RunDetail } from '../../../../../shared/contract/runs.ts'
import { runActions } from '../../../../../renderer/features/run/runActions.ts'
import { decodeRoute } from '../../../../../renderer/state/decodeRoute.ts'
import { documentRoute, encodeRoute, runRoute } from '../../../../../renderer/state/route.ts'
import { detail } from '../../state/samples.ts'

const lists = { steps: ['a'], stepsTotal: 1, seqs: [1], checkpointsTotal: 1 }

test.each<readonly [string, Partial<RunDetail>, string, string]>([
  ['a failed run', {}, 'failed', 'Resume…'],
  ['a completed run', {}, 'completed', 'Fork…'],
  ['a run that is carried', { liveness: 'alive' }, 'running', 'Pause'],
  ['a damaged run', { health: 'damaged' }, 'failed', 'Repair…'],
  ['an old run', { health: 'old-version' }, 'failed', 'Migrate…'],
  ['a run in the archive', { archive: 'a.tar.zst' }, 'completed', 'Bring back'],
])('[L40] %s: first what is safe and helps', (_, change, status, first) => {
  const actions = runActions({ ...detail('etl-1', { ...lists, status }), ...change }, null)
  expect(actions[0]).toMatchObject({ label: first, disabled: null })
})

test('[L40] each other action is there, with the reason why it cannot be done', () => {
  const actions = runActions(detail('etl-1', lists), null)
  expect(actions.map(({ label, disabled }) => [label, disabled])).toEqual([
    ['Resume…', null],
    ['Repair…', 'It is not damaged.'],
    ['Migrate…', 'It is of no old version.'],
    ['Compare…', null],
    ['Make a checkpoint…', null],
    ['Annotate…', null],
    ['Archive…', null],
    ['Export…', null],
    ['Pause', 'Nobody carries it: nothing is to be stopped.'],
    ['Cancel run…', 'Nobody carries it: nothing is to be stopped.'],
  ])
})

test('[L40] where nothing can be written only what looks is left', () => {
  const actions = runActions(detail('etl-1', lists), 'The workspace is read-only.')
  expect(actions.filter(({ disabled }) => disabled === null).map(({ label }) => label)).toEqual([
    'Compare…',
    'Export…',
  ])
  expect(actions.find(({ label }) => label === 'Resume…')?.disabled).toBe(
    'The workspace is read-only.',
  )
})

const foreign = {
  engine: 'AWF',
  label: 'AWF state',
  version: null,
  isOld: true,
  role: 'run',
  said: { status: 'failed', steps: {} },
  points: [],
  items: [{ item: '3', label: 'release' }],
  can: { migrate: false, cleanUp: false },
} as const satisfies RunDetail['foreign']

test("[F216] what can be done with another engine's run leads to its plan; the rest says why not", () => {
  const opened = detail('etl-1', lists)
  const ref = { ...opened.ref, format: 'awf', document: 'states/a.json' } as const
  const actions = runActions({ ...opened, ref, foreign, health: 'old-version' }, null)

  expect(actions.filter(({ disabled }) => disabled === null)).toMatchObject([
    { label: 'Migrate…', leads: documentRoute(ref, 'migrate') },
    { label: 'Compare…' },
    { label: 'Export…', leads: 'export' },
  ])
  expect(actions.find(({ label }) => label === 'Resume…')?.disabled).toContain('migrate it first')
  expect(actions.find(({ label }) => label === 'Archive…')?.disabled).toContain('It is of AWF')
})

test('[F216] a run in a document of many has an address of its own', () => {
  const route = { ...runRoute('api-state.json', 'multyagents'), item: '3' }

  expect(decodeRoute(encodeRoute(route))).toEqual(route)
})
