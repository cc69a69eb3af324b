import { bestOf } from '../paired.ts'
import type { BenchRow } from '../row.ts'
import { listed, probeList } from './listRuns.ts'

/** One run of many changed: its row is new without a look at the others. */
export const oneChangedRows: readonly BenchRow[] = [
  {
    id: 'list-changed',
    what: 'the row of one run that changed among 100,000',
    peer: 'the same row after a look at all of them',
    goal: { atMost: 0.1 },
    measure: async (options) => {
      const args = await listed(options)
      return bestOf({
        rounds: 5,
        ours: () => probeList('changed', args),
        peer: () => probeList('checkAll', args),
      })
    },
  },
]
