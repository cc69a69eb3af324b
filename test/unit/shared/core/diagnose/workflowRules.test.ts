import { describe, expect, test } from 'vitest'
import type { DefinitionNow } from '../../../../../shared/core/diagnose/diagnoseFacts.ts'
import { makeDefinition, makeRun, makeStep, step } from '../resume/makeRun.ts'
import { calm, told } from './makeFacts.ts'

const workflow = { ...makeRun().workflow, source: '/w/shop.yaml' }
const paused = makeRun({ status: 'paused', workflow })
const needs = (...names: string[]) => ({ needs: names.map(step) })

describe('what is wrong with the definition of a run', () => {
  test('[G38] steps that need each other, and one that needs itself', () => {
    const circle = makeDefinition({
      build: needs('mail'),
      mail: needs('build'),
      last: needs('last'),
    })
    expect(told({ run: pausedWith(circle) }, 'G38', 'G39')).toEqual([
      'G38 stuck @last: The step last needs itself: it can never start.',
      '  Problem: W3 The step last needs itself: it can never start.',
      '  Source: /w/shop.yaml',
      '  Remedy: Mend the definition, then resume with it as it is now.',
      '  resume: Plan a resume | last',
      'G38 stuck @build: The steps build -> mail -> build need each other in a circle: none of them can start.',
      '  Problem: W4 The steps build -> mail -> build need each other in a circle: none of them can start.',
      '  Source: /w/shop.yaml',
      '  Remedy: Mend the definition, then resume with it as it is now.',
      '  resume: Plan a resume | build',
    ])
    expect(told({ run: pausedWith(circle, { status: 'completed' }) }, 'G38', 'G39')).toEqual([])
  })

  test('[G39] a need that names no step', () => {
    const run = pausedWith(makeDefinition({ build: {}, mail: needs('biuld') }))
    expect(told({ run }, 'G38', 'G39')).toEqual([
      'G39 stuck @mail: The step mail needs biuld, which is no step of the workflow. Did you mean build?',
      '  Problem: W2 The step mail needs biuld, which is no step of the workflow. Did you mean build?',
      '  Source: /w/shop.yaml',
      '  Remedy: Mend the definition, then resume with it as it is now.',
      '  resume: Plan a resume | mail',
    ])
    expect(told({ run: pausedWith(null) }, 'G38', 'G39')).toEqual([])
    expect(told({ run: null }, 'G38', 'G39')).toEqual([])
  })
})

describe('the source of the definition as it is now', () => {
  const source = '/w/shop.yaml'
  const changed = { source, kind: 'changed', missing: [], added: [], altered: [] } as const

  test('[G44] it is gone, or cannot be used', () => {
    expect(moved({ source, kind: 'gone' })).toEqual([
      'G44 attention: The definition is not where it was: a resume goes on with the one that the run carries.',
      '  Source: /w/shop.yaml',
      '  resume: Plan a resume',
    ])
    expect(moved({ source, kind: 'unusable', problem: 'No steps.' })).toEqual([
      'G44 attention: The definition cannot be used as it is now: No steps.',
      '  Source: /w/shop.yaml',
      '  Problem: No steps.',
      '  resume: Plan a resume',
    ])
    expect(moved({ source, kind: 'same' })).toEqual([])
    expect(told({ run: paused, around: calm }, 'G44')).toEqual([])
  })

  test('[G44] [G45] it has changed: what was altered, added and taken out', () => {
    expect(
      moved({ ...changed, altered: ['build'], added: ['x', 'y'], missing: ['charge', 'mail'] }),
    ).toEqual([
      'G44 attention: The definition has changed since the run began: build altered, x and y added, charge and mail taken out.',
      '  Source: /w/shop.yaml',
      '  Altered: build',
      '  Added: x, y',
      '  Taken out: charge, mail',
      '  resume: Plan a resume',
      'G45 attention @charge: charge and mail are no steps of the definition any more: say what became of them.',
      '  Steps: charge, mail',
      '  Source: /w/shop.yaml',
      '  resume: Plan a resume | charge',
    ])
    expect(moved(changed)).toEqual([
      'G44 attention: The definition has changed since the run began.',
      '  Source: /w/shop.yaml',
      '  resume: Plan a resume',
    ])
    expect(moved({ ...changed, added: ['x'] })[0]).toEqual(
      'G44 attention: The definition has changed since the run began: x added.',
    )
    expect(moved({ ...changed, missing: ['mail'] })).toEqual([
      'G44 attention: The definition has changed since the run began: mail taken out.',
      '  Source: /w/shop.yaml',
      '  Taken out: mail',
      '  resume: Plan a resume',
      'G45 attention @mail: mail is no step of the definition any more: say what became of it.',
      '  Steps: mail',
      '  Source: /w/shop.yaml',
      '  resume: Plan a resume | mail',
    ])
  })

  test('[G44] [G45] it does not matter while a process carries the run, or once it is over', () => {
    const definition = { ...changed, missing: ['mail'] }
    expect(moved(definition, { liveness: 'alive' })).toEqual([])
    expect(moved(definition, { run: makeRun({ status: 'completed' }) })).toEqual([])
  })

  test('[G45] steps of the run that its own definition does not have, whatever became of them', () => {
    const statuses = [
      'pending',
      'running',
      'waiting',
      'succeeded',
      'failed',
      'skipped',
      'cancelled',
    ] as const
    const steps = Object.fromEntries(statuses.map((status) => [`old-${status}`, makeStep(status)]))
    const run = makeRun({ status: 'paused', steps, workflow })
    expect(told({ run }, 'G45')).toEqual([
      'G45 attention @old-pending: old-pending, old-running and 5 more are no steps of the definition any more: say what became of them.',
      '  Steps: old-pending, old-running, old-waiting, old-succeeded, old-failed, old-skipped, old-cancelled',
      '  Source: /w/shop.yaml',
      '  resume: Plan a resume | old-pending',
    ])
    const twice = moved({ ...changed, missing: ['old-pending', 'mail'] }, { run })
    expect(twice.find((line) => line.startsWith('  Steps'))).toEqual(
      '  Steps: old-pending, old-running, old-waiting, old-succeeded, old-failed, old-skipped, old-cancelled, mail',
    )
    const unknown = makeRun({
      status: 'paused',
      steps,
      workflow: { ...workflow, definition: null },
    })
    expect(told({ run: unknown }, 'G45')).toEqual([])
    const definition = makeDefinition({ build: { forEach: ['a'] } })
    const item = {
      steps: { 'build[0]': makeStep('failed') },
      workflow: { ...workflow, definition },
    }
    expect(told({ run: makeRun({ status: 'paused', ...item }) }, 'G45')).toEqual([])
  })

  test('[G45] of very many steps fifty are named', () => {
    const names = Array.from({ length: 60 }, (_, index) => `s${index}`)
    const [sentence, named] = moved({ ...changed, missing: names }).slice(-4)
    expect(sentence).toEqual(
      'G45 attention @s0: s0, s1 and 58 more are no steps of the definition any more: say what became of them.',
    )
    expect(named?.split(', ')).toHaveLength(50)
  })
})

function pausedWith(definition: ReturnType<typeof makeDefinition> | null, given = {}) {
  return makeRun({ status: 'paused', steps: {}, workflow: { ...workflow, definition }, ...given })
}

function moved(definition: DefinitionNow, given = {}) {
  return told({ run: paused, around: { ...calm, definition }, ...given }, 'G44', 'G45')
}
