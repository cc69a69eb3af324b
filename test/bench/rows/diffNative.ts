import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { lineTools } from '../../../electron/services/lineTools.ts'
import { diff } from '../../../shared/core/diff/diff.ts'
import { diffLines } from '../../../shared/core/diff/lines/diffLines.ts'
import { readChangedParts } from '../../../shared/core/reading/readChangedParts.ts'
import { readRunAt } from '../../../shared/core/reading/readRunAt.ts'
import type { Json } from '../../../shared/schema/json.ts'
import { runAsJson } from '../../../shared/schema/run.ts'
import type { DocumentPair } from '../diff/anyDocuments.ts'
import { makeLongJournal } from '../diff/longJournal.ts'
import { makeHeads, makeUnlikeHeads } from '../diff/nativeHeads.ts'
import { compareFiles } from '../diff/compareFiles.ts'
import { bestOf, paired } from '../paired.ts'
import { timeGitDiff, timeGnuDiff, timeScript, type Timed } from '../peers.ts'
import type { BenchOptions, BenchRow, Measured } from '../row.ts'

const bytes = 50e6
const edits = 1000

/** Two heads of 50 MB compared by their lines, and two checkpoints that follow each other. */
export const diffNativeRows: readonly BenchRow[] = [
  {
    id: 'diff-lines',
    what: `two heads of 50 MB compared by their lines, ${edits} edits`,
    peer: 'JSON.parse of both',
    goal: { atMost: 0.3 },
    measure: async () => {
      const pair = makeHeads(bytes, edits)
      const [one, other] = [Buffer.from(pair.before), Buffer.from(pair.after)]
      return paired({
        rounds: 10,
        ours: async () => void requireFound(compareByLines(one, other)),
        peer: async () => void parseBoth(pair),
      })
    },
  },
  {
    id: 'diff-lines-gnu',
    what: `two heads of 50 MB read and compared by their lines, ${edits} edits`,
    peer: 'GNU diff',
    goal: { atMost: 0.5 },
    measure: (options) => besideProgram(options, timeGnuDiff),
  },
  {
    id: 'diff-lines-git',
    what: `two heads of 50 MB read and compared by their lines, ${edits} edits`,
    peer: 'git diff --no-index',
    goal: { shown: true },
    measure: (options) => besideProgram(options, timeGitDiff),
  },
  {
    id: 'diff-lines-memory',
    what: 'memory to read and compare two heads of 50 MB by their lines',
    peer: 'to read and parse both',
    goal: { atMost: 0.6 },
    measure: compareMemory,
  },
  {
    id: 'diff-unlike',
    what: 'two heads of 50 MB of which every line differs, compared by their lines or, where these do not help, parsed',
    peer: 'JSON.parse of both',
    goal: { atMost: 1.8 },
    measure: compareUnlike,
  },
  {
    id: 'diff-neighbours',
    what: 'two checkpoints in a row of a state of 50 MB, from the records between them',
    peer: 'JSON.parse of both states',
    goal: { atMost: 0.05 },
    measure: compareNeighbours,
  },
]

function compareByLines(one: Buffer, other: Buffer) {
  return diffLines(one, other, { tools: lineTools, within: 'run' })
}

function requireFound<T>(found: T | null): T {
  if (found === null) throw new Error('The lines of the documents did not help.')
  return found
}

function parseBoth(pair: Pick<DocumentPair, 'before' | 'after'>): readonly [Json, Json] {
  return [JSON.parse(pair.before), JSON.parse(pair.after)]
}

function writePair(folder: string, pair: DocumentPair): readonly [string, string] {
  const paths = [join(folder, 'one.json'), join(folder, 'other.json')] as const
  writeFileSync(paths[0], pair.before)
  writeFileSync(paths[1], pair.after)
  return paths
}

async function besideProgram(
  { folder }: BenchOptions,
  timePeer: (one: string, other: string) => Promise<Timed>,
): Promise<Measured> {
  const [one, other] = writePair(folder, makeHeads(bytes, edits))
  return bestOf({
    rounds: 15,
    ours: async () => {
      const start = performance.now()
      requireFound(await compareFiles(one, other))
      return { ms: performance.now() - start }
    },
    peer: () => timePeer(one, other),
  })
}

const probe = fileURLToPath(new URL('diffProbe.ts', import.meta.url))

async function compareMemory({ folder }: BenchOptions): Promise<Measured> {
  const paths = writePair(folder, makeHeads(bytes, edits))
  const { ms: ours } = await timeScript(probe, ['lines', ...paths])
  const { ms: parse } = await timeScript(probe, ['parse', ...paths])
  const detail = `${(ours / 1e6).toFixed(0)} MB beside ${(parse / 1e6).toFixed(0)} MB`
  return { ratio: ours / parse, detail }
}

async function compareUnlike(): Promise<Measured> {
  const pair = makeUnlikeHeads(bytes)
  const [one, other] = [Buffer.from(pair.before), Buffer.from(pair.after)]
  return paired({
    rounds: 5,
    ours: async () => {
      if (compareByLines(one, other) === null) diff(...parseBoth(pair))
    },
    peer: async () => void parseBoth(pair),
  })
}

async function compareNeighbours(): Promise<Measured> {
  const journal = makeLongJournal(bytes)
  const checkpoints = journal.records.filter(({ record }) => record.type === 'checkpoint')
  const [from = 0, until = 0] = checkpoints.slice(-2).map(({ record }) => record.seq)
  const [before, after] = [from, until].map((seq) => JSON.stringify(readRunAt(journal, seq)))
  const pair = { before: before ?? '', after: after ?? '' }
  return paired({
    rounds: 20,
    ours: async () => {
      const { earlier, later } = requireFound(readChangedParts(journal, from, until))
      diff(runAsJson(earlier), runAsJson(later))
    },
    peer: async () => void parseBoth(pair),
  })
}
