import type { BenchRow } from '../row.ts'
import { listed, probeList } from './listRuns.ts'

/** What a person waits for who narrows a list down. */
export const filterRunsRows: readonly BenchRow[] = [
  {
    id: 'list-filter',
    what: 'the slowest of seven filter keystrokes over 100,000 runs',
    peer: 'one ms',
    goal: { atMost: 20 },
    measure: async (options) => {
      const { ms } = await probeList('filter', await listed(options))
      return { ratio: ms, detail: `${ms.toFixed(1)} ms` }
    },
  },
  {
    id: 'list-search-state',
    what: 'seconds to search the state of 100,000 runs for one value',
    peer: 'one second',
    goal: { shown: true },
    measure: async (options) => {
      const { ms } = await probeList('searchState', await listed(options))
      return { ratio: ms / 1000, detail: `${(ms / 1000).toFixed(1)} s` }
    },
  },
]
