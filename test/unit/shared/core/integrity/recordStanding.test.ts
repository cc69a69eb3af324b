import { expect, test } from 'vitest'
import {
  createStanding,
  follow,
  forget,
} from '../../../../../shared/core/integrity/recordStanding.ts'
import { replay } from '../../../../../shared/core/run/replay.ts'
import type { KnownRecord } from '../../../../../shared/schema/journal.ts'
import {
  began,
  born,
  failed,
  journalOf,
  moment,
  sampleRun,
  started,
  succeeded,
} from '../run/sampleRun.ts'

const byAda = { by: 'ada', reason: null }
const waits = (step: string, given: object = {}) => ({
  type: 'stepWaiting',
  step,
  waitingOn: { kind: 'items', total: 2 },
  ...given,
})
const said = (decision: string) => ({ type: 'decision', step: 'build', decision, ...byAda })
const gate = (decision: string) => ({
  type: 'gateDecided',
  step: 'build',
  decision,
  values: {},
  ...byAda,
})
const resumed = (given: object = {}) => ({ type: 'runResumed', reset: [], ...byAda, ...given })
const error = { name: 'E', message: 'no', code: null, stack: null }

function recordsOf(bodies: readonly object[]): readonly KnownRecord[] {
  return journalOf(...bodies).map((item) => {
    if (item.kind === 'unknown') throw new Error(`${item.record.type} does not fit.`)
    return item.record
  })
}

function standingAfter(...bodies: readonly object[]) {
  const standing = createStanding()
  for (const record of recordsOf(bodies)) follow(standing, record)
  return standing
}

/** Of the step build, behind the birth of the run and these records. */
const build = (...bodies: readonly object[]) => standingAfter(born(), ...bodies).steps.get('build')

test('[I61] a run that is born, or read from a keyframe, proves all of its steps', () => {
  const pending = { status: 'pending', last: 0, isOpen: false }
  const { steps, ...rest } = standingAfter(born())
  expect(rest).toEqual({ status: 'pending', isComplete: true, isThread: false })
  expect(Object.fromEntries(steps)).toEqual({
    build: pending,
    test: pending,
    deploy: pending,
    notify: pending,
  })

  const run = replay(
    journalOf(
      born(),
      started,
      began('build'),
      began('test'),
      failed('test'),
      began('test', 2),
      succeeded('test', 1, 2),
    ),
  )
  const again = standingAfter({ type: 'keyframe', run })
  expect(again.status).toBe('running')
  expect(again.steps.get('build')).toEqual({ status: 'running', last: 1, isOpen: true })
  expect(again.steps.get('test')).toEqual({ status: 'succeeded', last: 2, isOpen: false })
  expect(standingAfter(born(), began('other'), { type: 'keyframe', run }).steps.has('other')).toBe(
    false,
  )
})

test('[B40] the nodes of a thread are known when they are reached', () => {
  const thread = { type: 'runCreated', run: { ...sampleRun(), kind: 'thread' } }
  expect(standingAfter(thread)).toMatchObject({ isComplete: false, isThread: true })
  expect(createStanding()).toEqual({
    status: null,
    steps: new Map(),
    isComplete: false,
    isThread: false,
  })
})

test.each<[string, object, string]>([
  ['started', started, 'running'],
  ['paused', { type: 'runPaused', ...byAda }, 'paused'],
  ['completed', { type: 'runCompleted' }, 'completed'],
  ['failed', { type: 'runFailed', error }, 'failed'],
  ['cancelled', { type: 'runCancelled', ...byAda }, 'cancelled'],
  ['resumed', resumed(), 'running'],
])('[I68] the status of a run that %s', (_, body, status) => {
  const standing = standingAfter(born(), body)
  expect([standing.status, standing.isComplete, standing.steps.size]).toEqual([status, true, 4])
})

test.each<[string, readonly object[], object]>([
  ['begins', [began('build', 2)], { status: 'running', last: 2, isOpen: true }],
  [
    'succeeds',
    [began('build'), succeeded('build')],
    { status: 'succeeded', last: 1, isOpen: false },
  ],
  [
    'fails',
    [began('build', 3), failed('build', 'no', 3)],
    { status: 'failed', last: 3, isOpen: false },
  ],
  [
    'is cancelled',
    [began('build'), { type: 'stepCancelled', step: 'build', attempt: 1, reason: null }],
    { status: 'cancelled', last: 1, isOpen: false },
  ],
  [
    'is skipped',
    [{ type: 'stepSkipped', step: 'build', by: 'person', reason: null }],
    { status: 'skipped', last: 0, isOpen: false },
  ],
  ['waits', [began('build'), waits('build')], { status: 'waiting', last: 1, isOpen: true }],
  [
    'will be tried again',
    [
      began('build'),
      failed('build'),
      { type: 'retryScheduled', step: 'build', attempt: 2, until: moment(9) },
    ],
    { status: 'waiting', last: 1, isOpen: false },
  ],
  [
    'is approved',
    [began('build'), gate('approved')],
    { status: 'succeeded', last: 1, isOpen: false },
  ],
  ['is rejected', [began('build'), gate('rejected')], { status: 'failed', last: 1, isOpen: false }],
  [
    'is to run again',
    [began('build'), said('rerun')],
    { status: 'pending', last: 1, isOpen: false },
  ],
  [
    'is said to have happened',
    [began('build'), said('happened')],
    { status: 'succeeded', last: 1, isOpen: false },
  ],
  [
    'is to be skipped',
    [began('build'), said('skip')],
    { status: 'skipped', last: 1, isOpen: false },
  ],
  [
    'is to stop there',
    [began('build'), said('stop')],
    { status: 'running', last: 1, isOpen: true },
  ],
  [
    'is evaluated again by a resume',
    [began('build'), failed('build'), resumed({ reset: ['build'] })],
    { status: 'pending', last: 1, isOpen: false },
  ],
])('[I63] a step that %s', (_, bodies, standing) => {
  expect(build(...bodies)).toEqual(standing)
})

test('[I61] of what follows a gap, an edit or another definition nothing is proved', () => {
  const nothing = { status: null, isComplete: false, steps: new Map() }
  const forgotten = standingAfter(born(), started)
  forget(forgotten)
  expect(forgotten).toMatchObject(nothing)
  expect(standingAfter(born(), started, { type: 'edited', patch: [], ...byAda })).toMatchObject(
    nothing,
  )
  const definition = { ...sampleRun().workflow }
  expect(standingAfter(born(), resumed({ definition, reset: ['build'] }))).toMatchObject({
    ...nothing,
    status: 'running',
  })
})

test('[I61] items that a step asks for anew, and those of a step that is reset, are not known any more', () => {
  const items = [began('build[0]'), began('build[1]'), began('build[2]')]
  const left = (...bodies: readonly object[]) =>
    [...standingAfter(born(), ...items, ...bodies).steps.keys()].filter((name) =>
      name.includes('['),
    )
  expect(left(waits('build'))).toHaveLength(3)
  expect(left(waits('build', { items: ['a'] }))).toEqual([])
  expect(left(resumed({ reset: ['build'] }))).toEqual([])
  expect(left(said('rerun'))).toEqual([])
  expect(left(resumed({ reset: ['build[1]', 'nobody'] }))).toHaveLength(3)
  const standing = standingAfter(born(), ...items, resumed({ reset: ['build[1]', 'nobody'] }))
  expect(standing.steps.get('build[1]')).toMatchObject({ status: 'pending', last: 1 })
  expect(standing.steps.has('nobody')).toBe(false)
})
