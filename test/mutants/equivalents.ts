// Survivors that no test can kill, each with its reason; one that is no survivor any more has to go.
import { readFileSync } from 'node:fs'
import type { FileResult, Survivor } from './results.ts'

export type Equivalent = {
  readonly file: string
  /** The trimmed line, because line numbers move. */
  readonly code: string
  readonly mutator: string
  readonly replacement: string
  readonly reason: string
}

const path = 'test/mutants/equivalents.json'

/** Those of the files of these results that are explained but not there. */
export function checkEquivalents(results: readonly FileResult[]): readonly Equivalent[] {
  return readEquivalents().filter((equivalent) => {
    const result = results.find(({ file }) => file === equivalent.file)
    return result !== undefined && !result.survived.some((survivor) => isIt(equivalent, survivor))
  })
}

export function readEquivalents(): readonly Equivalent[] {
  return JSON.parse(readFileSync(path, 'utf8')) as Equivalent[] // ours, and short
}

function isIt({ file, code, mutator, replacement }: Equivalent, survivor: Survivor): boolean {
  if (survivor.mutator !== mutator || survivor.replacement !== replacement) return false
  return readFileSync(file, 'utf8').split('\n')[survivor.line - 1]?.trim() === code
}
