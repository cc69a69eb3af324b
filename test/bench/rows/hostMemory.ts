import type { BenchOptions, BenchRow, Measured } from '../row.ts'
import { listed, manyRuns, probeList } from './listRuns.ts'

/** What a host with many runs takes, and how long its own thread does not answer. */
export const hostMemoryRows: readonly BenchRow[] = [
  {
    id: 'list-memory',
    what: 'MB that a host takes more with 100,000 runs listed than with none listed',
    peer: 'one MB',
    goal: { atMost: 110 },
    measure: async (options) => {
      const [many, none] = [await memoryOf(options, manyRuns), await memoryOf(options, 0)]
      return { ratio: many - none, detail: `${many.toFixed(0)} MB less ${none.toFixed(0)} MB` }
    },
  },
  {
    id: 'list-memory-thread',
    what: 'MB that a host takes more with 100,000 runs listed, with the thread that lists',
    peer: 'one MB',
    goal: { shown: true },
    measure: async (options) => {
      const megabytes = await memoryOf(options, manyRuns)
      return { ratio: megabytes, detail: `${megabytes.toFixed(0)} MB` }
    },
  },
  {
    id: 'list-blocked',
    what: "longest stop of the host's thread: warm start, list, keystrokes",
    peer: 'one ms',
    goal: { atMost: 50 },
    measure: async (options) => measureBlocked(await listed(options)),
  },
  {
    id: 'list-blocked-first',
    what: "longest stop of the host's thread: first ever list, keystrokes",
    peer: 'one ms',
    goal: { atMost: 50 },
    measure: async ({ runs, folder }: BenchOptions) => measureBlocked([runs(manyRuns), folder]),
  },
]

/** Megabytes that a host takes more once it has listed so many runs. */
async function memoryOf(options: BenchOptions, count: number): Promise<number> {
  const { ms: bytes } = await probeList('memory', await listed(options, count))
  return bytes / 1e6
}

async function measureBlocked(args: readonly [root: string, folder: string]): Promise<Measured> {
  const { ms } = await probeList('blocked', args)
  return { ratio: ms, detail: `${ms.toFixed(1)} ms` }
}
