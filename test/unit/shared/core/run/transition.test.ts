import { describe, expect, test } from 'vitest'
import { replay } from '../../../../../shared/core/run/replay.ts'
import { transition } from '../../../../../shared/core/run/transition.ts'
import type { Run } from '../../../../../shared/schema/run.ts'
import { deepFreeze } from '../diff/deepFreeze.ts'
import * as sample from './sampleRun.ts'

const { began, born, checkpoint, failed, journalOf, moment, started, succeeded } = sample

/** The run after a journal that begins with its birth and start: the first record given is number 3. */
function after(...bodies: readonly object[]): Run {
  const run = replay(deepFreeze(journalOf(born(), started, ...bodies)))
  expect(run).not.toBeNull()
  return run ?? sample.sampleRun()
}

const step = (run: Run, name: string) => Object.entries(run.steps).find(([id]) => id === name)?.[1]
const open = { finishedAt: null, outcome: null, error: null, exitCode: null, process: null }
const idle = { waitingOn: null, skippedBy: null }
const interrupted = {
  name: 'Interrupted',
  message: 'Its host ended before the result was recorded.',
  code: null,
  stack: null,
}

describe('birth', () => {
  test('[J1] runCreated brings the run', () => {
    const [created] = journalOf(born())
    const run = created === undefined ? null : transition(null, created)
    expect(run).toEqual({
      ...sample.sampleRun(),
      updatedAt: moment(1),
      journal: { seq: 1, sum: 'sum-1' },
    })
  })

  test('[J1] records before a run is known leave nothing', () => {
    expect(replay(journalOf(started, began('build')))).toBeNull()
  })

  test('[J1] a keyframe replaces the run and names itself as the last record', () => {
    const other = { ...sample.sampleRun(), status: 'paused' as const, extra: 7 }
    const run = after({ type: 'keyframe', run: other })
    expect(run).toEqual({ ...other, journal: { seq: 3, sum: 'sum-3' } })
  })

  test('[J17] runStarted makes the run running', () => {
    const { status, startedAt, updatedAt } = after()
    expect({ status, startedAt, updatedAt }).toEqual({
      status: 'running',
      startedAt: moment(2),
      updatedAt: moment(2),
    })
  })
})

describe('steps', () => {
  test('[J2] stepStarted adds an open attempt', () => {
    const process = { pid: 7, startTime: '99', processGroup: 7 }
    const run = after({ ...began('build'), process })
    expect(step(run, 'build')).toEqual({
      status: 'running',
      attempts: [{ number: 1, startedAt: moment(3), ...open, process }],
      output: null,
      ...idle,
    })
  })

  test('[J2] the same attempt again only adds its process', () => {
    const process = { pid: 7, startTime: '99', processGroup: 7 }
    const run = after(began('build'), { ...began('build'), process })
    expect(step(run, 'build')?.attempts).toEqual([
      { number: 1, startedAt: moment(3), ...open, process },
    ])
  })

  test('[J3] stepSucceeded closes the attempt and keeps the output', () => {
    const run = after(began('build'), succeeded('build', { files: 3 }))
    expect(step(run, 'build')).toEqual({
      status: 'succeeded',
      attempts: [
        {
          ...open,
          number: 1,
          startedAt: moment(3),
          finishedAt: moment(4),
          outcome: 'succeeded',
          exitCode: 0,
        },
      ],
      output: { files: 3 },
      ...idle,
    })
  })

  test('[J3] stepFailed closes the attempt with its error', () => {
    const run = after(began('build'), failed('build'))
    expect(step(run, 'build')).toEqual({
      status: 'failed',
      attempts: [
        {
          ...open,
          number: 1,
          startedAt: moment(3),
          finishedAt: moment(4),
          outcome: 'failed',
          exitCode: 2,
          error: { name: 'ExitCode', message: 'boom', code: null, stack: null },
        },
      ],
      output: null,
      ...idle,
    })
  })

  test('[J3] a result whose attempt was never begun is kept', () => {
    const { attempts } = step(after(succeeded('build')), 'build') ?? {}
    expect(attempts?.map(({ number, outcome }) => ({ number, outcome }))).toEqual([
      { number: 1, outcome: 'succeeded' },
    ])
  })

  test('[J4] retryScheduled lets the step wait for its next attempt', () => {
    const retry = { type: 'retryScheduled', step: 'build', attempt: 2, until: moment(60) }
    const run = after(began('build'), failed('build'), retry)
    expect(step(run, 'build')).toMatchObject({
      status: 'waiting',
      waitingOn: { kind: 'retry', until: moment(60), attempt: 2 },
    })
  })

  test('[J4] attempts are counted on over retries', () => {
    const retry = { type: 'retryScheduled', step: 'build', attempt: 2, until: moment(60) }
    const run = after(began('build'), failed('build'), retry, began('build', 2))
    expect(step(run, 'build')?.attempts.map(({ number, outcome }) => [number, outcome])).toEqual([
      [1, 'failed'],
      [2, null],
    ])
    expect(step(run, 'build')).toMatchObject({ status: 'running', ...idle })
  })

  test('[J4] stepWaiting says what the step waits for', () => {
    const waitingOn = { kind: 'gate', since: moment(3), who: 'ada' }
    const run = after({ type: 'stepWaiting', step: 'deploy', waitingOn })
    expect(step(run, 'deploy')).toMatchObject({ status: 'waiting', waitingOn })
  })

  test('[J5] stepSkipped says who skipped it', () => {
    const run = after({ type: 'stepSkipped', step: 'test', by: 'dependency', reason: null })
    expect(step(run, 'test')).toMatchObject({ status: 'skipped', skippedBy: 'dependency' })
  })

  test.each([1, null])('[J5] stepCancelled closes attempt %s', (attempt) => {
    const run = after(began('build'), {
      type: 'stepCancelled',
      step: 'build',
      attempt,
      reason: null,
    })
    expect(step(run, 'build')).toMatchObject({
      status: 'cancelled',
      attempts: [{ number: 1, outcome: 'cancelled', finishedAt: moment(4) }],
    })
  })

  test('[J5] a step that never began is cancelled without an attempt', () => {
    const run = after({ type: 'stepCancelled', step: 'test', attempt: null, reason: null })
    expect(step(run, 'test')).toMatchObject({ status: 'cancelled', attempts: [] })
  })

  test('[J6] an approved gate succeeds with the values that were given', () => {
    const run = after(gate('approved', { version: '2' }))
    expect(step(run, 'deploy')).toMatchObject({ status: 'succeeded', output: { version: '2' } })
  })

  test('[J6] a rejected gate fails', () => {
    const run = after(began('deploy'), gate('rejected', {}))
    expect(step(run, 'deploy')).toMatchObject({
      status: 'failed',
      output: null,
      attempts: [{ outcome: 'failed', error: { message: 'Rejected by ada: too late.' } }],
    })
  })

  test('[J15] a step that the run does not know is created', () => {
    const run = after(began('constructor'), succeeded('constructor', 1))
    expect(step(run, 'constructor')).toMatchObject({ status: 'succeeded', output: 1 })
    expect(step(run, 'build')?.status).toBe('pending')
  })
})

const gate = (decision: string, values: object) => ({
  type: 'gateDecided',
  step: 'deploy',
  decision,
  by: 'ada',
  values,
  reason: 'too late',
})

const decided = (decision: string, more: object = {}) =>
  after(began('deploy'), {
    type: 'decision',
    step: 'deploy',
    decision,
    by: 'ada',
    reason: 'I looked',
    ...more,
  })

describe('what was decided about a step in doubt', () => {
  test('[J9] each decision is kept in the run', () => {
    expect(decided('stop').decisions).toEqual([
      { seq: 4, at: moment(4), step: 'deploy', decision: 'stop', by: 'ada', reason: 'I looked' },
    ])
  })

  test('[J9] happened: the step succeeded with the output that was given', () => {
    expect(step(decided('happened', { output: [1] }), 'deploy')).toMatchObject({
      status: 'succeeded',
      output: [1],
      attempts: [{ number: 1, outcome: 'succeeded', finishedAt: moment(4) }],
    })
  })

  test('[J9] rerun: the step is pending again, and its attempt stays as interrupted', () => {
    expect(step(decided('rerun'), 'deploy')).toMatchObject({
      status: 'pending',
      attempts: [{ number: 1, outcome: 'cancelled', error: interrupted }],
    })
  })

  test('[J9] skip: the step is skipped by a person', () => {
    expect(step(decided('skip'), 'deploy')).toMatchObject({
      status: 'skipped',
      skippedBy: 'person',
      attempts: [{ outcome: 'cancelled' }],
    })
  })

  test.each(['stop', 'adopted'])('[J9] %s: the step stays as it is', (decision) => {
    expect(step(decided(decision), 'deploy')).toMatchObject({
      status: 'running',
      attempts: [{ number: 1, outcome: null }],
    })
  })
})

describe('the run', () => {
  test('[J7] variableSet sets a variable under any name', () => {
    const run = after(
      { type: 'variableSet', name: '__proto__', value: { a: 1 } },
      { type: 'variableSet', name: 'b', value: 2 },
    )
    expect(Object.entries(run.variables)).toEqual([
      ['__proto__', { a: 1 }],
      ['b', 2],
    ])
  })

  test('[B1] variablesChanged removes variables and sets others, in one record', () => {
    const run = after(
      { type: 'variableSet', name: 'a', value: 1 },
      { type: 'variableSet', name: 'b', value: 2 },
      {
        type: 'variablesChanged',
        set: [
          { name: '__proto__', value: { a: 1 } },
          { name: 'b', value: 3 },
        ],
        removed: ['a', 'never'],
        by: 'ada',
      },
    )
    expect(Object.entries(run.variables)).toEqual([
      ['b', 3],
      ['__proto__', { a: 1 }],
    ])
  })

  test('[J8] a checkpoint is kept with the record that made it', () => {
    expect(after(checkpoint('c1', 'build')).checkpoints).toEqual([
      {
        id: 'c1',
        parent: null,
        seq: 3,
        name: 'c1',
        trigger: 'step',
        step: 'build',
        progress: 0.25,
        at: moment(3),
      },
    ])
  })

  test.each([
    [{ type: 'runCompleted' }, 'completed', null],
    [{ type: 'runCancelled', by: 'ada', reason: null }, 'cancelled', null],
    [
      { type: 'runFailed', error: { name: 'E', message: 'm', code: null, stack: null } },
      'failed',
      { name: 'E', message: 'm', code: null, stack: null },
    ],
  ])('[J10] %o ends the run', (record, status, error) => {
    expect(after(record)).toMatchObject({ status, error, finishedAt: moment(3) })
  })

  test('[J10] a paused run has no end', () => {
    const run = after({ type: 'runPaused', by: 'ada', reason: null })
    expect(run).toMatchObject({ status: 'paused', finishedAt: null })
  })

  test('[J11] runResumed takes back the end and resets the steps that are named', () => {
    const run = after(
      began('build'),
      failed('build'),
      { type: 'stepSkipped', step: 'test', by: 'dependency', reason: null },
      { type: 'runFailed', error: { name: 'E', message: 'm', code: null, stack: null } },
      { type: 'runResumed', by: 'ada', reason: null, reset: ['build', 'test'] },
    )
    expect(run).toMatchObject({ status: 'running', error: null, finishedAt: null })
    expect(step(run, 'build')).toMatchObject({
      status: 'pending',
      attempts: [{ number: 1, outcome: 'failed' }],
    })
    expect(step(run, 'test')).toMatchObject({ status: 'pending', skippedBy: null })
  })

  test('[J11] a step that was running when it is reset was interrupted', () => {
    const run = after(began('build'), {
      type: 'runResumed',
      by: 'ada',
      reason: null,
      reset: ['build'],
    })
    expect(step(run, 'build')?.attempts).toMatchObject([
      { outcome: 'cancelled', error: interrupted },
    ])
  })

  test('[J11] runResumed replaces inputs and definition, and adds steps that are new', () => {
    const { workflow } = sample.sampleRun()
    const steps = { ...sample.definition.steps, announce: { run: 'tell' } }
    const definition = { ...workflow, definition: { ...sample.definition, steps } }
    const run = after(succeeded('build'), {
      type: 'runResumed',
      by: 'ada',
      reason: null,
      reset: [],
      inputs: { target: 'production' },
      definition,
    })
    expect(run.inputs).toEqual({ target: 'production' })
    expect(run.workflow).toEqual(definition)
    expect(Object.entries(run.steps).map(([id, { status }]) => [id, status])).toEqual([
      ['build', 'succeeded'],
      ['test', 'pending'],
      ['deploy', 'pending'],
      ['notify', 'pending'],
      ['announce', 'pending'],
    ])
  })

  test('[J12] annotated replaces the annotations', () => {
    const annotations = { colour: 'red', note: 'look', pinned: true, tags: ['a'] }
    expect(after({ type: 'annotated', annotations, by: 'ada' }).annotations).toEqual(annotations)
  })

  test('[J12] edited patches the run, whose id stays', () => {
    const run = after(
      edited(
        { op: 'replace', path: '/variables', value: { rows: 3 } },
        { op: 'replace', path: '/steps/build/status', value: 'succeeded' },
        { op: 'replace', path: '/id', value: 'other' },
        { op: 'add', path: '/mark', value: [1] },
      ),
    )
    expect(run).toMatchObject({
      id: sample.sampleRun().id,
      variables: { rows: 3 },
      mark: [1],
      journal: { seq: 3, sum: 'sum-3' },
    })
    expect(step(run, 'build')?.status).toBe('succeeded')
  })

  test.each([
    [{ op: 'remove', path: '/nothing' }],
    [{ op: 'remove', path: '/steps' }],
    [{ op: 'replace', path: '/status', value: 'asleep' }],
    [{ op: 'replace', path: '', value: 3 }],
    [{ op: 'add', path: '/steps/__proto__', value: 3 }],
  ])('[J12] an edit that makes no run of it is passed over: %o', (operation) => {
    const run = after(edited({ op: 'add', path: '/mark', value: 1 }, operation))
    expect({ ...run, updatedAt: '', journal: null }).toEqual({
      ...after(),
      updatedAt: '',
      journal: null,
    })
  })
})

const edited = (...patch: readonly object[]) => ({ type: 'edited', patch, by: 'ada', reason: null })

describe('the envelope', () => {
  test('[J14] every record moves updatedAt and the journal', () => {
    const run = after({ type: 'variableSet', name: 'a', value: 1 })
    expect([run.updatedAt, run.journal]).toEqual([moment(3), { seq: 3, sum: 'sum-3' }])
  })

  test('[J14] a record of an unknown type moves the journal only', () => {
    const run = after({ type: 'teleported', to: 'mars' })
    expect(run).toEqual({ ...after(), journal: { seq: 3, sum: 'sum-3' } })
  })

  test.each([
    [{ type: 'migrated', from: 2, to: 3, source: 'old.json', backup: null, by: 'ada' }],
    [{ type: 'thinned', dropped: [{ fromSeq: 1, toSeq: 2, sumBefore: '' }] }],
  ])('[J13] a record about the files moves the journal only: %o', (record) => {
    expect(after(record)).toEqual({ ...after(), journal: { seq: 3, sum: 'sum-3' } })
  })

  test('[J13] repaired changes no step', () => {
    const repaired = {
      type: 'repaired',
      source: 'journal',
      backup: null,
      dropped: null,
      by: 'ada',
      reason: null,
    }
    const run = after(began('build'), repaired)
    expect(run.steps).toEqual(after(began('build')).steps)
  })

  test('[J31] what is handed in stays as it is', () => {
    const items = deepFreeze(journalOf(born(), started, began('build'), checkpoint('c')))
    const from = deepFreeze(replay(items.slice(0, 2)))
    const text = JSON.stringify(from)
    expect(replay(items, { from })).toEqual(replay(items))
    expect(JSON.stringify(from)).toBe(text)
  })
})

describe('waiting', () => {
  const wait = { type: 'stepWaiting', step: 'notify', waitingOn: { kind: 'run', run: 'other' } }

  test('[J16] a run in which something waits and nothing runs is waiting', () => {
    expect(after(began('build'), wait).status).toBe('running')
    expect(after(began('build'), wait, succeeded('build')).status).toBe('waiting')
    expect(after(began('build'), wait, succeeded('build'), began('test')).status).toBe('running')
  })

  test('[J16] a run at rest stays what it is when a step ends late', () => {
    const paused = { type: 'runPaused', by: 'ada', reason: null }
    expect(after(began('build'), paused, succeeded('build')).status).toBe('paused')
  })
})
