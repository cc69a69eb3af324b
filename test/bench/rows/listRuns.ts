import { timeScript } from '../peers.ts'
import type { BenchOptions } from '../row.ts'
import { listProgram } from './listProgram.ts'

export const manyRuns = 100_000

/** What a process that lists many runs tells of itself: milliseconds, or bytes. */
export async function probeList(
  way: string,
  args: readonly [root: string, folder: string],
): Promise<{ readonly ms: number }> {
  return timeScript(await listProgram(), [way, ...args])
}

/** Arguments for the probe: a workspace of many runs, and a folder with the cache of a host that has listed it before. */
export async function listed(
  { runs, folder }: BenchOptions,
  count: number = manyRuns,
): Promise<readonly [root: string, folder: string]> {
  const root = runs(count)
  await probeList('first', [root, folder])
  return [root, folder]
}
