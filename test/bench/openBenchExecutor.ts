import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { createExecutor } from '../../electron/executor/createExecutor.ts'
import { createMachine } from '../../electron/store/machine.ts'
import { createMemoryStore } from '../../electron/store/memoryStore.ts'
import type { RunWriter, Store } from '../../electron/store/store.ts'
import { createRun } from '../../shared/core/run/createRun.ts'
import { replay } from '../../shared/core/run/replay.ts'
import { RunId } from '../../shared/schema/ids.ts'
import { WorkflowDefinition, type StepDefinition } from '../../shared/schema/workflow.ts'
import { openThreadedStore } from './openBenchStore.ts'
import { randomId } from './randomId.ts'
import { sha256 } from './sha256.ts'

/** The executor as hosts have it, with a function `nothing` for steps that do nothing. */
export type BenchExecutor = {
  /** Carries a workflow to its end; when each call of `nothing` came, and the longest stop of this thread. */
  carry(steps: Steps, options?: CarryOptions): Promise<Carried>
  /** A run that nothing has happened to. */
  begin(definition: WorkflowDefinition): Promise<Begun>
  close(): Promise<void>
}

export type Steps = { readonly [step: string]: Partial<StepDefinition> }
export type CarryOptions = {
  readonly parallel?: number
  readonly wrap?: (writer: RunWriter) => RunWriter
}
export type Carried = {
  readonly totalMs: number
  readonly calledAt: readonly number[]
  readonly longestStopMs: number
  readonly definition: WorkflowDefinition
}
type Begun = {
  readonly started: NonNullable<ReturnType<typeof replay>>
  readonly writer: RunWriter
}

/** `memory`: nothing is written to a disk. */
export async function openBenchExecutor(
  folder: string,
  kind: 'disk' | 'memory' = 'disk',
): Promise<BenchExecutor> {
  const machine = await createMachine({ configFolder: join(folder, 'config'), randomId })
  const store: Store =
    kind === 'disk'
      ? await openThreadedStore(join(folder, 'workspace'))
      : createMemoryStore({ now, randomId, machine })
  let calledAt: number[] = []
  const executor = await createExecutor({
    store,
    machine,
    now,
    randomId,
    sha256,
    controlDirectory: null,
    functions: new Map([['nothing', () => void calledAt.push(performance.now())]]),
    emit: () => undefined,
    writeLog: async () => undefined,
  })
  const begin = (definition: WorkflowDefinition) => beginRun(store, definition)

  return {
    begin,
    async carry(steps, { parallel = 4, wrap = asItIs } = {}) {
      const definition = WorkflowDefinition.parse({ name: 'bench', parallel, steps })
      const { started, writer } = await begin(definition)
      calledAt = []
      const stops = watchStops()
      const from = performance.now()
      const status = await executor.carry(started, wrap(writer)).done
      const totalMs = performance.now() - from
      const longestStopMs = stops.end()
      if (status !== 'completed') throw new Error(`The run of the bench is ${status}.`)
      return { totalMs, calledAt, longestStopMs, definition }
    },
    async close() {
      await executor.close()
      await store.close()
    },
  }
}

function asItIs(writer: RunWriter): RunWriter {
  return writer
}

async function beginRun(store: Store, definition: WorkflowDefinition): Promise<Begun> {
  const at = now()
  const id = RunId.parse(`bench-20260101t000000z-${randomId(8)}`)
  const place = { user: null, host: null, folder: store.root, environment: [] }
  const unnamed = { source: null, digest: null, inputs: {}, lineage: null, place }
  const run = createRun({ id, definition, at, ...unnamed })
  const writer = await store.create(id, { purpose: 'bench', controlSocket: null, createdAt: at })
  const bodies = [{ type: 'runCreated', run }, { type: 'runStarted' }] as const
  const records = await writer.append(bodies, { durable: true })
  const started = replay(records.map((record) => ({ kind: 'known', record })))
  if (started === null) throw new Error('The run of the bench did not begin.')
  return { started, writer }
}

/** The longest time in which a timer of this thread was not served. */
function watchStops(): { readonly end: () => number } {
  let last = performance.now()
  let longest = 0
  const look = () => {
    const at = performance.now()
    longest = Math.max(longest, at - last)
    last = at
  }
  const timer = setInterval(look, 1)
  return {
    end: () => {
      look()
      clearInterval(timer)
      return longest
    },
  }
}

/** Many steps with the same definition; in a chain each needs the one before. */
export function manySteps(
  count: number,
  step: Partial<StepDefinition>,
  shape: 'side by side' | 'chain' = 'side by side',
): Steps {
  const needs = (index: number) =>
    shape === 'chain' && index > 0 ? { needs: [`s${index - 1}`] } : {}
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`s${index}`, { ...step, ...needs(index) }]),
  ) as Steps // the ids of needs are branded only once they are parsed
}

function now(): string {
  return new Date().toISOString()
}
