import { expect, test } from 'vitest'
import {
  createWatchStore,
  desktopOf,
  isMoving,
  type Desktop,
  type WatchKeeper,
} from '../../../../renderer/state/watchStore.ts'
import type { RunDetail } from '../../../../shared/contract/runs.ts'
import { workspace as workspaceSample } from '../../../contract/samples.ts'
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
  // It rests between two looks.
  await expect.poll(() => told.length).toBeGreaterThan(0)
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
    desktop.show('a', 'b', '#/runs/all')
  }).not.toThrow()
})

/** What a window keeps, also when another one is opened after it. */
function keeperOf(): WatchKeeper {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
  }
}

test('[L232] many watched runs that rest at once are told in one sentence, which leads to the one that failed', async () => {
  const told: (readonly (string | undefined)[])[] = []
  const shown: string[] = []
  let isOver = false
  const looks: string[] = []
  const host = hostWith({
    'run.get': async ({ ref: asked }) => {
      looks.push(asked.document)
      const now = asked.document === 'etl-2' ? at('failed', 'none') : at('completed', 'none')
      return isOver ? now : at('running', 'alive')
    },
  })
  const desktop: Desktop = {
    ask: () => undefined,
    show: (title, _body, href) => void shown.push(`${title} ${href}`),
  }
  const notify = (...said: readonly (string | undefined)[]) => void told.push(said)
  const store = createWatchStore(host.client, { notify, desktop })
  const stop = store.getState().open()
  for (const id of ['etl-1', 'etl-2', 'etl-3']) store.getState().toggle(ref(id))
  await until(() => looks.includes('etl-3'))
  isOver = true
  host.emit('runs.changed', { runs: null })
  await until(() => told.length > 0)

  const sentence = '3 watched runs rest. 2 completed, 1 not: etl-2: Completed.'
  expect(told).toEqual([['warning', sentence, '#/run/etl-2/timeline']])
  expect(shown).toEqual(['3 watched runs rest #/run/etl-2/timeline'])
  expect(store.getState().watched).toEqual([])
  stop()
})

test('[L232] what is watched is watched by the next window too, and told there once', async () => {
  const keeper = keeperOf()
  let now = at('running', 'alive')
  let looks = 0
  const open = () => {
    const told: string[] = []
    const { workspace } = ref('etl-1')
    const host = hostWith({
      'run.get': async () => {
        looks += 1
        return now
      },
      'workspace.get': async () => ({ ...workspaceSample, id: workspace }),
    })
    const notify = (_kind: string, text: string) => void told.push(text)
    const desktop = { ask: () => undefined, show: () => undefined }
    const store = createWatchStore(host.client, { notify, desktop }, keeper)
    return { store, told, stop: store.getState().open() }
  }
  const first = open()
  first.store.getState().toggle(ref('etl-1'))
  await until(() => looks > 0)
  first.stop()

  now = at('completed', 'none')
  const second = open()
  await until(() => second.told.length > 0)
  expect(second.told).toEqual(['etl-1: Completed.'])
  second.stop()

  const third = open()
  await until(() => third.store.getState().watched.length === 0)
  expect(third.told).toEqual([])
  third.stop()
})

test('[L232] a press on a notification of the desktop leads to the run', () => {
  const pressed: (() => void)[] = []
  class Shown {
    static readonly permission = 'granted'
    static requestPermission = async () => 'granted'
    addEventListener(_name: string, action: () => void): void {
      pressed.push(action)
    }
  }
  const window = { Notification: Shown, location: { hash: '' }, focus: () => undefined }
  desktopOf(window).show('a', 'b', '#/run/etl-1/timeline')
  pressed[0]?.()
  expect(window.location.hash).toBe('#/run/etl-1/timeline')
})
