// Stryker on some sources of one part, with the tests of that part in a warm process.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Stryker } from '@stryker-mutator/core'
import { hashOf, type Part } from './parts.ts'
import type { FileResult, Survivor } from './results.ts'

type Mutant = Awaited<ReturnType<Stryker['runMutationTest']>>[number]

/** Every mutant of these files. */
export async function tryMutants(
  part: Part,
  files: readonly string[],
): Promise<readonly FileResult[]> {
  const hashes = files.map(hashOf)
  const mutants = await run(part, files)
  return files.map((file, index) => {
    const own = mutants.filter(({ fileName }) => isFile(fileName, file))
    return { file, hash: hashes[index] ?? '', tests: part.testsDigest, ...countOf(own) }
  })
}

/** What survived the tests as they were. What they killed counts as killed by those of now. */
export async function trySurvivors(
  part: Part,
  known: readonly FileResult[],
): Promise<readonly FileResult[]> {
  const places = known.flatMap(({ file, survived }) =>
    survived.map(({ line, toLine = line }) => `${file}:${line}-${toLine}`),
  )
  const mutants = places.length === 0 ? [] : await run(part, [...new Set(places)])
  return known.map((result) => {
    const own = mutants.filter(({ fileName }) => isFile(fileName, result.file))
    const again = countOf(own.filter((mutant) => result.survived.some(isSame(survivorOf(mutant)))))
    const unseen = result.survived.filter((old) => !own.map(survivorOf).some(isSame(old)))
    const survived = [...again.survived, ...unseen].toSorted(byPlace)
    // Some that were killed before begin at the same place and read alike: only the survivors are counted.
    const killed = result.killed + Math.max(0, result.survived.length - survived.length)
    return { ...result, tests: part.testsDigest, killed, survived }
  })
}

async function run(part: Part, sources: readonly string[]): Promise<readonly Mutant[]> {
  const folder = mkdtempSync(join(tmpdir(), 'unstuck-mutants-'))
  const options = {
    // It names no `tsconfig.json`: Stryker would read one with a TypeScript that has an interface for programs.
    configFile: 'test/mutants/stryker.json',
    mutate: [...sources],
    warm: { testFiles: part.tests, unusable: unusableTestsOf(part) },
    tempDirName: folder,
  }
  try {
    return await new Stryker(options).runMutationTest()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function unusableTestsOf({ name, testsDigest }: Part): string {
  mkdirSync('dist/mutants', { recursive: true })
  return resolve(`dist/mutants/${name.replaceAll('/', '-')}-${testsDigest.slice(0, 8)}.json`)
}

function countOf(mutants: readonly Mutant[]): Pick<FileResult, 'killed' | 'timeouts' | 'survived'> {
  const having = (status: Mutant['status']): readonly Mutant[] =>
    mutants.filter((mutant) => mutant.status === status)
  return {
    killed: having('Killed').length,
    timeouts: having('Timeout').length,
    survived: [...having('Survived'), ...having('NoCoverage')].map(survivorOf).toSorted(byPlace),
  }
}

function survivorOf({ location, mutatorName, replacement, status }: Mutant): Survivor {
  const { line, column } = location.start
  const toLine = location.end.line
  return {
    line,
    column,
    ...(toLine === line ? {} : { toLine }),
    mutator: mutatorName,
    replacement: replacement.slice(0, 80),
    ...(status === 'NoCoverage' ? { isUncovered: true } : {}),
  }
}

function isSame(one: Survivor): (other: Survivor) => boolean {
  return ({ line, column, mutator, replacement }) =>
    line === one.line &&
    column === one.column &&
    mutator === one.mutator &&
    replacement === one.replacement
}

function isFile(path: string, file: string): boolean {
  return path.replaceAll('\\', '/').endsWith(`/${file}`)
}

function byPlace(one: Survivor, other: Survivor): number {
  return one.line - other.line || one.column - other.column
}
