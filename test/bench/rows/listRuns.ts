import { fileURLToPath } from 'node:url'
import { timeScript } from '../peers.ts'
import type { BenchOptions } from '../row.ts'

export const manyRuns = 100_000
export const listProbe = fileURLToPath(new URL('listProbe.ts', import.meta.url))

/** Arguments for the probe: a workspace of many runs, and a folder with the cache of a host that has listed it before. */
export async function listed({
  runs,
  folder,
}: BenchOptions): Promise<readonly [root: string, folder: string]> {
  const root = runs(manyRuns)
  await timeScript(listProbe, ['first', root, folder])
  return [root, folder]
}
