import { expect, test } from 'vitest'
import {
  createWatchStore,
  desktopOf,
  isMoving,
  type Desktop,
} from '../../../../renderer/state/watchStore.ts'
import type { RunDetail } from '../../../../shared/contract/runs.ts'
import { hostWith, until } from './hostWith.ts'
import { detail, ref } from './samples.ts'

const lists = { steps: ['a'], stepsTotal: 1, seqs: [], checkpointsTotal: 0 }
const base = detail('etl-1', lists)
const run = base.run
const diagnosis = { rule: 'G29', sentence: 'Completed.', severity: 'resting' } as const

function at(
  status: NonNullable<RunDetail['run']>['status'],
  liveness: RunDetail['liveness'],
  rule = 'G29',
): RunDetail {
  const first = {
    ...diagnosis,
    rule,
    evidence: [],
    action: { kind: 'none' as const, label: 'Nothing', step: null },
    step: null,
  }
  return { ...base, run: run && { ...run, status }, liveness, diagnoses: [first] }
}

function watching(answers: () => RunDetail) {
  const told: string[] = []
  const shown: string[] = []
  const desktop: Desktop = {
    ask: () => void shown.push('asked'),
    show: (title, body) => void shown.push(`${title} | ${body}`),
  }
  const host = hostWith({ 'run.get': async () => answers() })
  const notify = (kind: string, text: string) => void told.push(`${kind} | ${text}`)
  const store = createWatchStore(host.client, { notify, desktop })
  store.getState().open()
  return { store, host, told, shown }
}

test('[L263] a run that is watched is told once when it rests, in the window and on the desktop', async () => {
  let now = at('running', 'alive')
  let asked = 0
  const { store, host, told, shown } = watching(() => {
    asked += 1
    return now
  })
  store.getState().toggle(ref('etl-1'))
  await until(() => asked === 1)
  host.emit('runs.changed', { runs: ['other'] })
  host.emit('runs.changed', { runs: ['etl-1'] })
  await until(() => asked === 2)
  expect([told, shown, store.getState().watched.length]).toEqual([[], ['asked'], 1])

  now = at('completed', 'none')
  host.emit('runs.changed', { runs: null })
  await until(() => told.length > 0)
  host.emit('runs.changed', { runs: null })

  expect(told).toEqual(['done | etl-1: Completed.'])
  expect(shown).toEqual(['asked', 'A watched run is completed | etl-1: Completed.'])
  expect(store.getState().watched).toEqual([])
})

test('[L263] what is let go is not told, and what cannot be read is', async () => {
  let asked = 0
  const { store, told } = watching(() => {
    asked += 1
    throw new Error('gone')
  })
  store.getState().toggle(ref('etl-1'))
  await until(() => told.length > 0)
  expect(told[0]).toMatch(/^warning \| etl-1: /)

  const other = watching(() => at('running', 'alive'))
  other.store.getState().toggle(ref('etl-1'))
  other.store.getState().toggle(ref('etl-1'))
  expect(other.store.getState().watched).toEqual([])
  expect(asked).toBe(1)
})

test.each([
  ['running', 'alive', 'G1', true],
  ['waiting', 'alive', 'G18', true],
  ['waiting', 'alive', 'G17', false],
  ['running', 'interrupted', 'G11', false],
  ['failed', 'none', 'G29', false],
] as const)('[L263] %s and %s by %s goes on: %s', (status, liveness, rule, isExpected) => {
  expect(isMoving(at(status, liveness, rule))).toBe(isExpected)
})

test('[L263] where there are no notifications nothing is asked or shown', () => {
  const desktop = desktopOf({})
  expect(() => {
    desktop.ask()
    desktop.show('a', 'b')
  }).not.toThrow()
})
