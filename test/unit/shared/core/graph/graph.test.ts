import { describe, expect, test } from 'vitest'
import { currentStep } from '../../../../../shared/core/graph/currentStep.ts'
import { findProblems } from '../../../../../shared/core/graph/findProblems.ts'
import { isDone } from '../../../../../shared/core/graph/isDone.ts'
import { nearest } from '../../../../../shared/schema/nearest.ts'
import { needsOf, order, stepOf } from '../../../../../shared/core/graph/order.ts'
import { StepId } from '../../../../../shared/schema/ids.ts'
import { Run, stepStatuses } from '../../../../../shared/schema/run.ts'
import { WorkflowDefinition } from '../../../../../shared/schema/workflow.ts'
import { deepFreeze } from '../diff/deepFreeze.ts'
import { sampleRun } from '../run/sampleRun.ts'

/** `a: []`, `b: ['a']`: each step with what it needs. */
function workflow(
  needs: Readonly<Record<string, readonly string[]>>,
  goOn: readonly string[] = [],
): WorkflowDefinition {
  const steps = Object.entries(needs).map(([step, each]) => [
    step,
    { run: 'true', needs: each, ...(goOn.includes(step) ? { continueOnError: true } : {}) },
  ])
  return deepFreeze(WorkflowDefinition.parse({ name: 'w', steps: Object.fromEntries(steps) }))
}

/** A running run with steps in the given statuses; `skipped:person` says who skipped it. */
function runWith(statuses: Readonly<Record<string, string>>, status = 'running'): Run {
  const steps = Object.entries(statuses).map(([step, word]) => {
    const [stepStatus, skippedBy = null] = word.split(':')
    const rest = { attempts: [], output: null, waitingOn: null, skippedBy }
    return [step, { status: stepStatus, ...rest }]
  })
  const { workflow: recorded } = sampleRun()
  const run = {
    ...sampleRun(),
    workflow: { ...recorded, definition: null },
    status,
    steps: Object.fromEntries(steps),
  }
  return deepFreeze(Run.parse(run))
}

describe('order', () => {
  test('[W1] each step stands behind what it needs', () => {
    expect(order(workflow({ d: ['c', 'b'], c: ['a'], b: ['a'], a: [] }))).toEqual([
      'a',
      'c',
      'b',
      'd',
    ])
  })

  test('[W1] an order that is sound already stays as it is written', () => {
    const written = ['z', 'y', 'x', 'w']
    const needs = { z: [], y: ['z'], x: [], w: ['y', 'x'] }
    expect(order(workflow(needs))).toEqual(written)
  })

  test('[W1] steps in or behind a cycle come last, and a missing need is passed over', () => {
    const needs = { a: ['b'], b: ['a'], c: ['b'], d: ['e'], e: [], f: ['gone'] }
    expect(order(workflow(needs))).toEqual(['e', 'd', 'f', 'a', 'b', 'c'])
  })

  test('[W1] a step that needs several, all of them sound, is sound itself', () => {
    const written = ['a', 'b', 'c', 'd', 'e']
    expect(order(workflow({ a: [], b: ['a'], c: ['a'], d: ['b', 'c'], e: [] }))).toEqual(written)
  })

  test('[W1] an item is defined as its step is, where that has items', () => {
    const each = { run: 'true', needs: ['plain'], forEach: [1] }
    const definition = WorkflowDefinition.parse({ name: 'w', steps: { plain: { run: 'a' }, each } })
    const names = ['plain', 'each', 'each[7]', 'plain[0]', 'gone', 'constructor']
    expect(names.map((name) => [name, needsOf(definition, StepId.parse(name))])).toEqual([
      ['plain', []],
      ['each', ['plain']],
      ['each[7]', ['plain']],
      ['plain[0]', []],
      ['gone', []],
      ['constructor', []],
    ])
    expect(names.map((name) => stepOf(definition, name)?.run)).toEqual([
      'a',
      'true',
      'true',
      undefined,
      undefined,
      undefined,
    ])
  })

  test('[W1] a chain of ten thousand steps written backwards is put in order', () => {
    const count = 10_000
    const needs = Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        `s${count - i}`,
        i === count - 1 ? [] : [`s${count - i - 1}`],
      ]),
    )
    const ordered = order(workflow(needs))
    expect([ordered[0], ordered.at(-1), ordered.length]).toEqual(['s1', `s${count}`, count])
  })
})

describe('findProblems', () => {
  test('[W2] a need that is no step, with the name that was meant', () => {
    const problems = findProblems(workflow({ build: [], test: ['biuld'], ship: ['unheard'] }))
    expect(problems).toEqual([
      {
        rule: 'W2',
        sentence:
          'The step test needs biuld, which is no step of the workflow. Did you mean build?',
        step: 'test',
        suggestion: 'build',
      },
      {
        rule: 'W2',
        sentence: 'The step ship needs unheard, which is no step of the workflow.',
        step: 'ship',
        suggestion: null,
      },
    ])
  })

  test('[W2] what was meant is never the step itself', () => {
    expect(findProblems(workflow({ build: ['biuld'], other: [] }))).toMatchObject([
      { rule: 'W2', suggestion: null },
    ])
  })

  test('[W2] a name that every object has is no step', () => {
    expect(findProblems(workflow({ a: ['constructor'] }))).toMatchObject([{ rule: 'W2' }])
  })

  test('[W8] of more than a hundred missing needs the first hundred are told what was meant', () => {
    const needs = Array.from({ length: 101 }, (_, index) => `deployment-${index + 100}`)
    const problems = findProblems(workflow({ 'deployment-x': [], a: needs }))
    expect(problems).toHaveLength(101)
    expect(problems.filter(({ suggestion }) => suggestion === 'deployment-x')).toEqual(
      problems.slice(0, 100),
    )
  })

  test('[W3] a step that needs itself', () => {
    expect(findProblems(workflow({ a: ['a'] }))).toEqual([
      {
        rule: 'W3',
        sentence: 'The step a needs itself: it can never start.',
        step: 'a',
        suggestion: null,
      },
    ])
  })

  test('[W4] each cycle once, from the step that is written first', () => {
    const needs = { x: ['c'], a: ['b'], b: ['c'], c: ['a'], d: ['e'], e: ['d'], y: ['e'] }
    expect(findProblems(workflow(needs))).toEqual([
      circle('a', 'a -> b -> c -> a'),
      circle('d', 'd -> e -> d'),
    ])
  })

  test('[W4] a cycle is found behind needs that are none of it', () => {
    const needs = { free: [], a: ['free', 'b'], b: ['free', 'a'] }
    expect(findProblems(workflow(needs))).toEqual([circle('a', 'a -> b -> a')])
    const itself = { a: ['a', 'b'], b: ['b', 'a'] }
    expect(findProblems(workflow(itself)).map(({ rule, step }) => [rule, step])).toEqual([
      ['W3', 'a'],
      ['W3', 'b'],
      ['W4', 'a'],
    ])
  })

  test('[W2] a sound workflow has none', () => {
    expect(findProblems(workflow({ a: [], b: ['a'], c: ['a', 'b'] }))).toEqual([])
  })

  test.each([
    ['deploy', ['deploy-a', 'destroy', 'depoly'], 'depoly'],
    ['Build', ['build'], 'build'],
    ['a', ['bcd'], null],
    ['x', [], null],
  ])('[W8] what is nearest to %s', (written, candidates, found) => {
    expect(nearest(written, candidates)).toBe(found)
  })

  test('[W40] what is nearest is found at once, or not looked for', () => {
    const long = counted(300, (index) => 'b'.repeat(9000) + index)
    expect([nearest('b'.repeat(9000), long.names), long.looks()]).toEqual([null, 0])
    const many = counted(1_000_000, (index) => `step-number-${index}`)
    expect([nearest('step-number-q', many.names), many.looks()]).toEqual(['step-number-0', 5000])
  })
})

function circle(step: string, names: string): object {
  const sentence = `The steps ${names} need each other in a circle: none of them can start.`
  return { rule: 'W4', sentence, step, suggestion: null }
}

/** Names that are made when they are looked at. */
function counted(length: number, nameOf: (index: number) => string) {
  let looks = 0
  const names = new Proxy(Array.from<string>({ length }), {
    get: (target, key) => {
      if (typeof key === 'symbol' || !/^\d+$/.test(key)) return Reflect.get(target, key) as unknown
      looks += 1
      return nameOf(Number(key))
    },
  })
  return { names, looks: () => looks }
}

describe('currentStep', () => {
  test.each([
    ['running', { a: 'failed', b: 'waiting', c: 'running', d: 'pending' }, 'c'],
    ['waiting', { a: 'succeeded', b: 'waiting', c: 'pending' }, 'b'],
    ['running', { a: 'succeeded', b: 'pending', c: 'failed' }, 'b'],
    ['failed', { a: 'pending', b: 'failed' }, 'b'],
    ['failed', { a: 'succeeded', b: 'pending' }, 'b'],
    ['cancelled', { a: 'succeeded', b: 'cancelled', c: 'pending' }, 'b'],
    ['completed', { a: 'failed', b: 'succeeded' }, null],
    ['paused', { a: 'succeeded' }, null],
    ['running', { a: 'running', b: 'running' }, 'a'],
    ['running', { a: 'cancelled', b: 'failed' }, 'b'],
    ['running', { a: 'succeeded', b: 'cancelled' }, 'b'],
    ['failed', { a: 'failed', b: 'waiting' }, 'b'],
    ['failed', { a: 'waiting', b: 'running' }, 'b'],
  ])('[W7] of a run that is %s with %o', (status, steps, found) => {
    expect(currentStep(runWith(steps, status))).toBe(found)
  })

  test('[W7] the first of several is that of the definition; then come those that it does not have', () => {
    const definition = workflow({ c: [], b: ['c'], a: ['b'] })
    const at = (statuses: Readonly<Record<string, string>>) => {
      const run = runWith(statuses)
      return currentStep({ ...run, workflow: { ...run.workflow, definition } })
    }
    expect(at({ a: 'pending', b: 'pending' })).toBe('b')
    expect(at({ old: 'pending', a: 'pending' })).toBe('a')
    expect(at({ old: 'pending', a: 'succeeded' })).toBe('old')
  })
})

test('[W9] a step is done when nothing more happens to it by itself', () => {
  expect(stepStatuses.filter(isDone)).toEqual(['succeeded', 'failed', 'skipped', 'cancelled'])
})
