import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import writeFileAtomic from 'write-file-atomic'
import { encodeHead } from '../../../shared/core/codec/encodeHead.ts'
import { createRun } from '../../../shared/core/run/createRun.ts'
import { transition } from '../../../shared/core/run/transition.ts'
import { RunId, StepId } from '../../../shared/schema/ids.ts'
import type { RecordBody } from '../../../shared/schema/journal.ts'
import { runAsJson, type Run } from '../../../shared/schema/run.ts'
import { sha256 } from '../sha256.ts'
import { openBenchStore } from '../openBenchStore.ts'
import { median } from '../paired.ts'
import type { BenchRow } from '../row.ts'

const steps = 2000
const stateBytes = 1800
const at = '2026-01-01T00:00:00.000Z'
const run = RunId.parse('bench-20260101t000000z-aaaaaa')

/** A run of many steps, each durable, beside writing the whole document after each step. */
export const manyStepsRows: readonly BenchRow[] = [
  {
    id: 'steps-wfa',
    what: `${steps} durable steps of 1.8 KB`,
    peer: 'write-file-atomic of the whole document after each',
    goal: { atMost: 0.04 },
    measure: async (options) => {
      const ours = await carry(options.folder)
      const whole = await writeWhole(options.folder)
      return {
        ratio: ours.totalMs / whole,
        detail: `${ours.totalMs | 0} ms beside ${whole | 0} ms`,
      }
    },
  },
  {
    id: 'steps-last',
    what: `the last 100 of ${steps} durable steps, p50`,
    peer: 'the first 100',
    goal: { atMost: 1.3 },
    measure: async (options) => {
      const { stepMs } = await carry(options.folder)
      const first = median(stepMs.slice(0, 100))
      const last = median(stepMs.slice(-100))
      return { ratio: last / first, detail: `${last.toFixed(3)} ms beside ${first.toFixed(3)} ms` }
    },
  },
  {
    id: 'steps-bytes',
    what: `bytes written for ${steps} durable steps`,
    peer: 'the bytes of their records',
    goal: { atMost: 3 },
    measure: async (options) => {
      const { bytes, recordBytes } = await carry(options.folder)
      return { ratio: bytes / recordBytes, detail: `${bytes} beside ${recordBytes} bytes` }
    },
  },
]

type Carried = {
  readonly totalMs: number
  readonly stepMs: readonly number[]
  readonly bytes: number
  readonly recordBytes: number
}

/** As the executor does it: intent and result of each step, a keyframe and a head when they are due. */
async function carry(folder: string): Promise<Carried> {
  const counted = await openBenchStore(
    join(folder, `workspace-${sha256(String(performance.now())).slice(0, 6)}`),
  )
  const writer = await counted.store.create(run, {
    purpose: 'bench',
    controlSocket: null,
    createdAt: at,
  })
  let state = emptyRun()
  let recordBytes = 0
  const append = async (bodies: readonly RecordBody[], durable = true) => {
    const records = await writer.append(bodies, { durable })
    for (const record of records) {
      state = transition(state, { kind: 'known', record }) ?? state
      if (record.type !== 'keyframe') recordBytes += JSON.stringify(record).length + 1
    }
  }
  await append([{ type: 'runCreated', run: state }])
  counted.takeBytes()
  recordBytes = 0

  const stepMs: number[] = []
  const begin = performance.now()
  for (let index = 0; index < steps; index++) {
    const start = performance.now()
    const step = stepOf(index)
    await append([{ type: 'stepStarted', step, attempt: 1, process: null }], false)
    await append([succeeded(step)])
    if (writer.isKeyframeDue(stateSize(index))) {
      await append([{ type: 'keyframe', run: state }])
      await writer.replaceHead(encodeHead(state, sha256))
    }
    stepMs.push(performance.now() - start)
  }
  const totalMs = performance.now() - begin
  const bytes = counted.takeBytes()
  await writer.release()
  await counted.store.close()
  return { totalMs, stepMs, bytes, recordBytes }
}

async function writeWhole(folder: string): Promise<number> {
  let state = emptyRun()
  const begin = performance.now()
  for (let index = 0; index < steps; index++) {
    const step = stepOf(index)
    const state0 = state
    const done = {
      status: 'succeeded',
      attempts: [],
      output: outputOf(index),
      waitingOn: null,
      skippedBy: null,
    } as const
    state = { ...state0, steps: { ...state0.steps, [step]: { ...done, attempts: [] } } }
    await writeFileAtomic(join(folder, 'whole.json'), JSON.stringify(runAsJson(state)))
  }
  return performance.now() - begin
}

function emptyRun(): Run {
  const definition = { name: 'bench', steps: { s0: { run: 'true' } } }
  return createRun({
    id: run,
    definition,
    source: null,
    digest: null,
    inputs: {},
    at,
    place: { user: null, host: null, folder: null, environment: [] },
    lineage: null,
  })
}

function stepOf(index: number): StepId {
  return StepId.parse(`s${index}`)
}

function outputOf(index: number): string {
  return `${index} `.padEnd(stateBytes, 'x')
}

function succeeded(step: StepId): RecordBody {
  return { type: 'stepSucceeded', step, attempt: 1, output: outputOf(1), exitCode: 0 }
}

/** Grows by a step's output; measuring it exactly would cost what is measured. */
function stateSize(index: number): number {
  return (index + 1) * (stateBytes + 200)
}
