import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isDone } from '../../shared/core/graph/isDone.ts'
import { needsOf, order } from '../../shared/core/graph/order.ts'
import { createSchedule, type Schedule } from '../../shared/core/graph/schedule.ts'
import { pendingStep } from '../../shared/core/run/draft.ts'
import { replay } from '../../shared/core/run/replay.ts'
import { createRunDraft, type RunDraft } from '../../shared/core/run/runDraft.ts'
import type { JournalRecord } from '../../shared/schema/journal.ts'
import { itemParent } from '../../shared/schema/itemStep.ts'
import { ownValue } from '../../shared/schema/json.ts'
import type { Run, StepState } from '../../shared/schema/run.ts'
import { WorkflowDefinition } from '../../shared/schema/workflow.ts'
import { sampleRun } from '../unit/shared/core/run/sampleRun.ts'
import { journal } from './arbitraryRun.ts'
import { readySteps } from './readySteps.ts'

const settings = { seed: 20260102, numRuns: 250 } as const

describe('a run draft', () => {
  it('[J33] is after any record the replay of all records so far', () => {
    fc.assert(
      fc.property(journal, (records) => {
        const draft = createRunDraft(sampleRun())
        for (const [index, item] of records.entries()) {
          draft.add(item)
          const expected = replay(records.slice(0, index + 1))
          expect(answersOf(draft)).toEqual(expected === null ? null : answersOfRun(expected))
        }
        expect(draft.snapshot()).toEqual(replay(records))
      }),
      settings,
    )
  })

  it('[J34] hands out values that no later record changes', () => {
    fc.assert(
      fc.property(journal, (records) => {
        const draft = createRunDraft(sampleRun())
        const taken = records.map((item) => {
          draft.add(item)
          const step = draft.step('build')
          return { step, facts: draft.facts().journal, counts: draft.counts() }
        })
        const wholes = takeSnapshots(records)
        for (const [index] of records.entries()) {
          const run = replay(records.slice(0, index + 1))
          expect(wholes[index]).toEqual(run)
          expect(taken[index]).toEqual({
            step: ownValue(stepsOf(run), 'build') ?? null,
            facts: run?.journal,
            counts: countsOf(run),
          })
        }
      }),
      settings,
    )
  })
})

describe('a schedule', () => {
  it('[W10] that is told of each change answers as the whole run does', () => {
    fc.assert(
      fc.property(graph, journal, (definition, records) => {
        let schedule: Schedule | null = null
        const draft = createRunDraft(sampleRun(), {
          stepChanged: (step, state) => schedule?.update(step, state),
          replaced: () => {
            schedule = null
          },
        })
        for (const item of records) {
          draft.add(item)
          schedule ??= createSchedule(definition, draft.snapshot().steps)
          expect(readyOf(schedule)).toEqual(expectedOf(draft.snapshot(), definition))
          if (!hasItems(draft.snapshot()))
            expect(timesOf(schedule)).toEqual(expectedTimes(draft.snapshot(), definition))
        }
      }),
      settings,
    )
  })

  it('[W10] gives the first ready steps, as many as are asked for', () => {
    const steps = Object.fromEntries(['c', 'a', 'b'].map((name) => [name, { run: 'true' }]))
    const definition = WorkflowDefinition.parse({ name: 'wide', steps })
    const schedule = createSchedule(definition, {})
    expect(schedule.next({ nowMs: 0, slots: 2, most: 9 })).toEqual(['c', 'a'])
    expect(schedule.next({ nowMs: 0, slots: 9, most: 1 })).toEqual(['c'])
    expect(schedule.next({ nowMs: 0, slots: 0, most: 9 })).toEqual([])
  })
})

/** Definitions over the steps that the journals speak of: with cycles, unknown needs, and needs that are named twice. */
const names = ['build', 'test', 'deploy', 'notify', 'constructor'] as const
const kinds = fc.constantFrom<object>(
  { run: 'true' },
  { run: 'true' },
  { gate: {} },
  { wait: '1s' },
)
const forEach = fc.constantFrom<object>([1, 2], { items: 'inputs.all', parallel: 1 })
const optional = {
  kind: kinds,
  when: fc.option(fc.constantFrom('inputs.go', 'failed()'), { nil: undefined }),
  forEach: fc.option(forEach, { nil: undefined }),
}
const graph: fc.Arbitrary<WorkflowDefinition> = fc
  .tuple(
    ...names.map(() =>
      fc.record({
        needs: fc.array(fc.constantFrom(...names, 'unknown'), { maxLength: 3 }),
        continueOnError: fc.boolean(),
        ...optional,
      }),
    ),
  )
  .map((steps) => {
    const defined = names.map((name, index) => {
      const { kind, ...step } = steps[index] ?? { kind: { run: 'true' } }
      return [name, { ...kind, ...step }]
    })
    return WorkflowDefinition.parse({ name: 'any', steps: Object.fromEntries(defined) })
  })

function takeSnapshots(records: readonly JournalRecord[]): readonly Run[] {
  const draft = createRunDraft(sampleRun())
  return records.map((item) => {
    draft.add(item)
    return draft.snapshot()
  })
}

function answersOf(draft: RunDraft): object {
  const { status, journal: place, inputs, workflow } = draft.facts()
  const facts = { status, place, inputs, workflow }
  return { facts, last: draft.lastCheckpoint(), counts: draft.counts() }
}

function answersOfRun(run: Run): object {
  const { status, journal: place, inputs, workflow } = run
  const facts = { status, place, inputs, workflow }
  return { facts, last: run.checkpoints.at(-1) ?? null, counts: countsOf(run) }
}

function stepsOf(run: Run | null): Readonly<Record<string, StepState>> {
  return run?.steps ?? {}
}

function countsOf(run: Run | null): object {
  const counts: Record<string, number> = {}
  for (const status of statuses) counts[status] = 0
  for (const { status } of Object.values(stepsOf(run))) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

const statuses = [
  'pending',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'skipped',
  'cancelled',
] as const

/** Before any moment comes, so that only what can begin is answered. */
function readyOf(schedule: Schedule): object {
  const run = schedule.next({ nowMs: 0, slots: Infinity, most: Infinity })
  const skip = schedule.blocked(Infinity)
  return { run: run.toSorted(), skip, settle: schedule.settled().toSorted() }
}

function expectedOf(run: Run, definition: WorkflowDefinition): object {
  const all = readySteps(run, definition)
  const named = (wanted: string) =>
    all.flatMap(({ step, action }) => (action === wanted ? [step] : [])).toSorted()
  return {
    run: named('run'),
    skip: all.flatMap(({ step, action, reason }) => (action === 'skip' ? [{ step, reason }] : [])),
    settle: named('settle'),
  }
}

const aroundMs = [0, 1, 2].map((later) => Date.parse('2026-01-02T03:04:05.677Z') + later)

function timesOf(schedule: Schedule): object {
  const begins = new Set(schedule.next({ nowMs: 0, slots: Infinity, most: Infinity }))
  return aroundMs.map((ms) => ({
    due: schedule
      .next({ nowMs: ms, slots: Infinity, most: Infinity })
      .filter((step) => !begins.has(step))
      .toSorted(),
    next: schedule.nextDueMs(ms),
  }))
}

function hasItems(run: Run): boolean {
  return Object.keys(stepsOf(run)).some((step) => itemParent(step) !== null)
}

/** All retries of the journals are for the same moment. */
function expectedTimes(run: Run, definition: WorkflowDefinition): object {
  const waiting = order(definition).flatMap((step) => {
    const { status, waitingOn } = ownValue(stepsOf(run), step) ?? pendingStep()
    const isRetry = status === 'waiting' && waitingOn?.kind === 'retry'
    const isOpen = needsOf(definition, step).some(
      (need) => !isDone(ownValue(stepsOf(run), need)?.status ?? 'pending'),
    )
    return isRetry && !isOpen ? [{ step, untilMs: Date.parse(waitingOn.until) }] : []
  })
  return aroundMs.map((ms) => ({
    due: waiting.flatMap(({ step, untilMs }) => (untilMs <= ms ? [step] : [])).toSorted(),
    next: waiting.find(({ untilMs }) => untilMs > ms)?.untilMs ?? null,
  }))
}
