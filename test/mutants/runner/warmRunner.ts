// Stryker's test runner for pure code: everything stays loaded, so a mutant costs its tests and not a start of vitest.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { openModules } from './modules.ts'
import { noProcess } from './processes.ts'
import { collectTests, type CollectedTest } from './tests.ts'

/** As Stryker's instrumented sources know it. */
type Namespace = {
  activeMutant?: string | undefined
  currentTestId?: string | undefined
  hitCount?: number | undefined
  hitLimit?: number | undefined
  mutantCoverage?: { readonly perTest: Record<string, unknown> }
}

type MutantRun = {
  readonly activeMutant: { readonly id: string }
  readonly testFilter?: readonly string[]
  readonly hitLimit?: number
  readonly sandboxFileName: string
  readonly reloadEnvironment: boolean
}

type MutantResult =
  | { readonly status: 'survived'; readonly nrOfTests: number }
  | { readonly status: 'timeout'; readonly reason: string; readonly nrOfTests?: never }
  | {
      readonly status: 'killed'
      readonly killedBy: readonly string[]
      readonly failureMessage: string
      readonly nrOfTests: number
    }

type TestRun = {
  readonly test: CollectedTest
  readonly ms: number
  readonly failure: string | null
}

/** Of the processor, because a loaded machine is no slow test. A slower one proves speed or scale, thousands of times too dear. */
const slowestTestMs = 300
const namespaceName = '__stryker__'
const success = 0
const failed = 1

export const strykerPlugins = [
  {
    kind: 'TestRunner',
    name: 'warm',
    factory: Object.assign(createWarmRunner, { inject: ['options'] }),
  },
]

/** What Stryker is told of the options of this runner. */
export const strykerValidationSchema = {
  properties: {
    warm: {
      type: 'object',
      properties: { testFiles: { type: 'array', items: { type: 'string' } } },
    },
  },
}

type WarmOptions = {
  readonly warm: {
    readonly testFiles: readonly string[]
    /** Where the ids of tests that cannot be used are kept, so that they are found out once. */
    readonly unusable: string
  }
}

export function createWarmRunner({ warm }: WarmOptions) {
  const namespace = openNamespace()
  const modules = openModules(process.cwd())
  const durations = new Map<string, number>()
  let loaded: readonly CollectedTest[] | null = null

  async function load(files: readonly string[]): Promise<readonly CollectedTest[]> {
    const all: CollectedTest[] = []
    for (const file of files)
      all.push(...(await collectTests(file, () => modules.import(resolve(file)))))
    return all
  }

  async function dryRun() {
    loaded = await load(warm.testFiles)
    const runs: TestRun[] = []
    const unusable = readIds(warm.unusable)
    for (const test of loaded.filter(({ id }) => !unusable.includes(id))) {
      namespace.currentTestId = test.id
      const run = await runOne(test)
      durations.set(test.id, run.ms)
      if (isUsable(run)) runs.push(run)
      else {
        delete namespace.mutantCoverage?.perTest[test.id]
        unusable.push(test.id)
      }
    }
    writeFileSync(warm.unusable, JSON.stringify(unusable))
    loaded = runs.map(({ test }) => test)
    namespace.currentTestId = undefined
    return {
      status: 'complete',
      tests: runs.map(toResult),
      mutantCoverage: namespace.mutantCoverage,
    }
  }

  async function mutantRun(asked: MutantRun) {
    loaded ??= await load(warm.testFiles)
    const known = loaded
    namespace.hitLimit = asked.hitLimit
    namespace.hitCount = asked.hitLimit === undefined ? undefined : 0
    namespace.activeMutant = asked.activeMutant.id
    try {
      if (!asked.reloadEnvironment && !isMadeOnce(asked.sandboxFileName)) {
        const filter = new Set(asked.testFilter)
        return await judge(
          known.filter(({ id }) => asked.testFilter === undefined || filter.has(id)),
        )
      }
      modules.reload(asked.sandboxFileName)
      const files = warm.testFiles.filter((file) =>
        modules.leadsTo(resolve(file), asked.sandboxFileName),
      )
      return await judgeFiles(files)
    } finally {
      namespace.activeMutant = undefined
      namespace.hitCount = undefined
    }
  }

  async function judgeFiles(files: readonly string[]) {
    let count = 0
    for (const file of files) {
      const result = await loadAndJudge(file)
      if (result.status !== 'survived') return result
      count += result.nrOfTests ?? 0
    }
    return { status: 'survived', nrOfTests: count }
  }

  async function loadAndJudge(file: string): Promise<MutantResult> {
    try {
      return await judge(await load([file]))
    } catch (error) {
      // The mutant broke a module while it was loaded.
      return { status: 'killed', killedBy: [file], failureMessage: String(error), nrOfTests: 0 }
    }
  }

  function msOf({ id }: CollectedTest): number {
    return durations.get(id) ?? 0
  }

  /** The fastest first: whichever fails first has killed the mutant. */
  async function judge(tests: readonly CollectedTest[]): Promise<MutantResult> {
    let count = 0
    const unusable = readIds(warm.unusable)
    const quick = tests.filter(({ id }) => !unusable.includes(id))
    for (const test of quick.toSorted((one, other) => msOf(one) - msOf(other))) {
      const { failure } = await runOne(test)
      count += 1
      if (isOverLimit(namespace)) return { status: 'timeout', reason: 'Hit limit reached' }
      if (failure !== null)
        return { status: 'killed', killedBy: [test.id], failureMessage: failure, nrOfTests: count }
    }
    return { status: 'survived', nrOfTests: count }
  }

  return { capabilities: () => ({ reloadEnvironment: true }), dryRun, mutantRun }
}

/** A schema is made at its first use and kept: where that was before the mutant, nothing of the mutant is seen. */
function isMadeOnce(source: string): boolean {
  return readFileSync(source, 'utf8').includes('lazyObject(')
}

/** Some properties count what they saw, and see too little here; `npm test` says whether they hold. */
function isUsable({ test, ms, failure }: TestRun): boolean {
  if (failure === null) return ms <= slowestTestMs
  return ms <= slowestTestMs && !hasProperties(test.file)
}

function hasProperties(file: string): boolean {
  return readFileSync(file, 'utf8').includes("from 'fast-check'")
}

function readIds(path: string): string[] {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as string[]) : [] // written by the dry run
}

async function runOne(test: CollectedTest): Promise<TestRun> {
  const before = process.cpuUsage()
  const failure = await failureOf(test)
  const { user, system } = process.cpuUsage(before)
  return { test, ms: (user + system) / 1000, failure }
}

async function failureOf({ run }: CollectedTest): Promise<string | null> {
  try {
    await run()
    return null
  } catch (error) {
    const failure = String(error)
    // Up to its process a test says as much as any other; what the process says, `npm test` hears.
    return failure.includes(noProcess) ? null : failure
  }
}

function toResult({ test: { id, title, file }, ms, failure }: TestRun) {
  const result = { id, name: title, timeSpentMs: ms, fileName: resolve(file) }
  if (failure === null) return { ...result, status: success }
  return { ...result, status: failed, failureMessage: failure }
}

function openNamespace(): Namespace {
  const all = globalThis as unknown as Record<string, Namespace> // Stryker's sources look for it there
  return (all[namespaceName] ??= {})
}

function isOverLimit({ hitCount = 0, hitLimit = Infinity }: Namespace): boolean {
  return hitCount > hitLimit
}
