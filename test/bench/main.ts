// `npm run bench`: each row measured beside its peer in this very run. What was measured of the same sources is kept.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { writePage } from './page.ts'
import { openResults } from './keptResults.ts'
import { makeRuns } from './makeRuns.ts'
import { runRow, type BenchResult, type BenchRow } from './row.ts'
import { rows } from './rows.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    shard: { type: 'string', default: '1/1' },
    /** Folder on the disk to measure, also for the runs that are made once. */
    folder: { type: 'string' },
    /** Measures again what was measured before. */
    fresh: { type: 'boolean', default: false },
    /** Deletes the runs that were made, and measures nothing. */
    clean: { type: 'boolean', default: false },
    /** Writes the page of the newest results to docs/bench.md, and measures nothing. */
    page: { type: 'boolean', default: false },
  },
})

const repository = fileURLToPath(new URL('../..', import.meta.url))
const kept = join(repository, 'dist', 'bench')
const made = join(values.folder ?? kept, 'data')

if (values.clean) await rm(made, { recursive: true, force: true })
else if (values.page)
  await writePage(join(repository, 'docs/bench.md'), openResults(kept, repository))
else await measureAll()

async function measureAll(): Promise<void> {
  const known = openResults(kept, repository)
  const results: BenchResult[] = []
  for (const row of chosen()) {
    const before = values.fresh ? null : known.find(row.id)
    const result = before ?? (await measure(row))
    if (before === null && result.met !== null && result.ratio !== null) known.keep(result)
    results.push(result)
    if (!values.json) console.log(line(result, before !== null))
  }
  if (values.json) console.log(JSON.stringify(results, null, 2))
}

/** A row that breaks is told like one that missed its goal, and the others are measured all the same. */
async function measure(row: BenchRow): Promise<BenchResult> {
  const folder = await mkdtemp(join(values.folder ?? tmpdir(), 'unstuck-bench-'))
  try {
    const runs = (count: number): string => makeRuns(join(made, `runs-${count}`), count)
    return await runRow(row, { folder, runs })
  } catch (error) {
    process.exitCode = 1
    const { id, what, peer } = row
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { id, what, peer, ratio: null, goal: 'measured', met: false, detail }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function chosen(): readonly BenchRow[] {
  const [index = 1, count = 1] = values.shard.split('/').map(Number)
  const { only } = values
  const unknown = only?.find((id) => !rows.some((row) => row.id === id))
  if (unknown !== undefined) throw new Error(`No row "${unknown}". Rows: ${ids()}`)
  const wanted = rows.filter((row) => only === undefined || only.includes(row.id))
  return wanted.filter((_, place) => place % count === index - 1)
}

function ids(): string {
  return rows.map((row) => row.id).join(', ')
}

function line(result: BenchResult, isKept: boolean): string {
  const { id, what, peer, ratio, goal, met, detail } = result
  const verdict =
    met === null ? 'NO PEER' : met ? (goal === 'shown' ? 'shown  ' : 'met    ') : 'MISSED '
  const figure = ratio === null ? '-' : ratio.toFixed(3)
  const when = isKept ? ' (measured before)' : ''
  return `${verdict} ${id.padEnd(16)} ${figure.padStart(7)} ${goal.padEnd(8)} ${what} | ${peer} | ${detail}${when}`
}
