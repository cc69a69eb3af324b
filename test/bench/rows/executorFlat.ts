import { performance } from 'node:perf_hooks'
import { manySteps, openBenchExecutor } from '../openBenchExecutor.ts'
import { median } from '../paired.ts'
import type { BenchRow, Measured } from '../row.ts'

const nothing = { function: 'nothing' } as const
const mostMs = 50

/** What steps and runs cost at the end of many, and how long this thread stops for anything else. */
export const executorFlatRows: readonly BenchRow[] = [
  {
    id: 'exec-10000-steps',
    what: 'the last tenth of 10,000 steps in a chain, p50 of a step',
    peer: 'the first tenth',
    goal: { atMost: 1.3 },
    measure: ({ folder }) => chainOf(folder, 10_000),
  },
  {
    id: 'exec-1000-runs',
    what: 'the last tenth of 1,000 runs of 10 steps in one process, p50 of a run',
    peer: 'the first tenth',
    goal: { atMost: 1.3 },
    measure: ({ folder }) => runsOf(folder, 1000),
  },
  {
    id: 'exec-stop',
    what: 'longest stop of the main thread while 2,000 parallel steps are carried out',
    peer: `${mostMs} ms`,
    goal: { atMost: 1 },
    measure: async ({ folder }) => {
      const executor = await openBenchExecutor(folder)
      const steps = manySteps(2000, nothing)
      await executor.carry(steps, { parallel: 256 })
      const { longestStopMs, totalMs } = await executor.carry(steps, { parallel: 256 })
      await executor.close()
      const each = (totalMs / 2000).toFixed(2)
      const detail = `${longestStopMs.toFixed(0)} ms; ${each} ms a step`
      return { ratio: longestStopMs / mostMs, detail }
    },
  },
]

async function chainOf(folder: string, count: number): Promise<Measured> {
  const executor = await openBenchExecutor(folder)
  // Code that is not compiled yet would flatter the last ones.
  await executor.carry(manySteps(1000, nothing, 'chain'))
  const { calledAt, longestStopMs } = await executor.carry(manySteps(count, nothing, 'chain'))
  await executor.close()
  const stepMs = calledAt.slice(1).map((at, index) => at - (calledAt[index] ?? at))
  const compared = tenths(stepMs)
  return { ...compared, detail: `${compared.detail}, longest stop ${longestStopMs.toFixed(0)} ms` }
}

async function runsOf(folder: string, count: number): Promise<Measured> {
  const executor = await openBenchExecutor(folder)
  const steps = manySteps(10, nothing, 'chain')
  const runMs: number[] = []
  for (let run = -100; run < count; run += 1) {
    const from = performance.now()
    await executor.carry(steps)
    if (run >= 0) runMs.push(performance.now() - from)
  }
  await executor.close()
  return tenths(runMs)
}

function tenths(times: readonly number[]): { readonly ratio: number; readonly detail: string } {
  const size = Math.floor(times.length / 10)
  const first = median(times.slice(0, size))
  const last = median(times.slice(-size))
  return { ratio: last / first, detail: `${last.toFixed(2)} ms beside ${first.toFixed(2)} ms` }
}
