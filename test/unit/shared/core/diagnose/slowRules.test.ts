import { describe, expect, test } from 'vitest'
import { at, makeAttempt, makeRun, makeStep } from '../resume/makeRun.ts'
import { calm, holder, told } from './makeFacts.ts'

const process = { pid: 77, startTime: '5', processGroup: 77 }
const attempts = [makeAttempt(1, { startedAt: at(20), process })]
const building = makeRun({ steps: { build: makeStep('running', { attempts }) } })
const untold = makeRun({ steps: { build: makeStep('running', { tries: 0 }) } })
const carried = { run: building, liveness: 'alive', holder } as const
/** It has run for ten minutes. */
const usually = (p95Ms: number, medianMs = 60_000) => ({
  ...calm,
  lastOutput: { build: at(29) },
  usual: { build: { medianMs, p95Ms, runs: 4 } },
})

describe('a step that takes longer than usual', () => {
  test('[G40] [G52] more than twice of what nearly all took: what is usual, and its last sign', () => {
    expect(told({ ...carried, around: usually(299_999) }, 'G40')).toEqual([
      'G40 attention @build: build has run for 10 min; usually it takes 60 s (4 earlier runs).',
      '  Usually: 60 s, nearly always at most 4 min (4 earlier runs)',
      '  Began: 2026-01-02T00:20:00.000Z',
      '  Last output: 2026-01-02T00:29:00.000Z',
      '  Process: 77',
      '  openStep: Look at build | build',
      '  log build.1',
    ])
    expect(told({ ...carried, around: usually(300_000) }, 'G40')).toEqual([])
    expect(told({ ...carried, liveness: 'unknown', around: usually(1000, 500) }, 'G40')[0]).toEqual(
      'G40 attention @build: build has run for 10 min; usually it takes 500 ms (4 earlier runs).',
    )
  })

  test('[G40] and by more than half a minute: small times vary', () => {
    expect(begunAt('2026-01-02T00:29:29.000Z')).toEqual([])
    expect(begunAt('2026-01-02T00:29:28.999Z')).toHaveLength(6)
  })

  test('[G40] [G41] only of a run that a process may carry, that is open, and whose attempt is known', () => {
    const around = { ...usually(1000), lastOutput: {} }
    for (const liveness of ['none', 'interrupted'] as const)
      expect(told({ ...carried, liveness, around }, 'G40', 'G41')).toEqual([])
    const run = { ...building, kind: 'session' } as const
    expect(told({ ...carried, run, around }, 'G40', 'G41')).toEqual([])
    expect(told({ ...carried, run: untold, around }, 'G40', 'G41')).toEqual([])
    expect(told(carried, 'G40', 'G41')).toEqual([])
  })
})

describe('a step from which nothing comes', () => {
  test('[G41] [G52] ten minutes after it began or last wrote', () => {
    expect(told({ ...carried, around: calm }, 'G41')).toEqual([
      'G41 attention @build: build runs, and nothing has come from it for 10 min.',
      '  Began: 2026-01-02T00:20:00.000Z',
      '  Process: 77',
      '  openStep: Look at build | build',
      '  log build.1',
    ])
    const wrote = (time: string) =>
      told({ ...carried, now: at(60), around: { ...calm, lastOutput: { build: time } } }, 'G41')
    expect(wrote(at(50))).toEqual([
      'G41 attention @build: build runs, and nothing has come from it for 10 min.',
      '  Began: 2026-01-02T00:20:00.000Z',
      '  Last output: 2026-01-02T00:50:00.000Z',
      '  Process: 77',
      '  openStep: Look at build | build',
      '  log build.1',
    ])
    expect(wrote('2026-01-02T00:50:00.001Z')).toEqual([])
    // A log that is older than the attempt says nothing of it.
    expect(wrote(at(10))[0]).toEqual(
      'G41 attention @build: build runs, and nothing has come from it for 40 min.',
    )
    expect(told({ ...carried, now: '2026-01-02T00:29:59.999Z', around: calm }, 'G41')).toEqual([])
  })

  test('[G41] what usually takes so long is given twice that time', () => {
    expect(told({ ...carried, around: silentWith(300_000) }, 'G41')).toEqual([])
    expect(told({ ...carried, around: silentWith(299_999) }, 'G41')).toHaveLength(5)
  })
})

describe('a run that stands still', () => {
  const still = { run: makeRun(), liveness: 'alive', holder, around: calm } as const

  test('[G41] a process holds it, no step runs or waits, and nothing is recorded', () => {
    expect(told({ ...still, now: at(20) }, 'G41')).toEqual([
      'G41 attention: A process holds it, no step runs, and nothing was recorded for 10 min.',
      '  Last change: 2026-01-02T00:10:00.000Z',
      '  Process: 4242',
      '  Host: mill',
      '  Held since: 2026-01-02T00:01:00.000Z',
      '  Purpose: run',
      '  wait: Look at the process that holds it',
    ])
    expect(told({ ...still, now: '2026-01-02T00:19:59.999Z' }, 'G41')).toEqual([])
    const waiting = makeRun({ steps: { build: makeStep('waiting') } })
    expect(told({ ...still, run: waiting }, 'G41')).toEqual([])
    expect(told({ ...still, run: makeRun({ kind: 'session' }) }, 'G41')).toEqual([])
    expect(told({ ...still, run: null }, 'G41')).toEqual([])
    for (const liveness of ['none', 'unknown', 'interrupted'] as const)
      expect(told({ ...still, liveness }, 'G41')).toEqual([])
  })
})

function begunAt(startedAt: string) {
  const build = makeStep('running', { attempts: [makeAttempt(1, { startedAt })] })
  return told({ ...carried, run: makeRun({ steps: { build } }), around: usually(1000) }, 'G40')
}

function silentWith(p95Ms: number) {
  return { ...usually(p95Ms), lastOutput: {} }
}
