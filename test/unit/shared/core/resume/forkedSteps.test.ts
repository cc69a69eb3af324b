import { describe, expect, it } from 'vitest'
import { forkedSteps } from '../../../../../shared/core/resume/forkedSteps.ts'
import { idempotencyKeyOf } from '../../../../../shared/core/resume/idempotencyKeyOf.ts'
import { decisionRecords } from '../../../../../shared/core/resume/resumeRecords.ts'
import type { ResumeDecision } from '../../../../../shared/core/resume/resumePlan.ts'
import { makeAttempt, makeCheckpoint, makeDefinition, makeRun, makeStep, step } from './makeRun.ts'
import { planOf, runWith, verdictsOf } from './planOf.ts'

const from = makeCheckpoint(5)
const base = makeRun({
  steps: {
    build: makeStep('succeeded'),
    charge: makeStep('pending'),
    mail: makeStep('pending'),
  },
})
const latest = makeRun({
  steps: {
    build: makeStep('succeeded'),
    charge: makeStep('succeeded', { output: { receipt: 7 } }),
    mail: makeStep('succeeded'),
  },
  status: 'completed',
})

function forkWith(decision: ResumeDecision | null) {
  const decisions = decision === null ? {} : { charge: decision }
  const plan = planOf({ run: base, latest, from, isLatest: false, decisions })
  const steps = forkedSteps(plan, { base, latest })
  return { plan, steps, records: decisionRecords(plan, 'ada', latest) }
}

describe('a fork', () => {
  it('[S35] reuses what succeeded outside later, by default, with the key of the original run', () => {
    const { plan, steps, records } = forkWith(null)
    expect(plan.steps[1]).toMatchObject({
      action: 'reuse',
      rule: 'S35',
      options: ['reuse', 'happened', 'rerun', 'skip', 'stop'],
      decision: { kind: 'reuse' },
      byDefault: true,
    })
    expect(plan.ready).toBe(true)
    const key = `${latest.id}/charge`
    expect(steps['charge']).toMatchObject({
      status: 'succeeded',
      attempts: [],
      output: { receipt: 7 },
      key,
    })
    expect(records).toEqual([
      {
        type: 'decision',
        step: 'charge',
        decision: 'happened',
        output: { receipt: 7 },
        by: 'unstuck',
        reason: `Its result in the run ${latest.id} is reused.`,
        key,
      },
    ])
  })

  it('[S35] a person may say the same, or otherwise', () => {
    expect(forkWith({ kind: 'reuse' }).records).toMatchObject([{ by: 'ada' }])
    const { plan, records } = forkWith({ kind: 'happened', output: 3 })
    expect(verdictsOf(plan)).toMatchObject({ charge: 'reuse S14' })
    expect(records).toMatchObject([{ decision: 'happened', output: 3, by: 'ada' }])
  })

  it('[S54] what was decided stands in its first record: one that is cut behind it begins no such step', () => {
    const said = { kind: 'happened', output: 3 } as const
    expect(forkWith(said).steps['charge']).toMatchObject({ status: 'succeeded', output: 3 })
    const skipped = { status: 'skipped', skippedBy: 'person' }
    expect(forkWith({ kind: 'skip' }).steps['charge']).toMatchObject(skipped)
    const { steps } = forkWith(null)
    const cut = makeRun({ steps: { ...base.steps, ...steps }, status: 'pending' })
    expect(verdictsOf(planOf({ run: cut, latest: cut }))).toMatchObject({ charge: 'reuse S1' })
  })

  it('[S45] what a person wants a second time gets a key of its own', () => {
    const { plan, steps, records } = forkWith({ kind: 'rerun' })
    expect(verdictsOf(plan)).toMatchObject({ charge: 'run S14' })
    expect(steps['charge']).toBeUndefined()
    expect(records).toMatchObject([{ decision: 'rerun' }])
  })

  it('[S45] what may have had its effect keeps the key by which another service knows it', () => {
    const cut = makeRun({ steps: { ...base.steps, charge: makeStep('cancelled') } })
    const decisions = { charge: { kind: 'rerun' } } as const
    const plan = planOf({ run: base, latest: cut, from, isLatest: false, decisions })
    const steps = forkedSteps(plan, { base, latest: cut })
    expect(idempotencyKeyOf('fork-1', 'charge', steps['charge'])).toBe(`${cut.id}/charge`)
    expect(idempotencyKeyOf('fork-1', 'mail', steps['mail'])).toBe('fork-1/mail')
  })

  it('[S45] what told itself that it failed gets a key of its own', () => {
    const failed = makeStep('failed', {
      attempts: [makeAttempt(1, { outcome: 'failed', exitCode: 1 })],
    })
    const later = makeRun({ steps: { ...base.steps, charge: failed } })
    const plan = planOf({ run: base, latest: later, from, isLatest: false })
    expect(verdictsOf(plan)).toMatchObject({ charge: 'run S16' })
    expect(forkedSteps(plan, { base, latest: later })['charge']).toBeUndefined()
  })

  it('[S35] reuse is no answer where there is no result to reuse', () => {
    const decisions = { charge: { kind: 'reuse' } } as const
    const run = makeRun({ steps: { ...base.steps, charge: makeStep('running') } })
    expect(planOf({ run, decisions }).problems).toEqual([
      'Decide about charge: it happened, run it again, skip it, or stop.',
      'There is no result of charge to reuse. Decide otherwise.',
    ])
  })

  it('[S15] a step that waits for a run of its own would begin another one', () => {
    const definition = makeDefinition({ child: { run: undefined, workflow: './child.yaml' } })
    const waitingOn = { kind: 'run', run: 'child-1' } as const
    const run = runWith(definition, { child: makeStep('waiting', { waitingOn, tries: 0 }) })
    expect(verdictsOf(planOf({ run, fork: true }))).toEqual({ child: 'ask S15' })
    const declared = makeDefinition({
      child: { run: undefined, workflow: './child.yaml', sideEffects: 'none' },
    })
    expect(verdictsOf(planOf({ run: runWith(declared, run.steps), fork: true }))).toEqual({
      child: 'run S15',
    })
  })

  it('[S33] waits for the same moment and the same approval as the run that it comes from', () => {
    const definition = makeDefinition({
      pause: { run: undefined, wait: '1h' },
      agree: { run: undefined, gate: {} },
      pay: { forEach: [1, 2], needs: [step('agree')] },
    })
    const time = { kind: 'time', until: '2026-01-02T00:05:00.000Z' } as const
    const gate = { kind: 'gate', since: '2026-01-02T00:05:00.000Z', who: 'ops' } as const
    const items = { kind: 'items', total: 2 } as const
    const run = runWith(definition, {
      pause: makeStep('waiting', { waitingOn: time, tries: 0 }),
      agree: makeStep('waiting', { waitingOn: gate, tries: 0 }),
      pay: makeStep('waiting', { waitingOn: items, tries: 0 }),
      'pay[0]': makeStep('succeeded', { item: 1 }),
      'pay[1]': makeStep('failed', { item: 2 }),
    })
    const plan = planOf({ run, fork: true })
    const steps = forkedSteps(plan, { base: run, latest: run })
    expect(steps).toMatchObject({
      pause: { status: 'waiting', waitingOn: time },
      agree: { status: 'waiting', waitingOn: gate },
      pay: { status: 'waiting', waitingOn: items },
      'pay[0]': { status: 'succeeded' },
      'pay[1]': { status: 'pending', attempts: [], item: 2 },
    })
  })

  it('[S1] [S2] [S20] takes over exactly what is done, as it was', () => {
    const definition = makeDefinition({
      build: { sideEffects: 'none' },
      test: { sideEffects: 'none', onInterrupted: 'fail' },
      pause: { sideEffects: 'none' },
      lint: { sideEffects: 'none', continueOnError: true },
    })
    const states = {
      build: makeStep('succeeded', { output: { artefact: 'x.tar' }, tries: 2 }),
      test: makeStep('running'),
      pause: makeStep('skipped', { skippedBy: 'person' }),
      lint: makeStep('failed'),
      gone: makeStep('succeeded', { output: 7 }),
      lost: makeStep('failed'),
    }
    const run = runWith(definition, states)
    const plan = planOf({ run, fork: true })
    expect(verdictsOf(plan)).toEqual({
      build: 'reuse S1',
      test: 'run S15',
      pause: 'skip S2',
      lint: 'reuse S19',
      gone: 'reuse S1',
      lost: 'blocked S20',
    })
    const key = `${run.id}/test`
    expect(forkedSteps(plan, { base: run, latest: run })).toEqual({
      ...states,
      test: { ...makeStep('pending'), key },
    })
  })

  it('[S34] a step that ended with its items undone waits for them, with as many as there are', () => {
    const definition = makeDefinition({ pay: { forEach: [1, 2, 3], sideEffects: 'none' } })
    const states = {
      pay: makeStep('failed'),
      'pay[0]': makeStep('succeeded', { item: 1 }),
      'pay[1]': makeStep('failed', { item: null }),
      'pay[2]': makeStep('failed'),
    }
    const run = runWith(definition, states)
    const later = runWith(definition, { ...run.steps, 'pay[1]': makeStep('failed', { item: 9 }) })
    const plan = planOf({ run, fork: true })
    const { pay, 'pay[0]': first } = states
    expect(forkedSteps(plan, { base: run, latest: later })).toEqual({
      pay: { ...pay, status: 'waiting', waitingOn: { kind: 'items', total: 3 } },
      'pay[0]': first,
      'pay[1]': { ...makeStep('pending'), item: 9 },
    })
    const empty = makeDefinition({ pay: { forEach: [1] } })
    const waiting = runWith(empty, {
      pay: makeStep('waiting', { waitingOn: { kind: 'items', total: 5 }, tries: 0 }),
    })
    expect(
      forkedSteps(planOf({ run: waiting, fork: true }), { base: waiting, latest: waiting }),
    ).toMatchObject({ pay: { waitingOn: { kind: 'items', total: 5 } } })
  })

  it('[S45] a key that a step already had stays its own, unless what it did is known to be done', () => {
    const again = { ...makeStep('pending'), key: 'the-first' }
    expect(repeated('failed')).toEqual(again)
    expect(repeated('pending')).toEqual(again)
    expect(repeated('succeeded')).toBeUndefined()
  })
})

/** The state with which a fork repeats a step that has such a status and a key of its own by now. */
function repeated(status: 'failed' | 'succeeded' | 'pending') {
  const charge = makeStep(status, { key: 'the-first' })
  const now = makeRun({ steps: { ...base.steps, charge } })
  const decisions = { charge: { kind: 'rerun' } } as const
  const plan = planOf({ run: base, latest: now, from, isLatest: false, decisions })
  return forkedSteps(plan, { base, latest: now })['charge']
}
