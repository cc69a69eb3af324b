import { describe, expect, test } from 'vitest'
import type { StepTrace } from '../../../../../shared/core/resume/resumePlan.ts'
import { at, makeAttempt, makeRun, makeStep, step } from '../resume/makeRun.ts'
import { calm, holder, told } from './makeFacts.ts'

const process = { pid: 77, startTime: '5', processGroup: 77 }
const attempts = [makeAttempt(1, { startedAt: at(25), process })]
const charging = makeRun({ steps: { charge: makeStep('running', { attempts }) } })
const untold = makeRun({ steps: { charge: makeStep('running', { tries: 0 }) } })
const alone = { run: charging, liveness: 'interrupted' } as const
const stepRules = ['G6', 'G7', 'G8', 'G9'] as const

describe('a step that ran while its process ended', () => {
  test('[G6] of one that is in doubt nothing else is told, whatever trace it left', () => {
    const traces = { charge: { kind: 'finished', exitCode: 0 } } as const
    const given = { ...alone, traces, inDoubt: [step('charge')] }
    expect(told(given, ...stepRules)).toEqual([
      'G6 stuck @charge: charge began 5 min ago and its result is unknown: it may already have had its effect.',
      '  Step: charge',
      '  Attempt: 1',
      '  Began: 2026-01-02T00:25:00.000Z',
      '  Process: 77',
      '  Log: logs/shop-20260102t000000z-abcd/charge.1.log',
      '  resume: Say what happened to charge | charge',
      '  log charge.1',
    ])
    expect(told({ ...given, run: untold }, ...stepRules)).toEqual([
      'G6 stuck @charge: charge had begun and its result is unknown: it may already have had its effect.',
      '  Step: charge',
      '  resume: Say what happened to charge | charge',
    ])
  })

  test('[G6] [G7] only a run that was interrupted has such steps', () => {
    const traces = { charge: { kind: 'finished', exitCode: 0 } } as const
    for (const liveness of ['alive', 'unknown', 'none'] as const) {
      expect(told({ run: charging, liveness, traces }, ...stepRules)).toEqual([])
      expect(told({ run: charging, liveness, inDoubt: [step('charge')] }, ...stepRules)).toEqual([])
    }
  })

  test('[G7] [G8] [G9] [G52] its trace says how it is, and its log proves it', () => {
    expect(traced({ kind: 'finished', exitCode: 3 })).toEqual([
      'G7 stuck @charge: charge has finished (exit code 3), but nobody recorded it.',
      '  Step: charge',
      '  Attempt: 1',
      '  Began: 2026-01-02T00:25:00.000Z',
      '  Process: 77',
      '  Log: logs/shop-20260102t000000z-abcd/charge.1.log',
      '  resume: Resume with its result | charge',
      '  log charge.1',
    ])
    expect(traced({ kind: 'finished', exitCode: null }, untold)).toEqual([
      'G7 stuck @charge: charge has finished (ended by a signal), but nobody recorded it.',
      '  Step: charge',
      '  resume: Resume with its result | charge',
    ])
    expect(traced({ kind: 'alive', pid: 78 })).toEqual([
      'G8 stuck @charge: charge still runs as process 78, but nobody waits for its result.',
      '  Step: charge',
      '  Attempt: 1',
      '  Began: 2026-01-02T00:25:00.000Z',
      '  Process: 77',
      '  Log: logs/shop-20260102t000000z-abcd/charge.1.log',
      '  resume: Resume and wait for charge | charge',
      '  log charge.1',
    ])
    expect(traced({ kind: 'neverBegan' })).toEqual([
      'G9 stuck @charge: charge was about to start when its process ended: nothing of it happened.',
      '  Step: charge',
      '  Attempt: 1',
      '  Began: 2026-01-02T00:25:00.000Z',
      '  Process: 77',
      '  Log: logs/shop-20260102t000000z-abcd/charge.1.log',
      '  resume: Resume and run charge | charge',
      '  log charge.1',
    ])
    expect(traced({ kind: 'gone' })).toEqual([])
  })
})

describe('a run whose process is gone, or may be', () => {
  test('[G10] what waits for a time is due by itself, and due now at that very moment', () => {
    const due = (run: ReturnType<typeof waits>) => told({ run, liveness: 'interrupted' }, 'G10')
    expect(due(waits(at(40)))).toEqual([
      'G10 stuck @build: build waits and nobody will wake it. It is due in 10 min.',
      '  Step: build',
      '  Attempt: 1',
      '  Began: 2026-01-02T00:01:00.000Z',
      '  Log: logs/shop-20260102t000000z-abcd/build.1.log',
      '  Due: 2026-01-02T00:40:00.000Z',
      '  resume: Resume build | build',
      '  log build.1',
    ])
    expect(due(waits(at(30)))[0]).toEqual(
      'G10 stuck @build: build waits and nobody will wake it. It has been due for 0 s.',
    )
    expect(due(waits(at(20), 'retry'))[0]).toEqual(
      'G10 stuck @build: build waits and nobody will wake it. Its attempt 2 has been due for 10 min.',
    )
    for (const liveness of ['alive', 'unknown', 'none'] as const)
      expect(told({ run: waits(at(20)), liveness }, 'G10')).toEqual([])
    const gate = { kind: 'gate', since: at(1), who: null } as const
    const asked = makeRun({ steps: { build: makeStep('waiting', { waitingOn: gate }) } })
    expect(due(asked)).toEqual([])
    expect(due(makeRun({ steps: { build: makeStep('waiting') } }))).toEqual([])
  })

  test('[G11] which process it was, and what the disk says of the run', () => {
    expect(told({ liveness: 'interrupted', holder }, 'G11')).toEqual([
      'G11 stuck: Process 4242 on mill is gone. Last change 20 min ago; nothing moves until it is resumed.',
      '  Last change: 2026-01-02T00:10:00.000Z',
      '  Status on disk: running',
      '  Process: 4242',
      '  Host: mill',
      '  Held since: 2026-01-02T00:01:00.000Z',
      '  Purpose: run',
      '  resume: Plan a resume',
    ])
    expect(told({ liveness: 'interrupted' }, 'G11')).toEqual([
      'G11 stuck: The process that ran it is gone. Last change 20 min ago; nothing moves until it is resumed.',
      '  Last change: 2026-01-02T00:10:00.000Z',
      '  Status on disk: running',
      '  resume: Plan a resume',
    ])
    expect(told({ liveness: 'interrupted', run: null }, 'G11')).toEqual([])
    expect(told({ liveness: 'interrupted', around: calm }, 'G11')).toHaveLength(4)
  })

  test('[G11] [G46] the process that let go of an open run says better why it is gone', () => {
    const around = { ...calm, carryProblem: 'The disk is full.' }
    expect(told({ liveness: 'interrupted', around }, 'G11')).toEqual([])
    const session = makeRun({ kind: 'session' })
    expect(told({ liveness: 'interrupted', around, run: session }, 'G11')).toHaveLength(4)
  })

  test('[G12] [G13] of whom nothing is proved, with the lock that it left or without', () => {
    const unknown = { liveness: 'unknown' } as const
    expect(told({ ...unknown, holder }, 'G12', 'G13')).toEqual([
      'G12 attention: Held for 29 min by process 4242 on mill: from here nobody can tell whether that lives.',
      '  Process: 4242',
      '  Host: mill',
      '  Held since: 2026-01-02T00:01:00.000Z',
      '  Purpose: run',
      '  breakLock: Break its lock…',
    ])
    expect(told({ ...unknown }, 'G12', 'G13')).toEqual([
      'G13 attention: Said to be running; last change 20 min ago. No process proves it.',
      '  wait: Look for its process',
    ])
    expect(told({ ...unknown, run: makeRun({ status: 'waiting' }) }, 'G12', 'G13')).toEqual([
      'G13 attention: Said to be waiting; last change 20 min ago. No process proves it.',
      '  wait: Look for its process',
    ])
    expect(told({ ...unknown, run: makeRun({ status: 'pending' }) }, 'G12', 'G13')).toEqual([])
    expect(told({ ...unknown, run: null }, 'G12', 'G13')).toEqual([])
    expect(told({ liveness: 'alive', holder }, 'G12', 'G13')).toEqual([])
    expect(told({ liveness: 'none' }, 'G12', 'G13')).toEqual([])
  })
})

function traced(charge: StepTrace, run = charging) {
  return told({ ...alone, run, traces: { charge } }, ...stepRules)
}

function waits(until: string, kind: 'retry' | 'time' = 'time') {
  const waitingOn = kind === 'time' ? { kind, until } : { kind, until, attempt: 2 }
  return makeRun({ status: 'waiting', steps: { build: makeStep('waiting', { waitingOn }) } })
}
