// What is known of each file, kept in the repository: one line a file, so that two machines' results merge.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

export type Survivor = {
  readonly line: number
  readonly column: number
  /** Where it ends, when that is another line. */
  readonly toLine?: number
  readonly mutator: string
  readonly replacement: string
  /** No test reaches it. */
  readonly isUncovered?: true
}

export type FileResult = {
  readonly file: string
  /** Of the source: another one means that this is to be done again. */
  readonly hash: string
  /** Of its tests: another one means that what survived is to be tried again. */
  readonly tests: string
  readonly killed: number
  readonly timeouts: number
  readonly survived: readonly Survivor[]
}

export type Score = { readonly killed: number; readonly of: number }

const path = 'test/mutants/results.json'

export function readResults(): readonly FileResult[] {
  if (!existsSync(path)) return []
  return JSON.parse(readFileSync(path, 'utf8')) as FileResult[] // written below
}

/** What was known of these files before is replaced; of files that are gone, dropped. */
export function keepResults(fresh: readonly FileResult[]): void {
  const isFresh = new Set(fresh.map(({ file }) => file))
  const kept = readResults().filter(({ file }) => !isFresh.has(file) && existsSync(file))
  const all = [...kept, ...fresh].toSorted((one, other) => (one.file < other.file ? -1 : 1))
  writeFileSync(path, `[\n${all.map((result) => JSON.stringify(result)).join(',\n')}\n]\n`)
}

/** A mutant that never ends is as good as killed. */
export function scoreOf(results: readonly FileResult[]): Score {
  const killed = results.reduce((sum, result) => sum + result.killed + result.timeouts, 0)
  const survived = results.reduce((sum, result) => sum + result.survived.length, 0)
  return { killed, of: killed + survived }
}

export function percentOf({ killed, of }: Score): number {
  return of === 0 ? 100 : (100 * killed) / of
}
