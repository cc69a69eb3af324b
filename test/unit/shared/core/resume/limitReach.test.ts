import { expect, test } from 'vitest'
import type { ResumeInput } from '../../../../../shared/core/resume/planResume.ts'
import { at, makeAttempt, makeCheckpoint, makeDefinition, makeStep, step } from './makeRun.ts'
import { planOf, runWith, verdictsOf } from './planOf.ts'

const pending = makeStep('pending')
const failedAt = { name: 'Timeout', message: 'It ended.', code: null, stack: null }
const timedOut = makeStep('failed', {
  attempts: [makeAttempt(1, { outcome: 'failed', finishedAt: at(2), error: failedAt })],
})
const needsBuild = { needs: [step('build')], sideEffects: 'external' as const }
const definition = makeDefinition({
  build: { sideEffects: 'external' },
  one: needsBuild,
  two: needsBuild,
  asked: needsBuild,
  running: needsBuild,
  done: needsBuild,
  last: { needs: [step('one'), step('two')], sideEffects: 'external' },
  other: { sideEffects: 'external' },
})
const rest = {
  one: pending,
  two: pending,
  asked: timedOut,
  running: makeStep('running'),
  done: makeStep('succeeded'),
  last: pending,
  other: pending,
}

function limited(build: ReturnType<typeof makeStep>, given: Partial<ResumeInput>) {
  return verdictsOf(planOf({ run: runWith(definition, { build, ...rest }), ...given }))
}

test('[S17] all that is behind the step is not reached, but for what is in doubt, done, or decided', () => {
  expect(limited(pending, { stopAfter: step('build') })).toEqual({
    build: 'run S6',
    one: 'blocked S17',
    two: 'blocked S17',
    asked: 'blocked S17',
    running: 'ask S12',
    done: 'reuse S1',
    last: 'blocked S17',
    other: 'run S6',
  })
  const decisions = { asked: { kind: 'rerun' }, running: { kind: 'skip' } } as const
  expect(limited(pending, { stopAfter: step('build'), decisions })).toEqual({
    build: 'run S6',
    one: 'blocked S17',
    two: 'blocked S17',
    asked: 'run S14',
    running: 'skip S14',
    done: 'reuse S1',
    last: 'blocked S17',
    other: 'run S6',
  })
})

test('[S18] all that needs a blocked step cannot run; what is asked about is still asked', () => {
  expect(limited(makeStep('running'), { decisions: { build: { kind: 'stop' } } })).toEqual({
    build: 'blocked S14',
    one: 'blocked S18',
    two: 'blocked S18',
    asked: 'ask S31',
    running: 'ask S12',
    done: 'reuse S1',
    last: 'blocked S18',
    other: 'run S6',
  })
})

test('[S42] under their new names steps are known as they are now, and by the logs that they left', () => {
  const current = makeDefinition({
    compile: { sideEffects: 'external' },
    pay: { sideEffects: 'external' },
  })
  const before = runWith(makeDefinition({ build: {}, charge: {} }), {
    build: pending,
    charge: pending,
  })
  const latest = runWith(makeDefinition({ build: {}, charge: {} }), {
    build: makeStep('succeeded'),
    charge: pending,
  })
  const given = { current, use: 'current', mapping: { build: 'compile', charge: 'pay' } } as const
  const fork = { latest, from: makeCheckpoint(5), isLatest: false }
  expect(verdictsOf(planOf({ run: before, ...given, ...fork }))).toEqual({
    compile: 'reuse S35',
    pay: 'run S6',
  })
  const unrecorded = [step('charge')]
  expect(verdictsOf(planOf({ run: before, ...given, unrecorded }))).toEqual({
    compile: 'run S6',
    pay: 'ask S28',
  })
})
