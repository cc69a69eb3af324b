import { bestOf } from '../paired.ts'
import type { BenchRow } from '../row.ts'
import { probeList } from './listRuns.ts'

/** What a policy would take, from the index, beside the listing of the same runs. */
export const cleanupPreviewRows: readonly BenchRow[] = [
  {
    id: 'cleanup-preview',
    what: 'preview of a clean-up over 50,000 runs, with nothing known of the workspace',
    peer: 'the first list of the same runs',
    goal: { atMost: 2 },
    measure: async ({ runs, folder }) => {
      const args = [runs(50_000), folder] as const
      return bestOf({
        rounds: 5,
        ours: () => probeList('cleanup', args),
        peer: () => probeList('first', args),
      })
    },
  },
]
