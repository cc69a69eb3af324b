import { describe, expect, it } from 'vitest'
import type { Run } from '../../../../../shared/schema/run.ts'
import {
  at,
  checkpointId,
  makeAttempt,
  makeCheckpoint,
  makeDefinition,
  makeRun,
  makeStep,
  step,
  type RunParts,
} from './makeRun.ts'
import { planOf as plan, runWith } from './planOf.ts'

function withSteps(steps: NonNullable<RunParts['steps']>, given: RunParts = {}): Run {
  return makeRun({ steps, ...given })
}

const built = makeStep('succeeded')
/** `charge` has side effects outside and had begun when its host died. */
const charging = withSteps({
  build: built,
  charge: makeStep('running'),
  mail: makeStep('pending'),
})

function row(found: ReturnType<typeof plan>, name: string) {
  const one = found.steps.find((each) => each.step === name)
  return one === undefined ? null : { action: one.action, rule: one.rule, reason: one.reason }
}

describe('planResume: what becomes of a step', () => {
  it('[S1] a step that succeeded is used again', () => {
    const run = withSteps({
      build: makeStep('succeeded', { tries: 2 }),
      charge: makeStep('pending'),
      mail: makeStep('pending'),
    })
    expect(plan({ run, durations: { build: 1200 } }).steps[0]).toEqual({
      step: 'build',
      action: 'reuse',
      rule: 'S1',
      reason: 'build succeeded on attempt 2: its output is used again.',
      status: 'succeeded',
      sideEffects: 'none',
      expectedMs: 1200,
      options: [],
      decision: null,
      byDefault: false,
      was: null,
      readBy: [],
    })
  })

  it('[S1] it is used again although its definition has changed, and says so', () => {
    const current = makeDefinition({
      build: { run: 'make' },
      charge: { needs: [step('build')] },
      mail: {},
    })
    const run = withSteps({ build: built, charge: makeStep('pending'), mail: makeStep('pending') })
    expect(row(plan({ run, current, use: 'current' }), 'build')?.reason).toBe(
      'build succeeded: its output is used again, although its definition has changed.',
    )
  })

  it('[S2] what a person skipped stays skipped', () => {
    const run = withSteps({
      build: built,
      charge: makeStep('skipped', { skippedBy: 'person' }),
      mail: makeStep('pending'),
    })
    expect(row(plan({ run }), 'charge')).toEqual({
      action: 'skip',
      rule: 'S2',
      reason: 'charge was skipped by a person: it stays so.',
    })
  })

  it('[S3] a step that failed runs again', () => {
    const failed = makeStep('failed', {
      attempts: [makeAttempt(1), makeAttempt(2, { outcome: 'failed', exitCode: 124 })],
    })
    const run = withSteps({ build: built, charge: failed, mail: makeStep('pending') })
    expect(row(plan({ run: { ...run, status: 'failed' } }), 'charge')).toEqual({
      action: 'run',
      rule: 'S3',
      reason: 'charge failed on attempt 2 with exit code 124: it runs again.',
    })
  })

  it('[S4] a step that was cancelled runs again', () => {
    const run = withSteps({ build: makeStep('cancelled') }, { status: 'cancelled' })
    expect(row(plan({ run }), 'build')).toMatchObject({ action: 'run', rule: 'S4' })
  })

  it('[S32] one with effects outside that was cancelled while it ran is asked about', () => {
    const run = withSteps({ build: built, charge: makeStep('cancelled') }, { status: 'cancelled' })
    expect(row(plan({ run }), 'charge')).toEqual({
      action: 'ask',
      rule: 'S32',
      reason:
        'charge was cancelled while it ran: it may already have had its effect. Say what happened.',
    })
    const waited = makeStep('cancelled', {
      attempts: [makeAttempt(1, { outcome: 'failed', exitCode: 1 })],
    })
    const before = withSteps({ build: built, charge: waited }, { status: 'cancelled' })
    expect(row(plan({ run: before }), 'charge')).toMatchObject({ action: 'run', rule: 'S4' })
  })

  it.each(['Timeout', 'Signal'])(
    '[S31] an external step that ended by %s is asked about: it cannot have told what it did',
    (name) => {
      const error = { name, message: 'ended', code: null, stack: null }
      const ended = makeStep('failed', {
        attempts: [makeAttempt(1, { outcome: 'failed', finishedAt: at(2), error })],
      })
      const found = plan({ run: withSteps({ build: ended, charge: ended, mail: ended }) })
      expect(found.steps.map(({ action, rule }) => [action, rule])).toEqual([
        ['run', 'S3'],
        ['ask', 'S31'],
        ['run', 'S3'],
      ])
      const definition = makeDefinition({ charge: { onInterrupted: 'rerun' } })
      const allowed = withSteps({ charge: ended })
      expect(row(plan({ run: allowed, definition, current: definition }), 'charge')).toMatchObject({
        action: 'run',
        rule: 'S3',
      })
    },
  )

  it('[S31] so is one whose call got no answer, and one whose command ended well', () => {
    expect(afterEnd('Network', 'ECONNRESET', null)).toMatchObject({ action: 'ask', rule: 'S31' })
    expect(afterEnd('Network', 'ECONNREFUSED', null)).toMatchObject({ action: 'run', rule: 'S3' })
    expect(afterEnd('InvalidOutput', null, 0)).toMatchObject({ action: 'ask', rule: 'S31' })
    expect(afterEnd('HttpStatus', '504', null)).toMatchObject({ action: 'ask', rule: 'S31' })
    expect(afterEnd('HttpStatus', '500', null)).toMatchObject({ action: 'run', rule: 'S3' })
    expect(afterEnd('ExitCode', '1', 1)).toMatchObject({ action: 'run', rule: 'S3' })
  })

  it('[S3] one that told itself how it failed runs again, whatever its effects', () => {
    const error = { name: 'HttpStatus', message: 'said no', code: '503', stack: null }
    const failed = makeStep('failed', {
      attempts: [makeAttempt(1, { outcome: 'failed', finishedAt: at(2), error })],
    })
    expect(row(plan({ run: withSteps({ build: built, charge: failed }) }), 'charge')).toEqual({
      action: 'run',
      rule: 'S3',
      reason: 'charge failed on attempt 1 (HttpStatus 503): it runs again.',
    })
  })

  it('[S5] what a dependency or a condition skipped gets its turn', () => {
    const steps = {
      build: built,
      charge: makeStep('skipped', { skippedBy: 'condition' }),
      mail: makeStep('skipped', { skippedBy: 'dependency' }),
    }
    const asked = makeDefinition({ build: {}, charge: { when: '${{ inputs.paid }}' }, mail: {} })
    const found = plan({ run: runWith(asked, steps) })
    expect(row(found, 'charge')).toMatchObject({ action: 'run', rule: 'S5' })
    expect(row(found, 'mail')).toEqual({
      action: 'run',
      rule: 'S5',
      reason: 'mail was skipped because of a step that it needs: it gets its turn now.',
    })
    const unasked = makeDefinition({ build: {}, charge: {}, mail: {} })
    const withoutCondition = plan({ run: runWith(asked, steps), current: unasked, use: 'current' })
    expect(row(withoutCondition, 'charge')).toMatchObject({ action: 'run', rule: 'S5' })
  })

  it('[S2] what a condition skipped of which nothing is known stays skipped', () => {
    const found = plan({
      run: withSteps({ build: built, charge: makeStep('skipped', { skippedBy: 'condition' }) }),
    })
    expect(row(found, 'charge')).toMatchObject({ action: 'skip', rule: 'S2' })
  })

  it('[S6] a pending step runs, also one of which the run says nothing', () => {
    const found = plan({ run: withSteps({ build: makeStep('pending') }) })
    expect(found.steps.map(({ action, rule }) => [action, rule])).toEqual([
      ['run', 'S6'],
      ['run', 'S6'],
      ['run', 'S6'],
    ])
    expect(found.ready).toBe(true)
  })

  it('[S7] a step that waited goes on: its last attempt is closed, so nothing of it is in doubt', () => {
    const waiting = makeStep('waiting', {
      attempts: [makeAttempt(1, { outcome: 'failed' })],
      waitingOn: { kind: 'retry', until: '2026-01-02T00:05:00.000Z', attempt: 2 },
    })
    const run = withSteps({ build: built, charge: waiting, mail: makeStep('pending') })
    const found = plan({ run, traces: { charge: { kind: 'finished', exitCode: 1 } } })
    expect(row(found, 'charge')).toEqual({
      action: 'run',
      rule: 'S7',
      reason: 'charge waited for its attempt 2: that is made now.',
    })
  })

  it.each([
    ['time', { kind: 'time', until: '2026-01-02T00:05:00.000Z' }],
    ['gate', { kind: 'gate', since: '2026-01-02T00:05:00.000Z', who: null }],
    ['run', { kind: 'run', run: 'other' }],
    ['items', { kind: 'items', total: 0 }],
  ] as const)('[S33] a step that waits for a %s goes on waiting for it', (_, waitingOn) => {
    const state = makeStep('waiting', { waitingOn, tries: 0 })
    const found = plan({ run: withSteps({ build: state }) })
    expect(row(found, 'build')).toMatchObject({ action: 'await', rule: 'S33' })
    expect(found.ready).toBe(true)
  })

  it('[S33] of a run that it waits for it is said how that stands, and what has to be decided there', () => {
    const definition = makeDefinition({ child: { run: undefined, workflow: './child.yaml' } })
    const waitingOn = { kind: 'run', run: 'child-1' } as const
    const run = withSteps({ child: makeStep('waiting', { waitingOn, tries: 0 }) })
    const children = { child: { run: 'child-1', status: 'running', open: ['pay'] } }
    const found = plan({ run, definition, current: definition, children })
    expect(row(found, 'child')?.reason).toBe(
      'child goes on waiting for the run child-1 (running), which needs a decision about pay.',
    )
    expect(found.notes).toEqual([
      {
        about: 'child',
        sentence:
          'child waits for the run child-1, which goes on only when you have decided about its step pay. Resume that run.',
      },
    ])
  })

  it('[S8] a step whose wrapper reported its end is adopted', () => {
    const found = plan({ run: charging, traces: { charge: { kind: 'finished', exitCode: 0 } } })
    expect(row(found, 'charge')).toEqual({
      action: 'adopt',
      rule: 'S8',
      reason: 'charge ended with exit code 0 after its host was gone: that result is taken over.',
    })
    expect(found.ready).toBe(true)
  })

  it('[S9] a step that still lives is waited for', () => {
    const found = plan({ run: charging, traces: { charge: { kind: 'alive', pid: 42 } } })
    expect(row(found, 'charge')).toEqual({
      action: 'await',
      rule: 'S9',
      reason: 'charge still runs as process 42: its result is waited for.',
    })
    expect(found.ready).toBe(true)
  })

  it('[S10] a step whose command never began runs', () => {
    const found = plan({ run: charging, traces: { charge: { kind: 'neverBegan' } } })
    expect(row(found, 'charge')).toMatchObject({ action: 'run', rule: 'S10' })
  })

  it.each([
    { sideEffects: 'none' },
    { sideEffects: 'idempotent' },
    { onInterrupted: 'rerun' },
  ] as const)('[S11] a step that may be repeated runs again: %o', (given) => {
    const definition = makeDefinition({ charge: given })
    const run = withSteps({ charge: makeStep('running') })
    const found = plan({ run, definition, current: definition })
    expect(row(found, 'charge')).toMatchObject({ action: 'run', rule: 'S11' })
    expect(found.ready).toBe(true)
  })

  it('[S12] a step that may have had its effect is asked about, with every decision open', () => {
    const found = plan({ run: charging })
    expect(found.steps[1]).toMatchObject({
      action: 'ask',
      rule: 'S12',
      reason:
        'charge had begun and its result is unknown: it may already have had its effect. Say what happened.',
      options: ['happened', 'rerun', 'skip', 'stop'],
      sideEffects: 'external',
    })
  })

  it('[S12] undeclared side effects count as external, and so does an explicit wish to be asked', () => {
    const definition = makeDefinition({
      charge: {},
      mail: { sideEffects: 'none', onInterrupted: 'ask' },
    })
    const run = withSteps({ charge: makeStep('running'), mail: makeStep('running') })
    const found = plan({ run, definition, current: definition })
    expect(found.steps.map(({ action, sideEffects }) => [action, sideEffects])).toEqual([
      ['ask', 'undeclared'],
      ['ask', 'none'],
    ])
    expect(found.steps[0]?.reason).toContain('(its side effects are not declared)')
  })

  it('[S13] a step whose definition forbids going on is blocked until a person decides', () => {
    const definition = makeDefinition({ charge: { sideEffects: 'none', onInterrupted: 'fail' } })
    const run = withSteps({ charge: makeStep('running') })
    const input = { run, definition, current: definition }
    const open = plan(input)
    expect(row(open, 'charge')).toMatchObject({ action: 'blocked', rule: 'S13' })
    expect(open.ready).toBe(false)
    const decided = plan({ ...input, decisions: { charge: { kind: 'rerun' } } })
    expect(row(decided, 'charge')).toMatchObject({ action: 'run', rule: 'S14' })
    expect(decided.ready).toBe(true)
  })

  it('[S29] a step that failed because its process vanished is asked about, or runs by its rule', () => {
    const error = { name: 'Interrupted', message: 'gone', code: null, stack: null }
    const vanished = makeStep('failed', {
      attempts: [makeAttempt(1, { outcome: 'failed', finishedAt: at(2), error })],
    })
    const found = plan({ run: withSteps({ build: built, charge: vanished, mail: vanished }) })
    expect(row(found, 'charge')).toMatchObject({ action: 'ask', rule: 'S29' })
    expect(row(found, 'mail')).toMatchObject({ action: 'run', rule: 'S29' })
    expect(found.ready).toBe(false)
  })

  it('[S17] a step in doubt is asked about although the resume stops before it', () => {
    const found = plan({
      run: withSteps({
        build: makeStep('pending'),
        charge: makeStep('running'),
        mail: makeStep('pending'),
      }),
      stopAfter: step('build'),
    })
    expect(found.steps.map(({ action, rule }) => [action, rule])).toEqual([
      ['run', 'S6'],
      ['ask', 'S12'],
      ['blocked', 'S17'],
    ])
  })

  it('[S28] a step with the log of an attempt that its run does not know is in doubt', () => {
    const run = withSteps({ build: built, charge: makeStep('pending'), mail: makeStep('pending') })
    const found = plan({ run, unrecorded: [step('build'), step('charge'), step('mail')] })
    expect(found.steps.map(({ action, rule }) => [action, rule])).toEqual([
      ['reuse', 'S1'],
      ['ask', 'S28'],
      ['run', 'S28'],
    ])
    expect(found.ready).toBe(false)
    const fork = plan({ run, fork: true, unrecorded: [step('charge')] })
    expect(fork.steps[1]).toMatchObject({ action: 'ask', rule: 'S28' })
    const decided = plan({
      run,
      unrecorded: [step('charge')],
      decisions: { charge: { kind: 'happened', output: null } },
    })
    expect(decided.steps[1]).toMatchObject({ action: 'reuse', rule: 'S14' })
    expect(decided.ready).toBe(true)
  })

  it.each([
    [{ kind: 'happened', output: { receipt: 7 } }, 'reuse', true],
    [{ kind: 'rerun' }, 'run', true],
    [{ kind: 'skip' }, 'skip', true],
    [{ kind: 'stop' }, 'blocked', false],
  ] as const)('[S14] the decision %o makes it %s', (decision, action, ready) => {
    const found = plan({ run: charging, decisions: { charge: decision } })
    expect(found.steps[1]).toMatchObject({ action, rule: 'S14', decision })
    expect(found.ready).toBe(ready)
  })

  it('[S17] what needs the step after which the resume stops is not reached', () => {
    const run = withSteps({ build: makeStep('pending') })
    const found = plan({ run, stopAfter: step('build') })
    expect(row(found, 'build')).toMatchObject({ action: 'run' })
    expect(row(found, 'mail')).toEqual({
      action: 'blocked',
      rule: 'S17',
      reason: 'mail is not reached: the resume stops after build.',
    })
    expect(found.ready).toBe(true)
  })

  it('[S18] what needs a blocked step cannot run', () => {
    const found = plan({ run: charging, decisions: { charge: { kind: 'stop' } } })
    expect(row(found, 'mail')).toEqual({
      action: 'blocked',
      rule: 'S18',
      reason: 'mail cannot run: it needs charge, which is blocked.',
    })
  })

  it('[S19] a failure that the workflow passes over stays as it is', () => {
    const definition = makeDefinition({ lint: { continueOnError: true }, build: {} })
    const run = withSteps(
      { lint: makeStep('failed'), build: makeStep('failed') },
      { status: 'failed' },
    )
    const found = plan({ run, definition, current: definition })
    expect(row(found, 'lint')).toMatchObject({ action: 'reuse', rule: 'S19' })
    expect(row(found, 'build')).toMatchObject({ action: 'run', rule: 'S3' })
  })

  it('[S20] a step without a definition is kept and not run; what it returned is still used', () => {
    const run = withSteps({ build: built, extra: makeStep('failed'), bonus: makeStep('succeeded') })
    const found = plan({ run })
    expect(found.steps.map((each) => each.step)).toEqual([
      'build',
      'charge',
      'mail',
      'extra',
      'bonus',
    ])
    expect(row(found, 'extra')).toMatchObject({ action: 'blocked', rule: 'S20' })
    expect(row(found, 'bonus')).toMatchObject({ action: 'reuse', rule: 'S1' })
    expect(found.ready).toBe(true)
  })
})

describe('planResume: forks', () => {
  const from = makeCheckpoint(5, { id: checkpointId(5) })

  it('[S15] in a fork a step that had begun runs a second time: an external one is asked about', () => {
    const found = plan({
      run: charging,
      fork: true,
      traces: { charge: { kind: 'alive', pid: 42 } },
    })
    expect(found.mode).toBe('fork')
    expect(row(found, 'charge')).toEqual({
      action: 'ask',
      rule: 'S15',
      reason:
        'charge had begun in the original run and still runs there: in the fork it would run a second time. Say what is to be done.',
    })
  })

  it('[S15] one that may be repeated simply runs again', () => {
    const run = withSteps({ build: makeStep('running') })
    const latest = withSteps({ build: makeStep('succeeded') })
    const found = plan({ run, latest, from, isLatest: false })
    expect(row(found, 'build')).toEqual({
      action: 'run',
      rule: 'S15',
      reason:
        'build had begun in the original run and succeeded there: in the fork it runs a second time, which its definition allows.',
    })
  })

  it('[S16] a step that ran after the checkpoint runs a second time in the fork', () => {
    const run = withSteps({
      build: built,
      charge: makeStep('pending'),
      mail: makeStep('pending'),
    })
    const latest = withSteps({
      build: built,
      charge: makeStep('succeeded'),
      mail: makeStep('failed'),
    })
    const found = plan({ run, latest, from, isLatest: false })
    expect(row(found, 'charge')).toEqual({
      action: 'reuse',
      rule: 'S35',
      reason:
        'charge ran (succeeded) after this checkpoint in the original run: its result there is reused, unless you say otherwise.',
    })
    expect(row(found, 'mail')).toMatchObject({ action: 'run', rule: 'S16' })
    expect(found.ready).toBe(true)
    const cut = withSteps({ build: built, charge: makeStep('cancelled'), mail: built })
    const asked = plan({ run, latest: cut, from, isLatest: false })
    expect(row(asked, 'charge')).toEqual({
      action: 'ask',
      rule: 'S16',
      reason:
        'charge ran (cancelled) after this checkpoint in the original run: in the fork it would run a second time. Say what is to be done.',
    })
    expect(asked.ready).toBe(false)
  })

  it('[S16] a step that has not run since is asked about only where nobody knows that', () => {
    const run = withSteps({ build: built, charge: makeStep('pending'), mail: makeStep('pending') })
    const known = plan({ run, latest: run, from, isLatest: false })
    expect(row(known, 'charge')).toMatchObject({ action: 'run', rule: 'S6' })
    const unknown = plan({ run, from, isLatest: false })
    expect(row(unknown, 'charge')).toMatchObject({ action: 'ask', rule: 'S16' })
    expect(row(unknown, 'mail')).toMatchObject({ action: 'run', rule: 'S6' })
  })

  it('[S27] an earlier checkpoint always forks, the latest one only on wish', () => {
    expect(plan({ from, isLatest: false, latest: makeRun() })).toMatchObject({
      mode: 'fork',
      from: 'cp-5',
    })
    expect(plan({ from, isLatest: true })).toMatchObject({ mode: 'same', from: 'cp-5' })
    expect(plan({ fork: true })).toMatchObject({ mode: 'fork', from: null })
  })
})

describe('planResume: what forbids it', () => {
  it('[S21] a completed run is only forked, from an earlier checkpoint', () => {
    const done = withSteps(
      { build: built, charge: makeStep('succeeded'), mail: makeStep('succeeded') },
      { status: 'completed' },
    )
    const problem = 'The run is completed. To run steps again, fork it from an earlier checkpoint.'
    expect(plan({ run: done }).problems).toEqual([problem])
    expect(plan({ run: done, fork: true }).problems).toEqual([problem])
    const earlier = withSteps({ build: built, charge: makeStep('succeeded') })
    expect(
      plan({ run: earlier, latest: done, from: makeCheckpoint(5), isLatest: false }),
    ).toMatchObject({ mode: 'fork', problems: [], ready: true })
  })

  it('[S21] a run without steps cannot be resumed', () => {
    const found = plan({ run: makeRun({ kind: 'session', steps: {} }) })
    expect(found.problems[0]).toContain('is a session, which has no steps')
  })

  it.each(['alive', 'unknown'] as const)(
    '[S22] a run whose process is %s is not resumed, but may be forked',
    (liveness) => {
      const run = withSteps({ build: makeStep('pending') })
      expect(plan({ run, liveness }).ready).toBe(false)
      expect(plan({ run, liveness }).problems).toHaveLength(1)
      expect(plan({ run, liveness, fork: true }).ready).toBe(true)
    },
  )

  it('[S23] a run without a definition needs the one that is there now', () => {
    const run = makeRun()
    const found = plan({ run, definition: null })
    expect(found.problems).toEqual([
      'The run does not carry its definition. Use the definition as it is now.',
    ])
    expect(plan({ run, definition: null, use: 'current' }).ready).toBe(true)
    expect(
      plan({ run, current: null, currentProblem: 'shop.yaml is gone.', use: 'current' }).problems,
    ).toEqual(['There is no definition to go by as it is now: shop.yaml is gone.'])
  })

  it('[S23] a definition that lost a step is refused by that name; other differences are shown', () => {
    const current = makeDefinition({
      build: { sideEffects: 'none' },
      mail: { run: 'other' },
      audit: {},
    })
    const found = plan({ current, use: 'current' })
    expect(found.definition).toEqual({
      use: 'current',
      changed: true,
      missing: ['charge'],
      added: ['audit'],
      altered: ['mail'],
      proposed: [{ was: 'charge', now: 'audit', because: 'command' }],
      problem: null,
      mapping: {},
    })
    expect(found.problems).toEqual([
      'The definition as it is now has no step charge. Use the recorded one, put it back, or map it to the step that it has instead. You may mean to map charge to audit.',
    ])
    expect(plan({ current }).ready).toBe(true)
  })

  it('[S23] a definition that cannot run to its end is refused', () => {
    const definition = makeDefinition({ a: { needs: [step('b')] }, b: { needs: [step('a')] } })
    const found = plan({ run: withSteps({}), definition, current: definition })
    expect(found.problems).toHaveLength(1)
    expect(found.problems[0]).toContain('a -> b -> a')
  })

  it('[S30] a step of a kind that this version does not know forbids the resume', () => {
    const definition = makeDefinition({ build: {} })
    const later = {
      ...definition,
      steps: { ...definition.steps, [step('call')]: { teleport: 'x' } },
    }
    const found = plan({ definition: later })
    expect([found.ready, found.problems]).toEqual([
      false,
      ['call is a step of a kind that this version cannot run.'],
    ])
  })

  it('[S24] an open question keeps the plan from being ready', () => {
    const found = plan({ run: charging })
    expect(found.ready).toBe(false)
    expect(found.problems).toEqual([
      'Decide about charge: it happened, run it again, skip it, or stop.',
    ])
  })

  it('[S25] a decision about a step that needs none is reported', () => {
    const found = plan({
      run: charging,
      decisions: {
        build: { kind: 'rerun' },
        charge: { kind: 'rerun' },
        nobody: { kind: 'skip' },
      },
    })
    expect(found.problems).toEqual([
      'There is a decision about build, which needs none. Take it back.',
      'There is a decision about nobody, which is no step of the run. Take it back.',
    ])
    expect(row(found, 'build')).toMatchObject({ action: 'reuse', rule: 'S1' })
  })

  it('[S26] it can only stop after a step that will run', () => {
    const run = withSteps({ build: built, charge: makeStep('pending'), mail: makeStep('pending') })
    expect(plan({ run, stopAfter: step('charge') }).ready).toBe(true)
    expect(plan({ run, stopAfter: step('build') }).problems).toEqual([
      'The resume cannot stop after build: it is done already. Name a step that will run.',
    ])
    expect(plan({ run, stopAfter: step('nobody') }).problems).toEqual([
      'The resume cannot stop after nobody: the definition has no such step.',
    ])
  })
})

/** What becomes of an external step that failed in this way. */
function afterEnd(name: string, code: string | null, exitCode: number | null) {
  const error = { name, message: 'ended', code, stack: null }
  const attempts = [makeAttempt(1, { outcome: 'failed', finishedAt: at(2), error, exitCode })]
  const charge = makeStep('failed', { attempts })
  return row(plan({ run: withSteps({ build: built, charge }) }), 'charge')
}
