import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import writeFileAtomic from 'write-file-atomic'
import { createLedger } from '../../../electron/executor/ledger.ts'
import type { RunWriter } from '../../../electron/store/store.ts'
import { stepIds } from '../../../shared/core/graph/order.ts'
import { createRun } from '../../../shared/core/run/createRun.ts'
import { RunId, type StepId } from '../../../shared/schema/ids.ts'
import type { RecordBody } from '../../../shared/schema/journal.ts'
import { runAsJson, type Run, type StepState } from '../../../shared/schema/run.ts'
import { WorkflowDefinition } from '../../../shared/schema/workflow.ts'
import { sha256 } from '../sha256.ts'
import { openBenchStore, openThreadedStore } from '../openBenchStore.ts'
import { median } from '../paired.ts'
import type { BenchRow, Measured } from '../row.ts'

const steps = 2000
const stateBytes = 1800
const at = '2026-01-01T00:00:00.000Z'
const run = RunId.parse('bench-20260101t000000z-aaaaaa')
const opening = { purpose: 'bench', controlSocket: null, createdAt: at }

/** A run of many steps, each durable, beside writing the whole document after each step. */
export const manyStepsRows: readonly BenchRow[] = [
  {
    id: 'steps-wfa',
    what: `${steps} durable steps of 1.8 KB`,
    peer: 'write-file-atomic of the whole document after each',
    goal: { atMost: 0.04 },
    measure: ({ folder }) => besideWhole(folder, { intents: false }),
  },
  {
    id: 'steps-wfa-floor',
    what: `a bare loop of ${steps} records of 1.8 KB: JSON, SHA-256, write, fdatasync, synchronous`,
    peer: 'write-file-atomic of the whole document after each',
    goal: { shown: true },
    measure: ({ folder }) => floorBesideWhole(folder),
  },
  {
    id: 'steps-intents-wfa',
    what: `${steps} steps of 1.8 KB, each with an intent and a durable result`,
    peer: 'write-file-atomic of the whole document after each',
    goal: { shown: true },
    measure: ({ folder }) => besideWhole(folder, { intents: true }),
  },
  {
    id: 'steps-last',
    what: `the last 100 of ${steps} durable steps, p50`,
    peer: 'the first 100',
    goal: { atMost: 1.3 },
    measure: async (options) => {
      // The first steps of a process run code that is not compiled yet: they would flatter the last ones.
      await carryCounted(options.folder)
      const { stepMs } = await carryCounted(options.folder)
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
      const { bytes, recordBytes } = await carryCounted(options.folder)
      return { ratio: bytes / recordBytes, detail: `${bytes} beside ${recordBytes} bytes` }
    },
  },
]

type Carried = { readonly totalMs: number; readonly stepMs: readonly number[] }

type Counted = Carried & { readonly bytes: number; readonly recordBytes: number }

async function besideWhole(
  folder: string,
  { intents }: { readonly intents: boolean },
): Promise<Measured> {
  // A host that has carried a run before: the code of the first one is not compiled yet.
  await carryAsHost(join(folder, 'first'), intents)
  const totalMs = await carryAsHost(join(folder, 'workspace'), intents)
  const whole = await writeWhole(folder)
  return { ratio: totalMs / whole, detail: `${totalMs | 0} ms beside ${whole | 0} ms` }
}

/** What no journal can leave out, without a store, a scheduler or a keyframe: what the disk alone takes. */
async function floorBesideWhole(folder: string): Promise<Measured> {
  const file = openSync(join(folder, 'floor.jsonl'), 'a')
  const begin = performance.now()
  for (const step of stepIds(definition)) {
    const text = JSON.stringify(succeeded(step))
    writeSync(file, Buffer.from(`${text}${sha256(text)}\n`))
    fdatasyncSync(file)
  }
  const floorMs = performance.now() - begin
  closeSync(file)
  const whole = await writeWhole(folder)
  return { ratio: floorMs / whole, detail: `${floorMs | 0} ms beside ${whole | 0} ms` }
}

/** With a store as hosts open it. */
async function carryAsHost(root: string, intents: boolean): Promise<number> {
  const store = await openThreadedStore(root)
  const writer = await store.create(run, opening)
  const { totalMs } = await carry(writer, { intents })
  await writer.release()
  await store.close()
  return totalMs
}

async function carryCounted(folder: string): Promise<Counted> {
  const counted = await openBenchStore(
    join(folder, `workspace-${sha256(String(performance.now())).slice(0, 6)}`),
  )
  const { writer, takeRecordBytes } = countRecords(await counted.store.create(run, opening))
  const start = (): void => {
    counted.takeBytes()
    takeRecordBytes()
  }
  const carried = await carry(writer, { intents: true, start })
  const bytes = counted.takeBytes()
  await writer.release()
  await counted.store.close()
  return { ...carried, bytes, recordBytes: takeRecordBytes() }
}

/** With the executor's ledger: what is ready, the records of each step, a keyframe and a head when due. */
async function carry(
  writer: RunWriter,
  { intents, start }: { readonly intents: boolean; readonly start?: () => void },
): Promise<Carried> {
  const context = { sha256, emit: () => undefined }
  const ledger = createLedger(context, { run: emptyRun(), definition, writer })
  await ledger.append([{ type: 'runCreated', run: ledger.snapshot() }], { durable: true })
  start?.()
  const stepMs: number[] = []
  const begin = performance.now()
  for (;;) {
    const before = performance.now()
    const [step] = ledger.schedule().next({ nowMs: 0, slots: 1, most: 1 })
    if (step === undefined) break
    if (intents) {
      const intent = { type: 'stepStarted', step, attempt: 1, process: null } as const
      await ledger.append([intent], { durable: false })
    }
    await ledger.append([succeeded(step)], { durable: true })
    stepMs.push(performance.now() - before)
  }
  return { totalMs: performance.now() - begin, stepMs }
}

/** Keyframes are not what a run has to record, they are what it costs. */
function countRecords(writer: RunWriter): {
  readonly writer: RunWriter
  readonly takeRecordBytes: () => number
} {
  let bytes = 0
  return {
    writer: {
      ...writer,
      append: async (bodies, options) => {
        const records = await writer.append(bodies, options)
        for (const record of records)
          if (record.type !== 'keyframe') bytes += JSON.stringify(record).length + 1
        return records
      },
    },
    takeRecordBytes: () => {
      const taken = bytes
      bytes = 0
      return taken
    },
  }
}

async function writeWhole(folder: string): Promise<number> {
  const whole = emptyRun()
  const written: Record<string, StepState> = whole.steps
  const begin = performance.now()
  for (const [index, step] of stepIds(definition).entries()) {
    const done = { waitingOn: null, skippedBy: null, attempts: [] }
    written[step] = { ...done, status: 'succeeded', output: outputOf(index) }
    await writeFileAtomic(join(folder, 'whole.json'), JSON.stringify(runAsJson(whole)))
  }
  return performance.now() - begin
}

const definition = WorkflowDefinition.parse({
  name: 'bench',
  steps: Object.fromEntries(
    Array.from({ length: steps }, (_, index) => [`s${index}`, { run: 'true' }]),
  ),
})

function emptyRun(): Run {
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

function outputOf(index: number): string {
  return `${index} `.padEnd(stateBytes, 'x')
}

function succeeded(step: StepId): RecordBody {
  return { type: 'stepSucceeded', step, attempt: 1, output: outputOf(1), exitCode: 0 }
}
