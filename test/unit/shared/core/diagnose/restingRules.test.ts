import { describe, expect, test } from 'vitest'
import type { StepState } from '../../../../../shared/schema/run.ts'
import { at, makeAttempt, makeDefinition, makeRun, makeStep, step } from '../resume/makeRun.ts'
import { holder, told } from './makeFacts.ts'

const error = { name: 'Refused', message: 'Step build: no answer\nlater', code: 'E1', stack: null }
const workflow = makeRun().workflow

describe('a run that failed', () => {
  test('[G14] how often it was tried, of how many times', () => {
    expect(firstOf(0)).toEqual([
      'G14 stuck @build: build failed.',
      '  Attempts: 0 of 1',
      '  resume: Resume from build | build',
    ])
    expect(firstOf(1)).toEqual([
      'G14 stuck @build: build failed.',
      '  Attempts: 1 of 1',
      '  Failed: 2026-01-02T00:09:00.000Z',
      '  resume: Resume from build | build',
      '  log build.1',
    ])
    expect(firstOf(2, 2)).toEqual([
      'G14 stuck @build: build failed all 2 times.',
      '  Attempts: 2 of 2',
      '  Failed: 2026-01-02T00:09:00.000Z',
      '  resume: Resume from build | build',
      '  log build.2',
    ])
    expect(firstOf(2, 4)).toEqual([
      'G14 stuck @build: build failed on attempt 2 of 4.',
      '  Attempts: 2 of 4',
      '  Failed: 2026-01-02T00:09:00.000Z',
      '  resume: Resume from build | build',
      '  log build.2',
    ])
    // Resumed: more than the policy allows in one go.
    expect(firstOf(3, 2)[0]).toEqual('G14 stuck @build: build failed all 3 times.')
  })

  test('[G14] what a command wrote last is told once, and evidence only where the sentence had to be cut', () => {
    expect(failedSaying('declined')).toEqual([
      'G14 stuck @build: build failed (exit code 7): declined',
      '  Attempts: 1 of 1',
      '  Failed: 2026-01-02T00:09:00.000Z',
      '  resume: Resume from build | build',
      '  log build.1',
    ])
    expect(failedSaying('declined '.repeat(20))).toEqual([
      'G14 stuck @build: build failed (exit code 7): declined declined declined declined declined declined declined declined declined…',
      '  Error: ExitCode: declined declined declined declined declined declined declined declined declined declined declined declined declined declined declined declined declined declined declined declined ',
      '  Code: E1',
      '  Exit code: 7',
      '  Attempts: 1 of 1',
      '  Failed: 2026-01-02T00:09:00.000Z',
      '  resume: Resume from build | build',
      '  log build.1',
    ])
    expect(failedSaying('declined', 'Refused')).toEqual([
      'G14 stuck @build: build failed (exit code 7): declined',
      '  Error: Refused: declined',
      '  Code: E1',
      '  Exit code: 7',
      '  Attempts: 1 of 1',
      '  Failed: 2026-01-02T00:09:00.000Z',
      '  resume: Resume from build | build',
      '  log build.1',
    ])
    expect(failedSaying('y'.repeat(5000))[1]).toBe(`  Error: ExitCode: ${'y'.repeat(2000)}`)
  })

  test('[G14] it is stuck where nothing goes on, also after a cancel, and nothing of a completed run', () => {
    expect(restedAs('paused')).toEqual('G14 attention @build: build failed.')
    expect(restedAs('cancelled')).toEqual('G14 stuck @build: build failed.')
    expect(restedAs('completed')).toBeUndefined()
  })

  test('[G15] no step failed: what the run itself says', () => {
    expect(told({ run: makeRun({ status: 'failed', error, finishedAt: at(9) }) }, 'G15')).toEqual([
      'G15 stuck: The run failed: no answer',
      '  Error: Refused: no answer\nlater',
      '  Code: E1',
      '  Failed: 2026-01-02T00:09:00.000Z',
      '  resume: Plan a resume',
    ])
    expect(told({ run: makeRun({ status: 'failed' }) }, 'G15')).toEqual([
      'G15 stuck: The run failed: no step says why.',
      '  resume: Plan a resume',
    ])
    expect(told({ run: failedAfter([{}]) }, 'G15')).toEqual([])
    expect(told({ run: makeRun({ error }) }, 'G15')).toEqual([])
  })
})

describe('a run that was put to rest', () => {
  const restedBy = { by: 'ada', reason: 'lunch' }

  test('[G21] paused: when, by whom and why', () => {
    expect(told({ run: makeRun({ status: 'paused' }), restedBy }, 'G21')).toEqual([
      'G21 stuck: Paused 20 min ago by ada: it goes on when it is resumed.',
      '  Paused: 2026-01-02T00:10:00.000Z',
      '  By: ada',
      '  Reason: lunch',
      '  resume: Plan a resume',
    ])
    expect(told({ run: makeRun({ status: 'paused' }), restedBy: null }, 'G21')).toEqual([
      'G21 stuck: Paused 20 min ago: it goes on when it is resumed.',
      '  Paused: 2026-01-02T00:10:00.000Z',
      '  resume: Plan a resume',
    ])
    expect(told({ run: makeRun({ status: 'paused', kind: 'session' }) }, 'G21')).toEqual([
      'G21 resting: Kept 20 min ago by the program whose session this is; it goes on by itself.',
      '  Last change: 2026-01-02T00:10:00.000Z',
      '  none: Nothing to do',
    ])
    expect(told({ run: makeRun() }, 'G21')).toEqual([])
  })

  test('[G22] never started: since when it is there, and whose it is', () => {
    const run = makeRun({ status: 'pending' })
    expect(told({ run }, 'G22')).toEqual([
      'G22 stuck: Never started: created 30 min ago, and no step has begun.',
      '  Created: 2026-01-02T00:00:00.000Z',
      '  By: ada',
      '  resume: Start it',
    ])
    expect(told({ run, liveness: 'alive' }, 'G22')).toEqual([])
  })

  test('[G28] cancelled: when, by whom and why', () => {
    const run = makeRun({ status: 'cancelled', finishedAt: at(20) })
    expect(told({ run, restedBy }, 'G28')).toEqual([
      'G28 resting: Cancelled 10 min ago by ada. It can be resumed where it stopped.',
      '  Cancelled: 2026-01-02T00:20:00.000Z',
      '  By: ada',
      '  Reason: lunch',
      '  resume: Plan a resume',
    ])
    expect(told({ run: makeRun({ status: 'cancelled' }) }, 'G28')).toEqual([
      'G28 resting: Cancelled 20 min ago. It can be resumed where it stopped.',
      '  Cancelled: 2026-01-02T00:10:00.000Z',
      '  resume: Plan a resume',
    ])
  })

  test('[G29] completed: in which time, and what it passed over', () => {
    const steps = {
      build: makeStep('failed'),
      charge: makeStep('failed'),
      mail: makeStep('succeeded'),
    }
    const run = makeRun({ status: 'completed', finishedAt: at(20), steps })
    expect(told({ run }, 'G29')).toEqual([
      'G29 resting: Completed 10 min ago in 20 min: 1 of 3 steps succeeded.',
      '  Completed: 2026-01-02T00:20:00.000Z',
      '  Passed over: build, charge',
      '  none: Nothing to do',
    ])
    expect(told({ run: { ...run, startedAt: null } }, 'G29')[0]).toEqual(
      'G29 resting: Completed 10 min ago: 1 of 3 steps succeeded.',
    )
    expect(told({ run: { ...run, finishedAt: null } }, 'G29')).toEqual([
      'G29 resting: Completed 20 min ago: 1 of 3 steps succeeded.',
      '  Passed over: build, charge',
      '  none: Nothing to do',
    ])
  })

  test('[G30] locked although it rests: for how long, by whom and what for', () => {
    const run = makeRun({ status: 'completed' })
    expect(told({ run, holder }, 'G30')).toEqual([
      'G30 resting: Locked for 29 min by process 4242 on mill (run).',
      '  Process: 4242',
      '  Host: mill',
      '  Held since: 2026-01-02T00:01:00.000Z',
      '  Purpose: run',
      '  none: Nothing to do',
    ])
    expect(told({ run, holder, liveness: 'unknown' }, 'G30')).toEqual([])
    expect(told({ run: null, holder }, 'G30')).toEqual([])
  })
})

describe('steps that were skipped', () => {
  const skipped = makeStep('skipped', { skippedBy: 'dependency' })

  test('[G24] [G59] once for the failure behind them, also through others that were skipped', () => {
    const run = runOf({
      build: makeStep('failed'),
      test: makeStep('succeeded'),
      charge: skipped,
      mail: skipped,
      report: skipped,
      last: skipped,
    })
    expect(told({ run }, 'G24')).toEqual([
      'G24 resting @charge: charge, mail and 2 more were skipped because build did not succeed.',
      '  Steps: charge, mail, report, last',
      '  Needs: build',
      '  openStep: Look at build | build',
    ])
  })

  test('[G24] [G59] a step that was cancelled is such a failure too, and each failure has its own row', () => {
    const run = runOf({
      build: makeStep('cancelled'),
      test: makeStep('failed'),
      charge: skipped,
      mail: skipped,
    })
    expect(told({ run }, 'G24')).toEqual([
      'G24 resting @charge: charge was skipped because build did not succeed.',
      '  Needs: build',
      '  openStep: Look at build | build',
      'G24 resting @mail: mail was skipped because test did not succeed.',
      '  Needs: charge, test',
      '  openStep: Look at test | test',
    ])
    const one = runOf({ test: makeStep('failed'), mail: skipped, charge: makeStep('succeeded') })
    expect(told({ run: one }, 'G24')).toEqual([
      'G24 resting @mail: mail was skipped because test did not succeed.',
      '  Needs: charge, test',
      '  openStep: Look at test | test',
    ])
  })

  test('[G24] where no failure is found it is only said that there was one', () => {
    const run = runOf({ build: makeStep('succeeded'), charge: skipped })
    expect(told({ run }, 'G24')).toEqual([
      'G24 resting @charge: charge was skipped because a step that it needs did not succeed.',
      '  Needs: build',
      '  openStep: Look at charge | charge',
    ])
    const behind = runOf({ test: makeStep('failed'), mail: makeStep('succeeded'), report: skipped })
    expect(told({ run: behind }, 'G24')[0]).toBe(
      'G24 resting @report: report was skipped because a step that it needs did not succeed.',
    )
    const unknown = makeRun({
      workflow: { ...workflow, definition: null },
      steps: { charge: skipped },
    })
    expect(told({ run: unknown }, 'G24')).toEqual([
      'G24 resting @charge: charge was skipped because a step that it needs did not succeed.',
      '  openStep: Look at charge | charge',
    ])
  })

  test('[G24] steps that need each other in a circle are looked at once', () => {
    const circle = makeDefinition({ build: needs('charge'), charge: needs('build') })
    const run = runOf({ build: skipped, charge: skipped }, circle)
    expect(told({ run }, 'G24')).toEqual([
      'G24 resting @build: build and charge were skipped because a step that they need did not succeed.',
      '  Steps: build, charge',
      '  Needs: charge',
      '  openStep: Look at build | build',
    ])
  })

  test('[G24] what a person or a condition skipped is no matter', () => {
    const run = runOf({
      charge: makeStep('skipped', { skippedBy: 'person' }),
      mail: makeStep('skipped', { skippedBy: 'condition' }),
    })
    expect(told({ run }, 'G24')).toEqual([])
  })

  test('[G24] of very many steps fifty are named', () => {
    const names = Array.from({ length: 60 }, (_, index) => `s${index}`)
    const all = Object.fromEntries(names.map((name) => [name, needs('build')]))
    const states = Object.fromEntries(names.map((name) => [name, skipped]))
    const run = runOf(
      { build: makeStep('failed'), ...states },
      makeDefinition({ build: {}, ...all }),
    )
    const [sentence, named] = told({ run }, 'G24')
    expect(sentence).toEqual(
      'G24 resting @s0: s0, s1 and 58 more were skipped because build did not succeed.',
    )
    expect(named?.split(', ')).toHaveLength(50)
  })
})

function failedAfter(attempts: Parameters<typeof makeAttempt>[1][], retries?: number) {
  const build = retries === undefined ? {} : { retry: { attempts: retries } }
  return makeRun({
    status: 'failed',
    workflow: { ...workflow, definition: makeDefinition({ build }) },
    steps: {
      build: makeStep('failed', {
        attempts: attempts.map((given, index) =>
          makeAttempt(index + 1, { outcome: 'failed', finishedAt: at(9), ...given }),
        ),
      }),
    },
  })
}

function firstOf(count: number, retries?: number) {
  const all = Array.from({ length: count }, () => ({}))
  return told({ run: failedAfter(all, retries) }, 'G14')
}

function failedSaying(message: string, name = 'ExitCode') {
  return told({ run: failedAfter([{ error: { ...error, name, message }, exitCode: 7 }]) }, 'G14')
}

function restedAs(status: 'paused' | 'cancelled' | 'completed') {
  return told({ run: { ...failedAfter([{}]), status } }, 'G14')[0]
}

function needs(...names: string[]) {
  return { needs: names.map(step) }
}

/** A run that failed, with these steps. */
function runOf(
  steps: Readonly<Record<string, StepState>>,
  definition = makeDefinition({
    build: {},
    test: {},
    charge: needs('build'),
    mail: needs('charge', 'test'),
    report: needs('mail'),
    last: needs('report'),
  }),
) {
  return makeRun({ status: 'failed', steps, workflow: { ...workflow, definition } })
}
