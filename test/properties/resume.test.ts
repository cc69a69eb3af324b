import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planResume, type ResumeInput } from '../../shared/core/resume/planResume.ts'
import { ResumePlan } from '../../shared/core/resume/resumePlan.ts'
import { runStatuses } from '../../shared/schema/headWords.ts'
import { stepStatuses, type StepState } from '../../shared/schema/run.ts'
import { deepFreeze } from '../unit/shared/core/diff/deepFreeze.ts'
import {
  makeCheckpoint,
  makeDefinition,
  makeRun,
  makeStep,
  step,
} from '../unit/shared/core/resume/makeRun.ts'

const settings = { seed: 20260102, numRuns: 1000 } as const
const names = ['a', 'b', 'c', 'd', 'e'] as const

const state = fc
  .record({
    status: fc.constantFrom(...stepStatuses),
    tries: fc.nat({ max: 3 }),
    skippedBy: fc.constantFrom('condition', 'dependency', 'person'),
    until: fc.constant('2026-01-02T00:05:00.000Z'),
  })
  .map(({ status, tries, skippedBy, until }): StepState =>
    makeStep(status, {
      tries,
      skippedBy: status === 'skipped' ? skippedBy : null,
      waitingOn: status === 'waiting' ? { kind: 'retry', until, attempt: tries + 1 } : null,
    }),
  )
const steps = fc.tuple(state, state, state, state, state).map(named)

const definitionOf = fc.record({
  needs: fc.subarray([...names]),
  sideEffects: fc.option(fc.constantFrom('none', 'idempotent', 'external'), { nil: undefined }),
  onInterrupted: fc.option(fc.constantFrom('ask', 'rerun', 'fail'), { nil: undefined }),
  continueOnError: fc.boolean(),
})
/** Without cycles: a step needs only steps before it. */
const definition = fc
  .tuple(definitionOf, definitionOf, definitionOf, definitionOf, definitionOf)
  .map((given) =>
    makeDefinition(
      named(
        given.map((one, index) => {
          const needs = one.needs.filter((need) => names.indexOf(need) < index).map(step)
          const { sideEffects, onInterrupted, continueOnError } = one
          return {
            needs,
            continueOnError,
            ...(sideEffects === undefined ? {} : { sideEffects }),
            ...(onInterrupted === undefined ? {} : { onInterrupted }),
          }
        }),
      ),
    ),
  )

const trace = fc.constantFrom(
  { kind: 'finished', exitCode: 0 } as const,
  { kind: 'alive', pid: 42 } as const,
  { kind: 'neverBegan' } as const,
  { kind: 'gone' } as const,
)
const decision = fc.constantFrom(
  { kind: 'happened', output: 1 } as const,
  { kind: 'rerun' } as const,
  { kind: 'skip' } as const,
  { kind: 'stop' } as const,
)
const some = <T>(value: fc.Arbitrary<T>) =>
  fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 3, noNullPrototype: true })

const input = fc
  .record({
    definition,
    steps,
    laterSteps: fc.option(steps),
    status: fc.constantFrom(...runStatuses),
    traces: some(trace),
    decisions: some(decision),
    fork: fc.boolean(),
    isLatest: fc.boolean(),
    fromStart: fc.boolean(),
    use: fc.constantFrom('recorded', 'current'),
    stopAfter: fc.option(fc.constantFrom(...names)),
    liveness: fc.constantFrom('none', 'interrupted', 'alive', 'unknown'),
  })
  .map((given): ResumeInput => {
    const workflow = { name: 'shop', version: null, source: null, digest: null }
    const base = { workflow: { ...workflow, definition: given.definition } }
    return deepFreeze({
      run: makeRun({ ...base, status: given.status, steps: given.steps }),
      definition: given.definition,
      current: given.definition,
      currentProblem: null,
      traces: given.traces,
      from: given.fromStart ? makeCheckpoint(3) : null,
      isLatest: given.isLatest,
      fork: given.fork,
      decisions: given.decisions,
      use: given.use,
      stopAfter: given.stopAfter === null ? null : step(given.stopAfter),
      durations: {},
      liveness: given.liveness,
      latest: given.laterSteps === null ? null : makeRun({ ...base, steps: given.laterSteps }),
    })
  })

function named<T>(values: readonly T[]): Record<string, T> {
  return Object.fromEntries(values.map((value, index) => [names[index] ?? 'a', value]))
}

describe('planResume', () => {
  it('[S1] in the same run every step that succeeded is used again, and no other is run twice', () => {
    fc.assert(
      fc.property(input, (given) => {
        const plan = planResume(given)
        for (const row of plan.steps) {
          if (row.status === 'succeeded') expect(row.action).toBe('reuse')
        }
        expect(plan.steps.map((row) => row.step).toSorted()).toEqual([...names])
      }),
      settings,
    )
  })

  it('[S24] a plan with an open question is never ready, and a ready one has no problem', () => {
    fc.assert(
      fc.property(input, (given) => {
        const plan = planResume(given)
        const isOpen = plan.steps.some((row) => row.action === 'ask' && row.decision === null)
        if (isOpen) expect(plan.ready).toBe(false)
        expect(plan.ready).toBe(plan.problems.length === 0)
        expect(ResumePlan.safeParse(plan).success).toBe(true)
      }),
      settings,
    )
  })

  it('[S12] what may have had an effect outside never runs again without a word, unless a definition says so', () => {
    fc.assert(
      fc.property(input, (given) => {
        for (const row of planResume(given).steps) {
          const own = given.definition?.steps[row.step]
          const isOutside = own?.sideEffects === undefined || own.sideEffects === 'external'
          const isInDoubt = row.status === 'running' && own?.onInterrupted === undefined
          if (!isOutside || !isInDoubt || row.action !== 'run' || row.decision !== null) continue
          // What the original run recorded of it later is no doubt any more.
          const isKnown = given.latest?.steps[row.step]?.status === 'failed'
          if (isKnown && planResume(given).mode === 'fork') continue
          expect(given.traces[row.step]).toEqual({ kind: 'neverBegan' })
        }
      }),
      settings,
    )
  })

  it('[S25] a decision counts only where one was asked for, and every other is a problem', () => {
    fc.assert(
      fc.property(input, (given) => {
        const plan = planResume(given)
        const undecided = planResume({ ...given, decisions: {}, stopAfter: null })
        for (const name of Object.keys(given.decisions)) {
          const wasAsked = undecided.steps.some(
            (row) => row.step === name && row.options.length > 0,
          )
          const isNamed = plan.problems.some((one) =>
            one.startsWith(`There is a decision about ${name},`),
          )
          expect(isNamed).toBe(!wasAsked)
          const row = plan.steps.find((one) => one.step === name)
          expect(row?.decision !== null).toBe(wasAsked)
        }
      }),
      settings,
    )
  })

  it('[S18] steps stand behind what they need, and nothing runs that needs a blocked step', () => {
    fc.assert(
      fc.property(input, (given) => {
        const { steps: rows } = planResume(given)
        const position = new Map<string, number>(rows.map((row, index) => [row.step, index]))
        const actions = new Map<string, string>(rows.map((row) => [row.step, row.action]))
        for (const row of rows) {
          for (const need of given.definition?.steps[row.step]?.needs ?? []) {
            expect(position.get(need)).toBeLessThan(position.get(row.step) ?? -1)
            if (row.action === 'run' && row.decision === null)
              expect(actions.get(need)).not.toBe('blocked')
          }
        }
      }),
      settings,
    )
  })
})
