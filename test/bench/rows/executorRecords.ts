import { execFile } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { promisify } from 'node:util'
import type { RunWriter } from '../../../electron/store/store.ts'
import type { RecordBody } from '../../../shared/schema/journal.ts'
import { median } from '../paired.ts'
import {
  manySteps,
  openBenchExecutor,
  type BenchExecutor,
  type Steps,
} from '../openBenchExecutor.ts'
import type { BenchRow, Measured } from '../row.ts'

const functions = manySteps(1000, { function: 'nothing', sideEffects: 'external' }, 'chain')
const commands = manySteps(100, { command: ['true'], sideEffects: 'external' }, 'chain')
const rounds = 3

/** What the executor adds to what the records of a step cost: steps that do nothing, one after another, each with an intent and a result. */
export const executorRecordRows: readonly BenchRow[] = [
  {
    id: 'exec-functions',
    what: 'what the executor adds to 1,000 function steps that do nothing, one after another',
    peer: 'appending the same durable records alone',
    goal: { atMost: 1.5 },
    measure: ({ folder }) => besideRecords(folder, functions, async () => undefined),
  },
  {
    id: 'exec-commands',
    what: 'what the executor adds to 100 commands `true`, one after another',
    // What a command costs that outlives its host, with a log of its own that has a limit.
    peer: 'appending the same durable records, and starting each command under a shell',
    goal: { shown: true },
    measure: ({ folder }) => besideRecords(folder, commands, () => startCommands(100)),
  },
]

type Call = { readonly bodies: readonly RecordBody[]; readonly durable: boolean }

async function besideRecords(
  folder: string,
  steps: Steps,
  workOfPeer: () => Promise<void>,
): Promise<Measured> {
  const executor = await openBenchExecutor(folder)
  try {
    const ours: number[] = []
    const peer: number[] = []
    // The first round is not counted: its code is not compiled yet.
    for (let round = 0; round <= rounds; round += 1) {
      const calls: Call[] = []
      const { totalMs, definition } = await executor.carry(steps, { wrap: recordInto(calls) })
      const { writer } = await executor.begin(definition)
      const alone = await replayMs(writer, calls, workOfPeer)
      if (round === 0) continue
      ours.push(totalMs)
      peer.push(alone)
    }
    return comparison(ours, peer, Object.keys(steps).length)
  } finally {
    await executor.close()
  }
}

function recordInto(calls: Call[]): (writer: RunWriter) => RunWriter {
  return (writer) => ({
    ...writer,
    append: (bodies, { durable }) => {
      calls.push({ bodies, durable })
      return writer.append(bodies, { durable })
    },
  })
}

async function replayMs(
  writer: Awaited<ReturnType<BenchExecutor['begin']>>['writer'],
  calls: readonly Call[],
  work: () => Promise<void>,
): Promise<number> {
  const from = performance.now()
  for (const { bodies, durable } of calls) await writer.append(bodies, { durable })
  await work()
  const ms = performance.now() - from
  await writer.release()
  return ms
}

function comparison(ours: readonly number[], peer: readonly number[], steps: number): Measured {
  const [one, other] = [median(ours) / steps, median(peer) / steps]
  const detail = `${one.toFixed(2)} ms beside ${other.toFixed(2)} ms a step`
  return { ratio: (one - other) / other, detail }
}

async function startCommands(count: number): Promise<void> {
  for (let time = 0; time < count; time += 1) await run('/bin/sh', ['-c', 'true; exit $?'])
}

const run = promisify(execFile)
