import { describe, expect, test } from 'vitest'
import { replay } from '../../../../../shared/core/run/replay.ts'
import type { Run } from '../../../../../shared/schema/run.ts'
import { journalOf, moment, sampleRun } from './sampleRun.ts'

const items = (...all: readonly number[]) => ({
  type: 'stepWaiting',
  step: 'build',
  waitingOn: { kind: 'items', total: all.length },
  items: all,
})
const succeeded = (step: string) => ({
  type: 'stepSucceeded',
  step,
  attempt: 1,
  output: 1,
  exitCode: 0,
})
const failed = (step: string) => {
  const error = { name: 'ExitCode', message: 'it broke', code: '1', stack: null }
  return { type: 'stepFailed', step, attempt: 1, error, exitCode: 1 }
}

function after(...bodies: readonly object[]): Run {
  const run = replay(journalOf({ type: 'runCreated', run: sampleRun() }, ...bodies))
  if (run === null) throw new Error('There is no run.')
  return run
}

function itemsOf(run: Run): object {
  return Object.fromEntries(
    Object.entries(run.steps).flatMap(([step, { status, item }]) =>
      step.includes('[') ? [[step, [status, item]]] : [],
    ),
  )
}

describe('the items of a step', () => {
  test('[J36] are pending steps, each with what it is about', () => {
    const run = after(items(7, 8))
    expect(run.steps['build' as never]).toMatchObject({ status: 'waiting' })
    expect(itemsOf(run)).toEqual({ 'build[0]': ['pending', 7], 'build[1]': ['pending', 8] })
  })

  test('[J36] that had succeeded stay where they are about the same, and those beyond the list go', () => {
    const run = after(
      items(1, 2, 3),
      succeeded('build[0]'),
      succeeded('build[1]'),
      failed('build[2]'),
      items(1, 5),
    )
    expect(itemsOf(run)).toEqual({ 'build[0]': ['succeeded', 1], 'build[1]': ['pending', 5] })
  })

  test('[J37] that failed go with their step when it is reset', () => {
    const definition = { ...sampleRun().workflow }
    const steps = { ...definition.definition?.steps, build: { run: 'make', forEach: [1, 2] } }
    const workflow = { ...definition, definition: { ...definition.definition, steps } }
    const run = after(
      { type: 'runCreated', run: { ...sampleRun(), workflow } },
      items(1, 2),
      succeeded('build[0]'),
      failed('build[1]'),
      failed('build'),
      { type: 'runResumed', by: 'ada', reason: null, reset: ['build'] },
    )
    expect(itemsOf(run)).toEqual({ 'build[0]': ['succeeded', 1], 'build[1]': ['pending', 2] })
  })
})

describe('a wait without an attempt of its own', () => {
  const since = moment(1)

  test('[J38] a gate that is decided has one, from when it began to wait, with why it was rejected', () => {
    const run = after(
      { type: 'stepWaiting', step: 'build', waitingOn: { kind: 'gate', since, who: null } },
      {
        type: 'gateDecided',
        step: 'build',
        decision: 'rejected',
        by: 'ada',
        values: {},
        reason: 'no',
      },
    )
    expect(run.steps['build' as never]).toMatchObject({
      status: 'failed',
      attempts: [
        {
          number: 1,
          startedAt: since,
          finishedAt: moment(3),
          outcome: 'failed',
          error: { name: 'GateRejected', message: 'Rejected by ada: no.' },
        },
      ],
    })
  })

  test('[J38] any other has one from when it began until it ended', () => {
    const run = after(
      { type: 'stepWaiting', step: 'build', waitingOn: { kind: 'time', until: moment(2), since } },
      succeeded('build'),
    )
    expect(run.steps['build' as never]).toMatchObject({
      status: 'succeeded',
      attempts: [{ number: 1, startedAt: since, finishedAt: moment(3), outcome: 'succeeded' }],
    })
  })
})
