import { describe, expect, test } from 'vitest'
import { createSchedule, type Schedule } from '../../../../../shared/core/graph/schedule.ts'
import { createSortedList } from '../../../../../shared/core/graph/sortedList.ts'
import type { StepState } from '../../../../../shared/schema/run.ts'
import { WorkflowDefinition } from '../../../../../shared/schema/workflow.ts'
import { costOf } from '../../../../processorTime.ts'

const startMs = Date.parse('2026-01-02T03:04:05.000Z')

describe('createSchedule', () => {
  test('[W11] steps whose time has come are given with the earliest first', () => {
    const schedule = createSchedule(defined({ a: [], b: [], c: [] }), {})
    schedule.update('a', waitingUntil(startMs + 30))
    schedule.update('b', waitingUntil(startMs + 10))
    schedule.update('c', waitingUntil(startMs + 20))
    expect(due(schedule, startMs)).toEqual([])
    expect(schedule.nextDueMs(startMs)).toBe(startMs + 10)
    expect(due(schedule, startMs + 20)).toEqual(['b', 'c'])
    expect(due(schedule, startMs + 20, 1)).toEqual(['b'])
    expect(schedule.nextDueMs(startMs + 20)).toBe(startMs + 30)
    expect(schedule.nextDueMs(startMs + 30)).toBeNull()
  })

  test('[W11] a step whose time was moved waits for the new one', () => {
    const schedule = createSchedule(defined({ a: [] }), {})
    schedule.update('a', waitingUntil(startMs))
    schedule.update('a', waitingUntil(startMs + 5))
    expect(due(schedule, startMs)).toEqual([])
    schedule.update('a', state({ status: 'running' }))
    expect(due(schedule, startMs + 5)).toEqual([])
  })

  test('[W11] a step whose need is asked for once more waits for that need, whatever its own moment', () => {
    const schedule = createSchedule(defined({ a: [], b: ['a'] }), {})
    schedule.update('a', state({ status: 'skipped', skippedBy: 'condition' }))
    schedule.update('b', waitingUntil(startMs))
    expect(due(schedule, startMs)).toEqual(['b'])
    schedule.update('a', state({ status: 'pending' }))
    expect(due(schedule, startMs)).toEqual(['a'])
    expect(schedule.nextDueMs(startMs - 1)).toBeNull()
    schedule.update('a', state({ status: 'skipped', skippedBy: 'condition' }))
    expect(due(schedule, startMs)).toEqual(['b'])
  })

  test('[W10] begins with the states that it is given', () => {
    const definition = defined({ a: [], b: ['a'], c: ['b'], d: ['unknown'] })
    const schedule = createSchedule(definition, {
      ['a' as never]: state({ status: 'failed' }),
      ['unknown' as never]: state({ status: 'succeeded' }),
    })
    expect(schedule.next({ nowMs: 0, slots: 9, most: 9 })).toEqual(['d'])
    expect(schedule.blocked(9)).toEqual([{ step: 'b', reason: 'a failed.' }])
  })

  test('[W12] a change costs the steps that need the changed one, not all steps', () => {
    const few = costPerStep(500)
    const many = costPerStep(20_000)
    expect(many).toBeLessThan(few * 10)
  })
})

test('[W11] a sorted list keeps its order, and forgets what is not there', () => {
  const list = createSortedList<{ at: number }, { at: number; name: string }>((a, b) => a.at - b.at)
  for (const at of [3, 1, 2]) list.add({ at, name: `n${at}` })
  list.remove({ at: 9, name: 'none' })
  list.remove({ at: 2, name: 'n2' })
  expect(list.first(9).map(({ name }) => name)).toEqual(['n1', 'n3'])
  expect(list.countBefore({ at: 3 })).toBe(1)
  expect(list.after({ at: 2 })?.name).toBe('n3')
})

/** A whole run of a chain beside which as many steps are free, the best of some tries. */
function costPerStep(count: number): number {
  const needs = Array.from({ length: count }, (_, index) => [
    `s${index}`,
    index % 2 ? [] : before(index),
  ])
  const definition = defined(Object.fromEntries(needs))
  const cost = costOf(() => {
    const schedule = createSchedule(definition, {})
    for (;;) {
      const [step] = schedule.next({ nowMs: 0, slots: 1, most: 1 })
      if (step === undefined) break
      schedule.update(step, state({ status: 'running' }))
      schedule.update(step, state({ status: 'succeeded' }))
    }
  })
  return cost / count
}

/** What is due, where nothing can begin. */
function due(schedule: Schedule, nowMs: number, slots = 9): readonly string[] {
  return schedule.next({ nowMs, slots, most: 9 })
}

function before(index: number): readonly string[] {
  return index < 2 ? [] : [`s${index - 2}`]
}

function defined(needs: Readonly<Record<string, readonly string[]>>): WorkflowDefinition {
  const steps = Object.entries(needs).map(([step, list]) => [step, { run: 'true', needs: list }])
  return WorkflowDefinition.parse({ name: 'any', steps: Object.fromEntries(steps) })
}

function waitingUntil(ms: number): StepState {
  const until = new Date(ms).toISOString()
  return state({ status: 'waiting', waitingOn: { kind: 'retry', until, attempt: 2 } })
}

function state(values: Partial<StepState>): StepState {
  const nothing = { attempts: [], output: null, waitingOn: null, skippedBy: null }
  return { status: 'pending', ...nothing, ...values }
}
