import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRun } from '../../shared/core/run/createRun.ts'
import { replay } from '../../shared/core/run/replay.ts'
import { forkedSteps } from '../../shared/core/resume/forkedSteps.ts'
import { planResume, type ResumeInput } from '../../shared/core/resume/planResume.ts'
import type { ResumePlan } from '../../shared/core/resume/resumePlan.ts'
import { decisionRecords, resumeRecords } from '../../shared/core/resume/resumeRecords.ts'
import { RunId, StepId } from '../../shared/schema/ids.ts'
import type { JournalRecord, RecordBody } from '../../shared/schema/journal.ts'
import type { Checkpoint, Run, StepState } from '../../shared/schema/run.ts'
import { effectiveSideEffects } from '../../shared/schema/stepMeaning.ts'
import { WorkflowDefinition, type SideEffects } from '../../shared/schema/workflow.ts'
import { at, makeCheckpoint } from '../unit/shared/core/resume/makeRun.ts'

const settings = { seed: 20260102, numRuns: 400 } as const
const names = ['a', 'b', 'c', 'd', 'e', 'f'] as const

/** Steps without cycles; `fails`: what it says each time that it runs. */
const workflow = fc
  .tuple(
    ...names.map((_, index) =>
      fc.record({
        needs: fc.subarray(names.slice(0, index)),
        sideEffects: fc.constantFrom<SideEffects>('none', 'idempotent', 'external'),
        fails: fc.boolean().map((one) => one && index % 2 === 1),
      }),
    ),
  )
  .map((given) => {
    const steps = given.map(({ needs, sideEffects, fails }, index) => [
      names[index],
      { run: fails ? 'exit 1' : 'true', needs, sideEffects },
    ])
    return WorkflowDefinition.parse({ name: 'any', steps: Object.fromEntries(steps) })
  })

const shape = fc.record({
  workflow,
  cut: fc.double({ min: 0, max: 1, noNaN: true }),
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  /** What is found of a step whose intent is on disk and whose result is not. */
  finished: fc.boolean(),
})

describe('a run that is cut after any record and resumed', () => {
  it('[S46] ends as the uncut run, and repeats no step that had succeeded', () => {
    fc.assert(
      fc.property(shape, ({ workflow: definition, cut, finished }) => {
        const whole = carryOn(born(definition), [])
        const kept = whole.slice(0, 1 + Math.floor(cut * (whole.length - 1)))
        const run = runOf(kept)
        const open = openSteps(run)
        const trace = finished
          ? ({ kind: 'finished', exitCode: 0 } as const)
          : ({ kind: 'neverBegan' } as const)
        const traces = Object.fromEntries(open.map((step) => [step, trace]))
        const plan = planOf({ run, definition, traces })
        const isDone = run.status === 'completed'
        expect(plan.ready).toBe(!isDone)
        if (isDone) return
        const options = { run, by: 'ada', inputs: null, variables: null, workflow: null }
        const resumed = [...kept, ...resumeRecords(plan, options)]
        const adopted = plan.steps.flatMap(({ step, action }) =>
          action === 'adopt' ? endOf(definition, runOf(resumed), step) : [],
        )
        const after = carryOn(runOf([...resumed, ...adopted]), [...resumed, ...adopted])
        expect(endState(runOf(after))).toEqual(endState(runOf(whole)))
        expectNoRepetition(after, kept)
      }),
      settings,
    )
  })

  it('[S47] in a fork from any checkpoint nothing with effects outside runs a second time, and the end is the same', () => {
    fc.assert(
      fc.property(shape, ({ workflow: definition, from }) => {
        const whole = carryOn(born(definition), [])
        const seq = 2 + Math.floor(from * (whole.length - 2))
        const base = runOf(whole.slice(0, seq))
        const latest = runOf(whole)
        if (openSteps(base).length > 0 || seq >= whole.length) return
        const plan = planOf({
          run: base,
          definition,
          latest,
          from: makeCheckpoint(seq),
          isLatest: false,
        })
        expect(plan.ready).toBe(true)
        const steps = forkedSteps(plan, { base, latest })
        const fork = {
          ...born(definition, 'fork-1'),
          steps: { ...born(definition).steps, ...steps },
        }
        const first: readonly RecordBody[] = [
          { type: 'runCreated', run: fork },
          { type: 'runStarted' },
          ...decisionRecords(plan, 'ada', latest),
        ]
        const after = carryOn(runOf(first), first)
        expect(endState(runOf(after))).toEqual(endState(latest))
        for (const { step } of startsIn(after)) {
          const isExternal = effectiveSideEffects(definition.steps[step] ?? {}) === 'external'
          if (isExternal) expect(latest.steps[step]?.status).not.toBe('succeeded')
          expect(base.steps[step]?.status).not.toBe('succeeded')
        }
      }),
      settings,
    )
  })

  it('[S12] [S24] runs nothing with effects outside that is in doubt without a word', () => {
    fc.assert(
      fc.property(shape, ({ workflow: definition, cut }) => {
        const whole = carryOn(born(definition), [])
        const run = runOf(whole.slice(0, 1 + Math.floor(cut * (whole.length - 1))))
        const doubtful = openSteps(run).filter(
          (step) => effectiveSideEffects(definition.steps[step] ?? {}) === 'external',
        )
        const plan = planOf({ run, definition })
        if (doubtful.length > 0) expect(plan.ready).toBe(false)
        for (const step of doubtful)
          expect(plan.steps.find((row) => row.step === step)?.action).toBe('ask')
        const decisions = Object.fromEntries(
          doubtful.map((step) => [step, { kind: 'rerun' } as const]),
        )
        const isDone = run.status === 'completed'
        expect(planOf({ run, definition, decisions }).ready).toBe(!isDone)
      }),
      settings,
    )
  })
})

function planOf(given: Partial<ResumeInput> & Pick<ResumeInput, 'run' | 'definition'>): ResumePlan {
  return planResume({
    current: null,
    currentProblem: null,
    traces: {},
    from: null as Checkpoint | null,
    isLatest: true,
    fork: false,
    decisions: {},
    use: 'recorded',
    stopAfter: null,
    durations: {},
    liveness: 'interrupted',
    ...given,
  })
}

function born(definition: WorkflowDefinition, id = 'any-1'): Run {
  const place = { user: null, host: null, folder: null, environment: [] }
  const of = { source: null, digest: null, inputs: {}, lineage: null }
  return createRun({ id: RunId.parse(id), definition, at: at(0), place, ...of })
}

/** One step after the other, as the needs allow, until nothing is left to do. */
function carryOn(run: Run, before: readonly RecordBody[]): readonly RecordBody[] {
  const records: RecordBody[] =
    before.length > 0 ? [...before] : [{ type: 'runCreated', run }, { type: 'runStarted' }]
  for (;;) {
    const now = runOf(records)
    const next = nextOf(now)
    if (next.length === 0) return [...records, end(now)]
    records.push(...next)
  }
}

function nextOf(run: Run): readonly RecordBody[] {
  const definition = definitionOf(run)
  for (const step of Object.keys(run.steps).map((name) => StepId.parse(name))) {
    const state = run.steps[step]
    if (state?.status !== 'pending') continue
    const needs = (definition.steps[step]?.needs ?? []).map((need) => run.steps[need]?.status)
    if (needs.some((status) => status === 'failed' || status === 'skipped'))
      return [{ type: 'stepSkipped', step, by: 'dependency', reason: null }]
    if (!needs.every((status) => status === 'succeeded')) continue
    const attempt = (state.attempts.at(-1)?.number ?? 0) + 1
    const started: RecordBody = { type: 'stepStarted', step, attempt, process: null }
    return [started, ...endOf(definition, runOf([{ type: 'runCreated', run }, started]), step)]
  }
  return []
}

function endOf(definition: WorkflowDefinition, run: Run, step: StepId): readonly RecordBody[] {
  const attempt = run.steps[step]?.attempts.at(-1)?.number ?? 1
  const error = { name: 'ExitCode', message: 'no', code: '1', stack: null }
  if (definition.steps[step]?.run === 'exit 1')
    return [{ type: 'stepFailed', step, attempt, error, exitCode: 1 }]
  return [{ type: 'stepSucceeded', step, attempt, output: `made by ${step}`, exitCode: 0 }]
}

function end(run: Run): RecordBody {
  const error = { name: 'StepFailed', message: 'no', code: null, stack: null }
  const isBad = Object.values<StepState>(run.steps).some(({ status }) => status === 'failed')
  return isBad ? { type: 'runFailed', error } : { type: 'runCompleted' }
}

function runOf(records: readonly RecordBody[]): Run {
  const items = records.map((body, index): JournalRecord => {
    const envelope = { seq: index + 1, at: at(index), epoch: 1, prev: '', sum: '' }
    return { kind: 'known', record: { ...body, ...envelope } }
  })
  const run = replay(items)
  if (run === null) throw new Error('There is no run in these records.')
  return run
}

function definitionOf(run: Run): WorkflowDefinition {
  return WorkflowDefinition.parse(run.workflow.definition)
}

function openSteps(run: Run): readonly StepId[] {
  return Object.entries<StepState>(run.steps).flatMap(([step, { status }]) =>
    status === 'running' ? [StepId.parse(step)] : [],
  )
}

function endState(run: Run): object {
  const steps = Object.entries<StepState>(run.steps).map(([step, { status, output }]) => [
    step,
    { status, output },
  ])
  return { status: run.status, steps: Object.fromEntries(steps) }
}

function startsIn(records: readonly RecordBody[]) {
  return records.flatMap((record) => (record.type === 'stepStarted' ? [record] : []))
}

function expectNoRepetition(after: readonly RecordBody[], kept: readonly RecordBody[]): void {
  const succeeded = new Set(
    kept.flatMap((record) => (record.type === 'stepSucceeded' ? [record.step] : [])),
  )
  for (const { step } of startsIn(after.slice(kept.length))) expect(succeeded.has(step)).toBe(false)
}
