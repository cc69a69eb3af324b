import { describe, expect, test } from 'vitest'
import {
  decisionRecords,
  editVariables,
  resumeRecords,
  type ResumeRecordsOptions,
} from '../../../../../shared/core/resume/resumeRecords.ts'
import type { ResumeInput } from '../../../../../shared/core/resume/planResume.ts'
import { makeDefinition, makeRun, makeStep, step } from './makeRun.ts'
import { planOf, runWith } from './planOf.ts'

const pending = makeStep('pending')
const run = makeRun({ steps: { build: makeStep('failed'), charge: pending, mail: pending } })

function records(given: Partial<ResumeInput> = {}, more: Partial<ResumeRecordsOptions> = {}) {
  const input = { run, ...given }
  return resumeRecords(planOf(input), {
    run: input.run,
    by: 'ada',
    inputs: null,
    variables: null,
    workflow: null,
    ...more,
  })
}

describe('what a resume writes', () => {
  test('[S14] that the run goes on, and which steps begin anew', () => {
    expect(records()).toEqual([
      {
        type: 'runResumed',
        by: 'ada',
        reason: null,
        reset: ['build'],
        stopAfter: null,
      },
    ])
    expect(records({ stopAfter: step('charge') })).toEqual([
      {
        type: 'runResumed',
        by: 'ada',
        reason: null,
        reset: ['build'],
        stopAfter: 'charge',
      },
    ])
  })

  test('[S38] what was edited: inputs, the definition, and the batch that it is part of', () => {
    const batch = { id: 'b1', attempt: 1 }
    expect(records({}, { inputs: { to: 'x' }, workflow: run.workflow, batch })).toEqual([
      {
        type: 'runResumed',
        by: 'ada',
        reason: null,
        reset: ['build'],
        inputs: { to: 'x' },
        definition: {
          name: 'shop',
          version: '1',
          source: null,
          digest: null,
          definition: {
            name: 'shop',
            steps: {
              build: { run: 'true', sideEffects: 'none' },
              charge: {
                run: 'true',
                needs: ['build'],
                sideEffects: 'external',
              },
              mail: {
                run: 'true',
                needs: ['charge'],
                sideEffects: 'idempotent',
              },
            },
          },
        },
        stopAfter: null,
        batch: { id: 'b1', attempt: 1 },
      },
    ])
    expect(records({}, { variables: { set: {}, remove: [] } })).toHaveLength(1)
    expect(records({}, { variables: { set: {}, remove: ['x'] } })[0]).toEqual({
      type: 'variablesChanged',
      set: [],
      removed: ['x'],
      by: 'ada',
    })
  })

  test('[S42] steps that were renamed and the definition that names them, in one record', () => {
    const current = makeDefinition({ compile: {}, pay: {}, mail: {} })
    const workflow = { ...run.workflow, definition: current }
    const mapping = { build: 'compile', charge: 'pay' }
    const found = records({ current, use: 'current', mapping }, { workflow })
    expect(found.map(({ type }) => type)).toEqual(['edited', 'runResumed'])
    expect(found[0]).toMatchObject({
      by: 'ada',
      reason: 'build is compile now, charge is pay now.',
    })
    expect(found[1]).not.toHaveProperty('definition')
    expect(records({ current, use: 'current', mapping }).map(({ type }) => type)).toEqual([
      'runResumed',
    ])
  })

  test('[S14] what was said, and what the definition allows by itself', () => {
    const doubt = makeRun({
      steps: { build: makeStep('running'), charge: makeStep('running'), mail: makeStep('running') },
    })
    const decisions = { charge: { kind: 'happened', output: { receipt: 7 } } } as const
    const plan = planOf({ run: doubt, decisions })
    expect(decisionRecords(plan, 'ada')).toEqual([
      {
        type: 'decision',
        step: 'build',
        decision: 'rerun',
        by: 'unstuck',
        reason:
          'build had begun and its result is unknown: its definition says that it may run again, so it does.',
      },
      {
        type: 'decision',
        step: 'charge',
        decision: 'happened',
        by: 'ada',
        reason: null,
        output: { receipt: 7 },
      },
      {
        type: 'decision',
        step: 'mail',
        decision: 'rerun',
        by: 'unstuck',
        reason:
          'mail had begun and its result is unknown: its definition says that it may run again, so it does.',
      },
    ])
    const skipped = planOf({ run: doubt, decisions: { charge: { kind: 'skip' } } })
    expect(decisionRecords(skipped, 'ada').slice(1, 2)).toEqual([
      { type: 'decision', step: 'charge', decision: 'skip', by: 'ada', reason: null },
    ])
    const fork = planOf({ run: doubt, decisions, fork: true })
    expect(
      decisionRecords(fork, 'ada').map((record) => record.type === 'decision' && record.step),
    ).toEqual(['charge'])
  })

  test('[S34] [S49] a step that ended with its items or its run undone waits for them again', () => {
    const definition = makeDefinition({
      scan: { forEach: ['a', 'b'], sideEffects: 'none' },
      child: { run: undefined, workflow: './c.yaml' },
      plain: {},
    })
    const failed = makeStep('failed')
    const ended = runWith(definition, {
      scan: failed,
      'scan[0]': failed,
      'scan[1]': makeStep('succeeded'),
      child: failed,
      plain: failed,
    })
    const children = { child: { run: 'child-1', status: 'failed', open: [] } }
    expect(records({ run: ended, children }, { children })).toEqual([
      {
        type: 'runResumed',
        by: 'ada',
        reason: null,
        reset: ['scan[0]', 'plain'],
        stopAfter: null,
      },
      {
        type: 'stepWaiting',
        step: 'scan',
        waitingOn: { kind: 'items', total: 2 },
      },
      {
        type: 'stepWaiting',
        step: 'child',
        waitingOn: { kind: 'run', run: 'child-1' },
      },
    ])
  })

  test('[S38] variables: others stay, some go, some are set', () => {
    expect(editVariables({ a: 1, b: 2 }, { set: { c: 3, a: 4 }, remove: ['b'] })).toEqual({
      a: 4,
      c: 3,
    })
  })
})
