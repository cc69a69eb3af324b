import { expect, test } from 'vitest'
import {
  statusOfFacts,
  type StepFacts,
} from '../../../../../../shared/core/formats/unknown/statusOfFacts.ts'
import { at, makeStep } from '../../resume/makeRun.ts'

type Facts = Parameters<typeof statusOfFacts>[0]

function stepsOf(...words: readonly StepFacts['state']['status'][]): readonly StepFacts[] {
  return words.map((status, index) => ({
    id: `s${index}`,
    name: `step ${index}`,
    state: makeStep(status),
    isTold: true,
    word: null,
    startedAt: null,
    finishedAt: null,
    error: null,
  }))
}

const nothing: Facts = { steps: [], next: null, started: null, finished: null, error: null }
const [start, end] = [at(1), at(2)]

test.each<[string, Partial<Facts>, string | null]>([
  [
    'a failed step before all',
    { steps: stepsOf('running', 'failed'), next: [] },
    'failed: the step step 1 failed',
  ],
  [
    'a running step before what comes next',
    { steps: stepsOf('pending', 'running'), next: ['a'] },
    'running: the step step 1 is said to be running',
  ],
  ['nothing next', { steps: stepsOf('waiting'), next: [] }, 'completed: nothing comes next'],
  ['what comes next', { steps: stepsOf('waiting'), next: ['a', 'b'] }, 'paused: a, b comes next'],
  [
    'a waiting step',
    { steps: stepsOf('succeeded', 'waiting', 'cancelled') },
    'waiting: the step step 1 waits',
  ],
  [
    'only steps that are done',
    { steps: stepsOf('succeeded', 'skipped') },
    'completed: all of its steps are done',
  ],
  [
    'a cancelled step',
    { steps: stepsOf('succeeded', 'cancelled', 'pending') },
    'cancelled: a step was cancelled',
  ],
  [
    'some steps that are done',
    { steps: stepsOf('pending', 'skipped') },
    'running: some of its steps are done',
  ],
  [
    'steps that did not begin',
    { steps: stepsOf('pending', 'pending'), finished: end },
    'pending: none of its steps has begun',
  ],
  ['an end', { started: start, finished: end }, 'completed: it has a time of its end'],
  [
    'an end with an error',
    { finished: end, error: 'boom' },
    'failed: it has an error and a time of its end',
  ],
  ['a beginning', { started: start }, 'running: it has begun and has no end'],
  ['a beginning with an error', { started: start, error: 'boom' }, null],
  ['nothing', {}, null],
])('[F321] the status that %s shows', (_, facts, expected) => {
  const found = statusOfFacts({ ...nothing, ...facts })
  expect(found === null ? null : `${found.status}: ${found.why}`).toBe(expected)
})
