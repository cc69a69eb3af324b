import { describe, expect, it } from 'vitest'
import { makeAttempt, makeCheckpoint, makeDefinition, makeStep, step } from './makeRun.ts'
import { planOf, runWith, verdictsOf } from './planOf.ts'

const from = makeCheckpoint(5)
const definition = makeDefinition({
  charge: { sideEffects: 'external' },
  mail: { sideEffects: 'none' },
})

describe('a fork does nothing twice that nobody asked for', () => {
  it('[S51] a run of its own that had ended badly has done what succeeded in it: it is asked about', () => {
    const parent = { charge: { run: undefined, workflow: './pay.yaml' } }
    const own = makeDefinition({ ...parent, mail: {} })
    const run = runWith(own, { charge: makeStep('failed'), mail: makeStep('skipped') })
    const children = { charge: { run: 'pay-1', status: 'ended', open: [] } }
    const plan = planOf({ run, latest: run, fork: true, children })
    expect(verdictsOf(plan)).toMatchObject({ charge: 'ask S15' })
    expect(plan.steps[0]?.reason).toBe(
      'charge had begun the run pay-1 in the original run (failed there): in the fork it would run a second time. Say what is to be done.',
    )
    const same = planOf({ run, latest: run, children })
    expect(verdictsOf(same)).toMatchObject({ charge: 'run S49' })
    const harmless = makeDefinition({
      charge: { ...parent.charge, sideEffects: 'none' },
      mail: {},
    })
    const free = planOf({ run: runWith(harmless, run.steps), latest: run, fork: true, children })
    expect(verdictsOf(free)).toMatchObject({ charge: 'run S15' })
  })

  it('[S52] what the run knows under another name since may have run', () => {
    const run = runWith(definition, { charge: makeStep('pending'), mail: makeStep('pending') })
    const latest = runWith(definition, { pay: makeStep('succeeded'), mail: makeStep('pending') })
    const plan = planOf({ run, latest, from, isLatest: false })
    expect(verdictsOf(plan)).toMatchObject({ charge: 'ask S16', mail: 'run S6' })
  })

  it('[S52] a step that the definition has only now was never run', () => {
    const run = runWith(definition, { mail: makeStep('succeeded') })
    const plan = planOf({ run, latest: run, from, isLatest: false })
    expect(verdictsOf(plan)).toMatchObject({ charge: 'run S6' })
  })

  it('[S35] also what a person said had happened, and an item whose attempts were counted anew', () => {
    const run = runWith(definition, { charge: makeStep('pending'), mail: makeStep('pending') })
    const said = makeStep('succeeded', { tries: 0, output: 7 })
    const latest = runWith(definition, { charge: said, mail: makeStep('pending') })
    const plan = planOf({ run, latest, from, isLatest: false })
    expect(verdictsOf(plan)).toMatchObject({ charge: 'reuse S35' })

    const failed = makeStep('failed', {
      attempts: [makeAttempt(1, { outcome: 'failed', exitCode: 1 })],
    })
    const again = makeStep('failed', {
      attempts: [
        makeAttempt(1, {
          startedAt: '2026-02-01T00:00:00.000Z',
          outcome: 'failed',
          error: { name: 'Timeout', message: 'too long', code: null, stack: null },
        }),
      ],
    })
    const before = runWith(definition, { charge: failed, mail: makeStep('pending') })
    const after = runWith(definition, { charge: again, mail: makeStep('pending') })
    const cut = planOf({ run: before, latest: after, from, isLatest: false })
    expect(verdictsOf(cut)).toMatchObject({ charge: 'ask S16' })
  })
})

describe('a plan of very many steps', () => {
  it('[S18] names a few of those that are in the way', () => {
    const names = Array.from({ length: 400 }, (_, index) => `a${index}`)
    const many = makeDefinition({
      ...Object.fromEntries(names.map((name) => [name, { onInterrupted: 'fail' as const }])),
      ...Object.fromEntries(names.map((name) => [`b-${name}`, { needs: [step(name)] }])),
    })
    const steps = Object.fromEntries(names.map((name) => [name, makeStep('running')]))
    const plan = planOf({ run: runWith(many, steps) })
    expect(plan.steps.find(({ step: name }) => name === 'b-a7')?.reason).toBe(
      'b-a7 cannot run: it needs a0 or a1 or a2 or a3 or a4 or one of 395 more, which is blocked.',
    )
  })
})
