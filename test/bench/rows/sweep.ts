import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bestOf } from '../paired.ts'
import * as peers from '../peers.ts'
import type { BenchOptions, BenchRow, Measured } from '../row.ts'

const count = 100_000
const files = '200,000 files'
const probe = fileURLToPath(new URL('sweepProbe.ts', import.meta.url))

/** Looking at every file of 100,000 runs, and reading the starts of their heads, beside other programs. */
export const sweepRows: readonly BenchRow[] = [
  sweepBeside('sweep-node', "Node's readdirSync + lstatSync", 1.25, peers.timeNodeStat),
  sweepBeside('sweep-find', 'find -printf', 1.3, peers.timeFind),
  sweepBeside('sweep-c', 'C: getdents + statx', null, peers.timeCStat),
  startsBeside('starts-parse', 'reading and parsing all heads, synchronously', 0.1, {
    rounds: 2,
    peer: peers.timeParseSync,
  }),
  startsBeside('starts-rg', 'rg for one field', 0.75, { rounds: 5, peer: peers.timeRipgrep }),
  startsBeside('starts-each', 'reading and parsing all heads, awaited one by one', null, {
    rounds: 1,
    peer: peers.timeParseEach,
  }),
  startsBeside('starts-many', 'reading and parsing all heads, 64 at once', null, {
    rounds: 1,
    peer: peers.timeParseMany,
  }),
  startsBeside('starts-jq', 'jq for one field, of one day times 60', null, {
    rounds: 1,
    peer: timeJqOf,
  }),
  {
    id: 'sweep-memory',
    what: `MB of the table of ${files}`,
    peer: 'one MB',
    goal: { atMost: 30 },
    measure: measureMemory,
  },
]

function sweepBeside(
  id: string,
  peer: string,
  atMost: number | null,
  timePeer: (root: string) => Promise<peers.Timed>,
): BenchRow {
  return {
    id,
    what: `a warm sweep of ${files}, each looked at`,
    peer,
    goal: atMost === null ? { shown: true } : { atMost },
    measure: async (options) => {
      const [root, stamps] = await saveTable(options)
      return bestOf({
        rounds: 7,
        ours: () => peers.timeScript(probe, ['warm', root, stamps]),
        peer: () => timePeer(root),
      })
    },
  }
}

function startsBeside(
  id: string,
  peer: string,
  atMost: number | null,
  options: { readonly rounds: number; readonly peer: (root: string) => Promise<peers.Timed> },
): BenchRow {
  return {
    id,
    what: `the summaries of ${count} heads, read and decoded`,
    peer,
    goal: atMost === null ? { shown: true } : { atMost },
    measure: async ({ runs }) => {
      const root = runs(count)
      return bestOf({
        rounds: options.rounds,
        ours: () => peers.timeScript(probe, ['starts', root]),
        peer: () => options.peer(root),
      })
    },
  }
}

async function measureMemory(options: BenchOptions): Promise<Measured> {
  const [root, stamps] = await saveTable(options)
  const { ms: bytes } = await peers.timeScript(probe, ['memory', root, stamps], ['--expose-gc'])
  return { ratio: bytes / 1e6, detail: `${(bytes / 1e6).toFixed(1)} MB` }
}

async function saveTable({ runs, folder }: BenchOptions): Promise<readonly [string, string]> {
  const root = runs(count)
  const stamps = join(folder, 'stamps')
  await peers.timeScript(probe, ['save', root, stamps])
  return [root, stamps]
}

function timeJqOf(root: string): Promise<peers.Timed> {
  const days = readdirSync(join(root, 'runs'))
  return peers.timeJq(root, days[0] ?? '', days.length)
}
