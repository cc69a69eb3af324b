// Runs the fault campaigns at full size; results go to dist/faults, and a run that was cut goes on from there.
import { buildIfStale } from './build.mjs'
import { runNode } from './run.mjs'

/** Some campaigns kill the program as it is shipped. */
export async function faults(args) {
  await buildIfStale()
  return runNode(['test/faults/campaigns/main.ts', ...args])
}
