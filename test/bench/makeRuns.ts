// Makes the workspace that the rows about large lists are measured on, once: `node test/bench/makeRuns.ts FOLDER [COUNT]`.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { days, runPair } from './makeRuns/runPair.ts'

/** Changes with what the files say: data of another shape is made anew. */
const shape = 2
const marker = join('.unstuck', 'bench.json')

/** A workspace of so many runs, each with head and journal: the one that is there, or a new one. */
export function makeRuns(folder: string, count: number): string {
  const made = JSON.stringify({ shape, count })
  if (textOf(join(folder, marker)) === made) return folder
  rmSync(folder, { recursive: true, force: true })
  for (const day of days) mkdirSync(join(folder, 'runs', day), { recursive: true, mode: 0o700 })
  for (let number = 0; number < count; number++) {
    const { id, day, head, journal } = runPair(number)
    const path = join(folder, 'runs', day, id)
    writeFileSync(`${path}.jsonl`, journal, { mode: 0o600 })
    writeFileSync(`${path}.json`, head, { mode: 0o600 })
  }
  mkdirSync(join(folder, '.unstuck'), { mode: 0o700 })
  writeFileSync(join(folder, marker), made)
  return folder
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

if (import.meta.main) {
  const [folder, count = '100000'] = process.argv.slice(2)
  if (folder === undefined)
    throw new Error('Say in which folder: node test/bench/makeRuns.ts FOLDER [COUNT]')
  console.log(makeRuns(folder, Number(count)))
}
