import { bestOf } from '../paired.ts'
import type { BenchRow } from '../row.ts'
import { join } from 'node:path'
import { makeRuns } from '../makeRuns.ts'
import { cleanUpAndBack } from './cleanupWhole.ts'
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
  {
    id: 'cleanup-and-back',
    what: 'runs that are not as they were, after 50,000 were cleaned up, cancelled half way, and undone',
    peer: 'none',
    goal: { exactly: 0 },
    measure: async ({ folder }) => {
      const root = makeRuns(join(folder, 'runs'), 50_000)
      const { wrong, victims, done, planMs, applyMs, undoMs } = await cleanUpAndBack(root, folder)
      const detail = `${victims} planned in ${seconds(planMs)}, ${done} moved in ${seconds(applyMs)}, back in ${seconds(undoMs)}`
      return { ratio: wrong, detail }
    },
  },
]

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
