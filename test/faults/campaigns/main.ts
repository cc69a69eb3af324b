// Runs campaigns at full size: `[--only NAME] [--shard i/n] [--results DIR] [--seed N]`. Exits 1 when something was violated.
import { parseArgs } from 'node:util'
import { runCampaign, type Campaign } from './campaign.ts'
import { campaigns } from './campaigns.ts'
import { openResults, piecesOf, type PieceResult, type Results, type Shard } from './results.ts'

export type FaultsOptions = {
  readonly only: readonly string[]
  readonly shard: Shard
  readonly results: string
  readonly seed: number
}

process.exitCode = await main(process.argv.slice(2))

async function main(parameters: readonly string[]): Promise<number> {
  const options = parseOptions(parameters)
  if (typeof options === 'string') {
    console.error(options)
    return 2
  }
  const results = openResults(options.results)
  let worst = 0
  for (const campaign of campaigns) {
    if (options.only.length > 0 && !options.only.includes(campaign.name)) continue
    const obstacle = campaign.obstacle()
    if (obstacle === null) worst = Math.max(worst, await runAll(campaign, options, results))
    else console.log(`${campaign.name.padEnd(14)} cannot run: ${obstacle}`)
  }
  return worst
}

function parseOptions(parameters: readonly string[]): FaultsOptions | string {
  try {
    return checkOptions(parseParameters(parameters))
  } catch (error) {
    // What `parseArgs` says of an option that it does not know.
    if (error instanceof TypeError) return error.message
    throw error
  }
}

function parseParameters(parameters: readonly string[]) {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      only: { type: 'string', multiple: true, default: [] },
      shard: { type: 'string', default: '1/1' },
      results: { type: 'string', default: 'dist/faults' },
      seed: { type: 'string', default: '1' },
    },
  })
  return values
}

function checkOptions(values: ReturnType<typeof parseParameters>): FaultsOptions | string {
  const [number = 0, of = 0] = values.shard.split('/').map(Number)
  const isShard = Number.isInteger(number) && Number.isInteger(of) && number >= 1 && number <= of
  if (!isShard) return `"${values.shard}" is no shard. Expected, for example, 1/4.`
  const names = campaigns.map(({ name }) => name)
  const unknown = values.only.find((name) => !names.includes(name))
  if (unknown !== undefined) return `There is no campaign "${unknown}". ${names.join(', ')}.`
  const seed = Number(values.seed)
  if (!Number.isInteger(seed)) return `"${values.seed}" is no seed. Expected a whole number.`
  return { only: values.only, shard: { number, of }, results: values.results, seed }
}

async function runAll(
  campaign: Campaign,
  { shard, seed }: FaultsOptions,
  results: Results,
): Promise<number> {
  const pieces = piecesOf(campaign, shard)
  const before = results.read(campaign, seed)
  const done: PieceResult[] = []
  for (const { from, to } of pieces) {
    const known = before.find((result) => result.from === from && result.to === to)
    const result = known ?? (await runPiece(campaign, { from, to, seed }))
    if (known === undefined) results.write(result)
    done.push(result)
  }
  console.log(describe(campaign, done))
  const beyond = beyondLimits(campaign, done)
  for (const line of beyond) console.log(`    ${line}`)
  return beyond.length > 0 || done.some(({ violations }) => violations.length > 0) ? 1 : 0
}

function beyondLimits({ limits = {} }: Campaign, done: readonly PieceResult[]): readonly string[] {
  return Object.entries(limits).flatMap(([what, limit]) => {
    const all = done.flatMap(({ measures }) => measures[what] ?? [])
    const beyond = all.filter((value) => value > limit).length
    return beyond === 0 ? [] : [`${what}: ${beyond} of ${all.length} are more than ${limit}`]
  })
}

async function runPiece(
  campaign: Campaign,
  part: { readonly from: number; readonly to: number; readonly seed: number },
): Promise<PieceResult> {
  const startedMs = performance.now()
  const outcome = await runCampaign(campaign, part)
  const seconds = Math.round((performance.now() - startedMs) / 100) / 10
  const at = new Date().toISOString()
  return { campaign: campaign.name, ...part, seconds, at, ...outcome }
}

function describe({ name, unit }: Campaign, done: readonly PieceResult[]): string {
  const cases = done.reduce((sum, { from, to }) => sum + to - from, 0)
  const seconds = Math.round(done.reduce((sum, result) => sum + result.seconds, 0))
  const violations = done.flatMap((result) => result.violations)
  const head = `${name.padEnd(14)} ${String(cases).padStart(7)} cases ${String(violations.length).padStart(6)} violations ${String(seconds).padStart(6)} s   ${unit}`
  const shown = violations.slice(0, 10).map(({ index, sentence }) => `    ${index}: ${sentence}`)
  return [head, ...countsOf(done), ...measuresOf(done), ...shown].join('\n')
}

function countsOf(done: readonly PieceResult[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const result of done)
    for (const [what, count] of Object.entries(result.counts))
      counts.set(what, (counts.get(what) ?? 0) + count)
  return [...counts].map(([what, count]) => `  ${String(count).padStart(9)} ${what}`)
}

function measuresOf(done: readonly PieceResult[]): readonly string[] {
  const names = new Set(done.flatMap(({ measures }) => Object.keys(measures)))
  return [...names].map((name) => {
    const all = done.flatMap(({ measures }) => measures[name] ?? []).toSorted((a, b) => a - b)
    const at = (share: number): string =>
      (all[Math.min(all.length - 1, Math.trunc(all.length * share))] ?? 0).toFixed(1)
    return `    ${name}: p50 ${at(0.5)}, p99 ${at(0.99)}, most ${at(1)} (${all.length})`
  })
}
