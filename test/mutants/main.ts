// Changes the core one small thing at a time and looks whether a test notices: `[--only FOLDER] [--shard i/n]`.
import { parseArgs } from 'node:util'
import { checkEquivalents } from './equivalents.ts'
import { findParts, hashOf, type Part } from './parts.ts'
import { keepResults, percentOf, readResults, scoreOf, type FileResult } from './results.ts'
import { tryMutants, trySurvivors } from './tryMutants.ts'

const leastPercent = 80
/** What is lost when it is cut: so many files at most. */
const filesAtOnce = 10

process.exitCode = await main(process.argv.slice(2))

async function main(parameters: readonly string[]): Promise<number> {
  const parts = choose(findParts(), parameters)
  if (typeof parts === 'string') {
    console.error(parts)
    return 2
  }
  for (const part of parts) await complete(part)
  return tell(parts)
}

function choose(all: readonly Part[], parameters: readonly string[]): readonly Part[] | string {
  try {
    return chosen(all, parameters)
  } catch (error) {
    // What `parseArgs` says of an option that it does not know.
    if (error instanceof TypeError) return error.message
    throw error
  }
}

function chosen(all: readonly Part[], parameters: readonly string[]): readonly Part[] | string {
  const options = { only: { type: 'string', multiple: true }, shard: { type: 'string' } } as const
  const { only, shard = '1/1' } = parseArgs({ args: [...parameters], options }).values
  const [number = 0, of = 0] = shard.split('/').map(Number)
  const isShard = Number.isInteger(number) && Number.isInteger(of) && number >= 1 && number <= of
  if (!isShard) return `"${shard}" is no shard. Expected, for example, 1/4.`
  const unknown = only?.find((name) => !all.some((part) => part.name === name))
  if (unknown !== undefined)
    return `There is no folder "${unknown}". ${all.map(({ name }) => name).join(', ')}.`
  const asked = all.filter(({ name }) => only === undefined || only.includes(name))
  return asked.filter((_, index) => index % of === number - 1)
}

/** Tries what is not known of its files as they are now. */
async function complete(part: Part): Promise<void> {
  const known = knownOf(part)
  const fresh = part.sources.filter((file) => !known.some((result) => result.file === file))
  for (const files of inBatches(fresh)) keep(await tryMutants(part, files))
  const outdated = known.filter(({ tests }) => tests !== part.testsDigest)
  for (const results of inBatches(outdated)) keep(await trySurvivors(part, results))
}

function keep(results: readonly FileResult[]): void {
  keepResults(results)
  for (const result of results) console.log(`  ${lineOf(result.file, [result])}`)
}

function inBatches<Item>(all: readonly Item[]): readonly (readonly Item[])[] {
  const count = Math.ceil(all.length / filesAtOnce)
  return Array.from({ length: count }, (_, index) =>
    all.slice(index * filesAtOnce, (index + 1) * filesAtOnce),
  )
}

function knownOf({ sources }: Part): readonly FileResult[] {
  return readResults().filter(({ file, hash }) => sources.includes(file) && hashOf(file) === hash)
}

function tell(parts: readonly Part[]): number {
  const results = parts.flatMap(knownOf)
  for (const part of parts) console.log(lineOf(part.name, knownOf(part)))
  console.log(lineOf('all of these', results))
  const wrong = checkEquivalents(results)
  for (const { file, code, mutator } of wrong)
    console.error(`explained, but no survivor any more: ${mutator} of "${code}" in ${file}`)
  return wrong.length === 0 && percentOf(scoreOf(results)) >= leastPercent ? 0 : 1
}

function lineOf(name: string, results: readonly FileResult[]): string {
  const score = scoreOf(results)
  return `${name.padEnd(50)} ${percentOf(score).toFixed(1).padStart(5)} % ${score.killed} of ${score.of}`
}
