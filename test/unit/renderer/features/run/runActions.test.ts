import { expect, test } from 'vitest'
import type { RunDetail } from '../../../../../shared/contract/runs.ts'
import { runActions } from '../../../../../renderer/features/run/runActions.ts'
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
    ['Archive…', null],
    ['Pause', 'Nobody carries it: nothing is to be stopped.'],
    ['Cancel run…', 'Nobody carries it: nothing is to be stopped.'],
  ])
})

test('[L40] where nothing can be written only what looks is left', () => {
  const actions = runActions(detail('etl-1', lists), 'The workspace is read-only.')
  expect(actions.filter(({ disabled }) => disabled === null).map(({ label }) => label)).toEqual([
    'Compare…',
  ])
  expect(actions.find(({ label }) => label === 'Resume…')?.disabled).toBe(
    'The workspace is read-only.',
  )
})
