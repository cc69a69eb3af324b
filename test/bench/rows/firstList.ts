import { fileURLToPath } from 'node:url'
import { bestOf } from '../paired.ts'
import * as peers from '../peers.ts'
import type { BenchRow } from '../row.ts'
import { manyRuns, probeList } from './listRuns.ts'

const floor = fileURLToPath(new URL('listFloor.ts', import.meta.url))

/** The whole first list, by the host, with nothing known of the workspace. */
export const firstListRows: readonly BenchRow[] = [
  firstBeside(
    'list-first',
    'reading and parsing all heads, synchronously',
    0.1,
    peers.timeParseSync,
  ),
  firstBeside('list-first-rg', 'rg for one field', 0.75, peers.timeRipgrep),
  firstBeside(
    'list-first-floor',
    'a bare loop on two threads: lstat of all, starts of heads read, parsed and summed',
    null,
    (root) => peers.timeScript(floor, [root]),
  ),
]

function firstBeside(
  id: string,
  peer: string,
  atMost: number | null,
  timePeer: (root: string) => Promise<peers.Timed>,
): BenchRow {
  return {
    id,
    what: 'first ever list of 100,000 runs, complete',
    peer,
    goal: atMost === null ? { shown: true } : { atMost },
    measure: async ({ runs, folder }) => {
      const root = runs(manyRuns)
      return bestOf({
        rounds: 3,
        ours: () => probeList('first', [root, folder]),
        peer: () => timePeer(root),
      })
    },
  }
}
