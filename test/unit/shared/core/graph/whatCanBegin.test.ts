import { describe, expect, test } from 'vitest'
import { createSchedule, type Schedule } from '../../../../../shared/core/graph/schedule.ts'
import { StepState } from '../../../../../shared/schema/run.ts'
import { WorkflowDefinition } from '../../../../../shared/schema/workflow.ts'

const dueMs = Date.parse('2026-01-02T03:04:05.000Z')
const all = { nowMs: 0, slots: 9, most: 9 }

/** `failed`, `skipped:person`: what became of a step, and who skipped it. */
function ended(words: string): StepState {
  const [status, skippedBy = null] = words.split(':')
  return state({ status, skippedBy })
}

function state(values: object): StepState {
  const nothing = { attempts: [], output: null, waitingOn: null, skippedBy: null }
  return StepState.parse({ status: 'pending', ...nothing, ...values })
}

function waitingOn(values: object): StepState {
  return state({ status: 'waiting', waitingOn: values })
}

const untilMs = (ms: number) =>
  waitingOn({ kind: 'retry', until: new Date(ms).toISOString(), attempt: 2 })

function scheduleOf(steps: object, states: Readonly<Record<string, StepState>> = {}): Schedule {
  const definition = WorkflowDefinition.parse({ name: 'any', parallel: 4, steps })
  return createSchedule(definition, states)
}

/** `a: []`, `b: ['a']`: each step with what it needs. */
function offered(
  needs: Readonly<Record<string, readonly string[]>>,
  words: Readonly<Record<string, string>>,
  goOn: readonly string[] = [],
) {
  const steps = Object.entries(needs).map(([step, each]) => [
    step,
    { run: 'true', needs: each, continueOnError: goOn.includes(step) },
  ])
  const states = Object.entries(words).map(([step, word]) => [step, ended(word)] as const)
  const schedule = scheduleOf(Object.fromEntries(steps), Object.fromEntries(states))
  const skip = schedule.blocked(9).map(({ step, reason }) => `${step}: ${reason}`)
  return { run: schedule.next(all), skip }
}

describe('a pending step', () => {
  test('[W5] can begin when all that it needs succeeded, also where the run does not know it yet', () => {
    const needs = { a: [], b: ['a'], c: ['a', 'b'], d: [], e: ['a'] }
    const words = { a: 'succeeded', b: 'pending', c: 'pending', d: 'pending' }
    expect(offered(needs, words)).toEqual({ run: ['b', 'd', 'e'], skip: [] })
  })

  test.each(['running', 'waiting', 'pending'])('[W5] cannot while one is %s', (word) => {
    const { run } = offered({ a: ['b'], b: [] }, { a: 'pending', b: word })
    expect(run).not.toContain('a')
  })

  test.each([
    ['failed', 'a failed.'],
    ['cancelled', 'a was cancelled.'],
    ['skipped:dependency', 'a was skipped because of a step before it.'],
  ])('[W6] is to be skipped when one is %s, and can begin where that may be', (word, reason) => {
    const needs = { a: [], b: ['a', 'c'], c: ['a'] }
    const words = { a: word, b: 'pending', c: 'pending' }
    expect(offered(needs, words)).toEqual({ run: [], skip: [`c: ${reason}`, `b: ${reason}`] })
    expect(offered(needs, words, ['a'])).toEqual({ run: ['c'], skip: [] })
  })

  test.each(['skipped:person', 'skipped:condition'])('[W6] goes on without what is %s', (word) => {
    expect(offered({ a: [], b: ['a'] }, { a: word, b: 'pending' })).toEqual({
      run: ['b'],
      skip: [],
    })
  })

  test('[W6] is not skipped any more once what it needs is asked for again', () => {
    const steps = { a: { run: 'true' }, b: { run: 'true', needs: ['a'] } }
    const schedule = scheduleOf(steps, { a: ended('failed') })
    expect(schedule.blocked(9)).toEqual([{ step: 'b', reason: 'a failed.' }])
    schedule.update('a', ended('pending'))
    expect([schedule.blocked(9), schedule.next(all)]).toEqual([[], ['a']])
    schedule.update('a', ended('succeeded'))
    expect([schedule.blocked(9), schedule.next(all)]).toEqual([[], ['b']])
  })
})

describe('a schedule', () => {
  test('[W36] names no more than it is asked for, whatever takes a slot and whatever has items', () => {
    const schedule = scheduleOf(
      { wait: { wait: '1s' }, one: { run: 'true' }, each: { run: 'true', forEach: 'inputs.all' } },
      { each: waitingOn({ kind: 'items', total: 3 }) },
    )
    for (const index of [0, 1, 2]) schedule.update(`each[${index}]`, ended('pending'))
    expect(schedule.next({ ...all, most: 1 })).toEqual(['wait'])
    expect(schedule.next({ ...all, most: 3 })).toEqual(['wait', 'one', 'each[0]'])
    expect(schedule.next({ ...all, slots: 2 })).toEqual(['wait', 'one', 'each[0]'])
    expect(schedule.next(all)).toEqual(['wait', 'one', 'each[0]', 'each[1]', 'each[2]'])
  })

  test('[W11] the next moment is the earliest of all waits, retries and gates that expire', () => {
    const at = (ms: number) => new Date(dueMs + ms).toISOString()
    const gate = { kind: 'gate', since: at(0), who: null, message: null, form: null }
    const schedule = scheduleOf({
      retry: { run: 'true' },
      wait: { wait: '1s' },
      gate: { gate: {} },
      open: { gate: {} },
    })
    schedule.update('retry', untilMs(dueMs + 30))
    schedule.update('wait', waitingOn({ kind: 'time', until: at(20) }))
    schedule.update('gate', waitingOn({ ...gate, until: at(10) }))
    schedule.update('open', waitingOn({ ...gate, until: null }))
    const moments = [0, 10, 20, 30].map((later) => schedule.nextDueMs(dueMs + later))
    expect(moments).toEqual([dueMs + 10, dueMs + 20, dueMs + 30, null])
    expect(schedule.next({ ...all, nowMs: dueMs + 20 })).toEqual(['gate', 'wait'])
  })

  test('[W11] how many steps wait, each once: those that wait for their items do so through these', () => {
    const schedule = scheduleOf({
      a: { run: 'true' },
      b: { gate: {} },
      each: { run: 'true', forEach: [1] },
    })
    const counts = [schedule.waiting()]
    const tell = (step: string, told: StepState) => {
      schedule.update(step, told)
      counts.push(schedule.waiting())
    }
    tell('a', untilMs(dueMs))
    tell('each', waitingOn({ kind: 'items', total: 1 }))
    tell('each[0]', untilMs(dueMs))
    tell('a', untilMs(dueMs + 1))
    tell('a', ended('running'))
    tell('each[0]', ended('succeeded'))
    expect(counts).toEqual([0, 1, 1, 2, 2, 1, 0])
  })
})

describe('the items of a step', () => {
  const each = { run: 'true', forEach: [1, 2], needs: ['first'] }
  const steps = { first: { run: 'true' }, each }
  const round = waitingOn({ kind: 'items', total: 2 })

  test('[W35] that begin again are named once', () => {
    const schedule = scheduleOf({ each: { ...each, needs: [] } }, { each: round })
    for (const item of ['each[0]', 'each[1]']) schedule.update(item, ended('pending'))
    for (const item of ['each[0]', 'each[1]']) schedule.update(item, ended('running'))
    expect(schedule.next(all)).toEqual([])
    schedule.update('each[1]', ended('pending'))
    expect(schedule.next(all)).toEqual(['each[1]'])
  })

  test('[W35] wait until what their step needs has ended once more', () => {
    const schedule = scheduleOf(steps, { first: ended('succeeded'), each: round })
    schedule.update('each[0]', ended('pending'))
    schedule.update('each[1]', untilMs(dueMs))
    expect(schedule.next({ ...all, nowMs: dueMs })).toEqual(['each[1]', 'each[0]'])
    schedule.update('first', ended('pending'))
    expect(schedule.next({ ...all, nowMs: dueMs })).toEqual(['first'])
    expect(schedule.nextDueMs(0)).toBeNull()
    schedule.update('first', ended('succeeded'))
    expect(schedule.next({ ...all, nowMs: dueMs })).toEqual(['each[1]', 'each[0]'])
    expect(schedule.nextDueMs(0)).toBe(dueMs)
  })

  test('[W35] whose retry is due are looked at when there is room for them', () => {
    const one = { ...each, needs: [], forEach: { items: [1, 2], parallel: 1 } }
    const schedule = scheduleOf({ each: one }, { each: round })
    schedule.update('each[0]', ended('running'))
    schedule.update('each[1]', untilMs(dueMs))
    expect([schedule.nextDueMs(0), schedule.next({ ...all, nowMs: dueMs })]).toEqual([null, []])
    schedule.update('each[0]', ended('succeeded'))
    expect(schedule.nextDueMs(0)).toBe(dueMs)
    schedule.update('each[1]', ended('succeeded'))
    expect([schedule.nextDueMs(0), schedule.settled()]).toEqual([null, ['each']])
  })

  test('[W35] one that is asked for again keeps its step from being settled', () => {
    const schedule = scheduleOf(steps, { first: ended('succeeded'), each: round })
    for (const item of ['each[0]', 'each[1]']) schedule.update(item, ended('failed'))
    expect(schedule.settled()).toEqual(['each'])
    schedule.update('each[0]', ended('pending'))
    expect([schedule.settled(), schedule.next(all)]).toEqual([[], ['each[0]']])
    schedule.update('each[0]', ended('succeeded'))
    schedule.update('each', ended('succeeded'))
    expect(schedule.settled()).toEqual([])
  })

  test('[W35] left over from a step that has none any more, they are not run', () => {
    const plain = { each: { run: 'true' } }
    const schedule = scheduleOf(plain, { 'each[0]': ended('pending'), each: round })
    expect([schedule.next(all), schedule.settled()]).toEqual([[], []])
  })
})
