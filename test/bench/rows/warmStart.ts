import { bestOf } from '../paired.ts'
import * as peers from '../peers.ts'
import type { BenchRow } from '../row.ts'
import { listed, probeList } from './listRuns.ts'

/** From a host that is opened again to the first rows, beside a program in C that only looks at the files. */
export const warmStartRows: readonly BenchRow[] = [
  {
    id: 'list-warm',
    what: 'first 50 rows of a warm start with 100,000 runs',
    peer: 'C: getdents + statx of all',
    goal: { atMost: 0.25 },
    measure: async (options) => {
      const args = await listed(options)
      return bestOf({
        rounds: 7,
        ours: () => probeList('warm', args),
        peer: () => peers.timeCStat(args[0]),
      })
    },
  },
]
