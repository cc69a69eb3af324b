import { describe, expect, it } from 'vitest'
import { resumeRecords } from '../../../../../shared/core/resume/resumeRecords.ts'
import { replay } from '../../../../../shared/core/run/replay.ts'
import type { ResumeInput } from '../../../../../shared/core/resume/planResume.ts'
import type { RecordBody } from '../../../../../shared/schema/journal.ts'
import type { Run } from '../../../../../shared/schema/run.ts'
import { at, makeDefinition, makeRun, makeStep, step } from './makeRun.ts'
import { planOf, reasonOf, verdictsOf } from './planOf.ts'

const now = makeDefinition({
  build: { sideEffects: 'none' },
  pay: { needs: [step('build')], sideEffects: 'external' },
  mail: { needs: [step('pay')], sideEffects: 'idempotent' },
})
const run = makeRun({
  steps: {
    build: makeStep('succeeded'),
    charge: makeStep('succeeded', { output: 7 }),
    mail: makeStep('failed'),
  },
  status: 'failed',
})

function planWith(given: Partial<ResumeInput>) {
  return planOf({ run, current: now, use: 'current', ...given })
}

function applied(records: readonly RecordBody[], before: Run): Run | null {
  const items = records.map((body, index) => ({
    kind: 'known' as const,
    record: { ...body, seq: 11 + index, at: at(20), epoch: 1, prev: '', sum: '' },
  }))
  return replay(items, { from: before })
}

describe('a definition in which steps have other names', () => {
  it('[S41] names the missing ones, and what may be meant', () => {
    expect(planWith({}).problems).toEqual([
      'The definition as it is now has no step charge. Use the recorded one, put it back, or map it to the step that it has instead. You may mean to map charge to pay.',
    ])
  })

  it('[S42] a mapped step is the recorded one under its new name', () => {
    const plan = planWith({ mapping: { charge: 'pay' } })
    expect(plan.ready).toBe(true)
    expect(verdictsOf(plan)).toEqual({ build: 'reuse S1', pay: 'reuse S1', mail: 'run S3' })
    expect(plan.steps.map(({ was }) => was)).toEqual([null, 'charge', null])
    expect(plan.definition).toMatchObject({
      missing: [],
      added: [],
      altered: [],
      mapping: { charge: 'pay' },
    })
    expect(reasonOf(plan, 'pay')).toBe('pay succeeded: its output is used again.')
  })

  it('[S42] [S43] the journal renames it with its definition in one record, and it keeps its key', () => {
    const plan = planWith({ mapping: { charge: 'pay' } })
    const workflow = { ...run.workflow, definition: now }
    const options = { run, by: 'ada', inputs: null, variables: null, workflow }
    const records = resumeRecords(plan, options)
    expect(records.map(({ type }) => type)).toEqual(['edited', 'runResumed'])
    const after = applied(records, run)
    expect(Object.keys(after?.steps ?? {}).toSorted()).toEqual(['build', 'mail', 'pay'])
    expect(after?.steps[step('pay')]).toMatchObject({
      status: 'succeeded',
      output: 7,
      key: `${run.id}/charge`,
    })
    expect(after?.workflow.definition).toEqual(now)
  })

  it('[S42] two steps may change their names with each other, and items go with their step', () => {
    const recorded = makeDefinition({ one: { forEach: [1] }, two: {} })
    const current = makeDefinition({ two: { forEach: [1] }, one: {} })
    const before = makeRun({
      workflow: { ...run.workflow, definition: recorded },
      steps: {
        one: makeStep('succeeded', { output: 1 }),
        'one[0]': makeStep('succeeded', { item: 1 }),
        two: makeStep('failed'),
      },
    })
    const mapping = { one: 'two', two: 'one' }
    const plan = planOf({ run: before, current, use: 'current', mapping })
    expect(plan.problems).toEqual([])
    const workflow = { ...run.workflow, definition: current }
    const records = resumeRecords(plan, { run: before, by: 'ada', ...none, workflow })
    expect(applied(records, before)?.steps).toMatchObject({
      two: { status: 'succeeded', output: 1 },
      'two[0]': { status: 'succeeded' },
      one: { status: 'pending' },
    })
  })

  it.each([
    [{ nobody: 'pay' }, 'The run has no step nobody, which is mapped to pay. Take that back.'],
    [
      { charge: 'nothing' },
      'The definition as it is now has no step nothing, to which charge is mapped. Name one that it has.',
    ],
    [{ build: 'build' }, 'build is mapped to itself. Take that back.'],
    [
      { charge: 'mail' },
      'charge is mapped to mail, which is a step of the run itself. Map that one too, or take it back.',
    ],
    [
      { charge: 'pay', build: 'pay' },
      'Both charge and build are mapped to pay. A step stands for one only.',
    ],
  ])('[S42] a mapping that fits nothing is refused: %j', (mapping, problem) => {
    expect(planWith({ mapping }).problems).toContain(problem)
  })

  it('[S55] a new step under the old name of another one is refused, now and at a later resume', () => {
    const again = makeDefinition({ ...now.steps, charge: {} })
    const problem =
      'The definition as it is now has another step charge, whose idempotency key is that of pay, which was called so. Give the new step a name that the run never had.'
    const plan = planWith({ current: again, mapping: { charge: 'pay' } })
    expect(plan.problems).toEqual([problem])
    const renamed = makeRun({
      ...run,
      steps: {
        build: makeStep('succeeded'),
        pay: makeStep('succeeded', { key: `${run.id}/charge` }),
      },
    })
    expect(planWith({ run: renamed, current: again }).problems).toContain(problem)
    expect(planWith({ run: renamed, current: again, fork: true }).problems).not.toContain(problem)
  })

  it('[S42] a mapping goes with the definition as it is now', () => {
    expect(planWith({ use: 'recorded', mapping: { charge: 'pay' } }).problems).toEqual([
      'Names of steps are mapped only to the definition as it is now. Use that, or take the mapping back.',
    ])
  })

  it('[S43] a step that is under way keeps its name until it has ended', () => {
    const charging = makeRun({
      steps: {
        build: makeStep('succeeded'),
        charge: makeStep('running'),
        mail: makeStep('pending'),
      },
    })
    const input = { run: charging, mapping: { charge: 'pay' } }
    const alive = planWith({ ...input, traces: { charge: { kind: 'alive', pid: 4 } } })
    expect(alive.problems).toEqual([
      'charge is under way, so it cannot become pay yet. Resume with the recorded definition until it has ended, or make a fork.',
    ])
    const gone = planWith({ ...input, decisions: { pay: { kind: 'rerun' } } })
    expect(gone.ready).toBe(true)
  })
})

const none = { inputs: null, variables: null }
