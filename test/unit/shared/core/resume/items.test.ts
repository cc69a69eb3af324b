import { describe, expect, it } from 'vitest'
import { resumeRecords } from '../../../../../shared/core/resume/resumeRecords.ts'
import type { StepState } from '../../../../../shared/schema/run.ts'
import { makeCheckpoint, makeDefinition, makeRun, makeStep, step } from './makeRun.ts'
import { planOf, reasonOf, runWith, verdictsOf } from './planOf.ts'

const definition = makeDefinition({
  list: { sideEffects: 'none' },
  pay: { needs: [step('list')], forEach: 'steps.list.output', sideEffects: 'external' },
  mail: { needs: [step('pay')], sideEffects: 'none' },
})
const waiting = makeStep('waiting', { waitingOn: { kind: 'items', total: 4 }, tries: 0 })

function item(value: number, status: StepState['status']): StepState {
  return makeStep(status, { item: value })
}

function withItems(pay: StepState, items: readonly StepState[]) {
  return runWith(definition, {
    list: makeStep('succeeded'),
    pay,
    mail: makeStep('pending'),
    ...Object.fromEntries(items.map((state, index) => [`pay[${index}]`, state])),
  })
}

const mixed = [
  item(1, 'succeeded'),
  item(2, 'failed'),
  item(3, 'pending'),
  makeStep('skipped', { skippedBy: 'person', item: 4 }),
]

describe('items of a step', () => {
  it('[S34] each is judged by itself, and the row of their step counts them', () => {
    const plan = planOf({ run: withItems(waiting, mixed) })
    expect(plan.steps.map(({ step: name }) => name)).toEqual([
      'list',
      'pay',
      'pay[0]',
      'pay[1]',
      'pay[2]',
      'pay[3]',
      'mail',
    ])
    expect(verdictsOf(plan)).toEqual({
      list: 'reuse S1',
      pay: 'await S34',
      'pay[0]': 'reuse S1',
      'pay[1]': 'run S3',
      'pay[2]': 'run S6',
      'pay[3]': 'skip S2',
      mail: 'run S6',
    })
    expect(reasonOf(plan, 'pay')).toBe('pay goes on with its 4 items: 2 reused, 2 to run.')
    expect(plan.ready).toBe(true)
  })

  it('[S34] a step that failed because of its items waits for them again, and repeats none that succeeded', () => {
    const run = withItems(makeStep('failed'), mixed)
    const plan = planOf({ run })
    expect(verdictsOf(plan)).toMatchObject({ pay: 'run S34', 'pay[0]': 'reuse S1' })
    const options = { run, by: 'ada', inputs: null, variables: null, workflow: null }
    expect(resumeRecords(plan, options)).toEqual([
      { type: 'runResumed', by: 'ada', reason: null, reset: ['pay[1]'], stopAfter: null },
      { type: 'stepWaiting', step: 'pay', waitingOn: { kind: 'items', total: 4 } },
    ])
  })

  it('[S34] an item in doubt is asked about, and one that is stopped at blocks what needs its step', () => {
    const run = withItems(waiting, [item(1, 'succeeded'), item(2, 'running')])
    const open = planOf({ run })
    expect(verdictsOf(open)).toMatchObject({ 'pay[1]': 'ask S12' })
    expect(reasonOf(open, 'pay')).toBe('pay goes on with its 2 items: 1 reused, 1 to be decided.')
    expect(open.problems).toEqual([
      'Decide about pay[1]: it happened, run it again, skip it, or stop.',
    ])
    const stopped = planOf({ run, decisions: { 'pay[1]': { kind: 'stop' } } })
    expect(verdictsOf(stopped)).toMatchObject({ mail: 'blocked S18' })
  })

  it.each([
    ['succeeded', makeStep('succeeded')],
    ['was skipped by a person', makeStep('skipped', { skippedBy: 'person' })],
  ])('[S36] items of a step that %s stay as they are', (_, pay) => {
    const plan = planOf({ run: withItems(pay, mixed) })
    expect(verdictsOf(plan)).toMatchObject({ 'pay[1]': 'reuse S36', 'pay[2]': 'reuse S36' })
  })

  it('[S36] so do those of a step that the workflow goes on without', () => {
    const passing = makeDefinition({ pay: { forEach: [1, 2], continueOnError: true } })
    const run = runWith(passing, {
      pay: makeStep('failed'),
      'pay[0]': item(1, 'succeeded'),
      'pay[1]': item(2, 'pending'),
    })
    expect(verdictsOf(planOf({ run }))).toEqual({
      pay: 'reuse S19',
      'pay[0]': 'reuse S1',
      'pay[1]': 'reuse S36',
    })
  })

  it('[S17] items behind the step after which the resume stops are not reached', () => {
    const run = runWith(definition, {
      list: makeStep('pending'),
      pay: waiting,
      mail: makeStep('pending'),
      'pay[0]': item(1, 'pending'),
    })
    expect(verdictsOf(planOf({ run, stopAfter: step('list') }))).toMatchObject({
      'pay[0]': 'blocked S17',
      mail: 'blocked S17',
    })
    expect(verdictsOf(planOf({ run, stopAfter: step('pay') }))).toMatchObject({
      'pay[0]': 'run S6',
      mail: 'blocked S17',
    })
  })

  it('[S35] in a fork the result of an item that succeeded later is reused, unless a person says otherwise', () => {
    const three = { waitingOn: { kind: 'items', total: 3 } } as const
    const base = withItems({ ...waiting, ...three }, [
      item(1, 'succeeded'),
      item(2, 'pending'),
      item(3, 'pending'),
    ])
    const latest = withItems(makeStep('failed'), [
      item(1, 'succeeded'),
      item(2, 'succeeded'),
      item(3, 'failed'),
    ])
    const plan = planOf({ run: base, latest, from: makeCheckpoint(5), isLatest: false })
    expect(verdictsOf(plan)).toMatchObject({
      pay: 'await S34',
      'pay[0]': 'reuse S1',
      'pay[1]': 'reuse S35',
      'pay[2]': 'run S16',
    })
    expect(plan.ready).toBe(true)
  })

  it('[S16] a fork from before its items were known asks about the step as a whole', () => {
    const base = runWith(definition, { list: makeStep('succeeded'), pay: makeStep('pending') })
    const ask = { run: base, from: makeCheckpoint(5), isLatest: false }
    const halfway = withItems(waiting, [item(1, 'succeeded'), item(2, 'pending')])
    expect(verdictsOf(planOf({ ...ask, latest: halfway }))).toMatchObject({ pay: 'ask S16' })
    const failed = withItems(makeStep('failed'), [item(1, 'succeeded'), item(2, 'failed')])
    expect(verdictsOf(planOf({ ...ask, latest: failed }))).toMatchObject({ pay: 'ask S16' })
    const done = withItems(makeStep('succeeded'), [item(1, 'succeeded')])
    expect(verdictsOf(planOf({ ...ask, latest: done }))).toMatchObject({ pay: 'reuse S35' })
  })

  it('[S20] items of a step that has none in the definition as it is now are kept', () => {
    const run = withItems(waiting, [item(1, 'failed')])
    const current = makeDefinition({ list: {}, pay: {}, mail: {} })
    const plan = planOf({ run, current, use: 'current' })
    expect(verdictsOf(plan)).toMatchObject({ 'pay[0]': 'blocked S20' })
    expect(plan.definition.missing).toEqual([])
    expect(makeRun().id).toBe(plan.run)
  })
})
