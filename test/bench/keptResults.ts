// Results outlive the run that measured them: one that was cut goes on where it was.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname, join } from 'node:path'
import type { BenchResult } from './row.ts'

export type KeptResults = {
  /** What was measured of the same sources on this machine. */
  readonly find: (id: string) => BenchResult | null
  /** The newest on this machine, of whichever sources. */
  readonly newest: (id: string) => DatedResult | null
  readonly keep: (result: BenchResult) => void
}

export type DatedResult = { readonly at: string; readonly result: BenchResult }

/** `folder` is in the repository and ignored by it. */
export function openResults(folder: string, repository: string): KeptResults {
  const file = join(folder, 'results.jsonl')
  const key = keyOf(repository)
  const kept = new Map<string, BenchResult>()
  const newest = new Map<string, DatedResult>()
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  for (const line of lines) {
    const read = parse(line)
    if (read === null) continue
    newest.set(read.result.id, read)
    if (read.key === key) kept.set(read.result.id, read.result)
  }
  return {
    find: (id) => kept.get(id) ?? null,
    newest: (id) => newest.get(id) ?? null,
    keep: (result) => {
      mkdirSync(dirname(file), { recursive: true })
      appendFileSync(file, `${JSON.stringify({ key, at: new Date().toISOString(), result })}\n`)
    },
  }
}

/** Changes with every file that a figure may depend on, with Node, and with the machine. */
function keyOf(repository: string): string {
  const hash = createHash('sha256')
  const listing = [
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
    '--',
    ...measured,
  ]
  const files = execFileSync('git', listing, { cwd: repository, encoding: 'utf8' }).split('\0')
  for (const file of files) {
    const path = join(repository, file)
    if (file !== '' && existsSync(path)) hash.update(`${file}\0`).update(readFileSync(path))
  }
  const machine = `${process.version} ${cpus().length} ${cpus()[0]?.model}`
  return hash.update(machine).digest('hex').slice(0, 16)
}

const measured = ['shared', 'electron', 'renderer', 'test/bench', 'package-lock.json'] as const

type Kept = DatedResult & { readonly key: string }

/** Null for a line that was cut. */
function parse(line: string): Kept | null {
  try {
    const value: unknown = JSON.parse(line)
    return isKept(value) ? value : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false
  if (!('key' in value) || !('at' in value) || !('result' in value)) return false
  const { result } = value
  return typeof result === 'object' && result !== null && 'id' in result && 'met' in result
}
