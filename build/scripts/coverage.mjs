// Which branches no test takes: v8 coverage of the whole suite, its limits, and the files that are worst.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { CommandError, root, runNode } from './run.mjs'

const folder = 'dist/coverage'
const worstShown = 15

/** Least percent of the branches; the whole is all that is measured. */
const limits = [
  { name: 'shared/core', prefix: 'shared/core/', least: 95 },
  { name: 'electron/store', prefix: 'electron/store/', least: 95 },
  { name: 'whole', prefix: '', least: 85 },
]

const measured = '{shared,electron,renderer}/**/*.ts'
/**
 * What only runs in a process, a thread or a window of its own: vitest asks v8 in the process of the tests. What draws
 * (`*.tsx`) runs in a real browser, in the end-to-end suite, which looks at every screen.
 */
const elsewhere = [
  'electron/app/**',
  'electron/{cli/main,executor/stepMain,host/reading/listingMain,host/reading/readingMain}.ts',
  'electron/store/{diskMain,blockingFileSystemThread}.ts',
  'renderer/ui/layoutWorker.ts',
]

/** Arguments go on to vitest: with a path, only what its tests reach is told and no limit holds. */
export async function coverage(args) {
  rmSync(join(root, folder), { recursive: true, force: true })
  const exitCode = await runNode([
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config=build/vitest.config.ts',
    '--coverage.enabled',
    '--coverage.provider=v8',
    '--coverage.reporter=json-summary',
    '--coverage.reporter=html',
    '--coverage.reportOnFailure',
    `--coverage.reportsDirectory=${folder}`,
    `--coverage.include=${measured}`,
    ...elsewhere.map((pattern) => `--coverage.exclude=${pattern}`),
    ...args,
  ])
  const isMet = tell(readFiles(), args.length === 0)
  return exitCode === 0 && !isMet ? 1 : exitCode
}

function tell(files, isWhole) {
  const rows = limits.map((limit) => ({ ...limit, percent: percentOf(files, limit.prefix) }))
  console.log()
  for (const { path, covered, total } of worstOf(files))
    console.log(`${String(total - covered).padStart(5)} of ${total} branches not taken  ${path}`)
  for (const { name, percent, least } of rows)
    console.log(`${name.padEnd(15)} ${percent.toFixed(1)} % of branches, at least ${least} %`)
  console.log(`Line by line: ${folder}/index.html`)
  return !isWhole || rows.every(({ percent, least }) => percent >= least)
}

function readFiles() {
  const path = join(root, folder, 'coverage-summary.json')
  if (!existsSync(path)) throw new CommandError('vitest ended before it wrote the coverage.')
  const { total: _, ...files } = JSON.parse(readFileSync(path, 'utf8'))
  return Object.entries(files).map(([file, { branches }]) => ({
    path: relative(root, file).replaceAll('\\', '/'),
    ...branches,
  }))
}

function percentOf(files, prefix) {
  const counted = files.filter(({ path }) => path.startsWith(prefix))
  const total = sum(counted, 'total')
  return total === 0 ? 100 : (100 * sum(counted, 'covered')) / total
}

function worstOf(files) {
  return files
    .filter((file) => missed(file) > 0)
    .toSorted((one, other) => missed(other) - missed(one))
    .slice(0, worstShown)
}

function missed({ total, covered }) {
  return total - covered
}

function sum(files, key) {
  return files.reduce((total, file) => total + file[key], 0)
}
