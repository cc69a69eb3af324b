import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createExecutor } from '../../electron/executor/createExecutor.ts'
import type { StepFunction } from '../../electron/executor/kinds/stepFunction.ts'
import type { ServiceContext } from '../../electron/services/context.ts'
import { createOpenedArchives } from '../../electron/services/openedArchives.ts'
import { readStoredRun } from '../../electron/services/openStoredRun.ts'
import { planResumeOf } from '../../electron/services/planResumeOf.ts'
import { nativeRef } from '../../electron/services/refs.ts'
import { createRunIndex } from '../../electron/services/runIndex.ts'
import { createExportDesk } from '../../electron/services/exports/exportDesk.ts'
import { createStateMemory } from '../../electron/services/stateMemory.ts'
import { launchRun, placeOf } from '../../electron/services/startRunRecords.ts'
import { createMemoryMachine, createMemoryStore } from '../../electron/store/memoryStore.ts'
import type { RunWriter, Store } from '../../electron/store/store.ts'
import { contract } from '../../shared/contract/contract.ts'
import { isDone } from '../../shared/core/graph/isDone.ts'
import { needsOf } from '../../shared/core/graph/order.ts'
import { createRun } from '../../shared/core/run/createRun.ts'
import { replay } from '../../shared/core/run/replay.ts'
import { transition } from '../../shared/core/run/transition.ts'
import { RunId, StepId } from '../../shared/schema/ids.ts'
import { itemParent } from '../../shared/schema/itemStep.ts'
import type { JournalRecord } from '../../shared/schema/journal.ts'
import type { Run, RunError, StepState } from '../../shared/schema/run.ts'
import { Settings } from '../../shared/schema/settings.ts'
import { WorkflowDefinition } from '../../shared/schema/workflow.ts'
import { now, randomId, sha256 } from '../unit/electron/executor/workbench.ts'

const settings = { seed: 20260102, numRuns: 60 } as const
const names = ['a', 'b', 'c', 'd', 'e', 'f'] as const

/** What steps do: an attempt of `flaky` fails the first time, that of an item alone where the item is 2. */
const functions = new Map<string, StepFunction>([
  ['works', (_, { step }) => `${step} did`],
  ['slow', (_, { step }) => new Promise((done) => setTimeout(() => done(step), 3))],
  ['fails', () => Promise.reject(new Error('it fails'))],
  ['flaky', (_, { attempt }) => (attempt === 1 ? Promise.reject(new Error('once')) : 'at last')],
])

const kind = fc.constantFrom<object>(
  { function: 'works' },
  { function: 'slow' },
  { function: 'fails' },
  { function: 'flaky', retry: { attempts: 2, delay: '2ms' } },
  { wait: '4ms' },
  { gate: { expires: '4ms', onExpiry: 'approve' } },
  { gate: { expires: '4ms', onExpiry: 'reject' } },
)
const step = fc.record({
  kind,
  needs: fc.subarray([...names], { maxLength: 2 }),
  when: fc.option(fc.constantFrom('failed()', 'always()', 'inputs.go', '!inputs.go'), {
    freq: 4,
    nil: undefined,
  }),
  forEach: fc.option(fc.constantFrom<object>([1, 2, 3], [], { items: 'inputs.all', parallel: 1 }), {
    freq: 4,
    nil: undefined,
  }),
  continueOnError: fc.boolean(),
})
const workflow = fc
  .record({
    steps: fc.tuple(step, step, step, step, step, step),
    parallel: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ steps, parallel }) =>
    WorkflowDefinition.parse({
      name: 'any',
      parallel,
      steps: Object.fromEntries(
        steps.map(({ kind: does, needs, ...rest }, index) => [
          names[index],
          {
            ...does,
            ...rest,
            needs: needs.filter((need) => names.indexOf(need) < index),
            sideEffects: 'none',
          },
        ]),
      ),
    }),
  )

/** `f` waits for its second attempt while a resume asks `b` for its condition once more. */
const retriedBehindSkipped = WorkflowDefinition.parse({
  name: 'any',
  parallel: 2,
  steps: {
    a: { function: 'works', when: 'failed()', sideEffects: 'none' },
    b: { function: 'works', when: 'failed()', sideEffects: 'none' },
    c: { function: 'works', sideEffects: 'none' },
    d: { function: 'works', sideEffects: 'none' },
    e: { function: 'works', sideEffects: 'none' },
    f: {
      function: 'flaky',
      needs: ['b'],
      retry: { attempts: 2, delay: '2ms' },
      sideEffects: 'none',
    },
  },
})

describe('a run of any workflow', () => {
  it('[E115] that is cut at any record and resumed repeats no step that had succeeded, begins none before its needs, and ends as the uncut one', async () => {
    await fc.assert(
      fc.asyncProperty(
        workflow,
        fc.array(fc.integer({ min: 1, max: 14 }), { minLength: 1, maxLength: 3 }),
        async (definition, cuts) => {
          const whole = await carried(definition, [])
          const cut = await carried(definition, cuts)
          expect(endOf(cut.run)).toEqual(endOf(whole.run))
          for (const { run, records } of [whole, cut]) {
            expect(flawsOf(records, definition)).toEqual([])
            expect(endingErrors(run)).toContainEqual(run.error)
          }
        },
      ),
      { ...settings, examples: [[retriedBehindSkipped, [6, 1]]] },
    )
  }, 120_000)
})

type Carried = { readonly run: Run; readonly records: readonly JournalRecord[] }

/** Carries it to its end; each number cuts one host off after so many of its writes, as a kill does. */
async function carried(definition: WorkflowDefinition, cuts: readonly number[]): Promise<Carried> {
  const files = createMemoryStore({ now, randomId, machine: createMemoryMachine('one') })
  const id = RunId.parse('any-20260102t030405z-a1b2')
  for (const [host, cut] of [...cuts, Infinity].entries()) {
    const context = await openHost(files, cut)
    if (host === 0) {
      const place = placeOf(context, definition, null)
      const unnamed = { source: null, digest: null, lineage: null, place }
      const inputs = { go: true, all: [7, 8] }
      await launchRun(context, createRun({ id, definition, at: now(), inputs, ...unnamed }))
    } else if (!(await resume(context, id))) continue
    await context.executor.find(id)?.done
    await context.executor.close()
  }
  const context = await openHost(files, Infinity)
  const { run, stored } = await readStoredRun(context, id)
  if (run === null) throw new Error('The run cannot be read.')
  return { run, records: stored.journal?.records ?? [] }
}

/**
 * Goes on as a program does that has the functions of its steps: what may run again does. False where the run has ended.
 */
async function resume(context: ServiceContext, id: RunId): Promise<boolean> {
  const { run } = await readStoredRun(context, id)
  if (run === null || run.status === 'completed' || run.status === 'failed') return false
  const input = contract['resume.plan'].input.parse({ ref: nativeRef(context, id) })
  const { plan } = await planResumeOf(context, input)
  const again = plan.steps.filter(({ action }) => action === 'run')
  const inDoubt = again.filter(({ status }) => status === 'running')
  const reset = again.filter(({ status }) => isDone(status)).map((row) => row.step)
  const writer = await context.store.open(id, { purpose: 'run', controlSocket: null })
  const by = 'unstuck'
  const decisions = inDoubt.map(
    (row) => ({ type: 'decision', step: row.step, decision: 'rerun', by, reason: null }) as const,
  )
  const resumed = { type: 'runResumed', by, reason: null, reset } as const
  const records = await writer.append([...decisions, resumed], { durable: true })
  const next = replay(
    records.map((record) => ({ kind: 'known', record })),
    { from: run },
  )
  if (next !== null) context.executor.carry(next, writer)
  return true
}

async function openHost(files: Store, cut: number): Promise<ServiceContext> {
  const machine = createMemoryMachine('one')
  const store: Store = {
    ...files,
    create: async (run, opening) => cutOff(await files.create(run, opening), cut + 1),
    open: async (run, opening) => cutOff(await files.open(run, opening), cut + 1),
  }
  const facts = { now, randomId, sha256 }
  const executor = await createExecutor({
    ...facts,
    store,
    machine,
    functions,
    controlDirectory: null,
    emit: () => undefined,
    writeLog: async () => undefined,
  })
  return {
    ...facts,
    workspace: { id: 'w', name: 'w', document: null, isSample: false },
    application: { version: '0', host: 'cli' },
    store,
    executor,
    views: { read: async () => [], change: async () => [] },
    trust: { isTrusted: async () => true, setTrusted: async () => undefined },
    settings: { value: Settings.parse({}), problem: null },
    user: 'ada',
    account: 'ada',
    hostName: 'here',
    controlSocket: null,
    index: createRunIndex(),
    openScratch: () => Promise.reject(new Error('None here.')),
    shownPlans: new Map(),
    usual: new Map(),
    openedArchives: createOpenedArchives(() => undefined),
    states: createStateMemory(() => undefined),
    exports: createExportDesk(),
    emit: () => undefined,
  }
}

/** Every write after so many fails, and leaves no trace. */
function cutOff(writer: RunWriter, writes: number): RunWriter {
  let left = writes
  return {
    ...writer,
    append: async (bodies, options) => {
      if (left <= 0) throw new Error('It was killed.')
      left -= 1
      return writer.append(bodies, options)
    },
  }
}

/** Which of its failed steps failed first is a matter of time, and the run ends with that one's error. */
function endOf({ status, steps }: Run): object {
  const ended = Object.entries<StepState>(steps).map(([name, state]) => {
    const { status: own, output, skippedBy } = state
    return [name, { own, output, skippedBy, error: state.attempts.at(-1)?.error?.name ?? null }]
  })
  return { status, steps: Object.fromEntries(ended) }
}

/** The errors that a run with these steps may end with: those of its failed steps, none where it did not fail. */
function endingErrors({ status, steps }: Run): readonly (RunError | null)[] {
  if (status !== 'failed') return [null]
  const failed = Object.entries<StepState>(steps).filter(([, state]) => state.status === 'failed')
  return failed.flatMap(([name, state]) => {
    const error = state.attempts.at(-1)?.error ?? null
    return error === null ? [] : [{ ...error, step: StepId.parse(name) }]
  })
}

/** What a journal says that must never be. */
function flawsOf(
  records: readonly JournalRecord[],
  definition: WorkflowDefinition,
): readonly string[] {
  const flaws: string[] = []
  const succeeded = new Set<string>()
  let run: Run | null = null
  for (const item of records) {
    if (item.kind === 'known' && run !== null) {
      const { record } = item
      if (record.type === 'stepStarted') {
        if (succeeded.has(record.step)) flaws.push(`${record.step} ran again`)
        const open = openNeeds(run, definition, record.step)
        if (open.length > 0) flaws.push(`${record.step} began before ${open.join(', ')}`)
      }
      if (record.type === 'stepSucceeded') succeeded.add(record.step)
    }
    run = transition(run, item)
  }
  return flaws
}

function openNeeds(run: Run, definition: WorkflowDefinition, name: StepId): readonly string[] {
  const own = itemParent(name)?.step ?? name
  return needsOf(definition, own).filter((need) => !isDone(run.steps[need]?.status ?? 'pending'))
}
