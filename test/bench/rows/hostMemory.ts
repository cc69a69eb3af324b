import type { BenchOptions, BenchRow, Measured } from '../row.ts'
import { listed, manyRuns, probeList } from './listRuns.ts'

/** What a host with many runs takes, and how long its own thread does not answer. */
export const hostMemoryRows: readonly BenchRow[] = [
  {
    id: 'list-memory',
    what: 'MB that a host takes more with 100,000 runs listed',
    peer: 'one MB',
    goal: { atMost: 110 },
    measure: async (options) => {
      const args = await listed(options)
      const { ms: bytes } = await probeList('memory', args)
      return { ratio: bytes / 1e6, detail: `${(bytes / 1e6).toFixed(0)} MB` }
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

async function measureBlocked(args: readonly [root: string, folder: string]): Promise<Measured> {
  const { ms } = await probeList('blocked', args)
  return { ratio: ms, detail: `${ms.toFixed(1)} ms` }
}
