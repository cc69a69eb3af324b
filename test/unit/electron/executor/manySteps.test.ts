import { expect, test } from 'vitest'
import { createExecutor } from '../../../../electron/executor/createExecutor.ts'
import { createMemoryMachine, createMemoryStore } from '../../../../electron/store/memoryStore.ts'
import { createRun } from '../../../../shared/core/run/createRun.ts'
import { replay } from '../../../../shared/core/run/replay.ts'
import { RunId } from '../../../../shared/schema/ids.ts'
import { WorkflowDefinition } from '../../../../shared/schema/workflow.ts'
import { watchStops } from '../../../faults/campaigns/stops.ts'
import { since } from '../../../processorTime.ts'
import { now, randomId, sha256 } from './workbench.ts'

type Carried = { readonly msPerStep: number; readonly longestPauseMs: number }

test('[E117] many ready steps are begun a few at a time, and a step costs the same however many there are', async () => {
  const few = await carry(steps(250))
  const many = await carry(steps(2000))
  const items = await carry(
    { all: { function: 'f', forEach: { items: numbers(2000), parallel: 256 } } },
    2000,
  )
  if (process.env['UNSTUCK_FIGURES'] !== undefined)
    process.stdout.write(`${JSON.stringify({ few, many, items })}\n`)
  expect(many.msPerStep).toBeLessThan(few.msPerStep * 4)
  expect(items.msPerStep).toBeLessThan(few.msPerStep * 6)
  // One machine serves many: were they all begun at once, nothing else would be served until they were.
  expect(many.longestPauseMs).toBeLessThan((many.msPerStep * 2000) / 4)
}, 120_000)

test.runIf(process.env['UNSTUCK_FIGURES'] !== undefined)(
  '[E117] ten thousand steps in a chain',
  async () => {
    const chain = await carry(
      Object.fromEntries(
        numbers(10_000).map((index) => [
          `s${index}`,
          { function: 'f', needs: index === 0 ? [] : [`s${index - 1}`] },
        ]),
      ),
    )
    process.stdout.write(`${JSON.stringify({ chain })}\n`)
  },
  60_000,
)

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index)
}

function steps(count: number): Record<string, object> {
  return Object.fromEntries(numbers(count).map((index) => [`s${index}`, { function: 'f' }]))
}

async function carry(defined: object, count = Object.keys(defined).length): Promise<Carried> {
  const store = createMemoryStore({ now, randomId, machine: createMemoryMachine('one') })
  const executor = await createExecutor({
    store,
    machine: createMemoryMachine('one'),
    now,
    randomId,
    sha256,
    controlDirectory: null,
    functions: new Map([['f', () => 1]]),
    emit: () => undefined,
    writeLog: async () => undefined,
    checkpoints: () => ({ frequency: 'every_n_steps', interval: 100 }),
  })
  const definition = WorkflowDefinition.parse({ name: 'many', parallel: 256, steps: defined })
  const id = RunId.parse('many-20260102t030405z-a1b2')
  const place = { user: null, host: null, folder: null, environment: [] }
  const unnamed = { source: null, digest: null, inputs: {}, lineage: null, place }
  const run = createRun({ id, definition, at: now(), ...unnamed })
  const writer = await store.create(id, { purpose: 'run', controlSocket: null, createdAt: now() })
  const records = await writer.append([{ type: 'runCreated', run }, { type: 'runStarted' }], {
    durable: true,
  })
  const started = replay(records.map((record) => ({ kind: 'known', record })))
  if (started === null) throw new Error('There is no run.')

  const stop = watchStops()
  const begin = process.threadCpuUsage()
  expect(await executor.carry(started, writer).done).toBe('completed')
  const ms = since(begin) / 1000
  await executor.close()
  return { msPerStep: ms / count, longestPauseMs: stop() }
}
