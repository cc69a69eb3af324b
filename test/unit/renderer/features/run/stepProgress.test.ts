import { expect, test } from 'vitest'
import { groupSteps } from '../../../../../renderer/features/run/groupSteps.ts'
import { stepProgress } from '../../../../../renderer/features/run/stepProgress.ts'
import { waitingGates } from '../../../../../renderer/features/run/waitingGates.ts'
import { StepView } from '../../../../../shared/contract/runs.ts'
import { step as sample } from '../../state/samples.ts'

const at = '2026-01-02T03:04:05.000Z'
const nowMs = Date.parse(at) + 12_000

function view(change: object): StepView {
  return StepView.parse({ ...sample('load'), ...change })
}

function attempt(number: number) {
  const open = { finishedAt: null, outcome: null, error: null, exitCode: null, process: null }
  return { number, startedAt: at, ...open }
}

function waiting(waitingOn: object, more: object = {}): StepView {
  return view({ status: 'waiting', waitingOn, ...more })
}

test('[L23] a running step says how long, and which attempt of how many', () => {
  const running = { status: 'running', attempts: [attempt(2)], attemptsAllowed: 3 }
  expect(stepProgress(view(running), nowMs)).toBe('attempt 2 of 3, for 12 s')
  const once = { status: 'running', attempts: [attempt(1)], attemptsAllowed: 1 }
  expect(stepProgress(view(once), nowMs)).toBe('for 12 s')
})

test('[L23] a waiting step says for what and until when', () => {
  const until = new Date(nowMs + 20_000).toISOString()
  const words = [
    waiting({ kind: 'retry', until, attempt: 2 }, { attemptsAllowed: 5 }),
    waiting({ kind: 'time', until }),
    waiting({ kind: 'time', until: at }),
    waiting({ kind: 'gate', since: at, who: 'the team' }),
    waiting({ kind: 'run', run: 'child-1' }),
    waiting({ kind: 'items', total: 4 }, { items: { succeeded: 1, failed: 1, running: 2 } }),
  ].map((step) => stepProgress(step, nowMs))
  expect(words).toEqual([
    'attempt 2 of 5 in 20 s',
    'in 20 s',
    'due now',
    'for the team',
    'for child-1',
    '1 of 4 done, 1 failed, 2 running',
  ])
})

test('[L24] of a run that nobody carries nothing is said to go on', () => {
  const until = new Date(nowMs + 20_000).toISOString()
  expect(stepProgress(view({ status: 'running', attempts: [attempt(1)] }), null)).toBeNull()
  expect(stepProgress(waiting({ kind: 'time', until }), null)).toBe('once it is resumed')
  const doubt = view({ status: 'running', attempts: [attempt(1)], inDoubt: true })
  expect(stepProgress(doubt, nowMs)).toBeNull()
})

test('[L25] items stand below their step, and one whose step was not read for itself', () => {
  const groups = groupSteps(['a', 'b', 'a[0]', 'a[1]', 'z[3]'].map((id) => view({ id })))
  expect(groups.map(({ step, items }) => [step.id, items.map(({ id }) => id)])).toEqual([
    ['a', ['a[0]', 'a[1]']],
    ['b', []],
    ['z[3]', []],
  ])
})

test('[L26] only a gate that still waits asks for a decision', () => {
  const on = { kind: 'gate', since: at, who: null }
  const steps = [
    waiting(on),
    view({ status: 'cancelled', waitingOn: on }),
    waiting({ ...on, kind: 'run', run: 'r' }),
  ]
  expect(waitingGates(steps).map(({ step }) => step.status)).toEqual(['waiting'])
})
