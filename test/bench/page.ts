// The page of results in the documents: every row with the newest figures that were kept on this machine.
import { writeFile } from 'node:fs/promises'
import { cpus, release, totalmem, type } from 'node:os'
import { formatted } from '../formatted.ts'
import type { DatedResult, KeptResults } from './keptResults.ts'
import type { BenchRow } from './row.ts'
import { groups, rows } from './rows.ts'

const head = `# What was measured

Made by \`npm run bench -- --page\` of the last results; nothing here is written by hand. Each row is a ratio: what Unstuck took,
divided by what a peer took for the same work, in turn, in the same run. \`npm run bench -- --only ID\` measures a row on your
machine. A goal is the largest ratio that is wanted; *missed* is said as loudly as *met*. A row whose goal is *shown* is there
to compare with: a bare loop that no program can be faster than, or a peer that does less.
`

/** Writes the page. A row that was never measured here says so. */
export async function writePage(path: string, results: KeptResults): Promise<void> {
  const measured = rows.flatMap(({ id }) => results.newest(id) ?? [])
  const days = measured.map(({ at }) => at.slice(0, 10)).toSorted()
  const tables = groups.map(({ title, rows: ofGroup }) =>
    [`## ${title}`, '', ...table(ofGroup, results)].join('\n'),
  )
  const text = [head, machine(days), ...tables].join('\n')
  await writeFile(path, await formatted('bench.md', text))
}

function machine(days: readonly string[]): string {
  const [first, last] = [days.at(0) ?? 'never', days.at(-1) ?? 'never']
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`
  return [
    '| | |',
    '| --- | --- |',
    `| Measured | ${first === last ? first : `${first} to ${last}`} |`,
    `| Machine | ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${memory}, ${type()} ${release()} |`,
    `| Node | ${process.version} |`,
    '',
  ].join('\n')
}

function table(ofGroup: readonly BenchRow[], results: KeptResults): readonly string[] {
  return [
    '| id | what | beside | ratio | goal | figures |',
    '| --- | --- | --- | --- | --- | --- |',
    ...ofGroup.map((row) => line(row, results.newest(row.id))),
    '',
  ]
}

function line({ id, what, peer }: BenchRow, dated: DatedResult | null): string {
  const cells = [`\`${id}\``, what, peer, ...(dated === null ? unmeasured : figures(dated))]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

const unmeasured = ['–', '–', 'not measured on this machine'] as const

function figures({ result }: DatedResult): readonly string[] {
  const { ratio, goal, met, detail } = result
  const shown = ratio === null ? '–' : ratio.toFixed(3)
  const verdict = goal === 'shown' ? 'shown' : `${goal} ${met === true ? 'met' : '**missed**'}`
  return [shown, verdict, detail.replaceAll(/\s+/g, ' ')]
}
