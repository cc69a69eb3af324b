import { describe, expect, test } from 'vitest'
import type { ChildReason } from '../../../../../shared/core/diagnose/diagnoseFacts.ts'
import type { RunError, StepState } from '../../../../../shared/schema/run.ts'
import { at, makeAttempt, makeDefinition, makeRun, makeStep } from '../resume/makeRun.ts'
import { calm, holder, told } from './makeFacts.ts'

type On = NonNullable<StepState['waitingOn']>

function waiting(waitingOn: On, given: Partial<StepState> = {}) {
  return makeRun({
    status: 'waiting',
    steps: { build: makeStep('waiting', { waitingOn, ...given }) },
  })
}

const carried = { liveness: 'alive', holder } as const
const error: RunError = {
  name: 'Refused',
  message: 'Step build: no answer',
  code: null,
  stack: null,
}
const definition = makeDefinition({ build: { retry: { attempts: 3 }, timeout: '5m' } })
const threefold = { ...makeRun().workflow, definition }

describe('a step that waits', () => {
  test('[G17] for an approval: since when, and whose', () => {
    expect(askedPerson('ada')).toEqual([
      'G17 attention @build: build has waited 20 min for an approval by ada.',
      '  Since: 2026-01-02T00:10:00.000Z',
      '  Who: ada',
      '  decide: Decide about build | build',
    ])
    expect(askedPerson(null)).toEqual([
      'G17 attention @build: build has waited 20 min for an approval.',
      '  Since: 2026-01-02T00:10:00.000Z',
      '  decide: Decide about build | build',
    ])
  })

  test('[G17] [B43] for what its program asks: the question, and who hands the answer on', () => {
    expect(askedProgram('Which branch?')).toEqual([
      'G17 attention @build: build has waited 20 min for an answer to “Which branch?”. Its program hands it on.',
      '  Since: 2026-01-02T00:10:00.000Z',
      '  Asked: Which branch?',
      '  resume: Show how its program goes on | build',
    ])
    expect(askedProgram(null)).toEqual([
      'G17 attention @build: build has waited 20 min for an answer. Its program hands it on.',
      '  Since: 2026-01-02T00:10:00.000Z',
      '  resume: Show how its program goes on | build',
    ])
    expect(askedProgram()).toEqual(askedProgram(null))
  })

  test('[G18] [G19] a minute is given to a process that is due; then it is said to be late', () => {
    expect(due('2026-01-02T00:28:59.999Z', 'retry')).toEqual([
      'G18 attention @build: build has been due for 60 s, and its process does not start it.',
      '  Due: 2026-01-02T00:28:59.999Z',
      '  Process: 4242',
      '  Host: mill',
      '  Held since: 2026-01-02T00:01:00.000Z',
      '  Purpose: run',
      '  retryNow: Retry now | build',
    ])
    expect(due('2026-01-02T00:28:59.999Z', 'time')).toEqual([
      'G18 attention @build: build has been due for 60 s, and its process does not start it.',
      '  Due: 2026-01-02T00:28:59.999Z',
      '  Process: 4242',
      '  Host: mill',
      '  Held since: 2026-01-02T00:01:00.000Z',
      '  Purpose: run',
      '  wait: Wait for it',
    ])
    expect(due(at(29), 'time')).toEqual([
      'G19 moving @build: build waits for its time, due now.',
      '  Due: 2026-01-02T00:29:00.000Z',
      '  wait: Wait for it',
    ])
    expect(due(at(29), 'retry')).toEqual([
      'G19 moving @build: build waits for attempt 2, due now.',
      '  Due: 2026-01-02T00:29:00.000Z',
      '  retryNow: Retry now | build',
    ])
    expect(due(at(30), 'retry')[0]).toEqual(
      'G19 moving @build: build waits for attempt 2, due now.',
    )
    expect(due('2026-01-02T00:30:05.000Z', 'time')[0]).toEqual(
      'G19 moving @build: build waits for its time, due in 5 s.',
    )
  })

  test('[G18] [G19] [G56] of a holder of whom nothing is proved nothing can be asked', () => {
    const unknown = { liveness: 'unknown', holder } as const
    expect(told({ run: retryingAt(at(20)), ...unknown }, 'G18', 'G19')).toEqual([
      'G18 attention @build: build has been due for 10 min, and its process does not start it.',
      '  Due: 2026-01-02T00:20:00.000Z',
      '  Process: 4242',
      '  Host: mill',
      '  Held since: 2026-01-02T00:01:00.000Z',
      '  Purpose: run',
      '  wait: Wait for it',
    ])
    expect(told({ run: retryingAt(at(40)), ...unknown }, 'G18', 'G19')).toEqual([
      'G19 attention @build: build waits for attempt 2, due in 10 min.',
      '  Due: 2026-01-02T00:40:00.000Z',
      '  wait: Wait for it',
    ])
    for (const liveness of ['none', 'interrupted'] as const)
      expect(told({ run: retryingAt(at(40)), liveness }, 'G18', 'G19')).toEqual([])
  })

  test('[G19] [G52] for its next attempt: the error of the last one, and its log', () => {
    const on = { kind: 'retry', until: at(40), attempt: 2 } as const
    const attempts = [makeAttempt(1, { outcome: 'failed', error })]
    const run = { ...waiting(on, { attempts }), workflow: threefold }
    expect(told({ run, ...carried }, 'G19')).toEqual([
      'G19 moving @build: build waits for attempt 2 of 3, due in 10 min. Last error: no answer',
      '  Due: 2026-01-02T00:40:00.000Z',
      '  Last error: no answer',
      '  retryNow: Retry now | build',
      '  log build.1',
    ])
  })

  test('[G19] of a run without a definition nobody knows how often it may be tried', () => {
    const on = { kind: 'retry', until: at(40), attempt: 2 } as const
    const loose = { ...threefold, definition: null }
    const run = { ...waiting(on, { attempts: [] }), workflow: loose }
    expect(told({ run, ...carried }, 'G19')).toEqual([
      'G19 moving @build: build waits for attempt 2, due in 10 min.',
      '  Due: 2026-01-02T00:40:00.000Z',
      '  retryNow: Retry now | build',
    ])
  })

  test('[G20] [G48] for another run: what that says of itself, unless it is stuck', () => {
    const run = waiting({ kind: 'run', run: 'other' })
    const child = (severity: ChildReason['severity'], name = 'other') => {
      const build = { run: name, rule: 'G25', severity, sentence: 'It says so.' }
      return told({ run, ...carried, children: { build } }, 'G20', 'G48')
    }
    expect(told({ run, ...carried }, 'G20', 'G48')).toEqual([
      'G20 attention @build: build waits for the run other.',
      '  Run: other',
      '  openRun: Open that run | other',
    ])
    expect(told({ run, ...carried, children: {} }, 'G20', 'G48')).toHaveLength(3)
    expect(child('moving')).toEqual([
      'G20 moving @build: build waits for the run other.',
      '  Run: other',
      '  It says: It says so.',
      '  openRun: Open that run | other',
    ])
    expect(child('resting')).toEqual([
      'G20 attention @build: build waits for the run other.',
      '  Run: other',
      '  It says: It says so.',
      '  openRun: Open that run | other',
    ])
    expect(child('attention')).toEqual([
      'G48 attention @build: build waits for the run other: It says so.',
      '  Its reason: G25 It says so.',
      '  Run: other',
      '  openRun: Open that run | other',
    ])
    expect(child('stuck', 'the last')).toEqual([
      'G48 attention @build: build waits for the run the last: It says so.',
      '  Its reason: G25 It says so.',
      '  Run: the last',
      '  Through: other',
      '  openRun: Open that run | the last',
    ])
  })
})

describe('a run that a process carries', () => {
  const rules = ['G25', 'G26', 'G27'] as const
  test('[G25] a step that runs: since when, which attempt, and what is usual', () => {
    const process = { pid: 77, startTime: '5', processGroup: 77 }
    const attempts = [makeAttempt(2, { startedAt: at(25), process })]
    const around = { ...calm, usual: { build: { medianMs: 400, p95Ms: 60_000, runs: 4 } } }
    expect(told({ run: running({ attempts }), ...carried, around }, ...rules)).toEqual([
      'G25 moving @build: build has run for 5 min (attempt 2 of 3).',
      '  Began: 2026-01-02T00:25:00.000Z',
      '  Attempt: 2',
      '  Usually: 400 ms, nearly always at most 60 s (4 earlier runs)',
      '  Process: 77',
      '  Time limit: 5m',
      '  none: Nothing to do',
      'G27 moving: Carried by process 4242 on mill for 29 min.',
      '  Process: 4242',
      '  Host: mill',
      '  Held since: 2026-01-02T00:01:00.000Z',
      '  Purpose: run',
      '  none: Nothing to do',
    ])
    const again = [makeAttempt(5, { startedAt: at(25) })]
    expect(told({ run: running({ attempts: again }), ...carried }, 'G25')).toEqual([
      'G25 moving @build: build has run for 5 min (attempt 5 of 5).',
      '  Began: 2026-01-02T00:25:00.000Z',
      '  Attempt: 5',
      '  Time limit: 5m',
      '  none: Nothing to do',
    ])
    expect(told({ run: running({ tries: 1 }), ...carried }, 'G25')[0]).toEqual(
      'G25 moving @build: build has run for 29 min.',
    )
    expect(told({ run: running({ tries: 0 }), ...carried }, 'G25')).toEqual([
      'G25 moving @build: build runs.',
      '  Time limit: 5m',
      '  none: Nothing to do',
    ])
    const loose = makeRun({
      workflow: { ...threefold, definition: null },
      steps: { build: makeStep('running', { tries: 2 }) },
    })
    expect(told({ run: loose, ...carried }, 'G25')).toEqual([
      'G25 moving @build: build has run for 28 min (attempt 2 of 2).',
      '  Began: 2026-01-02T00:02:00.000Z',
      '  Attempt: 2',
      '  none: Nothing to do',
    ])
  })

  test('[G26] nothing runs or waits: about to start, or between two steps', () => {
    expect(told({ ...carried }, ...rules)).toEqual([
      'G26 moving: Between two steps. Last change 20 min ago.',
      '  Last change: 2026-01-02T00:10:00.000Z',
      '  none: Nothing to do',
      'G27 moving: Carried by process 4242 on mill for 29 min.',
      '  Process: 4242',
      '  Host: mill',
      '  Held since: 2026-01-02T00:01:00.000Z',
      '  Purpose: run',
      '  none: Nothing to do',
    ])
    expect(told({ run: makeRun({ status: 'pending' }), ...carried }, 'G26')).toEqual([
      'G26 moving: About to start: a process has taken it.',
      '  Last change: 2026-01-02T00:10:00.000Z',
      '  none: Nothing to do',
    ])
    expect(told({ run: waiting({ kind: 'time', until: at(40) }), ...carried }, 'G26')).toEqual([])
  })

  test('[G25] [G26] [G27] without a process nothing is at anything', () => {
    for (const liveness of ['none', 'unknown', 'interrupted'] as const) {
      expect(told({ run: running({}), liveness, holder }, ...rules)).toEqual([])
      expect(told({ liveness, holder }, ...rules)).toEqual([])
    }
    expect(told({ run: null, ...carried }, ...rules)).toEqual([])
    expect(told({ liveness: 'alive' }, 'G27')).toEqual([])
  })

  test('[G27] the process that looks says that it is the one', () => {
    expect(told({ ...carried, heldHere: true }, 'G27')).toEqual([
      'G27 moving: Carried by this very application for 29 min.',
      '  Process: 4242',
      '  Host: mill',
      '  Held since: 2026-01-02T00:01:00.000Z',
      '  Purpose: run',
      '  none: Nothing to do',
    ])
  })
})

function askedPerson(who: string | null) {
  return told({ run: waiting({ kind: 'gate', since: at(10), who }), ...carried }, 'G17')
}

function askedProgram(message?: string | null) {
  const on = { kind: 'gate', since: at(10), who: null, answeredBy: 'program' } as const
  return told({ run: waiting(message === undefined ? on : { ...on, message }) }, 'G17')
}

function due(until: string, kind: 'retry' | 'time') {
  const run = waiting(kind === 'time' ? { kind, until } : { kind, until, attempt: 2 })
  return told({ run, ...carried }, 'G18', 'G19')
}

function retryingAt(until: string) {
  return waiting({ kind: 'retry', until, attempt: 2 })
}

function running(given: Parameters<typeof makeStep>[1]) {
  return makeRun({ workflow: threefold, steps: { build: makeStep('running', given) } })
}
