import { describe, expect, test } from 'vitest'
import type { StepState } from '../../../../../shared/schema/run.ts'
import type { ResumeInput } from '../../../../../shared/core/resume/planResume.ts'
import { at, makeAttempt, makeCheckpoint, makeDefinition, makeStep, step } from './makeRun.ts'
import { planOf, runWith } from './planOf.ts'

type Definition = Parameters<typeof makeDefinition>[0][string]

/** What becomes of one step, and why. */
function verdict(build: StepState, definition: Definition = {}, given: Partial<ResumeInput> = {}) {
  const whole = makeDefinition({ build: definition })
  const run = runWith(whole, { build })
  const [row] = planOf({ run, ...given }).steps
  return `${row?.action} ${row?.rule}: ${row?.reason}`
}

const waits = (waitingOn: StepState['waitingOn']) => makeStep('waiting', { waitingOn, tries: 0 })
const failedWith = (name: string, code: string | null = null, exitCode: number | null = null) =>
  makeStep('failed', {
    attempts: [
      makeAttempt(2, {
        outcome: 'failed',
        finishedAt: at(3),
        exitCode,
        error: { name, message: 'It ended.', code, stack: null },
      }),
    ],
  })

describe('why a step of a resume runs, waits or stays', () => {
  test('[S7] [S33] one that waits', () => {
    const until = at(40)
    const gate = (who: string | null, limit?: string | null) =>
      verdict(
        waits({
          kind: 'gate',
          since: at(1),
          who,
          ...(limit === undefined ? {} : { until: limit }),
        }),
      )
    expect(verdict(waits({ kind: 'time', until }))).toEqual(
      'await S33: build goes on waiting until 2026-01-02T00:40:00.000Z, and is done if that is past.',
    )
    expect(gate(null)).toEqual('await S33: build goes on waiting for an approval.')
    expect(gate('ada', until)).toEqual(
      'await S33: build goes on waiting for the approval of ada, until 2026-01-02T00:40:00.000Z.',
    )
    expect(gate('ada', null)).toEqual('await S33: build goes on waiting for the approval of ada.')
    expect(verdict(waits({ kind: 'items', total: 3 }))).toEqual(
      'await S33: build goes on waiting for its 3 items.',
    )
    expect(verdict(waits({ kind: 'run', run: 'child-1' }))).toEqual(
      'await S33: build goes on waiting for the run child-1.',
    )
    expect(verdict(waits(null))).toEqual('run S7: build waited: it runs now.')
    const child = (open: readonly string[]) =>
      verdict(
        waits({ kind: 'run', run: 'child-1' }),
        {},
        { children: { build: { run: 'child-1', status: 'paused', open } } },
      )
    expect(child([])).toEqual(
      'await S33: build goes on waiting for the run child-1 (paused), which goes on with it.',
    )
    expect(child(['pay', 'ship'])).toEqual(
      'await S33: build goes on waiting for the run child-1 (paused), which needs a decision about pay, ship.',
    )
  })

  test('[S3] [S4] [S19] one that failed or was cancelled', () => {
    expect(verdict(makeStep('failed', { tries: 0 }))).toEqual(
      'run S3: build failed: it runs again.',
    )
    expect(verdict(makeStep('failed', { tries: 2 }))).toEqual(
      'run S3: build failed on attempt 2: it runs again.',
    )
    expect(verdict(failedWith('ExitCode', '7', 7))).toEqual(
      'run S3: build failed on attempt 2 with exit code 7: it runs again.',
    )
    expect(verdict(failedWith('Refused'))).toEqual(
      'run S3: build failed on attempt 2 (Refused): it runs again.',
    )
    expect(verdict(failedWith('Refused', 'E1'))).toEqual(
      'run S3: build failed on attempt 2 (Refused E1): it runs again.',
    )
    expect(verdict(failedWith('Refused'), { continueOnError: true })).toEqual(
      'reuse S19: build failed, and its definition says that the workflow goes on without it.',
    )
    expect(verdict(failedWith('Rejected'), { run: undefined, gate: { message: 'Go?' } })).toEqual(
      'run S3: build was not approved: it asks again.',
    )
    expect(verdict(makeStep('cancelled'), { sideEffects: 'none' })).toEqual(
      'run S4: build was cancelled: it runs again.',
    )
  })

  test('[S5] [S2] one that was skipped', () => {
    expect(whenSkipped('person')).toEqual('skip S2: build was skipped by a person: it stays so.')
    expect(whenSkipped('dependency')).toEqual(
      'run S5: build was skipped because of a step that it needs: it gets its turn now.',
    )
    expect(whenSkipped('condition')).toEqual(
      'skip S2: build was skipped by a condition that its definition does not have: it stays so.',
    )
    expect(whenSkipped('condition', { when: '${{ inputs.x }}' })).toEqual(
      'run S5: build was skipped by its condition: that is asked again.',
    )
  })

  test('[S6] [S20] one that has not run, and one that nothing defines', () => {
    expect(verdict(makeStep('pending'))).toEqual('run S6: build has not run yet.')
    const run = runWith(makeDefinition({ build: {} }), {
      build: makeStep('pending'),
      extra: makeStep('failed'),
    })
    expect(planOf({ run }).steps.map(({ reason }) => reason)).toEqual([
      'build has not run yet.',
      'extra is not in the definition that is used: it is kept as it is and not run.',
    ])
  })

  test('[S28] [S29] [S31] [S32] one of which nobody knows what it did, by what its definition says', () => {
    const ways: readonly Definition[] = [
      {},
      { sideEffects: 'external' },
      { sideEffects: 'none' },
      { onInterrupted: 'rerun' },
      { onInterrupted: 'fail' },
      { sideEffects: 'none', onInterrupted: 'ask' },
    ]
    expect(ways.map((way) => verdict(makeStep('running'), way))).toEqual([
      'ask S12: build had begun and its result is unknown: it may already have had its effect (its side effects are not declared). Say what happened.',
      'ask S12: build had begun and its result is unknown: it may already have had its effect. Say what happened.',
      'run S11: build had begun and its result is unknown: its definition says that it may run again, so it does.',
      'run S11: build had begun and its result is unknown: its definition says that it may run again, so it does.',
      'blocked S13: build had begun and its result is unknown: its definition forbids running it again without your word. Say what happened.',
      'ask S12: build had begun and its result is unknown: it may already have had its effect. Say what happened.',
    ])
    const external = { sideEffects: 'external' } as const
    expect(verdict(failedWith('Interrupted'), external)).toEqual(
      'ask S29: The process of build vanished: it may already have had its effect. Say what happened.',
    )
    expect(verdict(failedWith('Timeout'), external)).toEqual(
      'ask S31: build was ended at its time limit: it may already have had its effect. Say what happened.',
    )
    expect(verdict(makeStep('cancelled'), external)).toEqual(
      'ask S32: build was cancelled while it ran: it may already have had its effect. Say what happened.',
    )
    expect(verdict(makeStep('pending'), external, { unrecorded: [step('build')] })).toEqual(
      'ask S28: build has the log of an attempt that the journal does not know: it may already have had its effect. Say what happened.',
    )
    expect(verdict(failedWith('Timeout'), { ...external, onInterrupted: 'fail' })).toEqual(
      'blocked S31: build was ended at its time limit: its definition forbids running it again without your word. Say what happened.',
    )
  })

  test('[S8] [S9] [S10] one whose wrapper or process tells', () => {
    const traced = (build: NonNullable<ResumeInput['traces'][string]>) =>
      verdict(makeStep('running'), {}, { traces: { build } })
    expect(traced({ kind: 'finished', exitCode: null })).toEqual(
      'adopt S8: build was ended by a signal after its host was gone: that result is taken over.',
    )
    expect(traced({ kind: 'finished', exitCode: 7 })).toEqual(
      'adopt S8: build ended with exit code 7 after its host was gone: that result is taken over.',
    )
    expect(traced({ kind: 'neverBegan' })).toEqual(
      'run S10: build was about to start, but its command never began: it runs now.',
    )
    const retrying = makeStep('waiting', {
      waitingOn: { kind: 'time', until: at(40) },
      attempts: [makeAttempt(1)],
    })
    expect(verdict(retrying, {}, { traces: { build: { kind: 'alive', pid: 7 } } })).toEqual(
      'await S9: build still runs as process 7: its result is waited for.',
    )
  })

  test('[S49] one whose own run ended badly', () => {
    expect(verdict(makeStep('failed'), {}, childOf('failed'))).toEqual(
      'run S49: build goes on with the run child-1 (failed): what succeeded in it is not repeated.',
    )
    expect(verdict(makeStep('cancelled'), {}, childOf('completed'))).toEqual(
      'run S49: build goes on with the run child-1 (completed): it has completed since.',
    )
    expect(verdict(makeStep('succeeded'), {}, childOf('failed'))).toEqual(
      'reuse S1: build succeeded: its output is used again.',
    )
  })

  test('[S1] one that succeeded, and whose definition has changed since or not', () => {
    expect(verdict(makeStep('succeeded', { tries: 0 }))).toEqual(
      'reuse S1: build succeeded: its output is used again.',
    )
    expect(verdict(makeStep('succeeded'), {}, definedNow({}))).toEqual(
      'reuse S1: build succeeded: its output is used again.',
    )
    expect(verdict(makeStep('succeeded'), {}, definedNow({ run: 'make' }))).toEqual(
      'reuse S1: build succeeded: its output is used again, although its definition has changed.',
    )
    expect(
      verdict(makeStep('succeeded'), {}, { ...definedNow({ run: 'make' }), use: 'recorded' }),
    ).toEqual('reuse S1: build succeeded: its output is used again.')
    expect(
      verdict(makeStep('succeeded'), {}, { ...definedNow({ run: 'make' }), definition: null }),
    ).toEqual('reuse S1: build succeeded: its output is used again.')
  })
})

describe('items of a step', () => {
  const definition = makeDefinition({
    scan: { forEach: ['a', 'b'], sideEffects: 'none' },
    other: {},
  })
  const pending = makeStep('pending')
  const done = makeStep('succeeded')

  test('[S34] it is told how many of them are used again, run, are asked about and are blocked', () => {
    const items = [done, pending, makeStep('running'), makeStep('skipped', { skippedBy: 'person' })]
    expect(
      itemRows(makeStep('waiting', { waitingOn: { kind: 'items', total: 4 } }), items, {
        sideEffects: 'external',
      }),
    ).toEqual([
      'await S34: scan goes on with its 4 items: 2 reused, 1 to run, 1 to be decided.',
      'reuse S1: scan[0] succeeded: its output is used again.',
      'run S6: scan[1] has not run yet.',
      'ask S12: scan[2] had begun and its result is unknown: it may already have had its effect. Say what happened.',
      'skip S2: scan[3] was skipped by a person: it stays so.',
      'reuse S1: other succeeded: its output is used again.',
    ])
    expect(
      itemRows(makeStep('failed'), [makeStep('failed'), makeStep('running')], {
        onInterrupted: 'fail',
      }),
    ).toEqual([
      'blocked S18: scan cannot run: it needs scan[1], which is blocked.',
      'run S3: scan[0] failed on attempt 1: it runs again.',
      'blocked S13: scan[1] had begun and its result is unknown: its definition forbids running it again without your word. Say what happened.',
      'reuse S1: other succeeded: its output is used again.',
    ])
  })

  test('[S34] items that are adopted are used again, those that still run are to run, and the blocked are counted', () => {
    const waiting = makeStep('waiting', { waitingOn: { kind: 'items', total: 2 } })
    const run = runWith(makeDefinition({ scan: { forEach: ['a', 'b'] } }), {
      scan: waiting,
      'scan[0]': makeStep('running'),
      'scan[1]': makeStep('running'),
    })
    const traces = {
      'scan[0]': { kind: 'finished', exitCode: 0 },
      'scan[1]': { kind: 'alive', pid: 7 },
    } as const
    expect(planOf({ run, traces }).steps[0]?.reason).toEqual(
      'scan goes on with its 2 items: 1 reused, 1 to run.',
    )
    const blocked = itemRows(waiting, [makeStep('running'), pending], { onInterrupted: 'fail' })
    expect(blocked[0]).toEqual('await S34: scan goes on with its 2 items: 1 to run, 1 blocked.')
  })

  test('[S36] what is over with the step is over with its items', () => {
    for (const scan of [done, makeStep('skipped', { skippedBy: 'person' })])
      expect(itemRows(scan, [pending])[1]).toBe(
        'reuse S36: scan[0] is kept as it is: scan is done.',
      )
    expect(itemRows(makeStep('failed'), [pending], { continueOnError: true })[1]).toEqual(
      'reuse S36: scan[0] is kept as it is: scan is done.',
    )
    expect(itemRows(makeStep('failed'), [pending])[1]).toEqual('run S6: scan[0] has not run yet.')
    expect(itemRows(makeStep('skipped', { skippedBy: 'condition' }), [pending])[1]).toEqual(
      'run S6: scan[0] has not run yet.',
    )
    expect(itemRows(makeStep('cancelled'), [pending], { continueOnError: true })[1]).toEqual(
      'run S6: scan[0] has not run yet.',
    )
  })

  test('[S34] they stand behind their step, in their order, and ahead of what is defined later', () => {
    const states = {
      'scan[10]': pending,
      'scan[2]': done,
      scan: makeStep('waiting'),
      other: pending,
      'gone[0]': done,
    }
    const found = planOf({ run: runWith(definition, states) }).steps.map((row) => row.step)
    expect(found).toEqual(['scan', 'scan[2]', 'scan[10]', 'other', 'gone[0]'])
  })
})

describe('what a fork does a second time', () => {
  const from = makeCheckpoint(5)
  const external = { sideEffects: 'external' } as const
  /** The step at the checkpoint, and as it is now. */
  const forked = (
    before: StepState,
    now: StepState | null,
    given: Partial<ResumeInput> = {},
    definition: Definition = external,
  ) => {
    const whole = makeDefinition({ build: definition })
    const latest = now === null ? null : runWith(whole, { build: now })
    return verdict(before, definition, { from, isLatest: false, latest, ...given })
  }
  const pending = makeStep('pending')
  const done = makeStep('succeeded')

  test('[S15] what had begun there, with how it ended', () => {
    const fork = { fork: true, from: null, isLatest: true, latest: null } as const
    const traced = (build: NonNullable<ResumeInput['traces'][string]>) =>
      forked(makeStep('running'), null, { ...fork, traces: { build } })
    expect(traced({ kind: 'finished', exitCode: 0 })).toEqual(
      'ask S15: build had begun in the original run and has finished there: in the fork it would run a second time. Say what is to be done.',
    )
    expect(traced({ kind: 'alive', pid: 7 })).toEqual(
      'ask S15: build had begun in the original run and still runs there: in the fork it would run a second time. Say what is to be done.',
    )
    expect(traced({ kind: 'gone' })).toEqual(
      'ask S15: build had begun in the original run: in the fork it would run a second time. Say what is to be done.',
    )
    expect(traced({ kind: 'neverBegan' })).toEqual(
      'run S10: build was about to start, but its command never began: it runs now.',
    )
    expect(
      forked(makeStep('running'), null, { traces: { build: { kind: 'neverBegan' } } }),
    ).toEqual(
      'ask S15: build had begun in the original run: in the fork it would run a second time. Say what is to be done.',
    )
    expect(forked(makeStep('running'), makeStep('failed'), {})).toEqual(
      'run S15: build had begun in the original run and failed there, and told so itself: in the fork it runs.',
    )
  })

  test('[S15] [S51] what had begun a run of its own', () => {
    const waiting = waits({ kind: 'run', run: 'child-1' })
    expect(forked(waiting, waiting)).toEqual(
      'ask S15: build had begun the run child-1 in the original run: in the fork it would run a second time. Say what is to be done.',
    )
    expect(forked(waiting, done)).toEqual(
      'reuse S35: build had begun the run child-1 in the original run and succeeded there: its result there is reused, unless you say otherwise.',
    )
    const children = { build: { run: 'child-1', status: 'failed', open: [] } }
    expect(forked(makeStep('failed'), makeStep('failed'), { children })).toEqual(
      'run S15: build had begun the run child-1 in the original run (failed there), and told so itself: in the fork it runs.',
    )
    expect(forked(makeStep('cancelled'), makeStep('cancelled'), { children })).toEqual(
      'ask S15: build had begun the run child-1 in the original run (cancelled there): in the fork it would run a second time. Say what is to be done.',
    )
    expect(forked(pending, pending, { children })).toEqual('run S6: build has not run yet.')
  })

  test('[S16] [S35] what ran after the checkpoint, with how it ended', () => {
    expect(forked(pending, done)).toEqual(
      'reuse S35: build ran (succeeded) after this checkpoint in the original run: its result there is reused, unless you say otherwise.',
    )
    expect(forked(pending, makeStep('running'))).toEqual(
      'ask S16: build began after this checkpoint in the original run: in the fork it would run a second time. Say what is to be done.',
    )
    expect(forked(pending, failedWith('Refused'))).toEqual(
      'run S16: build ran (failed) after this checkpoint in the original run, and told so itself: in the fork it runs.',
    )
    expect(forked(pending, failedWith('Timeout'))).toEqual(
      'ask S16: build ran (failed) after this checkpoint in the original run: in the fork it would run a second time. Say what is to be done.',
    )
    expect(forked(pending, done, {}, { sideEffects: 'none' })).toEqual(
      'run S16: build ran (succeeded) after this checkpoint in the original run: in the fork it runs a second time, which its definition allows.',
    )
    expect(forked(pending, makeStep('succeeded', { tries: 0 }))).toEqual(
      'reuse S35: build began after this checkpoint in the original run: its result there is reused, unless you say otherwise.',
    )
    const again = makeStep('failed', {
      attempts: [makeAttempt(1, { outcome: 'failed' }), makeAttempt(2, { outcome: 'failed' })],
    })
    expect(
      forked(makeStep('failed', { attempts: [makeAttempt(1, { outcome: 'failed' })] }), again),
    ).toEqual(
      'run S16: build ran (failed) after this checkpoint in the original run, and told so itself: in the fork it runs.',
    )
  })

  test('[S16] a step of items, or of a run of its own, that began to wait for them, and one that did before', () => {
    for (const on of [
      { kind: 'items', total: 2 },
      { kind: 'run', run: 'child-1' },
    ] as const) {
      expect(forked(pending, waits(on))).toMatch(/^ask S16: build began after this checkpoint/)
    }
    const items = waits({ kind: 'items', total: 2 })
    expect(forked(items, items)).toEqual('await S33: build goes on waiting for its 2 items.')
    expect(forked(pending, waits({ kind: 'time', until: at(40) }))).toEqual(
      'run S6: build has not run yet.',
    )
    expect(
      forked(pending, makeStep('failed'), {}, { run: undefined, workflow: './child.yaml' }),
    ).toEqual(
      'ask S16: build ran (failed) after this checkpoint in the original run: in the fork it would run a second time. Say what is to be done.',
    )
    expect(forked(pending, makeStep('failed'), {}, { ...external, forEach: ['a'] })).toEqual(
      'ask S16: build ran (failed) after this checkpoint in the original run: in the fork it would run a second time. Say what is to be done.',
    )
  })

  test('[S16] [S52] what nobody knows of may have run, and what a person skipped has not', () => {
    expect(forked(pending, null)).toEqual(
      'ask S16: build may have run after this checkpoint: in the fork it would run a second time. Say what is to be done.',
    )
    expect(forked(pending, null, {}, { sideEffects: 'none' })).toEqual(
      'run S6: build has not run yet.',
    )
    expect(forked(makeStep('skipped', { skippedBy: 'person' }), null)).toEqual(
      'skip S2: build was skipped by a person: it stays so.',
    )
    expect(forked(makeStep('skipped', { skippedBy: 'dependency' }), null)).toEqual(
      'ask S16: build may have run after this checkpoint: in the fork it would run a second time. Say what is to be done.',
    )
    expect(forked(pending, pending)).toEqual('run S6: build has not run yet.')
    expect(forked(pending, done, { isLatest: true, fork: true })).toEqual(
      'run S6: build has not run yet.',
    )
    expect(forked(pending, done, { from: null, fork: true })).toEqual(
      'run S6: build has not run yet.',
    )
  })
})

function whenSkipped(skippedBy: StepState['skippedBy'], definition: Definition = {}) {
  return verdict(makeStep('skipped', { skippedBy }), definition)
}

function childOf(status: string) {
  return { children: { build: { run: 'child-1', status, open: [] } } }
}

function definedNow(given: Definition) {
  return { current: makeDefinition({ build: given }), use: 'current' } as const
}

function itemRows(scan: StepState, items: readonly StepState[], given: Definition = {}) {
  const own = makeDefinition({
    scan: { forEach: ['a', 'b'], sideEffects: 'none', ...given },
    other: {},
  })
  const states = Object.fromEntries(items.map((state, index) => [`scan[${index}]`, state]))
  const run = runWith(own, { scan, ...states, other: makeStep('succeeded') })
  return planOf({ run }).steps.map(({ action, rule, reason }) => `${action} ${rule}: ${reason}`)
}
