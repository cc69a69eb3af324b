import { describe, expect, test } from 'vitest'
import { createSchedule } from '../../../../../shared/core/graph/schedule.ts'
import { tryRun } from '../../../../../shared/core/graph/tryRun.ts'
import { StepId } from '../../../../../shared/schema/ids.ts'
import type { StepState } from '../../../../../shared/schema/run.ts'
import { WorkflowDefinition } from '../../../../../shared/schema/workflow.ts'
import { moment, sampleRun } from '../run/sampleRun.ts'

const all = { nowMs: 0, slots: 9, most: 9 }

function state(values: Partial<StepState>): StepState {
  const nothing = { attempts: [], output: null, waitingOn: null, skippedBy: null }
  return { status: 'pending', ...nothing, ...values }
}

function defined(steps: object, parallel = 4): WorkflowDefinition {
  return WorkflowDefinition.parse({ name: 'any', parallel, steps })
}

describe('a schedule', () => {
  test('[W34] gives a step that asks for outcomes when all that it needs has ended, however that was', () => {
    const schedule = createSchedule(
      defined({
        a: { run: 'true' },
        b: { run: 'true' },
        ask: { run: 'true', needs: ['a', 'b'], when: 'failed()' },
        plain: { run: 'true', needs: ['a', 'b'], when: 'inputs.go' },
      }),
      {},
    )
    schedule.update('a', state({ status: 'failed' }))
    expect(schedule.next(all)).toEqual(['b'])
    expect(schedule.blocked(9)).toEqual([{ step: 'plain', reason: 'a failed.' }])
    schedule.update('b', state({ status: 'succeeded' }))
    expect(schedule.next(all)).toEqual(['ask'])
  })

  test('[W35] gives items in their order, as many as may run at once, also those whose retry is due', () => {
    const forEach = { items: [1, 2, 3, 4], parallel: 2 }
    const schedule = createSchedule(defined({ a: { run: 'true', forEach } }), {})
    for (const index of [0, 1, 2, 3]) schedule.update(`a[${index}]`, state({}))
    expect(schedule.next(all)).toEqual(['a'])
    schedule.update('a', state({ status: 'waiting', waitingOn: { kind: 'items', total: 4 } }))
    expect(schedule.next(all)).toEqual(['a[0]', 'a[1]'])
    schedule.update('a[0]', state({ status: 'running' }))
    expect(schedule.next(all)).toEqual(['a[1]'])
    const until = moment(0)
    schedule.update(
      'a[0]',
      state({ status: 'waiting', waitingOn: { kind: 'retry', until, attempt: 2 } }),
    )
    expect(schedule.next({ ...all, nowMs: Date.parse(until) })).toEqual(['a[0]', 'a[1]'])
    for (const index of [0, 1, 2]) schedule.update(`a[${index}]`, state({ status: 'succeeded' }))
    expect([schedule.next(all), schedule.settled()]).toEqual([['a[3]'], []])
    schedule.update('a[3]', state({ status: 'failed' }))
    expect([schedule.next(all), schedule.settled()]).toEqual([[], ['a']])
  })

  test('[W36] waits, gates and the round over items take no slot; a run of its own takes one', () => {
    const schedule = createSchedule(
      defined({
        run: { run: 'true' },
        wait: { wait: '1s' },
        gate: { gate: {} },
        each: { run: 'true', forEach: [1] },
        child: { workflow: './child.yaml' },
      }),
      {},
    )
    expect(schedule.next({ ...all, slots: 0 })).toEqual(['wait', 'gate', 'each'])
    schedule.update('child', state({ status: 'waiting', waitingOn: { kind: 'run', run: 'r' } }))
    expect(schedule.taken()).toBe(1)
  })
})

describe('a step that is tried', () => {
  const at = moment(9)
  const tried = (
    steps: Record<string, Partial<StepState>>,
    step: string,
    definition = defined({
      a: { run: 'true' },
      b: { run: 'true', needs: ['a'], when: 'false', retry: { attempts: 3 } },
      c: { run: 'true', needs: ['b'] },
      ask: { gate: {} },
    }),
  ) => {
    const states = Object.entries(steps).map(([name, values]) => [name, state(values)])
    const base = { ...sampleRun(), steps: Object.fromEntries(states) }
    return tryRun(base, { definition, step: StepId.parse(step), id: base.id, at })
  }

  test('[W37] is pending, what has ended stays, and nothing else can begin', () => {
    const made = tried({ a: { status: 'succeeded', output: 3 }, b: { status: 'failed' } }, 'b')
    expect(made).toMatchObject({
      kind: 'run',
      run: {
        status: 'pending',
        steps: {
          a: { status: 'succeeded', output: 3 },
          b: { status: 'pending' },
          c: { status: 'skipped' },
          ask: { status: 'skipped' },
        },
        workflow: { definition: { steps: { b: { run: 'true', needs: ['a'] } } } },
      },
    })
    const own = made.kind === 'run' ? made.run.workflow.definition?.steps['b' as never] : null
    expect(Object.keys(own ?? {})).toEqual(['run', 'needs'])
  })

  test('[W38] has a key of its own, also where the step kept that of another run', () => {
    const made = tried({ a: { status: 'succeeded' }, b: { status: 'failed', key: 'other/b' } }, 'b')
    const own = made.kind === 'run' ? made.run.steps['b' as never] : null
    expect(own).toMatchObject({ status: 'pending' })
    expect(own).not.toHaveProperty('key')
  })

  test('[W37] a gate, and a step whose needs have not ended well, is not tried', () => {
    expect(tried({}, 'ask')).toMatchObject({ problem: expect.stringContaining('is a gate') })
    expect(tried({}, 'b')).toMatchObject({
      problem: 'step b needs a, which has not ended at this point.',
    })
    expect(tried({ a: { status: 'failed' } }, 'b')).toMatchObject({
      problem: 'step b needs a, which failed.',
    })
    expect(tried({}, 'gone')).toEqual({ kind: 'problem', problem: 'there is no step gone.' })
    const child = defined({ sub: { workflow: './sub.yaml' } })
    expect(tried({}, 'sub', child)).toMatchObject({
      problem: 'step sub is a run of its own, which cannot be tried alone.',
    })
  })

  test('[W37] of a step with items one is tried alone, as far as they were gone over', () => {
    const definition = defined({ each: { run: 'true', forEach: [1, 2] } })
    const items = {
      each: { status: 'failed' },
      'each[0]': { status: 'succeeded', output: 1, item: 1 },
      'each[1]': { status: 'failed', item: 2 },
    } as const

    expect(tried(items, 'each[1]', definition)).toMatchObject({
      kind: 'run',
      run: {
        steps: {
          each: { status: 'waiting', waitingOn: { kind: 'items', total: 2 } },
          'each[0]': { status: 'succeeded', output: 1 },
          'each[1]': { status: 'pending', item: 2 },
        },
      },
    })
    expect(tried({}, 'each[1]', definition)).toMatchObject({
      problem: 'step each[1] is not there at this point: its step had not gone over its items.',
    })
  })
})
