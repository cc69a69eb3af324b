// `npm run bench`: each row measured beside its peer in this very run. --json, --only ID, --shard i/n.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { durableRecordRows } from './rows/durableRecord.ts'
import { manyStepsRows } from './rows/manySteps.ts'
import { replaceHeadRows } from './rows/replaceHead.ts'
import { runRow, type BenchResult, type BenchRow } from './row.ts'

const rows: readonly BenchRow[] = [...durableRecordRows, ...replaceHeadRows, ...manyStepsRows]

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    shard: { type: 'string', default: '1/1' },
    /** Folder on the disk to measure. */
    folder: { type: 'string', default: tmpdir() },
  },
})

const results: BenchResult[] = []
for (const row of chosen()) {
  const folder = await mkdtemp(join(values.folder, 'unstuck-bench-'))
  try {
    const result = await runRow(row, { folder })
    results.push(result)
    if (!values.json) console.log(line(result))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
if (values.json) console.log(JSON.stringify(results, null, 2))

function chosen(): readonly BenchRow[] {
  const [index = 1, count = 1] = values.shard.split('/').map(Number)
  const wanted = rows.filter((row) => values.only === undefined || row.id === values.only)
  if (wanted.length === 0) throw new Error(`No row "${values.only}". Rows: ${ids()}`)
  return wanted.filter((_, place) => place % count === index - 1)
}

function ids(): string {
  return rows.map((row) => row.id).join(', ')
}

function line({ id, what, peer, ratio, goal, met, detail }: BenchResult): string {
  const verdict = met ? 'met   ' : 'MISSED'
  return `${verdict} ${id.padEnd(16)} ${ratio.toFixed(3).padStart(7)} ${goal.padEnd(8)} ${what} | ${peer} | ${detail}`
}
